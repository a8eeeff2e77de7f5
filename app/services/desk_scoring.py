"""Scoring: everything the review screen does, each act one short transaction with its step and its event."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.changes import Changes
from app.domain.citing import SentenceMissingError, retied, tied, untied
from app.domain.draft import Draft
from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, ReviewId
from app.domain.review import Citation, Opinion, OpinionPart, VetoFinding, uncited
from app.domain.rubric import Rubric
from app.domain.scoring import Score, Standing, check_score, totals
from app.packages import canonical
from app.services import desk_fields
from app.services.desk_editing import Editing, find_review, require_editable, require_unlocked
from app.services.desk_errors import (
    DocumentUnknownError,
    NotSealedError,
    RevisionReasonError,
    VetoUnknownError,
)
from app.services.desk_fork_taking import counted_elsewhere
from app.services.desk_scores_file import apply_scores, read_scores
from app.services.desk_scores_out import scores_document
from app.services.desk_signed import signed_of
from app.services.desk_tasks import TaskService, form_of, rubric_of
from app.services.desk_unwritten import forget, revising, typed
from app.services.desk_views import ReviewSheet
from app.storage.desk.records import FieldValue
from app.storage.desk.store import DeskStore, UnitOfWork


class ScoringService:
    """One review at a time, identified by its review id."""

    def __init__(self, store: DeskStore, tasks: TaskService) -> None:
        self._store, self._tasks = store, tasks

    def sheet(self, review: ReviewId) -> ReviewSheet:
        """Everything that stands beside the pages of the dossier.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
        """
        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            rubric = rubric_of(work, record)
            draft = desk_fields.draft_from(work.drafts.fields(review))
            assessment = draft.assessment(rubric)
            return ReviewSheet(
                task=self._tasks.task_in(work, review),
                rubric=rubric,
                draft=draft,
                totals=totals(rubric, assessment.scores),
                missing=assessment.missing(rubric),
                uncited=uncited(assessment),
                is_editable=not record.is_sealed,
                can_undo=not record.is_sealed and work.drafts.step_to_undo(review) is not None,
                can_redo=not record.is_sealed and work.drafts.step_to_redo(review) is not None,
                revision=record.revision,
                revision_reason=record.revision_reason,
                reason_typed=typed(work, revising(review)),
            )

    def set_score(
        self,
        review: ReviewId,
        indicator: IndicatorId,
        *,
        percent: int | None,
        standing: Standing = Standing.GIVEN,
        at_cap: bool | None = None,
    ) -> Changes:
        """Give *indicator* a value; reason and evidence stay. ``at_cap=None`` leaves the cap's tick as it is.

        Raises:
            ScoreOutOfRangeError, UnknownIndicatorError, NotAStepError, AboveCapError: the rubric forbids it.
        """

        def act(editing: Editing, work: UnitOfWork, rubric: Rubric) -> None:
            target = desk_fields.value_target(indicator)
            if at_cap is None:
                _standing, _percent, capped = desk_fields.read_value(work.drafts.field(review, target))
            else:
                capped = at_cap
            check_score(rubric, Score(indicator, standing, percent, at_cap=capped))
            editing.put(target, desk_fields.value_field(standing, percent, at_cap=capped))

        return self._edit(review, act)

    def set_at_cap(self, review: ReviewId, indicator: IndicatorId, *, at_cap: bool) -> Changes:
        """Say whether the condition of the indicator's cap holds.

        Raises:
            AboveCapError: there is a value above the cap; lower it first.
        """

        def act(editing: Editing, work: UnitOfWork, rubric: Rubric) -> None:
            rubric.indicator(indicator)
            target = desk_fields.value_target(indicator)
            standing, percent, _capped = desk_fields.read_value(work.drafts.field(review, target))
            if standing is not None:
                check_score(rubric, Score(indicator, standing, percent, at_cap=at_cap))
            editing.put(target, desk_fields.value_field(standing, percent, at_cap=at_cap))

        return self._edit(review, act)

    def clear_score(self, review: ReviewId, indicator: IndicatorId) -> Changes:
        """Take the value away; reason and evidence stay."""

        def act(editing: Editing, _work: UnitOfWork, rubric: Rubric) -> None:
            rubric.indicator(indicator)
            editing.put(desk_fields.value_target(indicator), desk_fields.value_field(None, None, at_cap=False))

        return self._edit(review, act)

    def set_reason(self, review: ReviewId, indicator: IndicatorId, text: str) -> Changes:
        """The reason as far as it has been typed. Raises ``TextTooLongError``."""

        def act(editing: Editing, _work: UnitOfWork, rubric: Rubric) -> None:
            rubric.indicator(indicator)
            editing.put(desk_fields.reason_target(indicator), desk_fields.text_field(text))

        return self._edit(review, act)

    def attach_evidence(self, review: ReviewId, indicator: IndicatorId, anchor: Anchor) -> Changes:
        """Tie the value to a place in the dossier; the same place twice counts once.

        Raises:
            DocumentUnknownError: the dossier lists no such document.
        """
        self._require_listed(review, anchor)
        return self._evidence(review, indicator, lambda old: old if anchor in old else (*old, anchor))

    def remove_evidence(self, review: ReviewId, indicator: IndicatorId, anchor: Anchor) -> Changes:
        """Untie a place again."""
        return self._evidence(review, indicator, lambda old: tuple(kept for kept in old if kept != anchor))

    def _evidence(
        self,
        review: ReviewId,
        indicator: IndicatorId,
        change: Callable[[tuple[Anchor, ...]], tuple[Anchor, ...]],
    ) -> Changes:
        def act(editing: Editing, work: UnitOfWork, rubric: Rubric) -> None:
            rubric.indicator(indicator)
            target = desk_fields.evidence_target(indicator)
            old = desk_fields.read_evidence(work.drafts.field(review, target))
            editing.put(target, desk_fields.evidence_field(change(old)))

        return self._edit(review, act)

    def set_opinion(self, review: ReviewId, opinion: Opinion) -> Changes:
        """The opinion as far as it has been written; only what differs is changed. Raises ``TextTooLongError``."""

        def act(editing: Editing, _work: UnitOfWork) -> None:
            recommend = FieldValue(opinion.recommend or "")
            editing.put(desk_fields.RECOMMEND, recommend)
            for name, target in desk_fields.OPINION_TEXTS.items():
                editing.put(target, desk_fields.text_field(getattr(opinion, name)))

        return self._change(review, act)

    def cite_sentence(self, review: ReviewId, part: OpinionPart, *, sentence: str, anchor: Anchor) -> Changes:
        """Tie a sentence of the opinion to a place in the dossier; the same place twice counts once.

        Raises:
            DocumentUnknownError: the dossier lists no such document.
            SentenceMissingError, TextTooLongError: there is no sentence to tie it to, or no end of it.
        """
        words = _sentence(sentence)
        self._require_listed(review, anchor)
        return self._citations(review, lambda old: tied(old, part, sentence=words, anchor=anchor))

    def untie_sentence(
        self, review: ReviewId, part: OpinionPart, *, sentence: str, anchor: Anchor | None = None
    ) -> Changes:
        """Untie one place of a sentence again, or all of them."""
        return self._citations(review, lambda old: untied(old, part, sentence=sentence, anchor=anchor))

    def retie_sentence(self, review: ReviewId, part: OpinionPart, *, sentence: str, now: str) -> Changes:
        """The sentence was rewritten: its places belong to the sentence *now* of the same text.

        Raises:
            SentenceMissingError, TextTooLongError: there is no sentence to tie them to, or no end of it.
        """
        words = _sentence(now)
        return self._citations(review, lambda old: retied(old, part, sentence=sentence, now=words))

    def _citations(self, review: ReviewId, change: Callable[[tuple[Citation, ...]], tuple[Citation, ...]]) -> Changes:
        def act(editing: Editing, work: UnitOfWork) -> None:
            old = desk_fields.read_citations(work.drafts.field(review, desk_fields.OPINION_EVIDENCE))
            editing.put(desk_fields.OPINION_EVIDENCE, desk_fields.citations_field(change(old)))

        return self._change(review, act)

    def _require_listed(self, review: ReviewId, anchor: Anchor) -> None:
        with self._store.reading() as work:
            if all(listed.document.sha256 != anchor.document for listed in work.assignments.documents(review)):
                raise DocumentUnknownError

    def set_veto(self, review: ReviewId, finding: VetoFinding) -> Changes:
        """Note a veto fact with its evidence; it counts only once somebody else has confirmed it.

        Raises:
            VetoUnknownError: the rubric has no such veto.
        """
        return self._veto(review, finding.veto, finding)

    def clear_veto(self, review: ReviewId, veto: str) -> Changes:
        """Take a veto finding back."""
        return self._veto(review, veto, None)

    def _veto(self, review: ReviewId, veto: str, finding: VetoFinding | None) -> Changes:
        def act(editing: Editing, _work: UnitOfWork, rubric: Rubric) -> None:
            if veto not in {known.id for known in rubric.vetoes}:
                raise VetoUnknownError(veto=veto)
            editing.put(desk_fields.veto_target(veto), desk_fields.veto_field(finding))

        return self._edit(review, act)

    def undo(self, review: ReviewId) -> Changes:
        """Take the last step back. Raises ``NothingToUndoError``."""
        return self._change(review, lambda editing, _work: editing.undo())

    def redo(self, review: ReviewId) -> Changes:
        """Do again what was taken back last. Raises ``NothingToUndoError``."""
        return self._change(review, lambda editing, _work: editing.redo())

    def settle(self, review: ReviewId) -> Changes:
        """The field was left: what was typed is one step, and the next letter begins another."""
        return self._change(review, lambda editing, _work: editing.settle())

    def mark_opened(self, review: ReviewId) -> Changes:
        """The dossier is on the screen for the first time."""
        return self._change(review, lambda editing, _work: editing.mark_opened(), require=require_unlocked)

    def apply_file(self, review: ReviewId, data: bytes) -> Changes:
        """Take over a file of scores, whole or not at all; what it does not name stays.

        Raises:
            ScoresFileError: it is not such a file. The errors of scoring: a value is not possible.
        """
        wanted = read_scores(data)
        return self._change(
            review, lambda editing, work: apply_scores(wanted, editing, work, form=form_of(work, editing.record))
        )

    def scores(self, review: ReviewId) -> dict[str, Any]:
        """What was written, as a file of scores says it; :meth:`apply_file` reads the same.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
        """
        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            return scores_document(desk_fields.draft_from(work.drafts.fields(review)), record.kind)

    def revise(self, review: ReviewId, reason: str) -> Changes:
        """Open a signed review for a new revision; the signed one stays valid until the new one is signed.

        Raises:
            NotSealedError, RevisionReasonError: as their sentences say.
        """
        with self._store.writing() as work:
            record = find_review(work, review)
            require_unlocked(record)
            if not record.is_sealed:
                raise NotSealedError(application=record.application)
            if not reason.strip():
                raise RevisionReasonError(application=record.application)
            counted = counted_elsewhere(work, review)
            opened = replace(
                record,
                is_sealed=False,
                revision=max(record.revision, counted.sealed.revision if counted else 0) + 1,
                base=counted.content if counted else work.sealed.current()[review].content_sha256,
                revision_reason=reason.strip(),
            )
            work.reviews.save(opened)
            forget(work, revising(review))
            work.drafts.forget_steps(review)
            if counted is not None:  # what was signed last, at the other desk, goes on
                editing = Editing(work, opened)
                editing.put_whole(Draft.of(counted.sealed.assessment))
                editing.save()
                work.drafts.forget_steps(review)
            work.commit(canonical.encode((review, opened.revision, reason)))
        return Changes(tasks=True, reviews=frozenset({review}))

    def discard_revision(self, review: ReviewId) -> Changes:
        """Give a revision up that is not signed yet; what was signed last stands again."""
        with self._store.writing() as work:
            record = find_review(work, review)
            require_editable(record)
            sealed = work.sealed.current().get(review)
            if sealed is None:
                raise NotSealedError(application=record.application)
            last = signed_of(sealed)
            work.forks.forget_choice(review, record.revision)
            editing = Editing(work, record)
            editing.put_whole(Draft.of(last.assessment))
            work.drafts.forget_steps(review)
            editing.record = replace(
                editing.record,
                is_sealed=True,
                revision=last.revision,
                base=last.base,
                revision_reason=last.reason,
            )
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({review}))

    def _edit(self, review: ReviewId, act: Callable[[Editing, UnitOfWork, Rubric], None]) -> Changes:
        """An act that depends on the rubric."""
        return self._change(review, lambda editing, work: act(editing, work, rubric_of(work, editing.record)))

    def _change(
        self,
        review: ReviewId,
        act: Callable[[Editing, UnitOfWork], None],
        *,
        require: Callable[..., None] = require_editable,
    ) -> Changes:
        with self._store.writing() as work:
            record = find_review(work, review)
            require(record)
            editing = Editing(work, record)
            act(editing, work)
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({review}))


def _sentence(typed: str) -> str:
    """*typed* as a text of the opinion would keep it."""
    words = desk_fields.read_text(desk_fields.text_field(typed)).strip()
    if not words:
        raise SentenceMissingError
    return words
