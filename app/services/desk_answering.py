"""Answering the questions of an examination (Art. 9), each act one short transaction with its step and its event."""

from collections.abc import Callable

from app.domain.changes import Changes
from app.domain.evidence import Anchor
from app.domain.examination import ExaminationForm, UnknownQuestionError, assessment_of, missing
from app.domain.ids import ReviewId
from app.domain.review import Recommendation, ReviewKind, Verdict
from app.errors import UserFacingError
from app.i18n import N_
from app.services import desk_fields
from app.services.desk_editing import Editing, find_review, require_editable, require_unlocked
from app.services.desk_errors import DocumentUnknownError
from app.services.desk_tasks import TaskService, form_of
from app.services.desk_unwritten import revising, typed
from app.services.desk_views import ExaminationSheet
from app.storage.desk.records import FieldValue
from app.storage.desk.store import DeskStore, UnitOfWork


class NotAnExaminationError(UserFacingError):
    """Questions belong to the examination of an application (Art. 9)."""

    code = "not_an_examination"
    message = N_("The review of {application} is no examination. The task list says which kind it is.")


class AnsweringService:
    """One review at a time. A question the form does not ask raises ``UnknownQuestionError`` everywhere."""

    def __init__(self, store: DeskStore, tasks: TaskService) -> None:
        self._store, self._tasks = store, tasks

    def sheet(self, review: ReviewId) -> ExaminationSheet:
        """Everything that stands beside the pages of the dossier.

        Raises:
            NotAnExaminationError: it is another kind of review.
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
        """
        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            form = form_of(work, record)
            if not isinstance(form, ExaminationForm):
                raise NotAnExaminationError(application=record.application)
            draft = desk_fields.draft_from(work.drafts.fields(review))
            return ExaminationSheet(
                task=self._tasks.task_in(work, review),
                form=form,
                draft=draft,
                missing=missing(form, assessment_of(form, draft)),
                is_editable=not record.is_sealed,
                can_undo=not record.is_sealed and work.drafts.step_to_undo(review) is not None,
                can_redo=not record.is_sealed and work.drafts.step_to_redo(review) is not None,
                revision=record.revision,
                revision_reason=record.revision_reason,
                reason_typed=typed(work, revising(review)),
            )

    def conclude(self, review: ReviewId, recommend: Recommendation | None, reasons: str | None = None) -> Changes:
        """Recommend the application or not, and say why; ``None`` for *reasons* leaves what stands there.

        Raises:
            NotAnExaminationError: it is another kind of review. TextTooLongError: the reasons.
        """
        with self._store.writing() as work:
            record = find_review(work, review)
            require_editable(record)
            if record.kind is not ReviewKind.EXAMINATION:
                raise NotAnExaminationError(application=record.application)
            editing = Editing(work, record)
            editing.put(desk_fields.RECOMMEND, FieldValue(recommend or ""))
            if reasons is not None:
                editing.put(desk_fields.OPINION_TEXTS["text"], desk_fields.text_field(reasons))
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({review}))

    def set_answer(self, review: ReviewId, question: str, verdict: Verdict | None) -> Changes:
        """Answer *question*, or take the answer back with ``None``; reason and evidence stay."""
        target = desk_fields.answer_target(question)
        return self._edit(
            review, question, lambda editing, _work: editing.put(target, FieldValue(str(verdict) if verdict else ""))
        )

    def set_reason(self, review: ReviewId, question: str, text: str) -> Changes:
        """The reason as far as it has been typed. Raises ``TextTooLongError``."""
        target = desk_fields.answer_reason_target(question)
        return self._edit(review, question, lambda editing, _work: editing.put(target, desk_fields.text_field(text)))

    def attach_evidence(self, review: ReviewId, question: str, anchor: Anchor) -> Changes:
        """Tie the answer to a place in the dossier; the same place twice counts once.

        Raises:
            DocumentUnknownError: the dossier lists no such document.
        """
        return self._evidence(review, question, lambda old: old if anchor in old else (*old, anchor), new=anchor)

    def remove_evidence(self, review: ReviewId, question: str, anchor: Anchor) -> Changes:
        """Untie a place again."""
        return self._evidence(review, question, lambda old: tuple(kept for kept in old if kept != anchor))

    def _evidence(
        self,
        review: ReviewId,
        question: str,
        change: Callable[[tuple[Anchor, ...]], tuple[Anchor, ...]],
        *,
        new: Anchor | None = None,
    ) -> Changes:
        target = desk_fields.answer_evidence_target(question)

        def act(editing: Editing, work: UnitOfWork) -> None:
            listed = {one.document.sha256 for one in work.assignments.documents(review)}
            if new is not None and new.document not in listed:
                raise DocumentUnknownError
            old = desk_fields.read_evidence(work.drafts.field(review, target))
            editing.put(target, desk_fields.evidence_field(change(old)))

        return self._edit(review, question, act)

    def _edit(self, review: ReviewId, question: str, act: Callable[[Editing, UnitOfWork], None]) -> Changes:
        with self._store.writing() as work:
            record = find_review(work, review)
            require_editable(record)
            form = form_of(work, record)
            if not isinstance(form, ExaminationForm):
                raise UnknownQuestionError(question=question)
            form.question(question)
            editing = Editing(work, record)
            act(editing, work)
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({review}))
