"""What the forms of a visit need to know (Art. 14), gathered by a service."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from app.domain.application import FaceSheet
from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import Acknowledgement
from app.domain.onsite.agreement import Consensus, Disagreement, Dissent, ItemGrade, Result
from app.domain.onsite.checklist import Checklist, Grade
from app.domain.onsite.finding import Finding
from app.domain.onsite.grading import OnsiteScore
from app.domain.onsite.hindrance import Hindrance
from app.domain.onsite.ids import EntryId, ItemId, MemberId, VisitId
from app.domain.onsite.photo import PhotoFacts
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.sampling import Sample
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import Answer, Question, VisitPlan
from app.i18n import _
from app.words.onsite import hindrance_words

HASH_TAIL: Final = 12  # hex digits


@dataclass(frozen=True, slots=True)
class PaperPhoto:
    """A photograph that shows something, the items it is on, and a small copy of it as JPEG where the form shows it.

    Attributes:
        copy_of: the photo that this one is a marked copy of.
        jpeg: empty where the picture could not be decoded or is not on this computer.
    """

    facts: PhotoFacts
    items: tuple[ItemId, ...]
    caption: str = ""
    copy_of: Sha256 | None = None
    jpeg: bytes = field(default=b"", repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPaper:
    """One visit, filled in or blank.

    Attributes:
        is_blank: to be filled by hand; only who, where and by which checklist is printed.
        content: SHA-256 of what is printed. facts: of what the representative is shown.
        settled: what stands, item by item. questions: of the desk review, with the answers so far.
        is_acknowledgement_stale: facts changed since the representative signed. scans: signed sheets that came back.
        photos: those on items or named by records and findings, in the order they were taken.
    """

    campaign: str
    visit: VisitId
    code: str
    face: FaceSheet
    checklist: Checklist
    plan: VisitPlan
    content: Sha256
    facts: Sha256
    is_blank: bool = False
    questions: tuple[tuple[Question, tuple[Answer, ...]], ...] = ()
    records: tuple[EvidenceRecord, ...] = ()
    samples: tuple[Sample, ...] = ()
    grades: tuple[ItemGrade, ...] = ()
    settled: tuple[tuple[ItemId, Grade], ...] = ()
    score: OnsiteScore | None = None
    findings: tuple[Finding, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    agreed: tuple[Consensus, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    acknowledgement: Acknowledgement | None = None
    is_acknowledgement_stale: bool = False
    scans: tuple[SignedSheet, ...] = ()
    result: Result | None = None
    hindrances: tuple[Hindrance, ...] = ()
    photos: tuple[PaperPhoto, ...] = ()

    @property
    def limits(self) -> str:
        """What limited the visit, a line each: as planned, and what came in between."""
        return "\n".join([*filter(None, [self.plan.limitations]), *map(hindrance_words, self.hindrances)])

    @property
    def signed(self) -> Acknowledgement | None:
        """What the representative did with the facts as they stand; nothing on a blank sheet."""
        return None if self.is_blank or self.is_acknowledgement_stale else self.acknowledgement

    def name_of(self, member: MemberId | None) -> str:
        """A member as people know one; the code where the plan no longer names it."""
        return next((one.name for one in self.plan.team if one.id == member), member or "")

    def site_name(self, site: str) -> str:
        """A site by its name."""
        return next((one.name for one in self.plan.sites if one.id == site), site)

    def numbers_of(self, photos: Iterable[Sha256]) -> str:
        """Photographs as they are numbered on paper."""
        known = {one.facts.sha256: one.facts for one in self.photos}
        return ", ".join(photo_number(known[sha256]) for sha256 in photos if sha256 in known)

    def photos_named(self, photos: Iterable[Sha256]) -> str:
        """The same with the end of each SHA-256, so that the file itself is named."""
        known = {one.facts.sha256: one.facts for one in self.photos}
        named = (f"{photo_number(known[one])} …{one[-HASH_TAIL:]}" for one in photos if one in known)
        return _("; ").join(named)

    def photos_of(self, item: ItemId) -> tuple[PaperPhoto, ...]:
        """What is on one item."""
        return tuple(one for one in self.photos if item in one.items)

    def records_of(self, item: ItemId) -> tuple[EvidenceRecord, ...]:
        """What was written at one item."""
        return tuple(one for one in self.records if one.item == item)

    def number_of(self, finding: EntryId) -> int:
        """A finding's place in the list of all, from 1: what it is called on paper."""
        return next(number for number, one in enumerate(self.findings, start=1) if one.id == finding)


def photo_number(photo: PhotoFacts) -> str:
    """“E0001-12”: whose tray, and which place in it."""
    return f"{photo.author}-{photo.number}"
