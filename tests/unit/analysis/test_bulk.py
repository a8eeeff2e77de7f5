"""Many applications at once give to the cent what one by one gives."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.aggregation import mean, trimmed_mean
from app.analysis.bulk import MISSING, bulk_means
from app.domain.scoring import Score, half_up, totals
from tests.support.rubrics import rubric

RUBRIC = rubric()
INDICATORS = list(RUBRIC.indicators)
WEIGHTS = np.array([indicator.weight for indicator in INDICATORS], dtype=np.int64)

percents = st.one_of(st.just(MISSING), st.integers(0, 20).map(lambda step: step * 5))
reviews = st.lists(percents, min_size=3, max_size=3)
campaigns = st.integers(1, 7).flatmap(
    lambda experts: st.lists(st.lists(reviews, min_size=experts, max_size=experts), min_size=1, max_size=5)
)


def cents(value: Decimal | None) -> int:
    return MISSING if value is None else int(value * 100)


@given(campaigns)
def test_all_at_once_is_the_same_to_the_cent_as_one_by_one(campaign: list[list[list[int]]]) -> None:
    found = bulk_means(np.array(campaign, dtype=np.int8), WEIGHTS)
    for place, experts in enumerate(campaign):
        exact = [
            totals(
                RUBRIC,
                [
                    Score(indicator.id, percent=percent)
                    for indicator, percent in zip(INDICATORS, review, strict=True)
                    if percent != MISSING
                ],
            ).total
            for review in experts
        ]
        for bulk, recipe in ((found.mean, mean(exact)), (found.trimmed_mean, trimmed_mean(exact))):
            assert bulk[place] == cents(half_up(recipe) if recipe is not None else None)


def test_a_half_cent_is_rounded_up() -> None:
    weights = np.array([20], dtype=np.int64)
    found = bulk_means(np.array([[[5], [0], [0], [0], [0], [0], [0]]], dtype=np.int8), weights)
    assert found.mean[0] == 14  # 1 / 7
    assert bulk_means(np.array([[[5]] + [[0]] * 7], dtype=np.int8), weights).mean[0] == 13  # 0.125


def test_nobody_has_no_mean_and_four_have_no_trimmed_one() -> None:
    found = bulk_means(np.array([[[MISSING] * 3] * 4, [[100] * 3] * 4], dtype=np.int8), WEIGHTS)
    assert found.mean.tolist() == [MISSING, 10_000]
    assert found.trimmed_mean.tolist() == [MISSING, MISSING]


def test_no_applications_give_no_means() -> None:
    assert bulk_means(np.empty((0, 7, 3), dtype=np.int8), WEIGHTS).mean.tolist() == []


@pytest.mark.parametrize("shape", [(1, 7, 2), (7, 3)])
def test_shapes_that_do_not_fit_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="shapes"):
        bulk_means(np.zeros(shape, dtype=np.int8), WEIGHTS)


def test_what_is_no_percentage_is_refused() -> None:
    with pytest.raises(ValueError, match="percentage"):
        bulk_means(np.full((1, 1, 3), 101, dtype=np.int8), WEIGHTS)
