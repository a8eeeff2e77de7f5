"""What a package of kind ``exchange`` says: the notes of one desk about the visits of one team (Art. 14).

Every ``*.json`` named here is the canonical form of the dataclass beside it; see :mod:`app.packages.canonical`.
"""

import re
from dataclasses import dataclass
from typing import Final

import msgspec

from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, Sha256
from app.domain.onsite.ids import EntryId, MemberId, VisitId
from app.domain.onsite.merging import Entry, EntryKind

EXCHANGE: Final = "exchange.json"
_PLACE: Final = re.compile(r"visits/([0-9a-f]{32})/(?:(checklist\.json|notes\.json)|photos/([0-9a-f]{64}))")
_VISIT: Final = re.compile(r"[0-9a-f]{32}")


def checklist_path(visit: VisitId) -> str:
    """What the visit is judged by (domain ``Checklist``)."""
    return f"visits/{visit}/checklist.json"


def notes_path(visit: VisitId) -> str:
    """``NotesPayload`` of one visit."""
    return f"visits/{visit}/notes.json"


def photo_path(visit: VisitId, sha256: Sha256) -> str:
    """The bytes of a photograph or scan as they came, named by their SHA-256."""
    return f"visits/{visit}/photos/{sha256}"


@dataclass(frozen=True, slots=True)
class Place:
    """What a path of a visit stands for: *name* of a JSON file, or the SHA-256 that a photograph must have."""

    visit: VisitId
    name: str
    photo: Sha256 | None


def place_of(path: str) -> Place | None:
    """Which visit a data file belongs to; ``None``: it is none of a visit."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return None
    return Place(VisitId(found[1]), found[2] or "", Sha256(found[3]) if found[3] else None)


@dataclass(frozen=True, slots=True)
class ExchangedVisit:
    """One visit of the package.

    Attributes:
        team: SHA-256 of the canonical ``VisitTeam`` by which the sender chose who can open this.
        held: photographs whose bytes lie at the sender's desk, sorted: they need not travel back.
    """

    visit: VisitId
    application: ApplicationCode
    team: Sha256
    held: tuple[Sha256, ...]

    def __post_init__(self) -> None:
        if _VISIT.fullmatch(self.visit) is None:
            raise ValueError("a visit without its number")
        if list(self.held) != sorted(set(self.held)):
            raise ValueError("photographs that are not in order")


@dataclass(frozen=True, slots=True)
class ExchangePayload:
    """The top of an exchange.

    Attributes:
        expert, device: as in the certificate that signed.
        visits: by their number; each has its notes and checklist beside it.
    """

    expert: ExpertCode
    device: DeviceCode
    visits: tuple[ExchangedVisit, ...]

    def __post_init__(self) -> None:
        numbers = [one.visit for one in self.visits]
        if not numbers or numbers != sorted(set(numbers)):
            raise ValueError("visits that are not in order")


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """One value of one entry; *content* is the canonical form of what *kind* names, as it stands."""

    kind: EntryKind
    id: EntryId
    author: MemberId
    revision: int
    content: msgspec.Raw

    @classmethod
    def of(cls, entry: Entry) -> "NoteEntry":
        """*entry* as it travels."""
        return cls(entry.kind, entry.id, entry.author, entry.revision, msgspec.Raw(entry.content))

    def entry(self) -> Entry:
        """What arrived."""
        return Entry(self.kind, self.id, self.author, self.revision, bytes(self.content))


@dataclass(frozen=True, slots=True)
class NotesPayload:
    """Everything the sender may bring of one visit, in the order of kind, identifier and content."""

    visit: VisitId
    application: ApplicationCode
    entries: tuple[NoteEntry, ...]
