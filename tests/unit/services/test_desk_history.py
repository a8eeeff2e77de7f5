"""A draft's last states, putting one back, and what changed since the last signature."""

from collections.abc import Callable

import pytest

from app.domain.history import What
from app.domain.review import Opinion, Recommendation, SealedReviewError
from app.services.desk_errors import NothingToUndoError
from app.services.desk_history import StateUnknownError
from app.words.changes import difference_words, target_words
from tests.support.desks import INDICATOR, DeskStory, stories
from tests.support.secretariat import rubric

__all__ = ["stories"]
Stories = Callable[..., DeskStory]
OTHER = tuple(rubric().indicators)[-1].id


def begun(stories: Stories) -> DeskStory:
    """Three states: scored at first, one score changed later, a reason typed later still."""
    story = stories("assigned", "2026-0001").unlock()
    scoring = story.desk.scoring
    scoring.set_score(story.review, INDICATOR, percent=75)
    scoring.set_score(story.review, OTHER, percent=75)
    story.clock.forward(minutes=10)
    scoring.set_score(story.review, INDICATOR, percent=50)
    story.clock.forward(minutes=10)
    scoring.set_reason(story.review, INDICATOR, "理由")
    return story


def percent(story: DeskStory) -> int | None:
    return story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent


def test_steps_without_a_long_pause_are_one_state(stories: Stories) -> None:
    story = begun(stories)
    states = story.desk.history.history(story.review).states
    assert [state.steps for state in states] == [1, 1, 2, 0]
    assert states[0].targets == (f"reason:{INDICATOR}",)
    assert all(target_words(target, rubric()) for state in states for target in state.targets)


def test_a_state_is_put_back_and_that_can_be_undone(stories: Stories) -> None:
    story = begun(stories)
    before = story.desk.scoring.sheet(story.review).draft
    first = story.desk.history.history(story.review).states[2]
    story.desk.history.restore(story.review, first.number)
    draft = story.desk.scoring.sheet(story.review).draft
    assert (draft.entry(INDICATOR).percent, draft.entry(INDICATOR).reason, draft.entry(OTHER).percent) == (75, "", 75)
    story.desk.scoring.undo(story.review)
    assert story.desk.scoring.sheet(story.review).draft == before


def test_the_beginning_can_be_put_back(stories: Stories) -> None:
    story = begun(stories)
    story.desk.history.restore(story.review, story.desk.history.history(story.review).states[-1].number)
    assert story.desk.scoring.sheet(story.review).draft.is_untouched


def test_what_was_taken_back_is_no_state(stories: Stories) -> None:
    story = begun(stories)
    story.desk.scoring.undo(story.review)
    assert [state.steps for state in story.desk.history.history(story.review).states] == [1, 2, 0]


@pytest.mark.parametrize("number", [-1, 99])
def test_a_state_that_is_not_there_is_refused(stories: Stories, number: int) -> None:
    story = begun(stories)
    with pytest.raises(StateUnknownError):
        story.desk.history.restore(story.review, number)
    assert percent(story) == 50


def test_nothing_written_has_no_states(stories: Stories) -> None:
    story = stories("assigned", "2026-0001").unlock()
    history = story.desk.history.history(story.review)
    assert (history.states, history.since) == ((), None)
    with pytest.raises(NothingToUndoError):
        story.desk.scoring.undo(story.review)


def test_a_signed_review_has_no_state_to_go_back_to(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    history = story.desk.history.history(story.review)
    assert (history.states, history.is_editable) == ((), False)
    with pytest.raises(SealedReviewError):
        story.desk.history.restore(story.review, 0)


def test_what_changed_since_the_last_signature_is_told_thing_by_thing(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    story.desk.scoring.revise(story.review, "示例理由")
    assert story.desk.history.history(story.review).since
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    story.desk.scoring.set_reason(story.review, OTHER, "新理由")
    story.desk.scoring.set_opinion(story.review, Opinion(Recommendation.NO, "示例意见", "优势一", "不足二"))
    since = story.desk.history.history(story.review).since
    assert since
    assert since.revision == 1
    assert [(each.what, each.name, each.before, each.after) for each in since.differences] == [
        (What.VALUE, INDICATOR, "75", "50"),
        (What.REASON, OTHER, "", "新理由"),
        (What.CONCLUSION, "", "yes", "no"),
        (What.OPINION, "concerns", "不足一", "不足二"),
    ]
    assert all(difference_words(each, rubric()) for each in since.differences)
