"""Days and moments in words. A deadline is named by its last day, not by the midnight at which the next one begins."""

from datetime import date, datetime, timedelta

from app.clock import BEIJING
from app.i18n import _


def day_words(moment: datetime) -> str:
    """A day as this computer's calendar has it."""
    return _words(moment.astimezone().date())


def moment_words(moment: datetime) -> str:
    """A day and a time of this computer."""
    return f"{day_words(moment)} {moment.astimezone():%H:%M}"


def last_day_words(deadline: datetime) -> str:
    """The last day on which *deadline* is kept, in Beijing."""
    return _words(_last_day(deadline))


def deadline_words(deadline: datetime) -> str:
    """The last day, and that it counts to its end."""
    day = _last_day(deadline)
    return _("{year}-{month:02d}-{day:02d} 24:00").format(year=day.year, month=day.month, day=day.day)


def _words(day: date) -> str:
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def _last_day(deadline: datetime) -> date:
    return (deadline - timedelta(microseconds=1)).astimezone(BEIJING).date()
