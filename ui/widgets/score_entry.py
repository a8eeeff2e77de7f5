"""What somebody typed for a score, understood: points or per cent, in any width of digits.

The unit is never guessed from the size of the number: it stands beside the field, and “%” or “分” typed behind the
number says otherwise for once.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.rubric import Indicator, Rubric
from app.domain.scoring import NotAPointStepError, percent_of_points
from app.errors import UserFacingError
from app.i18n import N_, _

_LONGEST: Final = 5


class Unit(StrEnum):
    """How a number without a unit is read."""

    POINTS = "points"
    PERCENT = "percent"

    @property
    def sign(self) -> str:
        """What stands on its switch."""
        return _("points") if self is Unit.POINTS else "%"


class PointStepsError(UserFacingError):
    """Points between two steps."""

    code = "entry_points_step"
    message = N_("One step is {step} points: {lower} or {upper}")


class PercentStepsError(UserFacingError):
    """Per cent between two steps: often points were meant."""

    code = "entry_percent_step"
    message = N_("One step is {step} %: {lower} or {upper}. For points press “points”")


class NotPointsError(UserFacingError):
    """Not a number, or more points than there are: often per cent was meant."""

    code = "entry_points_range"
    message = N_("Type 0 to {most} points. For per cent press “%”")


class NotPercentError(UserFacingError):
    """Not a number, or more than all."""

    code = "entry_percent_range"
    message = N_("Type 0 to 100 %. For points press “points”")


class CapReachedError(UserFacingError):
    """Higher than the cap that was found to hold."""

    code = "entry_above_cap"
    message = N_("At most {percent} % ({points} points): {condition}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed: a step of the rubric, or ``None`` for an emptied field."""

    percent: int | None


def parse_entry(text: str, rubric: Rubric, indicator: Indicator, *, unit: Unit, is_capped: bool = False) -> Entry:
    """Understand *text*.

    Raises:
        NotPointsError, NotPercentError, PointStepsError, PercentStepsError, CapReachedError: each says what would do.
    """
    typed, unit = _unit_of(unicodedata.normalize("NFKC", text).strip(), unit)
    if not typed:
        return Entry(None)
    most = indicator.weight if unit is Unit.POINTS else 100
    if not typed.isascii() or not typed.isdigit() or len(typed) > _LONGEST or int(typed) > most:
        raise NotPointsError(most=most) if unit is Unit.POINTS else NotPercentError
    percent = _percent(int(typed), rubric, indicator, unit=unit)
    cap = indicator.cap
    if is_capped and cap and percent > cap.max_percent:
        points = indicator.weight * cap.max_percent // 100
        raise CapReachedError(percent=cap.max_percent, points=points, condition=cap.condition)
    return Entry(percent)


def _unit_of(typed: str, unit: Unit) -> tuple[str, Unit]:
    for sign, meant in (("%", Unit.PERCENT), ("分", Unit.POINTS)):
        if typed.endswith(sign):
            return typed.removesuffix(sign).rstrip(), meant
    return typed, unit


def _percent(number: int, rubric: Rubric, indicator: Indicator, *, unit: Unit) -> int:
    if unit is Unit.PERCENT:
        lower = number - number % rubric.step_percent
        if number != lower:
            raise PercentStepsError(step=rubric.step_percent, lower=lower, upper=lower + rubric.step_percent)
        return number
    try:
        return percent_of_points(rubric, indicator, number)
    except NotAPointStepError as near:
        facts = near.facts
        raise PointStepsError(step=facts["step_points"], lower=facts["lower"], upper=facts["upper"]) from None
