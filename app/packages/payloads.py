"""What the files inside a package say, kind by kind, and where they lie. FORMAT.md describes the container around them.

Every ``*.json`` named here is the canonical form of the dataclass beside it; see :mod:`app.packages.canonical`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from app.domain.application import Document, FaceSheet
from app.domain.conflict import Declaration
from app.domain.ids import (
    ApplicationCode,
    CampaignId,
    DeviceCode,
    ExpertCode,
    PackageId,
    ReviewId,
    Sha256,
)
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.packages.canonical import digest_of
from app.packages.onsite_payloads import CarriedCosignature
from app.packages.visit_payloads import CHECKLIST, VisitTeam

# Paths. Those of dossiers and reviews are built by the functions below.
INVITATION: Final = "invitation.json"
ENROLMENT: Final = "enrolment.json"
REQUEST: Final = "request.csr"  # PKCS #10, DER
CREDENTIAL: Final = "credential.json"
CERTIFICATE: Final = "credential/certificate.pem"
ASSIGNMENT: Final = "assignment.json"
RUBRIC: Final = "rubric.json"
EXAMINATION: Final = "examination.json"  # domain ``ExaminationForm`` (Art. 9)
PART: Final = "part.json"
HAND_IN: Final = "hand-in.json"
RECEIPT: Final = "receipt.json"
TRUST_ROOT: Final = "trust/root.pem"
TRUST_ISSUING: Final = "trust/issuing.pem"
TRUST_DISPATCH: Final = "trust/dispatch.pem"
TRUST_ROOT_CRL: Final = "trust/root-crl.pem"
TRUST_ISSUING_CRL: Final = "trust/issuing-crl.pem"


def document_path(application: ApplicationCode, number: int) -> str:
    """Where document *number* (from 1) of an application lies in an assignment."""
    return f"dossiers/{application.lower()}/{number:04d}"


def review_path(review: ReviewId) -> str:
    """``review.json`` of one sealed review."""
    return f"reviews/{review}/review.json"


def events_path(review: ReviewId) -> str:
    """The event chain of one review, one JSON line per event."""
    return f"reviews/{review}/events.jsonl"


def form_path(review: ReviewId, form: str) -> str:
    """A printed form of one review: ``score-sheet`` and ``opinion``, or ``examination``."""
    return f"reviews/{review}/{form}.pdf"


SIGNATURE_PAGE: Final = "forms/signature-page.pdf"
FORMS: Final[Mapping[ReviewKind, str]] = MappingProxyType(
    {ReviewKind.EXAMINATION: EXAMINATION, ReviewKind.QUALIFICATION: RUBRIC, ReviewKind.ONSITE: CHECKLIST}
)
"""What each kind of review is filled in by: the file of an assignment that holds it."""


@dataclass(frozen=True, slots=True)
class CampaignNotice:
    """The yearly call (Art. 6) as experts see it."""

    campaign: CampaignId
    name: str


@dataclass(frozen=True, slots=True)
class InvitationPayload:
    """Who the secretariat is, to be compared by fingerprint; nothing in it is secret.

    Attributes:
        import_recipient, recovery_recipient: age recipients of everything that goes to the record.
    """

    notice: CampaignNotice
    import_recipient: str
    recovery_recipient: str


@dataclass(frozen=True, slots=True)
class EnrolmentPayload:
    """An expert's request for a certificate; the key itself is in the PKCS #10 request beside it.

    Attributes:
        recipient: the device's age recipient.
        office_half: half B of the office slot, sealed to the secretariat; empty if the desk has none.
        relations: organisations the expert declares a relation to.
    """

    name: str
    phone: str
    employer: str
    title: str
    device_name: str
    recipient: str
    office_half: str = field(repr=False, default="")
    relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CredentialPayload:
    """The roster entry that binds a certificate, an age recipient and a person."""

    expert: ExpertCode
    device: DeviceCode
    name: str
    recipient: str
    certificate_sha256: Sha256
    request_sha256: Sha256


@dataclass(frozen=True, slots=True)
class ReviewReceipt:
    """What became of one review of a package."""

    review: ReviewId
    revision: int
    content_sha256: Sha256
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ReceiptPayload:
    """The record's answer to one review package, signed by its dispatch key.

    Attributes:
        package_sha256: of the inner ASiC-E bytes.
        number: the 8 digits that only somebody who decrypted exactly this file can tell.
        log_index, log_head: the record's log as of the import, so that experts witness it.
    """

    package: PackageId
    package_sha256: Sha256
    outcome: Outcome
    imported_at: datetime
    number: str
    reviews: tuple[ReviewReceipt, ...]
    log_index: int
    log_head: Sha256


@dataclass(frozen=True, slots=True)
class AssignedReview:
    """One application for one expert.

    Attributes:
        dossier: :func:`dossier_digest` of the face sheet and documents below.
        documents: in the order of the dossier; ``document_path(application, n)`` is the n-th from 1.
    """

    review: ReviewId
    kind: ReviewKind
    face: FaceSheet
    documents: tuple[Document, ...]
    dossier: Sha256


@dataclass(frozen=True, slots=True)
class Recall:
    """An application taken back from the expert; the dossier closes and what was written stays, sealed away."""

    review: ReviewId
    application: ApplicationCode
    reason: str


@dataclass(frozen=True, slots=True)
class AssignmentPayload:
    """Part 1 of an assignment: everything but, perhaps, documents.

    Attributes:
        assignment: names the whole hand-out; every part carries it.
        parts: into how many packages it is divided.
        rubric_sha256, examination_sha256: of ``rubric.json`` and ``examination.json``. A package carries the forms of
            the kinds of review it assigns, and ``None`` stands for one that is not in it. A review signs the SHA-256
            of the form it was filled in by.
        reviews: what is new or changed; what was assigned before and is not named stays as it was.
        receipts: answers that have not reached this device yet.
        checklist_sha256: of ``checklist.json``; ``None`` where no visit is assigned.
        teams: of every visit this expert is on, as they are now, also of those assigned before.
    """

    assignment: PackageId
    parts: int
    notice: CampaignNotice
    credential: CredentialPayload
    deadline: datetime
    import_recipient: str
    recovery_recipient: str
    rubric_sha256: Sha256 | None
    reviews: tuple[AssignedReview, ...]
    recalls: tuple[Recall, ...] = ()
    receipts: tuple[ReceiptPayload, ...] = ()
    checklist_sha256: Sha256 | None = None
    teams: tuple[VisitTeam, ...] = ()
    examination_sha256: Sha256 | None = None

    def form_sha256(self, kind: ReviewKind) -> Sha256 | None:
        """Of ``FORMS[kind]``, which reviews of *kind* are filled in by; ``None`` if it is not in the package."""
        return {
            ReviewKind.EXAMINATION: self.examination_sha256,
            ReviewKind.QUALIFICATION: self.rubric_sha256,
            ReviewKind.ONSITE: self.checklist_sha256,
        }[kind]


@dataclass(frozen=True, slots=True)
class PartPayload:
    """What every part lists: which documents it carries, by application and number."""

    assignment: PackageId
    number: int
    of: int
    documents: tuple[tuple[ApplicationCode, int, Sha256], ...]


@dataclass(frozen=True, slots=True)
class HandInPayload:
    """The top of a review package.

    Attributes:
        declarations: the latest of every application, with the review it belongs to.
        reviews: the sealed reviews carried here: those without a receipt yet.
        cosignatures: below joint opinions of visits (Art. 14), with the bytes they sign, that have no receipt yet.
    """

    expert: ExpertCode
    device: DeviceCode
    declarations: tuple[tuple[ReviewId, Declaration], ...]
    reviews: tuple[ReviewId, ...]
    office_half: str = field(repr=False, default="")
    cosignatures: tuple[CarriedCosignature, ...] = ()


def dossier_digest(face: FaceSheet, documents: tuple[Document, ...]) -> Sha256:
    """SHA-256 that changes when the face sheet or any document of an application does."""
    return digest_of((face, tuple(document.sha256 for document in documents)))
