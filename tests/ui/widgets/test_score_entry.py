"""What was typed for a score."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rubric import Cap, Rubric
from ui.widgets.score_entry import (
    CapReachedError,
    NotPercentError,
    NotPointsError,
    PercentStepsError,
    PointStepsError,
    Unit,
    parse_entry,
)


def _percent(rubric: Rubric, text: str, unit: Unit = Unit.POINTS, **facts: bool) -> int | None:
    indicator = next(iter(rubric.indicators))  # 40 points
    return parse_entry(text, rubric, indicator, unit=unit, **facts).percent


def test_thirty_one_of_forty_is_answered_with_its_two_neighbours(rubric: Rubric) -> None:
    with pytest.raises(PointStepsError) as refused:
        _percent(rubric, "31")
    assert refused.value.sentence() == "每档 2 分：30 或 32"


@pytest.mark.parametrize(
    ("text", "unit", "percent"),
    [
        ("30", Unit.POINTS, 75),
        ("３０", Unit.POINTS, 75),
        (" 30 ", Unit.POINTS, 75),
        ("0", Unit.POINTS, 0),
        ("40", Unit.POINTS, 100),
        ("75%", Unit.POINTS, 75),
        ("75％", Unit.POINTS, 75),
        ("７５ ％", Unit.POINTS, 75),
        ("75", Unit.PERCENT, 75),
        ("30分", Unit.PERCENT, 75),
        ("", Unit.POINTS, None),
        ("　", Unit.POINTS, None),
    ],
)
def test_points_and_per_cent_are_understood_in_any_width(
    rubric: Rubric, text: str, unit: Unit, percent: int | None
) -> None:
    assert _percent(rubric, text, unit) == percent


def test_a_number_is_never_taken_for_the_other_unit_because_of_its_size(rubric: Rubric) -> None:
    with pytest.raises(NotPointsError) as refused:
        _percent(rubric, "75")
    assert refused.value.sentence() == "请输入 0 到 40 分。要按百分比输入，请点“%”"


def test_per_cent_between_two_steps_names_both(rubric: Rubric) -> None:
    with pytest.raises(PercentStepsError) as refused:
        _percent(rubric, "73", Unit.PERCENT)
    assert refused.value.sentence() == "每档 5 %：70 或 75。要按分数输入，请点“分”"


@pytest.mark.parametrize("text", ["41", "-1", "3.5", "abc", "³", "٣", "1e1", "999999999999", "30 30", "%"])
def test_what_is_no_score_is_refused_with_what_would_do(rubric: Rubric, text: str) -> None:
    if text == "%":
        assert _percent(rubric, text) is None
        return
    with pytest.raises((NotPointsError, PointStepsError)):
        _percent(rubric, text)


def test_a_cap_stops_only_while_it_holds(rubric: Rubric) -> None:
    indicator = replace(next(iter(rubric.indicators)), cap=Cap("无财务佐证", 45))
    assert parse_entry("30", rubric, indicator, unit=Unit.POINTS).percent == 75
    with pytest.raises(CapReachedError) as refused:
        parse_entry("30", rubric, indicator, unit=Unit.POINTS, is_capped=True)
    assert refused.value.sentence() == "最高 45 %（18 分）：无财务佐证"
    assert parse_entry("18", rubric, indicator, unit=Unit.POINTS, is_capped=True).percent == 45


@given(steps=st.integers(0, 20), number=st.integers(0, 23))
def test_points_and_per_cent_of_every_step_mean_the_same(rubric: Rubric, steps: int, number: int) -> None:
    indicator = list(rubric.indicators)[number % len(list(rubric.indicators))]
    percent = steps * rubric.step_percent
    points = indicator.weight * percent // 100
    assert parse_entry(str(points), rubric, indicator, unit=Unit.POINTS).percent == percent
    assert parse_entry(str(percent), rubric, indicator, unit=Unit.PERCENT).percent == percent


@given(text=st.text(max_size=8))
def test_any_text_gives_a_step_nothing_or_a_sentence(rubric: Rubric, text: str) -> None:
    try:
        percent = _percent(rubric, text)
    except (NotPointsError, NotPercentError, PointStepsError, PercentStepsError):
        return
    assert percent is None or percent % rubric.step_percent == 0
