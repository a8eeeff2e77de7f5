"""The invitation that was written, and the fingerprint that goes into the letter."""

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.i18n import _
from app.services.record_inviting import Invitation
from ui.clipboard import Clipboard
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class InvitationDialog(QDialog):
    """Says what to send and what to print."""

    def __init__(self, invitation: Invitation, clipboard: Clipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Invitation"))
        self._fingerprint, self._clipboard = invitation.fingerprint, clipboard
        copy = QPushButton(_("Copy the fingerprint"))
        copy.clicked.connect(self._on_copy)
        close = QPushButton(_("Close"))
        set_role(close, "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        close.setFocus()
        self.setLayout(
            column(
                PlainLabel(_("Saved as {name}.").format(name=invitation.file.name), is_wrapped=True),
                PlainLabel(
                    _(
                        "Send this file to every expert; it is not secret. Print the fingerprint in the letter, so "
                        "that each can compare it:"
                    ),
                    is_wrapped=True,
                ),
                PlainLabel(invitation.fingerprint, role="title", is_wrapped=True, is_selectable=True),
                PlainLabel(
                    _("Print {name} on both sides and send it along: what to do, on two pages.").format(
                        name=invitation.guide.name
                    ),
                    is_wrapped=True,
                ),
                row(None, copy, close),
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        self.setMinimumWidth(px(Size.READING_WIDTH))

    def _on_copy(self) -> None:
        self._clipboard.copy(self._fingerprint)
