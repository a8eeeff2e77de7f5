"""Until when: a deadline is named by its last day, not by the midnight at which the next one begins."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

from app.i18n import _

_BEIJING: Final = timezone(timedelta(hours=8))  # the legal time of the procedure, wherever the computer stands


def last_day_words(deadline: datetime) -> str:
    """The last day on which *deadline* is kept."""
    day = _last_day(deadline)
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def deadline_words(deadline: datetime) -> str:
    """The last day, and that it counts to its end."""
    day = _last_day(deadline)
    return _("{year}-{month:02d}-{day:02d} 24:00").format(year=day.year, month=day.month, day=day.day)


def _last_day(deadline: datetime) -> date:
    return (deadline - timedelta(microseconds=1)).astimezone(_BEIJING).date()
