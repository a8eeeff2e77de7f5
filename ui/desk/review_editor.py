"""The review that is open: what the store says of it, and every act of the form on its way there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, ReviewId
from app.domain.review import Citation, Opinion, OpinionPart, VetoFinding
from app.progress import Progress
from app.services.desk_unwritten import revising
from app.services.desk_views import DocumentView, ReviewSheet, Sheet
from ui.desk.context import DeskContext
from ui.desk.phrase_book import PhraseBook
from ui.desk.unwritten import keep_unwritten
from ui.jobs import Lane
from ui.widgets.score_ruler import Given


class ReviewEditor(QObject):
    """Reads the sheet again whenever somebody changed the review, and never while an older reading is on its way.

    Signals:
        sheet_changed: a new :class:`ReviewSheet`.
        documents_changed: a tuple of :class:`DocumentView`.
        failed: the review cannot be shown, and why.
    """

    sheet_changed = Signal(object)
    documents_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._scoring = context.desk.scoring
        self._review: ReviewId | None = None
        self._sheet: Sheet | None = None
        self._is_reading = False
        self._is_stale = False
        self.phrases = PhraseBook(context, self)
        context.hub.changed.connect(self._on_changed)

    @property
    def review(self) -> ReviewId | None:
        """The review that is open."""
        return self._review

    @property
    def sheet(self) -> ReviewSheet | None:
        """What the store said last."""
        return self._sheet if isinstance(self._sheet, ReviewSheet) else None

    def open(self, review: ReviewId) -> None:
        """Turn to *review*."""
        self._context.saver.flush()
        self._review, self._sheet = review, None
        self._context.saver.now(partial(self._scoring.mark_opened, review))
        self._read()

    def close(self) -> None:
        """Look at no review; everything typed goes on its way."""
        self._context.saver.flush()
        self._review = self._sheet = None

    def give(self, indicator: IndicatorId, given: Given) -> None:
        """The person decided on a value, or took it away."""
        if given.standing is not None:
            value = partial(self._scoring.set_score, percent=given.percent, standing=given.standing)
            self._now(partial(value, indicator=indicator, at_cap=given.at_cap))
        elif given.at_cap:
            self._now(partial(self._scoring.set_at_cap, indicator=indicator, at_cap=True))
        else:
            self._now(partial(self._scoring.clear_score, indicator=indicator))

    def type_reason(self, indicator: IndicatorId, text: str) -> None:
        """The reason as far as it has been typed."""
        if self._review is not None:
            key = self.reason_key(indicator)
            self._context.saver.later(key, partial(self._scoring.set_reason, self._review, indicator, text))

    def type_opinion(self, opinion: Opinion) -> None:
        """The opinion as far as it has been written."""
        if self._review is not None:
            self._context.saver.later(self.opinion_key(), partial(self._scoring.set_opinion, self._review, opinion))

    def attach(self, indicator: IndicatorId, anchor: Anchor) -> None:
        """Tie an indicator to a place."""
        self._now(partial(self._scoring.attach_evidence, indicator=indicator, anchor=anchor))

    def remove(self, indicator: IndicatorId, anchor: Anchor) -> None:
        """Untie it again."""
        self._now(partial(self._scoring.remove_evidence, indicator=indicator, anchor=anchor))

    def cite_sentence(self, part: OpinionPart, sentence: str, *, anchor: Anchor) -> None:
        """Tie a sentence of the opinion to a place."""
        self._now(partial(self._scoring.cite_sentence, part=part, sentence=sentence, anchor=anchor))

    def untie_sentence(self, citation: Citation) -> None:
        """Take exactly these places of a sentence away."""
        for anchor in citation.evidence:
            untie = partial(self._scoring.untie_sentence, part=citation.part, sentence=citation.sentence)
            self._now(partial(untie, anchor=anchor))

    def retie_sentence(self, citation: Citation, now: str) -> None:
        """The places of a sentence belong to the sentence *now*."""
        self._now(partial(self._scoring.retie_sentence, part=citation.part, sentence=citation.sentence, now=now))

    def note_veto(self, finding: VetoFinding) -> None:
        """A veto fact as far as it has been typed."""
        if self._review is not None:
            key = self.veto_key(finding.veto)
            self._context.saver.later(key, partial(self._scoring.set_veto, self._review, finding))

    def clear_veto(self, veto: str) -> None:
        """Take a veto fact back."""
        self._now(partial(self._scoring.clear_veto, veto=veto))

    def undo(self) -> None:
        """Take the last step back."""
        if self._sheet is not None and (self._sheet.can_undo or not self._context.saver.is_idle):
            self._now(self._scoring.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._sheet is not None and self._sheet.can_redo:
            self._now(self._scoring.redo)

    def flush(self) -> None:
        """A text field was left: what was typed there goes on its way at once."""
        self._context.saver.flush()

    def type_revision_reason(self, text: str) -> None:
        """The reason for a new revision as far as it has been typed."""
        if self._review is not None:
            keep_unwritten(self._context, revising(self._review), text)

    def revise(self, reason: str) -> None:
        """Open a signed review for a new revision."""
        self._now(partial(self._scoring.revise, reason=reason))

    def discard_revision(self) -> None:
        """Give up a revision that is not signed."""
        self._now(self._scoring.discard_revision)

    def confirm(self, key: str, follows: bool) -> None:
        """What rested on a replaced document stands; its references follow, or are dropped."""
        self._now(partial(self._context.desk.corrections.confirm, key=key, follows=follows))

    def confirm_all(self) -> None:
        """Everything stands, or the news that touched nothing has been read."""
        self._now(self._context.desk.corrections.confirm_all)

    def is_settled(self, key: str) -> bool:
        """Whether the text of the store may be shown in the field called *key*."""
        return self._context.saver.is_settled(key)

    def reason_key(self, indicator: IndicatorId) -> str:
        """The name under which a reason is saved."""
        return f"{self._review}/reason:{indicator}"

    def opinion_key(self) -> str:
        """The name under which the opinion is saved."""
        return f"{self._review}/opinion"

    def veto_key(self, veto: str) -> str:
        """The name under which a veto fact is saved."""
        return f"{self._review}/veto:{veto}"

    def _now(self, act: Callable[[ReviewId], Changes]) -> None:
        if self._review is not None:
            self._context.saver.now(partial(act, self._review))

    def _on_changed(self, changes: object, _by: object) -> None:
        if self._review is None or not isinstance(changes, Changes):
            return
        if self._review in changes.reviews or changes.documents or changes.packages:
            self._read()

    def _read(self) -> None:
        if self._is_reading or self._review is None:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._context.workers.run(
            partial(self._load, self._review),
            lane=Lane.DATABASE,
            is_quiet=True,
            done=self._on_read,
            failed=self._on_failed,
            cancelled=self._on_cancelled,
        )

    def _load(self, review: ReviewId, _progress: Progress) -> tuple[ReviewId, Sheet, tuple[DocumentView, ...]]:
        return review, self._load_sheet(review), tuple(self._context.desk.viewing.documents(review))

    def _load_sheet(self, review: ReviewId) -> Sheet:
        """Called off the GUI thread; other kinds of review have other sheets."""
        return self._scoring.sheet(review)

    def _on_read(self, reply: object) -> None:
        self._is_reading = False
        if not isinstance(reply, tuple):
            return
        review, sheet, documents = reply
        if review == self._review:
            self._sheet = sheet
            self.documents_changed.emit(documents)
            self.sheet_changed.emit(sheet)
        if self._is_stale or (self._review is not None and review != self._review):
            self._read()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._is_reading = False
