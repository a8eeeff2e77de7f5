"""The only source of "now". Moments are aware, in UTC, and stored as whole microseconds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

Clock = Callable[[], datetime]
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# The legal time of the procedure, wherever the computer stands: the whole country keeps one (国务院, 1949 年以来).
BEIJING: Final = timezone(timedelta(hours=8), "UTC+08:00")


def system_clock() -> datetime:
    """What this computer claims the time is. A claim, not a fact: see threat T9."""
    return datetime.now(UTC)


def to_microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970 UTC, exact."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def from_microseconds(count: int) -> datetime:
    """The moment *count* microseconds after 1970 UTC."""
    return EPOCH + timedelta(microseconds=count)
