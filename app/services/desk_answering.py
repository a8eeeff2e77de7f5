"""Answering the questions of an examination (Art. 9), each act one short transaction with its step and its event."""

from collections.abc import Callable

from app.domain.changes import Changes
from app.domain.evidence import Anchor
from app.domain.examination import ExaminationForm, UnknownQuestionError
from app.domain.ids import ReviewId
from app.domain.review import Verdict
from app.services import desk_fields
from app.services.desk_editing import Editing, find_review, require_editable
from app.services.desk_errors import DocumentUnknownError
from app.services.desk_tasks import form_of
from app.storage.desk.records import FieldValue
from app.storage.desk.store import DeskStore, UnitOfWork


class AnsweringService:
    """One review at a time. A question the form does not ask raises ``UnknownQuestionError`` everywhere."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

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
