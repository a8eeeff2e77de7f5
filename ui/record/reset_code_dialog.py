"""The one line that is read out to an expert who has forgotten the passphrase."""

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.i18n import _
from app.services.record_roster import ResetCode
from ui.clipboard import Clipboard
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class ResetCodeDialog(QDialog):
    """Shows the code large, to be read out or copied; forgets it when it is closed."""

    def __init__(self, code: ResetCode, clipboard: Clipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Reset code"))
        self._code, self._clipboard = code.code, clipboard
        shown = PlainLabel(code.code, role="title", is_wrapped=True, is_selectable=True)
        copy = QPushButton(_("Copy"))
        copy.clicked.connect(self._on_copy)
        close = QPushButton(_("Close"))
        set_role(close, "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        close.setFocus()
        self.setLayout(
            column(
                PlainLabel(_("For {expert}, device {device}").format(expert=code.expert, device=code.device)),
                shown,
                PlainLabel(
                    _("The expert chooses “Forgotten?” when opening the desk and types this line. Nothing is lost."),
                    role="muted",
                    is_wrapped=True,
                ),
                row(None, copy, close),
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        self.setMinimumWidth(px(Size.READING_WIDTH))

    def _on_copy(self) -> None:
        self._clipboard.copy_secret(self._code)
