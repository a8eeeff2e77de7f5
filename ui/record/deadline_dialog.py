"""Asks until when the deadline is moved, and why."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from app.domain.ids import ExpertCode
from app.i18n import _, ngettext
from ui.layouts import column, row
from ui.record.deadline_edit import DeadlineEdit
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel

_USUAL_DAYS: Final = 7


class DeadlineDialog(QDialog):
    """Hands back a day and the words."""

    def __init__(self, experts: Sequence[ExpertCode], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Extend the deadline"))
        count = len(experts)
        who = (
            ngettext("For {count} expert", "For {count} experts", count).format(count=count)
            if count
            else _("For everybody to whom something was sent")
        )
        self._until = DeadlineEdit(days=_USUAL_DAYS)
        self._reason = QLineEdit()
        self._reason.setAccessibleName(_("Reason"))
        self._reason.setPlaceholderText(_("Why? A few words; they are kept in the log."))
        self._yes = QPushButton(_("Extend"))
        set_role(self._yes, "primary")
        self._yes.setDefault(True)
        self._yes.setEnabled(False)
        no = QPushButton(_("Cancel"))
        no.setAutoDefault(False)
        self._reason.textChanged.connect(self._on_typed)
        self._yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.setLayout(
            column(
                PlainLabel(who, role="title"),
                row(PlainLabel(_("Until 24:00 of"), role="muted"), self._until, None),
                self._reason,
                row(None, self._yes, no),
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        self.setMinimumWidth(px(Size.DIALOG_WIDTH))
        self._reason.setFocus()

    def until(self) -> date:
        """The chosen day."""
        return self._until.day()

    def reason(self) -> str:
        """What was typed, without blanks around it."""
        return self._reason.text().strip()

    @classmethod
    def ask(cls, experts: Sequence[ExpertCode], parent: QWidget | None = None) -> tuple[date, str] | None:
        """Ask and wait; ``None`` where the person thought better of it."""
        dialog = cls(experts, parent)
        answer = (dialog.until(), dialog.reason()) if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return answer

    def _on_typed(self) -> None:
        self._yes.setEnabled(bool(self.reason()))
