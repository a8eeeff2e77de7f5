"""A package that corrects a dossier under a running review: what it touches, and confirming it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.evidence import Anchor
from app.domain.health import Severity
from app.domain.review import SealedReview, SealedReviewError, VetoFinding
from app.domain.task import TaskState
from app.domain.touched import ChangeKind, Part
from app.packages import canonical
from app.packages.payloads import Recall, review_path
from app.services.desk_editing import find_review
from app.services.desk_errors import CorrectionUnconfirmedError, DossierLockedError, NotTouchedError
from app.words.corrections import correction_words, reason_words
from tests.support.desks import INDICATOR, DeskStory, stories
from tests.support.secretariat import Dossier, dossier, rubric

__all__ = ["stories"]
Stories = Callable[..., DeskStory]
CODE = "2026-0001"
OTHER = next(each.id for each in reversed(tuple(rubric().indicators)) if each.id != INDICATOR)
KEY = f"score:{INDICATOR}"


def cited(stories: Stories) -> tuple[DeskStory, Dossier]:
    """A complete review whose one score rests on page 1 of the second document."""
    story = stories("complete", CODE)
    one = story.dossiers[0]
    story.desk.scoring.mark_opened(one.review)
    anchor = Anchor(one.documents[1].sha256, page=1, box=(0, 0, 10, 10), words="旧")
    story.desk.scoring.attach_evidence(one.review, INDICATOR, anchor)
    return story, one


def correct(story: DeskStory, *files: bytes) -> Dossier:
    """Another hand-out of the same review with these files."""
    changed = dossier(CODE, files=files)
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, [changed]))
    return changed


def evidence(story: DeskStory) -> tuple[Anchor, ...]:
    return story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).evidence


def assert_chains_are_whole(story: DeskStory) -> None:
    bad = [one.code for one in story.desk.checking.check(deep=True).findings if one.severity is Severity.CRITICAL]
    assert not {"chains", "sealed", "documents"} & {*bad}


def test_a_replaced_document_names_the_scores_that_rest_on_it(stories: Stories) -> None:
    story, one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    pending = story.desk.corrections.pending(story.review)
    assert pending
    assert [(change.kind, change.old) for change in pending.correction.changes] == [
        (ChangeKind.REPLACED, one.documents[1])
    ]
    assert [item.key() for item in pending.correction.touched] == [KEY]
    task = story.desk.tasks.task(story.review)
    assert task.state is TaskState.SCORING
    assert task.correction == pending.correction


def test_signing_is_refused_until_it_is_confirmed(stories: Stories) -> None:
    story, _one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    assert story.desk.sealing.ready() == ()
    with pytest.raises(CorrectionUnconfirmedError) as refused:
        story.seal()
    assert refused.value.code == "correction_unconfirmed"
    story.desk.corrections.confirm_all(story.review)
    assert story.desk.corrections.pending(story.review) is None
    assert story.seal().exists()


def test_a_confirmed_score_stands_and_refers_to_the_same_page_of_the_new_document(stories: Stories) -> None:
    story, _one = cited(stories)
    before = story.desk.scoring.sheet(story.review).draft.entry(INDICATOR)
    changed = correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    story.desk.corrections.confirm(story.review, KEY)
    after = story.desk.scoring.sheet(story.review).draft.entry(INDICATOR)
    assert (after.percent, after.reason) == (before.percent, before.reason)
    assert after.evidence == (Anchor(changed.documents[1].sha256, page=1),)


def test_references_can_be_dropped_instead(stories: Stories) -> None:
    story, _one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    story.desk.corrections.confirm(story.review, KEY, follows=False)
    assert evidence(story) == ()


def test_undoing_a_confirmation_asks_again(stories: Stories) -> None:
    story, _one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    story.desk.corrections.confirm_all(story.review)
    story.desk.scoring.undo(story.review)
    pending = story.desk.corrections.pending(story.review)
    assert pending
    assert [item.key() for item in pending.correction.touched] == [KEY]
    assert pending.correction.changes[0].kind is ChangeKind.REPLACED


def test_confirming_several_is_one_step_to_undo(stories: Stories) -> None:
    story, one = cited(stories)
    story.desk.scoring.attach_evidence(story.review, OTHER, Anchor(one.documents[1].sha256, page=1))
    story.desk.scoring.set_veto(story.review, VetoFinding("V1", "示例", (Anchor(one.documents[1].sha256),)))
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    pending = story.desk.corrections.pending(story.review)
    assert pending
    assert (pending.correction.scores, pending.correction.citations) == (2, 1)
    story.desk.corrections.confirm_all(story.review)
    story.desk.scoring.undo(story.review)
    again = story.desk.corrections.pending(story.review)
    assert again
    assert again.correction.touched == pending.correction.touched
    story.desk.scoring.redo(story.review)
    assert story.desk.corrections.pending(story.review) is None


def test_a_document_that_was_only_removed_has_no_successor(stories: Stories) -> None:
    story, one = cited(stories)
    correct(story, b"%PDF-1.7 one")
    pending = story.desk.corrections.pending(story.review)
    assert pending
    assert pending.correction.successor(one.documents[1].sha256) is None
    story.desk.corrections.confirm_all(story.review)
    assert evidence(story) == ()


def test_an_addition_touches_nothing_and_says_how_many_are_new(stories: Stories) -> None:
    story, _one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 two", b"%PDF-1.7 three", b"%PDF-1.7 four")
    task = story.desk.tasks.task(story.review)
    assert task.state is TaskState.COMPLETE
    assert task.correction
    assert (task.correction.touched, len(task.correction.of_kind(ChangeKind.ADDED))) == ((), 2)
    assert "2" in correction_words(task.correction)
    story.desk.corrections.confirm_all(story.review)
    assert story.desk.tasks.task(story.review).correction is None


def test_a_dossier_nobody_has_opened_is_simply_another_one(stories: Stories) -> None:
    story = stories("assigned", CODE)
    correct(story, b"%PDF-1.7 other")
    story.unlock()
    assert story.desk.corrections.all() == ()


def test_two_corrections_in_a_row_lead_from_the_first_document_to_the_last(stories: Stories) -> None:
    story, one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 second")
    last = correct(story, b"%PDF-1.7 one", b"%PDF-1.7 third")
    pending = story.desk.corrections.pending(story.review)
    assert pending
    assert pending.correction.successor(one.documents[1].sha256) == last.documents[1]
    story.desk.corrections.confirm_all(story.review)
    assert evidence(story) == (Anchor(last.documents[1].sha256, page=1),)


def test_a_correction_that_is_taken_back_leaves_nothing_to_confirm(stories: Stories) -> None:
    story, _one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 wrong")
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 two")
    pending = story.desk.corrections.pending(story.review)
    assert pending is None or pending.correction.touched == ()
    assert story.seal().exists()


def test_a_signed_review_is_opened_again_with_the_change_as_its_reason(stories: Stories) -> None:
    story, _one = cited(stories)
    story.seal()
    changed = correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    pending = story.desk.corrections.pending(story.review)
    assert pending
    assert pending.is_sealed
    with pytest.raises(SealedReviewError):
        story.desk.corrections.confirm_all(story.review)
    story.desk.scoring.revise(story.review, reason_words(pending.correction))
    with pytest.raises(CorrectionUnconfirmedError):
        story.seal(name="again.youpin")
    story.desk.corrections.confirm_all(story.review)
    package = story.secretariat.read(story.seal(name="again.youpin"))
    sealed = canonical.decode(package.content(review_path(story.review)), SealedReview)
    assert (sealed.revision, sealed.assessment.cited()) == (2, frozenset({changed.documents[1].sha256}))
    assert not story.desk.tasks.task(story.review).dossier_changed


def test_what_is_not_touched_cannot_be_confirmed(stories: Stories) -> None:
    story, _one = cited(stories)
    with pytest.raises(NotTouchedError):
        story.desk.corrections.confirm(story.review, KEY)


def test_another_party_locks_the_dossier_and_keeps_the_question_for_later(stories: Stories) -> None:
    story, _one = cited(stories)
    changed = dossier(CODE, files=(b"%PDF-1.7 one", b"%PDF-1.7 corrected"), laboratory="示例检测中心")
    story.desk.importing.import_files(story.secretariat.assignment(story.folder / "out", story.reader, [changed]))
    with pytest.raises(DossierLockedError):
        story.desk.scoring.sheet(story.review)
    assert story.desk.corrections.all() == ()
    story.unlock()
    [pending] = story.desk.corrections.all()
    assert [item.part for item in pending.correction.touched] == [Part.SCORE]


def test_a_recall_closes_the_dossier_and_keeps_what_was_written_and_signed(stories: Stories) -> None:
    story, one = cited(stories)
    story.seal()
    story.desk.scoring.revise(story.review, "示例理由")
    story.desk.scoring.set_reason(story.review, INDICATOR, "收回前写下的话")
    recall = [Recall(one.review, one.face.application, "改派")]
    story.desk.importing.import_files(
        story.secretariat.assignment(story.folder / "out", story.reader, [], recalls=recall)
    )
    task = story.desk.tasks.task(story.review)
    assert (task.state, task.documents_here, task.revision) == (TaskState.RECALLED, 0, 2)
    with story.desk._store.reading() as work:
        assert find_review(work, one.review).revision == 2
        assert work.drafts.field(one.review, f"reason:{INDICATOR}").content == "收回前写下的话".encode()
        assert [(sealed.review, sealed.revision) for sealed in work.sealed.all()] == [(one.review, 1)]
        assert work.assignments.stored_documents() == frozenset()
    assert_chains_are_whole(story)
    story.reopen()
    assert story.desk.sealing.packages()


def test_the_desk_stays_consistent_after_confirming(stories: Stories) -> None:
    story, _one = cited(stories)
    correct(story, b"%PDF-1.7 one", b"%PDF-1.7 corrected")
    story.desk.scoring.set_reason(story.review, INDICATOR, "打到一半")
    story.desk.corrections.confirm_all(story.review)
    story.desk.scoring.undo(story.review)
    assert_chains_are_whole(story)


def test_changed_rules_never_touch_a_running_review_and_hold_for_one_nobody_has_opened(stories: Stories) -> None:
    story = stories("complete", CODE, "2026-0002")
    running, fresh = story.dossiers
    story.desk.scoring.mark_opened(running.review)
    before = story.desk.scoring.sheet(running.review)
    with story.desk._store.writing() as work:
        work.reviews.change(fresh.review, opened_at=None)
        work.commit(b"as if nobody had opened it")
    other = replace(rubric(), version="9.9")
    files = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers, rules=other)
    story.desk.importing.import_files(files)
    after = story.desk.scoring.sheet(running.review)
    assert (after.rubric, after.totals, after.draft) == (before.rubric, before.totals, before.draft)
    assert story.desk.scoring.sheet(fresh.review).rubric == other
    sealed = story.secretariat.read(story.seal(running.review))
    signed = canonical.decode(sealed.content(review_path(running.review)), SealedReview)
    assert signed.rubric == canonical.digest_of(rubric())
