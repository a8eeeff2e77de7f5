"""One act of editing: a field changes, the step can be taken back, and the event chain tells of it, in one transaction.

Typing is different from everything else. Each save stores the text at once, but steps of the same text grow together
and its event is written when the text has settled: when another field is touched, the act is undone or sealed, or half
a minute has passed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.draft import Draft
from app.domain.events import Event, EventKind
from app.domain.ids import ReviewId, Sha256
from app.domain.review import SealedReviewError
from app.packages import canonical
from app.packages.log_chain import ChainHead
from app.services import desk_fields
from app.services.desk_errors import (
    ApplicationUnknownError,
    DocumentUnknownError,
    DossierClosedError,
    DossierLockedError,
    NothingToUndoError,
)
from app.storage.desk.records import EMPTY, DocumentAccess, FieldValue, ReviewRecord, Step
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


def require_unlocked(record: ReviewRecord | DocumentAccess) -> None:
    """The dossier may be read.

    Raises:
        DossierLockedError, DossierClosedError: it may not.
    """
    if record.is_unlocked:
        return
    if record.declared is None and record.recalled_at is None:
        raise DossierLockedError(application=record.application)
    raise DossierClosedError(application=record.application)


def find_document(work: UnitOfWork, review: ReviewId, sha256: Sha256) -> DocumentAccess:
    """A document that may be read in the dossier of *review*.

    Raises:
        ApplicationUnknownError, DossierLockedError, DossierClosedError, DocumentUnknownError: as their sentences say.
    """
    access = work.assignments.access(review, sha256)
    if access is None:
        raise ApplicationUnknownError(application=review)
    require_unlocked(access)
    if access.size is None:
        raise DocumentUnknownError
    return access


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
        self._batch: int | None = None
        self._said_as: EventKind | None = None
        if self._tick.is_suspect and not record.clock_suspect:
            self.record = replace(record, clock_suspect=True)

    @property
    def at(self) -> datetime:
        """The moment everything within this unit of work is said to happen at."""
        return self._tick.at

    def put_all(self, fields: Mapping[str, FieldValue], *, said_as: EventKind | None = None) -> None:
        """Set several fields as one step; *said_as* names their events where they did not come from this hand."""
        self.settle()
        self._batch, self._said_as = self.record.event_count + 1, said_as
        try:
            for target, field in fields.items():
                self.put(target, field)
                self.settle()
        finally:
            self._batch = self._said_as = None

    def put_whole(self, draft: Draft) -> None:
        """Make the draft say what *draft* says and nothing else, as one step."""
        wanted = desk_fields.fields_of(draft)
        targets = sorted({*wanted, *self._work.drafts.fields(self.record.review)})
        self.put_all({target: wanted.get(target, EMPTY) for target in targets})

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
        self._add_step(target, before, after)
        kind, value, digest = desk_fields.event_of(target, after)
        self.log(self._said_as or kind, target=target, value=value, digest=digest)

    def _type(self, target: str, before: FieldValue, after: FieldValue) -> None:
        since = self.record.open_since
        goes_on = self.record.open_target == target and since is not None and self._tick.at - since < SETTLES_AFTER
        if not goes_on:
            self.settle()
            self._add_step(target, before, after)
            self.record = replace(self.record, open_target=target, open_since=self._tick.at)
        else:
            self._work.drafts.extend_step(self.record.review, after)
        self._work.drafts.put(self.record.review, target, after)
        self._trace.append(target.encode() + (after.content or b""))

    def _add_step(self, target: str, before: FieldValue, after: FieldValue) -> None:
        self._work.drafts.add_step(
            self.record.review, target, before=before, after=after, at=self._tick.at, batch=self._batch
        )

    def settle(self) -> None:
        """The text that was being typed stands as it is; its event is written."""
        target = self.record.open_target
        if target is None:
            return
        kind, value, digest = desk_fields.event_of(target, self._work.drafts.field(self.record.review, target))
        self.record = replace(self.record, open_target=None, open_since=None)
        self.log(self._said_as or kind, target=target, value=value, digest=digest)

    def undo(self) -> None:
        """Take the newest step back, with all that were made together with it. Raises ``NothingToUndoError``."""
        self._replay_batch(self._work.drafts.step_to_undo, is_undone=True)

    def redo(self) -> None:
        """Do again what was taken back last. Raises ``NothingToUndoError``."""
        self._replay_batch(self._work.drafts.step_to_redo, is_undone=False)

    def _replay_batch(self, following: Callable[[ReviewId], Step | None], *, is_undone: bool) -> None:
        self.settle()
        step = first = following(self.record.review)
        if first is None:
            raise NothingToUndoError
        while step is not None and (step is first or (step.batch is not None and step.batch == first.batch)):
            self._replay(step, is_undone=is_undone)
            step = following(self.record.review)

    def _replay(self, step: Step, *, is_undone: bool) -> None:
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
