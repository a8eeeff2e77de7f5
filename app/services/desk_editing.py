"""One act of editing: a field changes, the step can be taken back, and the event chain tells of it, in one transaction.

Typing is different from everything else. Each save stores the text at once, but steps of the same text grow together
and its event is written when the text has settled: when another field is touched, the act is undone or sealed, or half
a minute has passed.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from app.domain.events import Event, EventKind
from app.domain.ids import ReviewId, Sha256
from app.domain.review import SealedReviewError
from app.packages import canonical
from app.packages.log_chain import ChainHead
from app.services import desk_fields
from app.services.desk_errors import (
    ApplicationUnknownError,
    DossierClosedError,
    DossierLockedError,
    NothingToUndoError,
)
from app.storage.desk.records import FieldValue, ReviewRecord, Step
from app.storage.desk.store import UnitOfWork

SETTLES_AFTER: Final = timedelta(seconds=30)


def find_review(work: UnitOfWork, review: ReviewId) -> ReviewRecord:
    """The review of that identifier.

    Raises:
        ApplicationUnknownError: there is none here.
    """
    record = work.reviews.get(review)
    if record is None:
        raise ApplicationUnknownError(application=review)
    return record


def require_unlocked(record: ReviewRecord) -> None:
    """The dossier may be read.

    Raises:
        DossierLockedError, DossierClosedError: it may not.
    """
    if record.is_unlocked:
        return
    if record.declared is None and record.recalled_at is None:
        raise DossierLockedError(application=record.application)
    raise DossierClosedError(application=record.application)


def require_editable(record: ReviewRecord) -> None:
    """The draft may be changed.

    Raises:
        DossierLockedError, DossierClosedError, SealedReviewError: it may not.
    """
    require_unlocked(record)
    if record.is_sealed:
        raise SealedReviewError(application=record.application)


class Editing:
    """The draft of one review within one unit of work. Call :meth:`commit` at the end, or nothing happened."""

    def __init__(self, work: UnitOfWork, record: ReviewRecord) -> None:
        self._work = work
        self._before = record
        self.record = record
        self._tick = work.tick()
        self._trace: list[bytes] = []
        if self._tick.is_suspect and not record.clock_suspect:
            self.record = replace(record, clock_suspect=True)

    def mark_opened(self) -> None:
        """The dossier was looked at for the first time."""
        if self.record.opened_at is None:
            self.log(EventKind.OPENED)
            self.record = replace(self.record, opened_at=self._tick.at)

    def put(self, target: str, after: FieldValue) -> None:
        """Set one field, if that changes anything."""
        before = self._work.drafts.field(self.record.review, target)
        if before == after:
            return
        self.mark_opened()
        if desk_fields.is_text(target):
            self._type(target, before, after)
            return
        self.settle()
        self._work.drafts.put(self.record.review, target, after)
        self._work.drafts.add_step(self.record.review, target, before=before, after=after)
        kind, value, digest = desk_fields.event_of(target, after)
        self.log(kind, target=target, value=value, digest=digest)

    def _type(self, target: str, before: FieldValue, after: FieldValue) -> None:
        since = self.record.open_since
        goes_on = self.record.open_target == target and since is not None and self._tick.at - since < SETTLES_AFTER
        if not goes_on:
            self.settle()
            self._work.drafts.add_step(self.record.review, target, before=before, after=after)
            self.record = replace(self.record, open_target=target, open_since=self._tick.at)
        else:
            self._work.drafts.extend_step(self.record.review, after)
        self._work.drafts.put(self.record.review, target, after)
        self._trace.append(target.encode() + (after.content or b""))

    def settle(self) -> None:
        """The text that was being typed stands as it is; its event is written."""
        target = self.record.open_target
        if target is None:
            return
        kind, value, digest = desk_fields.event_of(target, self._work.drafts.field(self.record.review, target))
        self.record = replace(self.record, open_target=None, open_since=None)
        self.log(kind, target=target, value=value, digest=digest)

    def undo(self) -> None:
        """Take the newest step back. Raises ``NothingToUndoError``."""
        self.settle()
        step = self._work.drafts.step_to_undo(self.record.review)
        self._replay(step, is_undone=True)

    def redo(self) -> None:
        """Do the step again that was taken back last. Raises ``NothingToUndoError``."""
        self.settle()
        step = self._work.drafts.step_to_redo(self.record.review)
        self._replay(step, is_undone=False)

    def _replay(self, step: Step | None, *, is_undone: bool) -> None:
        if step is None:
            raise NothingToUndoError
        field = step.before if is_undone else step.after
        self._work.drafts.put(self.record.review, step.target, field)
        self._work.drafts.mark_step(self.record.review, step.number, is_undone=is_undone)
        kind, value, digest = desk_fields.event_of(step.target, field)
        self.log(EventKind.UNDONE if is_undone else kind, target=step.target, value=value, digest=digest)

    def log(self, what: EventKind, *, target: str = "", value: str = "", digest: Sha256 | None = None) -> None:
        """Add one line to the review's chain."""
        number = self.record.event_count + 1
        line = canonical.encode(Event(number, self._tick.at, what, target, value, digest))
        head = ChainHead(self.record.event_count, self.record.event_head).after(line)
        self._work.events.add(self.record.review, number, line, head=Sha256(head.head))
        self.record = replace(self.record, event_count=number, event_head=Sha256(head.head))
        self._trace.append(line)

    def save(self) -> bool:
        """Write the review's own row, if anything in it changed; says whether it did."""
        changed = {
            name: getattr(self.record, name)
            for name in ReviewRecord.__dataclass_fields__
            if getattr(self.record, name) != getattr(self._before, name)
        }
        if changed:
            self._work.reviews.change(self.record.review, **changed)
            self._before = self.record
        return bool(changed)

    def commit(self) -> None:
        """Make it last."""
        if self.save() or self._trace:
            self._work.commit(self.record.review.encode() + b"".join(self._trace), at=self._tick.at)
