"""Asks for the reason that the record keeps with an act that takes something away."""

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from app.i18n import _
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class ReasonDialog(QDialog):
    """Says what will happen and asks why; hands back the words."""

    def __init__(
        self, title: str, text: str, *, verb: str, is_danger: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._reason = QPlainTextEdit()
        self._reason.setTabChangesFocus(True)
        self._reason.setAccessibleName(_("Reason"))
        self._reason.setPlaceholderText(_("Why? A few words; they are kept in the log."))
        self._reason.setFixedHeight(px(Size.RAIL))
        self._yes = QPushButton(verb)
        set_role(self._yes, "danger" if is_danger else "primary")
        self._yes.setEnabled(False)
        self._no = QPushButton(_("Cancel"))
        self._no.setAutoDefault(False)
        self._reason.textChanged.connect(self._on_typed)
        self._yes.clicked.connect(self.accept)
        self._no.clicked.connect(self.reject)
        self.setLayout(
            column(
                PlainLabel(title, role="title", is_wrapped=True),
                PlainLabel(text, is_wrapped=True),
                self._reason,
                row(None, self._yes, self._no),
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        self.setMinimumWidth(px(Size.DIALOG_WIDTH))
        self._reason.setFocus()

    def reason(self) -> str:
        """What was typed, without blanks around it."""
        return self._reason.toPlainText().strip()

    @classmethod
    def ask(cls, title: str, text: str, *, verb: str, is_danger: bool = False, parent: QWidget | None = None) -> str:
        """Ask and wait; empty where the person thought better of it."""
        dialog = cls(title, text, verb=verb, is_danger=is_danger, parent=parent)
        reason = dialog.reason() if dialog.exec() == QDialog.DialogCode.Accepted else ""
        dialog.deleteLater()
        return reason

    def _on_typed(self) -> None:
        self._yes.setEnabled(bool(self.reason()))
