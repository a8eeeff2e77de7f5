"""One question before something that cannot be undone. The safe answer is preset."""

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.i18n import _
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class ConfirmDialog(QDialog):
    """Says what will happen; the button carries the verb. Enter and Esc both mean “no”."""

    def __init__(self, title: str, text: str, *, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._yes = QPushButton(verb)
        self._no = QPushButton(_("Cancel"))
        set_role(self._yes, "danger")
        self._yes.setAutoDefault(False)
        self._no.setDefault(True)
        self._yes.clicked.connect(self.accept)
        self._no.clicked.connect(self.reject)
        self.setLayout(
            column(
                PlainLabel(title, role="title"),
                PlainLabel(text, is_wrapped=True),
                row(None, self._yes, self._no),
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        self.setMinimumWidth(px(Size.DIALOG_WIDTH))
        self._no.setFocus()

    @classmethod
    def ask(cls, title: str, text: str, *, verb: str, parent: QWidget | None = None) -> bool:
        """Ask and wait for the answer."""
        dialog = cls(title, text, verb=verb, parent=parent)
        answer = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return answer
