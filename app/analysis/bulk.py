"""Mean and trimmed mean of many applications at once, to the cent the same as :mod:`app.analysis.aggregation`.

Everything is whole numbers until the one rounding. Where every review counts every indicator, which is the rule, all
totals share one denominator and the means are sums of integers. The few applications where something was not
applicable or could not be judged have totals with denominators of their own and go through fractions, one by one.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.analysis.aggregation import mean, trimmed_mean
from app.domain.scoring import half_up

MISSING: Final = -1  # no value: not applicable, not judged, or no review at all
_SLICE: Final = 2048  # applications at a time, so that intermediate values stay in the processor's cache


@dataclass(frozen=True, slots=True)
class BulkMeans:
    """For each application, in hundredths of a point; :data:`MISSING` where there is no such value."""

    mean: NDArray[np.int64]
    trimmed_mean: NDArray[np.int64]


def bulk_means(percents: NDArray[np.int8], weights: NDArray[np.int64], *, trim_from: int = 5) -> BulkMeans:
    """The two recipes over the totals of every application.

    Args:
        percents: applications × experts × indicators, 0 to 100 or :data:`MISSING`.
        weights: points of each indicator.

    Raises:
        ValueError: the shapes do not fit together, or a percentage is none.
    """
    if percents.ndim != 3 or weights.shape != percents.shape[2:]:
        raise ValueError("the shapes do not fit together")
    if percents.size and (percents.min() < MISSING or percents.max() > 100):
        raise ValueError("not a percentage")
    parts = [
        _of_slice(percents[start : start + _SLICE], weights, trim_from) for start in range(0, len(percents), _SLICE)
    ]
    empty = np.empty(0, dtype=np.int64)
    return BulkMeans(
        np.concatenate([empty, *(part[0] for part in parts)]), np.concatenate([empty, *(part[1] for part in parts)])
    )


def _of_slice(
    percents: NDArray[np.int8], weights: NDArray[np.int64], trim_from: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    full = int(weights.sum())
    # Products and sums stay far below 2**53, so that these floating-point sums are exact.
    exact = weights.astype(np.float64)
    here = percents.astype(np.float64)
    lacking = here < 0
    if lacking.any():
        here[lacking] = 0.0
        missing = (lacking @ exact).astype(np.int64)
    else:
        missing = np.zeros(here.shape[:2], dtype=np.int64)
    earned = (here @ exact).astype(np.int64)  # in hundredths of a point
    present = missing < full
    counts = present.sum(axis=1)
    middle, trimmed = _rounded(earned.sum(axis=1), counts), np.full(len(earned), MISSING, dtype=np.int64)
    enough = counts >= trim_from
    highest, lowest = (
        earned.max(axis=1, initial=0),
        np.where(present, earned, 100 * full).min(axis=1, initial=100 * full),
    )
    trimmed[enough] = _rounded((earned.sum(axis=1) - highest - lowest)[enough], counts[enough] - 2)
    for place in np.flatnonzero((present & (missing > 0)).any(axis=1)):
        totals = [
            Fraction(int(points) * full, (full - int(gone)) * 100) if gone < full else None
            for points, gone in zip(earned[place], missing[place], strict=True)
        ]
        middle[place] = _cents(mean(totals))
        trimmed[place] = _cents(trimmed_mean(totals, trim_from=trim_from))
    return middle, trimmed


def _rounded(sums: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum over count, a half rounded up; nothing over nothing is missing."""
    divisors = np.maximum(counts, 1)
    return np.where(counts > 0, (2 * sums + divisors) // (2 * divisors), MISSING)


def _cents(value: Fraction | None) -> int:
    return MISSING if value is None else int(half_up(value) * 100)
