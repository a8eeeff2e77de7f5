"""States and differences of reviews, without a desk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.evidence import Anchor
from app.domain.history import PAUSE, Made, What, differences, states
from app.domain.ids import IndicatorId, Sha256
from app.domain.review import Assessment, Citation, Opinion, OpinionPart, Recommendation, VetoFinding
from app.domain.scoring import Score, Standing

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ANCHOR = Anchor(Sha256("a" * 64))
SCORE = Score(IndicatorId("a"), Standing.GIVEN, 75, reason="r", evidence=(ANCHOR,))
WHOLE = Assessment((SCORE,), Opinion(Recommendation.YES, "t", "s", "c"), (VetoFinding("V1", "f"),))


@given(st.lists(st.integers(0, 1200), min_size=1, max_size=30))
def test_every_step_belongs_to_one_state_and_no_pause_lies_within_one(pauses: list[int]) -> None:
    moment, made = NOW, []
    for number, pause in enumerate(pauses, start=7):
        moment += timedelta(seconds=pause)
        made.append(Made(number, "t", moment))
    found = states(made)
    assert sum(state.steps for state in found) == len(made)
    assert (found[0].number, found[-1].number) == (made[-1].number, made[0].number - 1)
    assert len(found) == 2 + sum(timedelta(seconds=pause) > PAUSE for pause in pauses[1:])


def test_steps_of_an_older_program_without_a_moment_are_one_state() -> None:
    made = [Made(1, "a", None), Made(2, "b", None), Made(3, "c", NOW)]
    assert [(state.number, state.steps) for state in states(made)] == [(3, 1), (2, 2), (0, 0)]


def test_nothing_is_different_from_itself() -> None:
    assert differences(WHOLE, WHOLE) == ()


def test_references_that_were_exchanged_are_a_difference() -> None:
    other = replace(WHOLE, scores=(replace(SCORE, evidence=(Anchor(Sha256("b" * 64)),)),))
    assert [(each.what, each.name) for each in differences(WHOLE, other)] == [(What.EVIDENCE, "a")]


def test_what_was_added_and_what_was_taken_away_are_both_told() -> None:
    citation = Citation(OpinionPart.TEXT, "句子", (ANCHOR,))
    found = differences(WHOLE, replace(WHOLE, scores=(), vetoes=(), citations=(citation,)))
    assert [(each.what, each.before, each.after) for each in found] == [
        (What.VALUE, "75", ""),
        (What.REASON, "r", ""),
        (What.EVIDENCE, "1", "0"),
        (What.VETO, "f", ""),
        (What.CITATION, "0", "1"),
    ]
