"""The rubric of the six-dimension qualification evaluation (Art. 13): data with a version, never code.

The regulation names the six dimensions and leaves everything below them open, so indicators, weights, bands, caps,
thresholds and vetoes are values that check themselves. A rubric that is not official says so wherever it appears.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from app.domain.ids import DimensionId, IndicatorId
from app.errors import UserFacingError
from app.i18n import N_, _

UNOFFICIAL_NOTICE: Final = N_(
    "Default scoring rules; the officially published general rules of evaluation take precedence."
)


class RubricInvalidError(UserFacingError):
    """The rubric contradicts itself; ``what`` is a translated clause that says where."""

    code = "rubric_invalid"
    message = N_("This rubric cannot be used: {what}. Correct the file and try again.")


class IndicatorType(StrEnum):
    """How an indicator is judged: by approach, by results, or by plain fact."""

    PROCESS = "process"
    RESULT = "result"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Band:
    """One of the general bands of achievement, *low* to *high* per cent inclusive."""

    code: str
    low: int
    high: int
    process: str
    result: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """What an indicator looks like at four heights: 0-45, 50-65, 70-85 and 90-100 per cent."""

    low: str
    passing: str
    good: str
    top: str


class Height(StrEnum):
    """Which of the four anchor texts a percentage belongs to."""

    LOW = "low"
    PASSING = "passing"
    GOOD = "good"
    TOP = "top"


HEIGHTS: Final = ((Height.LOW, 0), (Height.PASSING, 50), (Height.GOOD, 70), (Height.TOP, 90))


def height_of(percent: int) -> Height:
    """The anchor text that speaks about *percent*."""
    return next(height for height, start in reversed(HEIGHTS) if percent >= start)


@dataclass(frozen=True, slots=True)
class Cap:
    """Where *condition* holds, the indicator may not get more than *max_percent*."""

    condition: str
    max_percent: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the rubric; *weight* is its share of the total in points."""

    id: IndicatorId
    number: str
    name: str
    weight: int
    type: IndicatorType
    look_for: str
    evidence: tuple[str, ...]
    anchors: Anchors
    cap: Cap | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the six dimensions of Article 13."""

    id: DimensionId
    name: str
    weight: int
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Veto:
    """A fact, not a low score: with evidence and a confirmer it ends the application (Art. 7, 11, 12, 19)."""

    id: str
    text: str
    article: int


@dataclass(frozen=True, slots=True)
class ReasonRule:
    """When a score needs a written reason: below one edge, from another edge on, and where a cap was applied."""

    below_percent: int = 45
    from_percent: int = 90
    at_cap: bool = True


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What an application needs to be visited: points in all, and per cent per dimension and core indicator."""

    total_min: int
    dimension_min_percent: int
    core_min_percent: tuple[tuple[IndicatorId, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """When experts have to talk or to explain in writing: range of one indicator, deviation of a total, in per cent."""

    discuss_indicator_range: int = 20
    discuss_total_deviation: int = 15
    explain_total_deviation: int = 30
    trim_from: int = 5


@dataclass(frozen=True)
class Rubric:
    """A whole, consistent rubric.

    Raises:
        RubricInvalidError: weights do not add up, a weight gives broken points, a cap is not a step,
            bands leave a gap, an identifier is used twice or a threshold names an unknown indicator.
    """

    id: str
    version: str
    is_official: bool
    total: int
    step_percent: int
    bands: tuple[Band, ...]
    dimensions: tuple[Dimension, ...]
    vetoes: tuple[Veto, ...]
    thresholds: Thresholds
    reasons: ReasonRule = field(default_factory=ReasonRule)
    spread: Spread = field(default_factory=Spread)

    def __post_init__(self) -> None:
        _check_steps(self)
        _check_weights(self)
        _check_bands(self)
        _check_identifiers(self)

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, in the order of the rubric."""
        return (indicator for dimension in self.dimensions for indicator in dimension.indicators)

    @cached_property
    def _by_id(self) -> dict[IndicatorId, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    def indicator(self, indicator_id: IndicatorId) -> Indicator:
        """The indicator of that name.

        Raises:
            UnknownIndicatorError: this rubric has none.
        """
        try:
            return self._by_id[indicator_id]
        except KeyError:
            raise UnknownIndicatorError(indicator=indicator_id) from None

    def band_of(self, percent: int) -> Band:
        """The general band that *percent* falls into."""
        return next(band for band in self.bands if band.low <= percent <= band.high)

    def status_notice(self) -> str:
        """What every print-out of an unofficial rubric has to say; empty for an official one."""
        return "" if self.is_official else _(UNOFFICIAL_NOTICE)


class UnknownIndicatorError(UserFacingError):
    """A score names an indicator that the rubric does not have."""

    code = "unknown_indicator"
    message = N_("The rubric of this review has no indicator “{indicator}”. Check the name and try again.")


def _refuse(clause: str, **facts: object) -> RubricInvalidError:
    return RubricInvalidError(what=_(clause).format(**facts))


def _check_steps(rubric: Rubric) -> None:
    if not 1 <= rubric.step_percent <= 50 or 100 % rubric.step_percent:
        raise _refuse(N_("100 per cent cannot be divided into steps of {step} per cent"), step=rubric.step_percent)
    for indicator in rubric.indicators:
        cap = indicator.cap
        if cap and (not 0 <= cap.max_percent <= 100 or cap.max_percent % rubric.step_percent):
            raise _refuse(N_("the cap of indicator {number} is not a step"), number=indicator.number)


def _check_weights(rubric: Rubric) -> None:
    for indicator in rubric.indicators:
        if indicator.weight <= 0 or indicator.weight * rubric.step_percent % 100:
            raise _refuse(
                N_("the weight of indicator {number} does not give whole points at every step"), number=indicator.number
            )
    for dimension in rubric.dimensions:
        if not dimension.indicators or sum(i.weight for i in dimension.indicators) != dimension.weight:
            raise _refuse(
                N_("the weights within “{name}” do not add up to {weight}"),
                name=dimension.name,
                weight=dimension.weight,
            )
    if sum(dimension.weight for dimension in rubric.dimensions) != rubric.total:
        raise _refuse(N_("the weights of the dimensions do not add up to {total}"), total=rubric.total)


def _check_bands(rubric: Rubric) -> None:
    expected = 0
    for band in rubric.bands:
        if band.low != expected or band.high < band.low or band.high % rubric.step_percent:
            raise _refuse(N_("band {code} does not begin where the one before it ends"), code=band.code)
        expected = band.high + rubric.step_percent
    if expected != 100 + rubric.step_percent:
        raise _refuse(N_("the bands do not reach from 0 to 100 per cent"))


def _check_identifiers(rubric: Rubric) -> None:
    ids: list[str] = [indicator.id for indicator in rubric.indicators]
    vetoes = [veto.id for veto in rubric.vetoes]
    dimensions: list[str] = [dimension.id for dimension in rubric.dimensions]
    for names in (ids, vetoes, dimensions):
        for name in names:
            if not name or names.count(name) > 1:
                raise _refuse(N_("the identifier “{name}” is empty or used twice"), name=name)
    for core, _percent in rubric.thresholds.core_min_percent:
        if core not in ids:
            raise _refuse(N_("a threshold names the unknown indicator “{name}”"), name=core)
    if rubric.thresholds.total_min > rubric.total:
        raise _refuse(N_("the threshold of {points} points is more than there are"), points=rubric.thresholds.total_min)
