"""The last day of a deadline; the day counts until 24:00 Beijing time."""

from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from app.clock import system_clock
from app.i18n import _
from ui.widgets.wheel import LeavesTheWheel


class DeadlineEdit(LeavesTheWheel, QDateEdit):
    """A day from tomorrow on, with a calendar to choose it from."""

    def __init__(self, *, days: int, parent: QWidget | None = None) -> None:
        """*days* from today is preset."""
        super().__init__(parent)
        first = system_clock().astimezone().date() + timedelta(days=1)
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setAccessibleName(_("Deadline"))
        self.setMinimumDate(QDate(first.year, first.month, first.day))
        self.setDate(self.minimumDate().addDays(days - 1))

    def day(self) -> date:
        """The chosen day."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())
