"""What a review package says of a visit (Art. 14): the joint opinion, the notes it follows from, the photographs.

Every ``*.json`` named here is the canonical form of the dataclass beside it; see :mod:`app.packages.canonical`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, ReviewId, Sha256
from app.domain.onsite.acknowledgement import Acknowledgement, ReplacedAcknowledgement
from app.domain.onsite.agreement import Dissent, Result
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.finding import Finding
from app.domain.onsite.hindrance import Hindrance
from app.domain.onsite.ids import EntryId, VisitId
from app.domain.onsite.kinds import KINDS, SIGNING, TYPES
from app.domain.onsite.merging import Entry, EntryKind, merge, standing
from app.domain.onsite.opinion import PaperSignature, SignaturePage, SignedOpinion, photos_relied_on, signed_opinion
from app.domain.onsite.photo import Binding, MarkedCopy, PhotoFacts
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.returned import LostPhoto
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import Stage, VisitPlan
from app.packages import canonical

T = TypeVar("T")


def opinion_path(review: ReviewId) -> str:
    """:class:`SignedOpinion`; ``review.json`` names its SHA-256."""
    return f"reviews/{review}/opinion.json"


def visit_path(review: ReviewId) -> str:
    """:class:`VisitNotes`; ``opinion.json`` follows from it and names its :meth:`VisitNotes.digest`."""
    return f"reviews/{review}/visit.json"


def photos_path(review: ReviewId) -> str:
    """:class:`PhotoList`."""
    return f"reviews/{review}/photos.json"


def photo_path(review: ReviewId, photo: Sha256) -> str:
    """A photograph or scan, byte for byte as it was taken in."""
    return f"reviews/{review}/photos/{photo}"


def cosigned_path(opinion: Sha256) -> str:
    """The ``opinion.json`` that the signatures beside it are of."""
    return f"cosign/{opinion}/opinion.json"


def cosignature_path(opinion: Sha256, device: DeviceCode) -> str:
    """Detached CAdES-B over the bytes of that ``opinion.json``, made on *device*."""
    return f"cosign/{opinion}/{device.lower()}.p7s"


@dataclass(frozen=True, slots=True)
class VisitNotes:
    """Everything written about one visit, but for its signatures; every value that stands, forks included.

    Attributes:
        checklist: SHA-256 of the checklist as it reads for the applicant's category.
        entries: by kind, identifier and hash.
    """

    visit: VisitId
    application: ApplicationCode
    checklist: Sha256
    entries: tuple[Entry, ...] = field(repr=False)

    @classmethod
    def of(
        cls, visit: VisitId, application: ApplicationCode, *, checklist: Sha256, entries: Iterable[Entry]
    ) -> "VisitNotes":
        """The notes in their one order."""
        kept = (entry for entry in merge(entries) if entry.kind not in SIGNING)
        ordered = tuple(sorted(kept, key=lambda one: (one.kind, one.id, one.sha256)))
        return cls(visit, application, checklist, ordered)

    def values(self, kind: type[T]) -> dict[EntryId, T]:
        """Everything of one kind, one value each.

        Raises:
            NotCanonicalError: an entry is not what its kind says.
        """
        wanted = KINDS[kind]
        chosen = standing(entry for entry in self.entries if entry.kind is wanted)
        return {entry.id: canonical.decode(entry.content, kind) for entry in chosen.values()}

    def only(self, kind: type[T]) -> T | None:
        """Of what a visit has one of. Raises as :meth:`values`."""
        return next(iter(self.values(kind).values()), None)

    def digest(self) -> Sha256:
        """SHA-256 that changes when anything in the notes does, but for how far the visit has come since.

        Raises as :meth:`values`.
        """
        plan = self.only(VisitPlan)
        planned = canonical.digest_of(replace(plan, stage=Stage.PLANNED)) if plan else None
        others = [(one.kind, one.id, one.sha256) for one in self.entries if one.kind is not EntryKind.PLAN]
        return canonical.digest_of((self.visit, self.application, self.checklist, planned, others))

    def check(self) -> None:
        """Every entry is a value of its kind. Raises ``NotCanonicalError``."""
        for entry in self.entries:
            canonical.decode(entry.content, TYPES[entry.kind])

    def photos(self) -> dict[Sha256, PhotoFacts]:
        """Every photograph of the tray, once."""
        found: dict[Sha256, PhotoFacts] = {}
        for _entry, photo in sorted(self.values(PhotoFacts).items()):
            found.setdefault(photo.sha256, photo)
        return found

    def relied_on(self) -> frozenset[Sha256]:
        """The photographs that a package must hold or name."""
        return photos_relied_on(
            bindings=self.values(Binding).values(),
            findings=self.values(Finding).values(),
            records=self.values(EvidenceRecord).values(),
            sheets=self.values(SignedSheet).values(),
            copies=self.values(MarkedCopy).values(),
            acknowledgement=self.only(Acknowledgement),
            replaced=self.values(ReplacedAcknowledgement).values(),
        )


def opinion_of(notes: VisitNotes, checklist: Checklist) -> SignedOpinion:
    """The opinion that follows from *notes*, judged by *checklist*.

    Raises:
        NotCanonicalError: an entry is not what its kind says.
        ValueError: nothing is planned or concluded, or grades and conclusion do not belong together.
        UserFacingError: a grade the checklist does not allow, or too many without one.
    """
    plan, result = notes.only(VisitPlan), notes.only(Result)
    if plan is None or result is None:
        raise ValueError("nothing concluded")
    return signed_opinion(
        plan,
        result,
        checklist,
        reading=notes.checklist,
        notes=notes.digest(),
        findings=notes.values(Finding).values(),
        dissents=notes.values(Dissent).values(),
        page=SignaturePage(tuple(notes.values(SignedSheet).values()), tuple(notes.values(PaperSignature).values())),
        acknowledgement=notes.only(Acknowledgement),
        hindrances=notes.values(Hindrance).values(),
    )


@dataclass(frozen=True, slots=True)
class PhotoList:
    """Where the photographs are that the visit relies on, each in exactly one of the three; by hash.

    Attributes:
        here: in this package. *earlier*: in a package that the record has confirmed. *lost*: nowhere, and why.
    """

    here: tuple[Sha256, ...]
    earlier: tuple[Sha256, ...]
    lost: tuple[LostPhoto, ...]


@dataclass(frozen=True, slots=True)
class CarriedCosignature:
    """A signature in this package: whose, on which computer, below which opinion of which application."""

    application: ApplicationCode
    opinion: Sha256
    expert: ExpertCode
    device: DeviceCode
