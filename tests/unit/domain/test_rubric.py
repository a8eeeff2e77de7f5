from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import DimensionId, IndicatorId
from app.domain.rubric import (
    Band,
    Cap,
    Dimension,
    Height,
    Rubric,
    RubricInvalidError,
    Thresholds,
    UnknownIndicatorError,
    Veto,
    height_of,
)
from tests.support.rubrics import BANDS, indicator, rubric

WHOLE = rubric()


def with_indicators(*indicators) -> Rubric:
    total = sum(i.weight for i in indicators)
    only = Dimension(DimensionId("only"), "唯一维度", total, indicators)
    return rubric(total=total, dimensions=(only,), thresholds=Thresholds(0, 0))


def test_indicators_come_in_the_order_of_the_rubric() -> None:
    assert [i.id for i in WHOLE.indicators] == ["a", "b", "c"]
    assert WHOLE.indicator(IndicatorId("c")).number == "2.1"


def test_an_unknown_indicator_is_told_by_name() -> None:
    with pytest.raises(UnknownIndicatorError) as caught:
        WHOLE.indicator(IndicatorId("nothing"))
    assert "nothing" in caught.value.sentence()


def test_only_an_unofficial_rubric_carries_the_notice() -> None:
    assert WHOLE.status_notice()
    assert rubric(is_official=True).status_notice() == ""


@pytest.mark.parametrize(
    ("percent", "height"),
    [(0, Height.LOW), (45, Height.LOW), (50, Height.PASSING), (65, Height.PASSING), (70, Height.GOOD),
     (85, Height.GOOD), (90, Height.TOP), (100, Height.TOP)],
)  # fmt: skip
def test_each_percentage_has_its_anchor_text(percent: int, height: Height) -> None:
    assert height_of(percent) is height


@given(st.integers(0, 20).map(lambda step: step * 5))
def test_each_step_lies_in_exactly_one_band(percent: int) -> None:
    band = WHOLE.band_of(percent)
    assert [b for b in WHOLE.bands if b.low <= percent <= b.high] == [band]


@pytest.mark.parametrize("step", [0, 3, 7, 51, 60, 100])
def test_steps_that_do_not_divide_a_hundred_are_refused(step: int) -> None:
    with pytest.raises(RubricInvalidError):
        rubric(step_percent=step)


@pytest.mark.parametrize("cap", [-5, 47, 105])
def test_a_cap_that_is_no_step_is_refused(cap: int) -> None:
    broken = replace(indicator("a", "1.1"), cap=Cap("无", cap))
    with pytest.raises(RubricInvalidError):
        with_indicators(broken)


@pytest.mark.parametrize("weight", [0, -20, 30, 1])
def test_a_weight_with_broken_points_is_refused(weight: int) -> None:
    with pytest.raises(RubricInvalidError):
        with_indicators(indicator("a", "1.1", weight))


def test_weights_that_do_not_add_up_are_refused() -> None:
    first, second = WHOLE.dimensions
    for dimensions in (
        (replace(first, weight=80), second),
        (first,),
        (first, replace(second, indicators=())),
    ):
        with pytest.raises(RubricInvalidError):
            rubric(dimensions=dimensions)


@pytest.mark.parametrize(
    "bands",
    [
        (),
        BANDS[1:],
        BANDS[:2],
        (BANDS[0], BANDS[2]),
        (replace(BANDS[0], high=40), *BANDS[1:]),
        (Band("B0", 0, 47, "", ""), Band("B1", 52, 100, "", "")),  # the edges are no steps
        (Band("B0", 0, -5, "", ""), Band("B1", 0, 100, "", "")),
        (Band("B0", 0, 105, "", ""),),
    ],
)
def test_bands_that_leave_a_gap_or_overlap_are_refused(bands: tuple[Band, ...]) -> None:
    with pytest.raises(RubricInvalidError):
        rubric(bands=bands)


def test_identifiers_must_be_there_and_different() -> None:
    first, second = WHOLE.dimensions
    same_indicator = replace(second, indicators=(replace(second.indicators[0], id=IndicatorId("a")),))
    nameless = replace(second, indicators=(replace(second.indicators[0], id=IndicatorId("")),))
    for changed in (
        {"dimensions": (first, same_indicator)},
        {"dimensions": (first, nameless)},
        {"dimensions": (first, replace(second, id=first.id))},
        {"vetoes": (Veto("V1", "甲", 7), Veto("V1", "乙", 7))},
    ):
        with pytest.raises(RubricInvalidError):
            rubric(**changed)


def test_thresholds_must_be_reachable_and_name_known_indicators() -> None:
    for thresholds in (Thresholds(101, 60), Thresholds(70, 60, ((IndicatorId("nothing"), 60),))):
        with pytest.raises(RubricInvalidError):
            rubric(thresholds=thresholds)


@given(st.lists(st.integers(1, 12).map(lambda n: n * 20), min_size=1, max_size=8), st.integers(0, 20))
def test_points_of_every_step_are_whole_when_a_rubric_is_accepted(weights: list[int], step: int) -> None:
    made = with_indicators(*(indicator(f"i{n}", f"1.{n}", weight) for n, weight in enumerate(weights)))
    assert all(i.weight * step * 5 % 100 == 0 for i in made.indicators)
