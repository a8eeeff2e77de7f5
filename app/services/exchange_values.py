"""What the exchange of notes tells: what would be given to whom, what was written, what came."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.ids import ApplicationCode, CampaignId, ExpertCode, PackageId, Sha256
from app.domain.onsite.ids import VisitId
from app.domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class ExchangeReader:
    """Somebody of the team; without computers, whose paper is typed by others."""

    expert: ExpertCode
    name: str
    computers: int
    is_me: bool


@dataclass(frozen=True, slots=True)
class OfferedVisit:
    """One visit of an offer.

    Attributes:
        notes: entries but photographs. photos: whose bytes travel; *size* of them, in bytes.
        known: photographs that every other desk of the team has said it holds.
        absent: photographs that another desk has taken and whose bytes have not come here yet.
    """

    visit: VisitId
    code: str
    application: ApplicationCode
    operator: str
    notes: int
    photos: int
    size: int
    known: int
    absent: int


@dataclass(frozen=True, slots=True)
class ExchangeOffer:
    """What one set of people gets, in how many files. A file is never sealed for anybody outside of a visit's team."""

    campaign: CampaignId
    readers: tuple[ExchangeReader, ...]
    visits: tuple[OfferedVisit, ...]
    files: int

    @property
    def size(self) -> int:
        """Bytes of the photographs."""
        return sum(one.size for one in self.visits)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that nothing can be given of, and why in one sentence."""

    visit: VisitId
    code: str
    error: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that can be given, and what cannot."""

    offers: tuple[ExchangeOffer, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class DamagedPhoto:
    """A photograph whose bytes are not what they were; it did not travel."""

    visit: VisitId
    sha256: Sha256
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class WrittenExchange:
    """One file on the medium, read back."""

    file: Path
    package: PackageId
    sha256: Sha256
    seq: int
    size: int
    part: int
    parts: int
    offer: ExchangeOffer


@dataclass(frozen=True, slots=True)
class ExchangeWritten:
    """All files, what could not be given, and photographs that stayed behind because they are damaged."""

    files: tuple[WrittenExchange, ...]
    left_out: tuple[LeftOut, ...]
    damaged: tuple[DamagedPhoto, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenVisit:
    """What a package brought of one visit.

    Attributes:
        notes: entries that are new here, but photographs. photos: whose bytes are new here.
        awaited: photographs that are known here and whose bytes have not come yet.
        differences: items that members graded differently and the team has not agreed on.
        forks: notes that two copies of one desk wrote differently.
        is_planned: the leader's plan is here, so that the visit shows.
        error, sentence: why nothing of it was taken; empty otherwise.
    """

    visit: VisitId
    application: ApplicationCode
    outcome: Outcome
    code: str
    notes: int = 0
    photos: int = 0
    awaited: int = 0
    differences: int = 0
    forks: int = 0
    is_planned: bool = False
    error: str = ""
    sentence: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it changed anything here."""
        return self.outcome is Outcome.NEW


@dataclass(frozen=True, slots=True)
class TakenNotes:
    """What a package of a team member brought; *sender*: the member's name."""

    sender: str
    visits: tuple[TakenVisit, ...]
