"""What one expert gives one indicator, and what may be added up (Art. 13).

Points of an indicator are whole numbers by construction (weight x step). Only aggregates are rounded: half up, two
decimals, decimal arithmetic. What is not applicable or could not be judged is missing, never zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, Self

from app.domain.evidence import Anchor
from app.domain.ids import DimensionId, IndicatorId
from app.domain.rubric import Indicator, Rubric
from app.errors import UserFacingError
from app.i18n import N_

_CENT: Final = Decimal("0.01")


class Standing(StrEnum):
    """Whether there is a value, and if not, why."""

    GIVEN = "given"
    NOT_APPLICABLE = "na"
    UNJUDGED = "unjudged"


class ScoreOutOfRangeError(UserFacingError):
    """A percentage outside 0 to 100, or missing, or present where it must not be."""

    code = "score_out_of_range"
    message = N_("A score is a percentage from 0 to 100; “{percent}” is not. Correct it and try again.")


class NotAStepError(UserFacingError):
    """The percentage lies between two steps; says which two are near."""

    code = "not_a_step"
    message = N_("Indicator {number} is scored in steps of {step} per cent: choose {lower} or {upper}.")


class NotAPointStepError(UserFacingError):
    """The points lie between two steps; says which two are near."""

    code = "not_a_point_step"
    message = N_("Indicator {number}: one step is {step_points} points. Choose {lower} or {upper}.")


class AboveCapError(UserFacingError):
    """The cap's condition holds and the score is higher than it allows."""

    code = "above_cap"
    message = N_("Indicator {number}: where “{condition}” holds, at most {max_percent} per cent can be given.")


class ReasonNeededError(UserFacingError):
    """An indicator that cannot be judged needs a sentence why."""

    code = "reason_needed"
    message = N_("Indicator {number} needs a reason: say in a few words why.")


@dataclass(frozen=True, slots=True)
class Score:
    """One expert's value for one indicator.

    Attributes:
        percent: a step of the rubric; present exactly when ``standing`` is ``GIVEN``.
        at_cap: the expert found that the condition of the indicator's cap holds.
    """

    indicator: IndicatorId
    standing: Standing = Standing.GIVEN
    percent: int | None = None
    reason: str = ""
    evidence: tuple[Anchor, ...] = ()
    at_cap: bool = False

    def __post_init__(self) -> None:
        if (self.percent is not None) != (self.standing is Standing.GIVEN):
            raise ScoreOutOfRangeError(percent=self.percent)
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ScoreOutOfRangeError(percent=self.percent)

    @classmethod
    def not_applicable(cls, indicator: IndicatorId, *, reason: str = "") -> Self:
        """The indicator has no meaning for this product or service."""
        return cls(indicator, Standing.NOT_APPLICABLE, reason=reason)

    @classmethod
    def unjudged(cls, indicator: IndicatorId, *, reason: str) -> Self:
        """The dossier does not allow a judgement; *reason* says why."""
        return cls(indicator, Standing.UNJUDGED, reason=reason)

    def points(self, indicator: Indicator) -> int | None:
        """Whole points out of the indicator's weight, or ``None`` where there is no value."""
        return None if self.percent is None else indicator.weight * self.percent // 100


def check_score(rubric: Rubric, score: Score) -> None:
    """Refuse a score that *rubric* does not allow.

    Raises:
        UnknownIndicatorError, NotAStepError, AboveCapError: as their sentences say.
    """
    indicator = rubric.indicator(score.indicator)
    percent = score.percent
    if percent is None:
        return
    below = percent - percent % rubric.step_percent
    if percent != below:
        raise NotAStepError(
            number=indicator.number, step=rubric.step_percent, lower=below, upper=below + rubric.step_percent
        )
    if score.at_cap and indicator.cap and percent > indicator.cap.max_percent:
        raise AboveCapError(
            number=indicator.number, condition=indicator.cap.condition, max_percent=indicator.cap.max_percent
        )


def percent_of_points(rubric: Rubric, indicator: Indicator, points: int) -> int:
    """The step that gives *points* of the indicator's weight.

    Raises:
        ScoreOutOfRangeError: more points than the indicator has, or fewer than none.
        NotAPointStepError: no step gives these points; the sentence names the two neighbours.
    """
    if not 0 <= points <= indicator.weight:
        raise ScoreOutOfRangeError(percent=points)
    step_points = indicator.weight * rubric.step_percent // 100
    lower = points - points % step_points
    if points != lower:
        raise NotAPointStepError(
            number=indicator.number, step_points=step_points, lower=lower, upper=lower + step_points
        )
    return points * 100 // indicator.weight


def needs_reason(rubric: Rubric, score: Score) -> bool:
    """Whether the rubric's data ask for a written reason."""
    if score.standing is Standing.UNJUDGED:
        return True
    if score.percent is None:
        return False
    rule = rubric.reasons
    return score.percent < rule.below_percent or score.percent >= rule.from_percent or (rule.at_cap and score.at_cap)


def half_up(value: Fraction) -> Decimal:
    """*value* with two decimals, a half rounded up: the one rounding rule for scores (not for test results)."""
    cents = (value * 100 + Fraction(1, 2)).__floor__()
    return (Decimal(cents) / 100).quantize(_CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Totals:
    """Points of one review, exact. ``None`` where nothing could be counted.

    Attributes:
        total: out of the rubric's total; rescaled over what is applicable and judged.
        dimensions: the same per dimension, out of the dimension's weight.
        earned: points given so far, not rescaled: what may be shown while indicators are still open.
        counted: number of indicators with a value.
    """

    total: Fraction | None
    dimensions: Mapping[DimensionId, Fraction | None]
    counted: int
    earned: Fraction


def totals(rubric: Rubric, scores: Iterable[Score]) -> Totals:
    """Add up what is present: earned over applicable, times the full score.

    Source: score = earned / total of the applicable items x 100, GB/T 27922 practice for items not applicable.
    """
    given = {score.indicator: score.percent for score in scores if score.percent is not None}
    return Totals(
        total=_rescaled(list(rubric.indicators), given, rubric.total),
        dimensions={d.id: _rescaled(d.indicators, given, d.weight) for d in rubric.dimensions},
        counted=len(given),
        earned=Fraction(sum(i.weight * given[i.id] for i in rubric.indicators if i.id in given), 100),
    )


def _rescaled(indicators: Iterable[Indicator], given: Mapping[IndicatorId, int], full: int) -> Fraction | None:
    present = [(i.weight, given[i.id]) for i in indicators if i.id in given]
    applicable = sum(weight for weight, _percent in present)
    earned = sum(weight * percent for weight, percent in present)
    return Fraction(earned * full, applicable * 100) if applicable else None
