"""Whether what stands in a desk is what its event chains say, and whether the chains are whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.events import Event, EventKind
from app.domain.ids import ApplicationCode, ReviewId, Sha256
from app.packages import canonical
from app.packages.canonical import NotCanonicalError
from app.packages.log_chain import ChainBrokenError, ChainHead, head_of, split_lines
from app.services import desk_fields
from app.services.desk_errors import SignedDamagedError
from app.services.desk_signed import signed_of
from app.storage.desk.records import EMPTY, FieldValue, ReviewRecord, SealedRecord
from app.storage.desk.store import UnitOfWork

_OF_FIELDS = frozenset(
    {
        EventKind.VALUE_SET,
        EventKind.TEXT_SETTLED,
        EventKind.EVIDENCE_TIED,
        EventKind.UNDONE,
        EventKind.TYPED_FROM_FORM,
    }
)


@dataclass(slots=True)
class _Replay:
    """A chain as far as it has been read."""

    head: ChainHead = field(default_factory=ChainHead)
    fields: dict[str, tuple[str, Sha256 | None]] = field(default_factory=dict)
    is_broken: bool = False

    def add(self, number: int, line: bytes, head: Sha256) -> None:
        try:
            self.head = self.head.after(line)
            event = canonical.decode(line, Event)
        except (ChainBrokenError, NotCanonicalError):
            self.is_broken = True
            return
        if (self.head.index, self.head.head) != (number, head) or event.number != number:
            self.is_broken = True
        if event.what in _OF_FIELDS:
            self.fields[event.target] = (event.value, event.digest)


def broken_chains(work: UnitOfWork) -> tuple[ApplicationCode, ...]:
    """Applications whose event chain is not whole, or whose fields are not what their events say."""
    replays: dict[ReviewId, _Replay] = {}
    for review, number, line, head in work.events.chains():
        replays.setdefault(review, _Replay()).add(number, line, head)
    fields = work.drafts.all_fields()
    return tuple(
        record.application
        for record in work.reviews.all()
        if _is_broken(record, replays.get(record.review, _Replay()), fields.get(record.review, {}))
    )


def _is_broken(record: ReviewRecord, replay: _Replay, fields: dict[str, FieldValue]) -> bool:
    ends = (replay.head.index, replay.head.head) == (record.event_count, record.event_head)
    if replay.is_broken or not ends:
        return True
    for target in {*fields, *replay.fields} - {record.open_target}:
        _kind, value, digest = desk_fields.event_of(target, fields.get(target, EMPTY))
        if replay.fields.get(target, ("", None)) != (value, digest):
            return True
    return False


def damaged_revisions(work: UnitOfWork) -> tuple[ApplicationCode, ...]:
    """Applications with a signed revision that is no longer what was signed."""
    return tuple(record.application for record in work.sealed.all() if not _is_as_signed(record))


def _is_as_signed(record: SealedRecord) -> bool:
    try:
        return head_of(split_lines(record.events)).head == signed_of(record).events_head
    except (SignedDamagedError, ChainBrokenError):
        return False


def stored_documents(work: UnitOfWork) -> Iterator[Sha256]:
    """Hashes of every document in the store, in order."""
    return iter(sorted(work.assignments.stored_documents()))
