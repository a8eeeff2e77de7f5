"""Recipes over the individual scores of one application: plain mean and trimmed mean.

Values that are missing are left out, never counted as zero. Individual values are exact; the result of a recipe is
rounded once, half up, to two decimals, by :func:`app.domain.scoring.half_up`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart the present values lie."""

    lowest: Fraction
    highest: Fraction

    @property
    def range(self) -> Fraction:
        """Highest less lowest."""
        return self.highest - self.lowest


def mean(values: Sequence[Fraction | None]) -> Fraction | None:
    """The arithmetic mean of the present values; ``None`` where there is none."""
    present = [value for value in values if value is not None]
    return sum(present, Fraction(0)) / len(present) if present else None


def trimmed_mean(values: Sequence[Fraction | None], *, trim_from: int = 5) -> Fraction | None:
    """The mean without one highest and one lowest value; ``None`` below *trim_from* present values.

    With ties only one instance is removed, so the order of the experts never matters.
    """
    present = sorted(value for value in values if value is not None)
    return mean(present[1:-1]) if len(present) >= trim_from else None


def spread(values: Sequence[Fraction | None]) -> Spread | None:
    """Lowest and highest of the present values; ``None`` where there is none."""
    present = [value for value in values if value is not None]
    return Spread(min(present), max(present)) if present else None
