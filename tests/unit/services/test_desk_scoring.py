"""What the review screen does, and how it is taken back."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, Sha256
from app.domain.review import Gap, Opinion, Recommendation, SealedReviewError, VetoFinding
from app.domain.scoring import AboveCapError, NotAStepError, ScoreOutOfRangeError, Standing
from app.domain.task import TaskState
from app.services.desk_errors import (
    ApplicationUnknownError,
    DossierLockedError,
    NothingToUndoError,
    NotSealedError,
    RevisionReasonError,
    TextTooLongError,
    VetoUnknownError,
)
from tests.support.desks import INDICATOR, DeskStory
from tests.support.secretariat import rubric

Stories = Callable[..., DeskStory]
WITH_CAP = next(indicator for indicator in rubric().indicators if indicator.cap)


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return stories("assigned", "2026-0001", "2026-0002").unlock()


def entry(story: DeskStory, indicator: IndicatorId = INDICATOR):
    return story.desk.scoring.sheet(story.review).draft.entry(indicator)


def test_a_value_is_there_after_the_desk_was_closed_and_opened(story: DeskStory) -> None:
    story.desk.scoring.set_score(story.review, INDICATOR, percent=75)
    story.reopen()
    assert entry(story).percent == 75


def test_a_dossier_that_is_not_declared_cannot_be_scored_or_seen(stories: Stories) -> None:
    story = stories("assigned", "2026-0001")
    with pytest.raises(DossierLockedError):
        story.desk.scoring.set_score(story.review, INDICATOR, percent=75)
    with pytest.raises(DossierLockedError):
        story.desk.scoring.sheet(story.review)


def test_an_unknown_review_is_refused(story: DeskStory) -> None:
    with pytest.raises(ApplicationUnknownError):
        story.desk.scoring.sheet("01930000-0000-7000-8000-999999999999")


@pytest.mark.parametrize(
    ("percent", "error"), [(77, NotAStepError), (105, ScoreOutOfRangeError), (-5, ScoreOutOfRangeError)]
)
def test_a_value_the_rubric_does_not_know_changes_nothing(
    story: DeskStory, percent: int, error: type[Exception]
) -> None:
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    with pytest.raises(error):
        story.desk.scoring.set_score(story.review, INDICATOR, percent=percent)
    assert entry(story).percent == 50


def test_a_value_keeps_the_reason_that_was_typed_before_it(story: DeskStory) -> None:
    story.desk.scoring.set_reason(story.review, INDICATOR, "有专项审计")
    assert entry(story).standing is None
    story.desk.scoring.set_score(story.review, INDICATOR, percent=90)
    assert (entry(story).percent, entry(story).reason) == (90, "有专项审计")


def test_a_cap_stops_a_higher_value_and_cannot_be_ticked_under_one(story: DeskStory) -> None:
    assert WITH_CAP.cap
    above = WITH_CAP.cap.max_percent + 5
    story.desk.scoring.set_score(story.review, WITH_CAP.id, percent=above)
    with pytest.raises(AboveCapError):
        story.desk.scoring.set_at_cap(story.review, WITH_CAP.id, at_cap=True)
    story.desk.scoring.set_score(story.review, WITH_CAP.id, percent=WITH_CAP.cap.max_percent, at_cap=True)
    with pytest.raises(AboveCapError):
        story.desk.scoring.set_score(story.review, WITH_CAP.id, percent=above)
    assert entry(story, WITH_CAP.id).at_cap


def test_what_cannot_be_judged_is_missing_its_reason_until_there_is_one(story: DeskStory) -> None:
    story.score(story.review)
    story.desk.scoring.set_score(story.review, INDICATOR, percent=None, standing=Standing.UNJUDGED)
    assert [item.gap for item in story.desk.scoring.sheet(story.review).missing] == [Gap.REASON]
    story.desk.scoring.set_reason(story.review, INDICATOR, "材料缺页")
    sheet = story.desk.scoring.sheet(story.review)
    assert sheet.missing == ()
    assert sheet.task.state is TaskState.COMPLETE


def test_states_follow_what_is_written(story: DeskStory) -> None:
    state = lambda: story.desk.tasks.task(story.review).state  # noqa: E731 - asked four times
    assert state() is TaskState.UNSCORED
    story.desk.scoring.set_score(story.review, INDICATOR, percent=0)
    assert state() is TaskState.SCORING
    story.score(story.review)
    assert state() is TaskState.COMPLETE
    story.desk.scoring.clear_score(story.review, INDICATOR)
    assert state() is TaskState.SCORING


def test_the_same_place_cited_twice_counts_once_and_can_be_removed(story: DeskStory) -> None:
    place = Anchor(story.dossiers[0].documents[0].sha256, page=1, box=(0, 0, 100, 100), words="研发费用")
    for _twice in range(2):
        story.desk.scoring.attach_evidence(story.review, INDICATOR, place)
    assert entry(story).evidence == (place,)
    assert [view.is_cited for view in story.desk.viewing.documents(story.review)] == [True, False]
    story.desk.scoring.remove_evidence(story.review, INDICATOR, place)
    assert entry(story).evidence == ()


def test_a_place_in_a_foreign_document_is_refused(story: DeskStory) -> None:
    from app.services.desk_errors import DocumentUnknownError

    with pytest.raises(DocumentUnknownError):
        story.desk.scoring.attach_evidence(story.review, INDICATOR, Anchor(Sha256("0" * 64)))


def test_a_veto_finding_is_kept_and_can_be_taken_back(story: DeskStory) -> None:
    finding = VetoFinding("V6", "两份检测报告编号相同")
    story.desk.scoring.set_veto(story.review, finding)
    assert story.desk.scoring.sheet(story.review).draft.vetoes == (finding,)
    story.desk.scoring.clear_veto(story.review, "V6")
    assert story.desk.scoring.sheet(story.review).draft.vetoes == ()
    with pytest.raises(VetoUnknownError):
        story.desk.scoring.set_veto(story.review, VetoFinding("V99", "无"))


def test_a_text_longer_than_a_form_can_print_is_refused(story: DeskStory) -> None:
    with pytest.raises(TextTooLongError):
        story.desk.scoring.set_reason(story.review, INDICATOR, "长" * 20_001)


def test_characters_that_no_file_can_hold_are_dropped(story: DeskStory) -> None:
    story.desk.scoring.set_reason(story.review, INDICATOR, "好\ud800\0𠮷")
    assert entry(story).reason == "好𠮷"


def test_typing_grows_one_step_and_undo_takes_all_of_it(story: DeskStory) -> None:
    for text in ("好", "好的", "好的。"):
        story.desk.scoring.set_reason(story.review, INDICATOR, text)
        story.clock.forward(seconds=1)
    story.desk.scoring.undo(story.review)
    assert entry(story).reason == ""
    story.desk.scoring.redo(story.review)
    assert entry(story).reason == "好的。"


def test_a_text_that_settled_is_a_step_of_its_own(story: DeskStory) -> None:
    story.desk.scoring.set_reason(story.review, INDICATOR, "第一句")
    story.desk.scoring.settle(story.review)
    story.desk.scoring.set_reason(story.review, INDICATOR, "第一句，第二句")
    story.desk.scoring.undo(story.review)
    assert entry(story).reason == "第一句"


def test_a_pause_of_half_a_minute_settles_what_was_typed(story: DeskStory) -> None:
    story.desk.scoring.set_reason(story.review, INDICATOR, "第一句")
    story.clock.forward(seconds=31)
    story.desk.scoring.set_reason(story.review, INDICATOR, "第一句，第二句")
    story.desk.scoring.undo(story.review)
    assert entry(story).reason == "第一句"


def test_undo_and_redo_walk_through_values_evidence_and_opinion(story: DeskStory) -> None:
    scoring, review = story.desk.scoring, story.review
    before = scoring.sheet(review).draft
    scoring.set_score(review, INDICATOR, percent=50)
    scoring.attach_evidence(review, INDICATOR, Anchor(story.dossiers[0].documents[0].sha256))
    scoring.set_opinion(review, Opinion(Recommendation.NO, strengths="优势"))
    after = scoring.sheet(review).draft
    for _step in range(4):
        scoring.undo(review)
    assert scoring.sheet(review).draft == before
    assert not scoring.sheet(review).can_undo
    with pytest.raises(NothingToUndoError):
        scoring.undo(review)
    for _step in range(4):
        scoring.redo(review)
    assert scoring.sheet(review).draft == after
    with pytest.raises(NothingToUndoError):
        scoring.redo(review)


def test_a_new_step_ends_what_could_be_redone(story: DeskStory) -> None:
    scoring, review = story.desk.scoring, story.review
    scoring.set_score(review, INDICATOR, percent=50)
    scoring.undo(review)
    scoring.set_score(review, INDICATOR, percent=60)
    assert not scoring.sheet(review).can_redo
    with pytest.raises(NothingToUndoError):
        scoring.redo(review)


def test_undo_in_one_review_leaves_the_other_alone(story: DeskStory) -> None:
    first, second = (one.review for one in story.dossiers)
    story.desk.scoring.set_score(first, INDICATOR, percent=50)
    story.desk.scoring.set_score(second, INDICATOR, percent=60)
    story.desk.scoring.undo(first)
    assert entry(story).percent is None
    assert story.desk.scoring.sheet(second).draft.entry(INDICATOR).percent == 60


def test_undo_survives_closing_the_desk(story: DeskStory) -> None:
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    story.desk.scoring.set_score(story.review, INDICATOR, percent=60)
    story.reopen()
    story.desk.scoring.undo(story.review)
    assert entry(story).percent == 50


def test_a_signed_review_cannot_be_changed_until_it_is_opened_with_a_reason(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    with pytest.raises(NotSealedError):
        story.desk.scoring.revise(story.review, "还没签")
    story.seal()
    with pytest.raises(SealedReviewError):
        story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    with pytest.raises(RevisionReasonError):
        story.desk.scoring.revise(story.review, "  ")
    story.desk.scoring.revise(story.review, "看漏一份报告")
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    sheet = story.desk.scoring.sheet(story.review)
    assert (sheet.revision, sheet.revision_reason, sheet.is_editable) == (2, "看漏一份报告", True)


def test_a_revision_that_is_given_up_leaves_what_was_signed(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    signed = story.desk.scoring.sheet(story.review).draft
    story.desk.scoring.revise(story.review, "误点")
    story.desk.scoring.set_score(story.review, INDICATOR, percent=0)
    story.desk.scoring.set_reason(story.review, INDICATOR, "误点")
    story.desk.scoring.discard_revision(story.review)
    sheet = story.desk.scoring.sheet(story.review)
    assert (sheet.draft, sheet.revision, sheet.is_editable) == (signed, 1, False)
    assert story.desk.tasks.task(story.review).state is TaskState.SENT
    assert {finding.severity for finding in story.desk.checking.quick()} == {"GOOD"}


_ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("score"), st.sampled_from([0, 50, 75, 100])),
        st.tuples(st.just("reason"), st.text(max_size=8)),
        st.tuples(st.just("unjudged"), st.just(0)),
        st.tuples(st.just("clear"), st.just(0)),
        st.tuples(st.just("undo"), st.just(0)),
        st.tuples(st.just("redo"), st.just(0)),
        st.tuples(st.just("settle"), st.just(0)),
        st.tuples(st.just("pause"), st.integers(0, 40)),
        st.tuples(st.just("reopen"), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS)
def test_whatever_is_done_the_history_agrees_with_what_is_written(story: DeskStory, acts: list[tuple]) -> None:
    review = story.review
    for act, value in acts:
        try:
            match act:
                case "score":
                    story.desk.scoring.set_score(review, INDICATOR, percent=value)
                case "reason":
                    story.desk.scoring.set_reason(review, INDICATOR, value)
                case "unjudged":
                    story.desk.scoring.set_score(review, INDICATOR, percent=None, standing=Standing.UNJUDGED)
                case "clear":
                    story.desk.scoring.clear_score(review, INDICATOR)
                case "undo" | "redo" | "settle":
                    getattr(story.desk.scoring, act)(review)
                case "pause":
                    story.clock.forward(seconds=value)
                case "reopen":
                    story.reopen()
        except NothingToUndoError:
            continue
    assert {finding.severity for finding in story.desk.checking.quick()} == {"GOOD"}


def test_every_save_moves_the_head_and_repeating_a_value_does_not(story: DeskStory) -> None:
    head = lambda: story.desk.help_lines()[0]  # noqa: E731 - the counter, as a help desk sees it
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    once = head()
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    assert head() == once
    story.desk.scoring.set_score(story.review, INDICATOR, percent=55)
    assert head() != once
