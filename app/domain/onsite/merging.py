"""Notes of several people brought together, in any order and any number of times, to the same state.

Everything a member writes is an entry with an author and a revision that grows with each change. Of one entry the
highest revision stands; where two copies of one desk wrote the same revision differently, both stay and are listed.
Taking the highest revision of a union is commutative, associative and idempotent, so sticks may cross.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from app.domain.ids import Sha256
from app.domain.onsite.ids import EntryId, MemberId


class EntryKind(StrEnum):
    """What an entry says."""

    PLAN = "plan"
    RECORD = "record"
    GRADE = "grade"
    ANSWER = "answer"
    SAMPLE = "sample"
    PHOTO = "photo"
    COPY = "copy"
    BINDING = "binding"
    FINDING = "finding"
    ACKNOWLEDGEMENT = "acknowledgement"
    REPLACED = "replaced_acknowledgement"
    HINDRANCE = "hindrance"
    CONSENSUS = "consensus"
    DISSENT = "dissent"
    OPINION = "opinion"
    RESULT = "result"
    SHEET = "sheet"
    PAPER_SIGNATURE = "paper_signature"
    FROZEN = "frozen"
    COSIGNATURE = "cosignature"


@dataclass(frozen=True)
class Entry:
    """One value of one entry: *content* is its canonical form, and what it says is *kind*'s business."""

    kind: EntryKind
    id: EntryId
    author: MemberId
    revision: int
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> Sha256:
        """Of author and content: tells two values of one revision apart."""
        return Sha256(hashlib.sha256(self.author.encode() + b"\0" + self.content).hexdigest())

    @property
    def key(self) -> tuple[EntryKind, EntryId]:
        """What it is a value of."""
        return self.kind, self.id


def merge(*collections: Iterable[Entry]) -> frozenset[Entry]:
    """All of them together: of each entry, every value of its highest revision."""
    together = {entry for entries in collections for entry in entries}
    highest: dict[tuple[EntryKind, EntryId], int] = {}
    for entry in together:
        highest[entry.key] = max(entry.revision, highest.get(entry.key, 0))
    return frozenset(entry for entry in together if entry.revision == highest[entry.key])


def standing(entries: Iterable[Entry]) -> dict[tuple[EntryKind, EntryId], Entry]:
    """One value each: where two of one revision stand side by side, the same one is shown on every desk."""
    chosen: dict[tuple[EntryKind, EntryId], Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.revision, entry.sha256)):
        chosen[entry.key] = entry
    return chosen


def forked(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Entries that two copies of one desk wrote differently, each with all its values, for somebody to choose."""
    values: dict[tuple[EntryKind, EntryId], list[Entry]] = {}
    for entry in merge(entries):
        values.setdefault(entry.key, []).append(entry)
    found = (sorted(several, key=lambda entry: entry.sha256) for several in values.values() if len(several) > 1)
    return tuple(sorted((tuple(several) for several in found), key=lambda several: several[0].key))
