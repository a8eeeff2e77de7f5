"""Samples drawn at random that anybody can draw again."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.onsite.ids import EntryId, ItemId, MemberId
from app.domain.onsite.sampling import (
    Sample,
    SampleAlteredError,
    SampleImpossibleError,
    SeedImpossibleError,
    draw,
    sample_size,
)
from app.intake.checklist_file import default_checklist

TABLE = default_checklist().sampling


@pytest.mark.parametrize(
    ("population", "size"),
    [(1, 1), (5, 5), (6, 5), (50, 5), (51, 8), (200, 8), (201, 13), (1000, 13), (1001, 20), (1_000_000, 20)],
)
def test_the_size_is_the_one_of_the_table(population: int, size: int) -> None:
    assert sample_size(TABLE, population) == size


@given(st.integers(1, 400), st.data(), st.text(min_size=1, max_size=20))
def test_a_draw_is_that_many_different_numbers_in_order_and_always_the_same(
    population: int, data: st.DataObject, seed: str
) -> None:
    size = data.draw(st.integers(1, population))
    numbers = draw(population, size, seed=seed)
    assert len(set(numbers)) == size
    assert list(numbers) == sorted(numbers)
    assert 1 <= numbers[0] <= numbers[-1] <= population
    assert draw(population, size, seed=seed) == numbers


@given(st.integers(2, 200), st.data(), st.text(min_size=1, max_size=20))
def test_a_larger_sample_of_the_same_seed_contains_the_smaller_one(
    population: int, data: st.DataObject, seed: str
) -> None:
    size = data.draw(st.integers(1, population - 1))
    assert set(draw(population, size, seed=seed)) < set(draw(population, size + 1, seed=seed))


def test_the_draw_can_be_repeated_with_nothing_but_sha256() -> None:
    ranks = {n: hashlib.sha256(b"2026-0001:%d" % n).hexdigest() for n in range(1, 101)}
    assert draw(100, 8, seed="2026-0001") == tuple(sorted(sorted(ranks, key=ranks.__getitem__)[:8]))


def test_every_piece_is_drawn_about_equally_often() -> None:
    counts = dict.fromkeys(range(1, 21), 0)
    for seed in range(600):
        for number in draw(20, 5, seed=str(seed)):
            counts[number] += 1
    assert all(100 < count < 200 for count in counts.values())  # 150 expected; six standard deviations either side


@pytest.mark.parametrize(("population", "size"), [(0, 0), (3, 4), (3, 0), (1_000_001, 5)])
def test_an_impossible_sample_is_refused(population: int, size: int) -> None:
    with pytest.raises(SampleImpossibleError):
        draw(population, size, seed="x")


@pytest.mark.parametrize("seed", ["", "示" * 101])
def test_a_seed_is_neither_nothing_nor_a_whole_text(seed: str) -> None:
    with pytest.raises(SeedImpossibleError):
        draw(60, 8, seed=seed)
    assert len(draw(60, 8, seed="示" * 100)) == 8


def test_a_sample_whose_numbers_were_chosen_by_hand_is_refused() -> None:
    made = Sample(
        EntryId("x"), ItemId("D2"), "十月工单", 100, "示例", draw(100, 8, seed="示例"), MemberId("E0001"),
        datetime(2026, 11, 20, tzinfo=UTC),
    )  # fmt: skip
    with pytest.raises(SampleAlteredError):
        replace(made, numbers=(1, 2, 3, 4, 5, 6, 7, 8))
    with pytest.raises(SampleAlteredError):
        replace(made, seed="another")
