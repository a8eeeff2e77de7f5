"""What the repositories of a desk hand out: frozen values, never rows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.application import Document, FaceSheet, MediaType
from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, CampaignId, PackageId, ReviewId, Sha256
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind

CHAIN_START: Final = Sha256("0" * 64)


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """Who works at this desk. ``office_half`` is on its way to the secretariat; empty once it has arrived."""

    name: str
    created_at: datetime
    phone: str = ""
    employer: str = ""
    title: str = ""
    relations: tuple[str, ...] = ()
    device_name: str = ""
    office_half: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """This device's keys. ``identity`` opens what is sealed for the device; the signing key stays wrapped."""

    wrapped_signing_key: bytes = field(repr=False)
    request: bytes
    recipient: str
    identity: str = field(repr=False)
    made_at: datetime
    enrolment_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """One yearly call, whom to believe in it, and how far the exchange has come."""

    campaign: CampaignId
    name: str
    import_recipient: str
    recovery_recipient: str
    trust: bytes
    crl_number: int
    credential: bytes | None = None
    certificate: bytes | None = None
    log_index: int = 0
    log_head: str = ""
    log_broke_at: datetime | None = None
    sent_seq: int = 0
    sent_sha256: Sha256 | None = None


@dataclass(frozen=True, slots=True)
class AssignmentRecord:
    """One hand-out of the secretariat."""

    assignment: PackageId
    campaign: CampaignId
    parts: int
    package: PackageId
    package_sha256: Sha256
    seq: int
    issued_at: datetime
    deadline: datetime


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One assigned review and where its draft stands.

    Attributes:
        revision: of the draft, or of the last sealed one while nothing is open.
        base: content hash of the sealed revision that the draft replaces, or that is sealed now.
        open_target: the text field being typed in, whose event has not been written yet.
    """

    review: ReviewId
    application: ApplicationCode
    campaign: CampaignId
    kind: ReviewKind
    face: FaceSheet
    dossier: Sha256
    rubric: Sha256
    assignment: PackageId
    recalled_at: datetime | None = None
    recall_reason: str = ""
    opened_at: datetime | None = None
    declared: Declared | None = None
    is_sealed: bool = False
    revision: int = 1
    base: Sha256 | None = None
    revision_reason: str = ""
    clock_suspect: bool = False
    event_count: int = 0
    event_head: Sha256 = CHAIN_START
    open_target: str | None = None
    open_since: datetime | None = None

    @property
    def is_unlocked(self) -> bool:
        """Whether the dossier may be read: declared free of conflicts and not taken back."""
        return _is_unlocked(self.declared, self.recalled_at)


@dataclass(frozen=True, slots=True)
class RecallRecord:
    """A review taken back, by the order number of the package that said so."""

    review: ReviewId
    application: ApplicationCode
    reason: str
    seq: int
    recalled_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentAccess:
    """What has to be known of a document and its dossier before a page is shown.

    Attributes:
        media, size: what the dossier says of the document; ``None`` if it does not list it.
        chunks: how many can be read alone: all of them, or 0 if the document has to be read whole.
    """

    application: ApplicationCode
    declared: Declared | None
    recalled_at: datetime | None
    media: MediaType | None
    size: int | None
    chunks: int

    @property
    def is_unlocked(self) -> bool:
        """As :attr:`ReviewRecord.is_unlocked` of the review."""
        return _is_unlocked(self.declared, self.recalled_at)


def _is_unlocked(declared: Declared | None, recalled_at: datetime | None) -> bool:
    return declared is Declared.NONE and recalled_at is None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One document of a dossier, and whether its bytes are here."""

    number: int
    document: Document
    is_here: bool


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What stands in one field of a draft: plain value, and text or evidence as bytes."""

    value: str = ""
    content: bytes | None = field(repr=False, default=None)

    @property
    def is_empty(self) -> bool:
        """Whether the field is as if it had never been touched."""
        return not self.value and not self.content


EMPTY = FieldValue()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of editing; those of one *batch* were made together and are taken back together."""

    number: int
    target: str
    before: FieldValue
    after: FieldValue
    made_at: datetime | None = None
    batch: int | None = None
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One signed revision."""

    content_sha256: Sha256
    review: ReviewId
    application: ApplicationCode
    revision: int
    data: bytes = field(repr=False)
    events: bytes = field(repr=False)
    sealed_at: datetime
    is_superseded: bool = False
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class SentRecord:
    """A package this desk wrote."""

    sha256: Sha256
    package: PackageId
    campaign: CampaignId
    seq: int
    nonce: bytes = field(repr=False)
    written_at: datetime
    is_exported: bool
    file_name: str
    outcome: Outcome | None = None
    receipt_number: str | None = None
    is_signed_receipt: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedRecord:
    """A package taken in."""

    sha256: Sha256
    package: PackageId
    campaign: CampaignId
    kind: str
    seq: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """A dossier's documents before and after a package that changed them, and when the expert had dealt with it."""

    review: ReviewId
    number: int
    arrived_at: datetime
    before: tuple[Document, ...]
    after: tuple[Document, ...]
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ForkRecord:
    """What the secretariat said of a review that came in more than one version; *waiting* is empty once settled."""

    review: ReviewId
    counts: Sha256
    waiting: tuple[Sha256, ...]
    log_index: int
    told_at: datetime


@dataclass(frozen=True, slots=True)
class ClearedRecord:
    """A dossier whose documents were removed after its receipt: how many, and how many bytes."""

    review: ReviewId
    cleared_at: datetime
    documents: int
    size: int
