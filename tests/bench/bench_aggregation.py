"""Mean and trimmed mean of 100,000 applications × 7 experts × 24 indicators, exact, against NumPy's own numbers."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.analysis.bulk import MISSING, bulk_means
from tests.bench.interleaving import medians
from tests.bench.measurement import Measurement

_APPLICATIONS: Final = 100_000
_EXPERTS: Final = 7
_INDICATORS: Final = 24
_ABSENT: Final = 0.05  # of the reviews
_NOT_APPLICABLE: Final = 0.0002  # of the values: one application in thirty has one
_ROUNDS: Final = 5


def measure() -> Iterator[Measurement]:
    """Milliseconds, medians."""
    chance = np.random.default_rng(2026)
    shape = (_APPLICATIONS, _EXPERTS, _INDICATORS)
    percents = (chance.integers(0, 21, shape) * 5).astype(np.int8)
    percents[chance.random(shape) < _NOT_APPLICABLE] = MISSING
    percents[chance.random(shape[:2]) < _ABSENT] = MISSING
    weights = np.array([40, 60, 20, 40, 40, 50] * 4, dtype=np.int64)
    rounds = range(_ROUNDS)
    value, floor = medians(
        [lambda: bulk_means(percents, weights) for _ in rounds], [lambda: _bare(percents, weights) for _ in rounds]
    )
    if np.abs(bulk_means(percents, weights).mean / 100 - _bare(percents, weights)[0]).max() > 0.011:
        raise RuntimeError("the two sides do not compute the same")
    yield Measurement(
        name="means of 100,000 × 7 × 24, to bare NumPy", value=value, floor=floor, unit="ms", goal_ratio=3, at_most=True
    )


def _bare(percents: NDArray[np.int8], weights: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same in floating point: fast, and now and then a cent off."""
    counted = percents != MISSING
    applicable = counted @ weights
    earned = np.where(counted, percents, 0) @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        totals: NDArray[np.float64] = earned * (weights.sum() / 100) / applicable
        ordered = np.sort(totals, axis=1)  # what is missing comes last
        counts = counted.any(axis=2).sum(axis=1)
        sums = np.nansum(ordered, axis=1)
        highest, lowest = np.nanmax(ordered, axis=1), ordered[:, 0]
        mean = sums / counts
        trimmed = np.where(counts >= 5, (sums - highest - lowest) / (counts - 2), np.nan)
    return mean.round(2), trimmed.round(2)
