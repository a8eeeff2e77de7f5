"""Moments of a visit as people say them: Beijing time where no zone is named, in a year a visit can be in."""

from datetime import datetime
from typing import Final

from app.clock import BEIJING
from app.services.visit_errors import MomentImpossibleError

_YEARS: Final = range(2000, 2100)


def in_beijing(moment: datetime) -> datetime:
    """*moment* with its zone. Raises ``MomentImpossibleError`` where nobody can have meant it."""
    if moment.year not in _YEARS:
        raise MomentImpossibleError(day=moment.date().isoformat())
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
