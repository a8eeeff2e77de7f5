"""A moment to the minute, in Beijing, whatever zone this computer is set to."""

from datetime import datetime

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QDateTimeEdit, QTimeEdit, QWidget

from app.clock import BEIJING
from app.i18n import _
from ui.widgets.wheel import LeavesTheWheel


def there_words(moment: datetime) -> str:
    """Day and time in Beijing, as the plan has them."""
    there = moment.astimezone(BEIJING)
    words = _("{year}-{month:02}-{day:02}").format(year=there.year, month=there.month, day=there.day)
    return f"{words} {there:%H:%M}"


class MomentEdit(LeavesTheWheel, QDateTimeEdit):
    """Day and time in one field."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd HH:mm")

    def moment(self) -> datetime:
        """What is set."""
        day, clock = self.date(), self.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=BEIJING)

    def set_moment(self, moment: datetime) -> None:
        """Show *moment*, without telling it."""
        there = moment.astimezone(BEIJING)
        self.blockSignals(True)
        self.setDateTime(QDateTime(there.year, there.month, there.day, there.hour, there.minute, 0))
        self.blockSignals(False)


class ClockEdit(LeavesTheWheel, QTimeEdit):
    """An hour of the day."""
