from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import IndicatorId
from app.domain.rubric import ReasonRule, UnknownIndicatorError
from app.domain.scoring import (
    AboveCapError,
    NotAPointStepError,
    NotAStepError,
    Score,
    ScoreOutOfRangeError,
    Standing,
    check_score,
    half_up,
    needs_reason,
    percent_of_points,
    totals,
)
from app.intake.rubric_file import default_rubric
from tests.support.rubrics import rubric

WHOLE = rubric()
A, B, C = (i.id for i in WHOLE.indicators)
steps = st.integers(0, 20).map(lambda n: n * 5)


def given_scores(**percents: int) -> list[Score]:
    return [Score(IndicatorId(name), percent=percent) for name, percent in percents.items()]


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percentage_outside_0_to_100_cannot_be_made(percent: int) -> None:
    with pytest.raises(ScoreOutOfRangeError):
        Score(A, percent=percent)


def test_a_value_is_there_exactly_when_it_was_given() -> None:
    with pytest.raises(ScoreOutOfRangeError):
        Score(A)
    with pytest.raises(ScoreOutOfRangeError):
        Score(A, Standing.NOT_APPLICABLE, 50)
    assert Score.not_applicable(A).percent is None
    assert Score.unjudged(A, reason="材料不足").standing is Standing.UNJUDGED


def test_what_is_missing_has_no_points_and_never_zero() -> None:
    assert Score.unjudged(A, reason="无").points(WHOLE.indicator(A)) is None
    assert Score(A, percent=0).points(WHOLE.indicator(A)) == 0
    assert Score(A, percent=75).points(WHOLE.indicator(A)) == 30


def test_a_score_between_two_steps_names_both(english: None) -> None:
    with pytest.raises(NotAStepError) as caught:
        check_score(WHOLE, Score(A, percent=47))
    assert "45 or 50" in caught.value.sentence()


def test_a_cap_holds_only_where_its_condition_does() -> None:
    check_score(WHOLE, Score(A, percent=100))
    check_score(WHOLE, Score(A, percent=45, at_cap=True))
    check_score(WHOLE, Score(C, percent=100, at_cap=True))  # it has no cap
    check_score(WHOLE, Score.not_applicable(A))
    with pytest.raises(AboveCapError):
        check_score(WHOLE, Score(A, percent=50, at_cap=True))


def test_an_indicator_of_another_rubric_is_refused() -> None:
    with pytest.raises(UnknownIndicatorError):
        check_score(WHOLE, Score(IndicatorId("x"), percent=50))


@given(steps)
def test_points_and_percent_are_two_ways_to_say_the_same(percent: int) -> None:
    for indicator in default_rubric().indicators:
        points = Score(indicator.id, percent=percent).points(indicator)
        assert points is not None
        assert points * 100 == indicator.weight * percent
        assert percent_of_points(default_rubric(), indicator, points) == percent


def test_points_between_two_steps_name_both(english: None) -> None:
    with pytest.raises(NotAPointStepError) as caught:
        percent_of_points(WHOLE, WHOLE.indicator(A), 31)
    assert "one step is 2 points. Choose 30 or 32" in caught.value.sentence()


@pytest.mark.parametrize("points", [-1, 41])
def test_more_points_than_there_are_cannot_be_given(points: int) -> None:
    with pytest.raises(ScoreOutOfRangeError):
        percent_of_points(WHOLE, WHOLE.indicator(A), points)


@pytest.mark.parametrize(
    ("score", "needs"),
    [
        (Score(A, percent=40), True),
        (Score(A, percent=45), False),
        (Score(A, percent=85), False),
        (Score(A, percent=90), True),
        (Score(A, percent=45, at_cap=True), True),
        (Score.not_applicable(A), False),
        (Score.unjudged(A, reason=""), True),
    ],
)
def test_reasons_are_asked_for_where_the_rubric_says_so(score: Score, needs: bool) -> None:
    assert needs_reason(WHOLE, score) is needs


def test_a_rubric_may_ask_for_fewer_reasons() -> None:
    lenient = rubric(reasons=ReasonRule(below_percent=0, from_percent=101, at_cap=False))
    assert not any(needs_reason(lenient, Score(A, percent=p, at_cap=True)) for p in (0, 45, 100))
    assert needs_reason(lenient, Score.unjudged(A, reason=""))


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.005", "0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("812", "812.00"), ("1/3", "0.33"), ("2/3", "0.67")],
)
def test_halves_are_rounded_up_to_two_decimals(value: str, rounded: str) -> None:
    assert str(half_up(Fraction(value))) == rounded


@given(st.fractions(0, 1000))
def test_rounding_is_off_by_half_a_cent_at_most(value: Fraction) -> None:
    result = half_up(value)
    assert result.as_tuple().exponent == -2
    assert Fraction(-1, 200) < Fraction(result) - value <= Fraction(1, 200)


def test_totals_of_a_whole_review_are_plain_sums() -> None:
    result = totals(WHOLE, given_scores(a=75, b=50, c=100))
    assert (result.total, result.counted) == (80, 3)
    assert result.dimensions == {"first": 40, "second": 40}


def test_what_is_missing_is_left_out_and_the_rest_rescaled() -> None:
    scores = [*given_scores(a=75), Score.not_applicable(B), Score.unjudged(C, reason="无")]
    result = totals(WHOLE, scores)
    assert (result.total, result.counted) == (75, 1)
    assert result.dimensions == {"first": 45, "second": None}
    assert totals(WHOLE, given_scores(b=50, c=75)).total == Fraction(40 * 100, 60)


def test_nothing_to_count_gives_no_total() -> None:
    result = totals(WHOLE, [Score.not_applicable(A)])
    assert (result.total, result.counted) == (None, 0)


@given(st.lists(st.one_of(st.none(), steps), min_size=24, max_size=24), st.randoms())
def test_a_total_lies_between_the_extremes_whatever_is_missing(percents: list[int | None], chance) -> None:
    whole = default_rubric()
    scores = [
        Score(i.id, percent=percent) if percent is not None else Score.not_applicable(i.id)
        for i, percent in zip(whole.indicators, percents, strict=True)
    ]
    result = totals(whole, scores)
    present = [percent for percent in percents if percent is not None]
    assert result.counted == len(present)
    if not present:
        assert result.total is None
        return
    assert result.total is not None
    assert min(present) * 10 <= result.total <= max(present) * 10
    if len(present) == 24:
        assert result.total == sum(d for d in result.dimensions.values() if d is not None)
        assert result.total.denominator == 1
    chance.shuffle(scores)
    assert totals(whole, scores) == result


def test_sums_are_exact_and_not_binary() -> None:
    third = totals(WHOLE, given_scores(a=5, b=10)).total
    assert isinstance(third, Fraction)
    assert half_up(third) == Decimal("6.67")


def test_what_was_earned_so_far_is_not_rescaled() -> None:
    given = totals(WHOLE, given_scores(**{A: 75}))
    assert given.earned == Fraction(WHOLE.indicator(A).weight * 75, 100)
    assert given.total == Fraction(WHOLE.total * 75, 100)
    assert totals(WHOLE, []).earned == 0
