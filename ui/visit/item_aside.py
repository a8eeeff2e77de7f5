"""What stands in the fields of a note, and what is put aside of it while something else is looked at."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from app.domain.onsite.checklist import Method
from app.domain.onsite.ids import EntryId, ItemId
from app.domain.onsite.record import EvidenceRecord
from ui.visit.checklist_words import Hand


@dataclass(frozen=True, slots=True)
class TypedNote:
    """The fields; *entry* is known where the note belongs to a record that is kept already.

    Attributes:
        lines: the paper sheet, where, who was spoken with, the document's number, the batch.
    """

    methods: tuple[Method, ...]
    at: datetime
    seen: str = ""
    asked: str = ""
    lines: tuple[str, ...] = ("", "", "", "", "")
    population: int | None = None
    sample_size: int | None = None
    entry: EntryId | None = None

    @property
    def has_words(self) -> bool:
        """Whether a person typed anything that would be missed; the name of the paper sheet is proposed again."""
        return bool(self.entry or self.seen.strip() or self.has_details)

    @property
    def has_details(self) -> bool:
        """Whether anything is said beyond what was seen."""
        return bool(self.asked or any(self.lines[1:]) or self.population or self.sample_size)


def typed_of(record: EvidenceRecord) -> TypedNote:
    """The fields of *record* as they are kept."""
    lines = (record.paper, record.place, record.people, record.document_number, record.batch)
    return TypedNote(
        record.methods, record.at, record.seen, record.asked, lines, record.population, record.sample_size, record.id
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """As it stands in the store."""

    item: ItemId
    hand: Hand
    note: TypedNote


class Aside:
    """Notes that cannot be saved yet, by item and hand; the one that was typed last comes back first."""

    def __init__(self) -> None:
        self._notes: dict[tuple[ItemId, Hand, EntryId | None], TypedNote] = {}

    def read(self, text: str) -> None:
        """Begin with the :meth:`text` of another day; what another version kept in another shape is left alone."""
        try:
            kept = msgspec.json.decode(text, type=tuple[_Kept, ...]) if text else ()
        except msgspec.ValidationError:
            return
        self._notes = {(one.item, one.hand, one.note.entry): one.note for one in kept}

    def text(self) -> str:
        """Everything that is aside, for the store; empty where nothing is."""
        kept = [_Kept(item, hand, note) for (item, hand, _entry), note in self._notes.items()]
        return msgspec.json.encode(kept).decode() if kept else ""

    def put(self, item: ItemId, hand: Hand, note: TypedNote) -> None:
        """Keep *note* until it is asked for."""
        if note.has_words:
            self._notes[item, hand, note.entry] = note

    def last(self, item: ItemId, hand: Hand) -> TypedNote | None:
        """Whatever was put aside last of *hand* on *item*; it is no longer aside."""
        found = [key for key in self._notes if key[:2] == (item, hand)]
        return self._notes.pop(found[-1]) if found else None

    def of(self, item: ItemId, hand: Hand, entry: EntryId) -> TypedNote | None:
        """Whatever was put aside of that record; it is no longer aside."""
        return self._notes.pop((item, hand, entry), None)
