"""One expert's own values for one indicator across the dossiers they review, and how these are spread."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Self


@dataclass(frozen=True, slots=True)
class Distribution:
    """Percentages in rising order; what is not applicable or cannot be judged is not among them."""

    percents: tuple[int, ...] = ()

    @classmethod
    def of(cls, percents: Iterable[int | None]) -> Self:
        """The distribution of those that are values."""
        return cls(tuple(sorted(each for each in percents if each is not None)))

    @property
    def mean(self) -> Fraction | None:
        """Per cent; ``None`` without values."""
        return Fraction(sum(self.percents), len(self.percents)) if self.percents else None

    @property
    def range(self) -> int | None:
        """Highest less lowest, in points of per cent; ``None`` without values."""
        return self.percents[-1] - self.percents[0] if self.percents else None

    def counts(self) -> tuple[tuple[int, int], ...]:
        """Each value that was given and how often, in rising order."""
        return tuple(sorted(Counter(self.percents).items()))
