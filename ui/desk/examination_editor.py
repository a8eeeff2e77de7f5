"""The examination that is open (Art. 9): what the store says of it, and every act of the form on its way there."""

from functools import partial

from app.domain.evidence import Anchor
from app.domain.ids import ReviewId
from app.domain.review import Verdict
from app.services.desk_views import ExaminationSheet, Sheet
from ui.desk.context import DeskContext
from ui.desk.review_editor import ReviewEditor


class ExaminationEditor(ReviewEditor):
    """Reads and saves as every review does; has questions where others have indicators."""

    @property
    def examination(self) -> ExaminationSheet | None:
        """What the store said last."""
        return self._sheet if isinstance(self._sheet, ExaminationSheet) else None

    @property
    def context(self) -> DeskContext:
        """What the parts of the form need."""
        return self._context

    def answer(self, question: str, verdict: Verdict | None) -> None:
        """The person decided on an answer, or took it away."""
        self._now(partial(self._context.desk.answering.set_answer, question=question, verdict=verdict))

    def type_answer_reason(self, question: str, text: str) -> None:
        """The reason as far as it has been typed."""
        if self._review is not None:
            save = partial(self._context.desk.answering.set_reason, self._review, question, text)
            self._context.saver.later(self.answer_key(question), save)

    def attach_to_answer(self, question: str, anchor: Anchor) -> None:
        """Tie an answer to a place."""
        self._now(partial(self._context.desk.answering.attach_evidence, question=question, anchor=anchor))

    def remove_from_answer(self, question: str, anchor: Anchor) -> None:
        """Untie it again."""
        self._now(partial(self._context.desk.answering.remove_evidence, question=question, anchor=anchor))

    def answer_key(self, question: str) -> str:
        """The name under which the reason for an answer is saved."""
        return f"{self._review}/answer:{question}"

    def _load_sheet(self, review: ReviewId) -> Sheet:
        return self._context.desk.answering.sheet(review)
