"""Tables of a record. Rows live and die in this package.

Natural codes (application, expert, device) and content hashes are primary keys; what has neither gets a UUIDv7.
Every table with many rows carries the campaign, in a column or at the beginning of its code.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.storage.mixins import ChainMixin, new_metadata
from app.storage.types import EncryptedBytes, EncryptedText, Moment

SHAPE: Final = "0007"  # the step of the history that leads to these tables


class Base(DeclarativeBase):
    """The record's own declarative base."""

    metadata = new_metadata()
    type_annotation_map = {datetime: Moment, bytes: LargeBinary}  # noqa: RUF012 - SQLAlchemy's own name and shape


def is_hash(column: str) -> CheckConstraint:
    """The column holds a SHA-256 in hex."""
    return CheckConstraint(f"length({column}) = 64", name=column)


class VaultRow(Base):
    """The key header of a record on a server; a record in a file has its header beside the file instead."""

    __tablename__ = "vault"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    header: Mapped[bytes]
    earlier: Mapped[bytes | None]

    __table_args__ = (CheckConstraint("id = 1", name="single"),)


class CampaignRow(Base):
    """One yearly call with the rules it is judged by."""

    __tablename__ = "campaign"

    campaign: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    rubric: Mapped[bytes]
    rubric_sha256: Mapped[str]
    import_recipient: Mapped[str]
    recovery_recipient: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = (is_hash("rubric_sha256"),)


class SecretRow(Base):
    """Private keys of the secretariat's daily work; the root's is not among them."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(EncryptedBytes("secret.value"))


class CertificateRow(Base):
    """Every certificate ever issued here, as DER."""

    __tablename__ = "certificate"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    serial: Mapped[str] = mapped_column(unique=True)
    der: Mapped[bytes]
    not_after_at: Mapped[datetime]
    issued_at: Mapped[datetime]

    __table_args__ = (
        is_hash("sha256"),
        CheckConstraint("role IN ('root', 'issuing', 'dispatch', 'expert')", name="role"),
    )


class RevocationListRow(Base):
    """Every list ever issued: what was imported is judged with the lists of its time."""

    __tablename__ = "revocation_list"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    der: Mapped[bytes]
    issued_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("issuer IN ('root', 'issuing')", name="issuer"),)


class ExpertRow(Base):
    """One person, for as many campaigns as they serve."""

    __tablename__ = "expert"

    expert: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(EncryptedText("expert.phone"))
    employer: Mapped[str]
    title: Mapped[str]
    relations: Mapped[str]  # JSON list of organisations
    enrolled_at: Mapped[datetime]


class DeviceRow(Base):
    """One computer of an expert, bound by certificate and age recipient."""

    __tablename__ = "device"

    device: Mapped[str] = mapped_column(primary_key=True)
    expert: Mapped[str] = mapped_column(ForeignKey("expert.expert"), index=True)
    number: Mapped[int]
    name: Mapped[str]
    recipient: Mapped[str] = mapped_column(unique=True)
    certificate_sha256: Mapped[str] = mapped_column(ForeignKey("certificate.sha256"), unique=True)
    request_sha256: Mapped[str] = mapped_column(unique=True)  # inner bytes of the enrolment package
    office_half: Mapped[bytes | None] = mapped_column(EncryptedBytes("device.office_half"))
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str | None] = mapped_column(EncryptedText("device.revoke_reason"))

    __table_args__ = (UniqueConstraint("expert", "number"), is_hash("request_sha256"))


class ApplicationRow(Base):
    """One operator with one product or service."""

    __tablename__ = "application"

    application: Mapped[str] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"))
    number: Mapped[int]
    key: Mapped[str]  # USCC and normalised product name: the same application twice is one
    operator: Mapped[str]
    uscc: Mapped[str]
    offering_name: Mapped[str]
    category: Mapped[str]
    offering: Mapped[str]
    recommender: Mapped[str]
    region: Mapped[str]
    trademark: Mapped[str]
    trademark_holder: Mapped[str]
    standards: Mapped[str]  # JSON lists
    drafters: Mapped[str]
    laboratory: Mapped[str]
    state: Mapped[str]
    industry: Mapped[str]
    contact: Mapped[str] = mapped_column(EncryptedText("application.contact"))
    phone: Mapped[str] = mapped_column(EncryptedText("application.phone"))
    rank: Mapped[str]
    remark: Mapped[str] = mapped_column(EncryptedText("application.remark"))
    dossier_sha256: Mapped[str]
    taken_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("campaign", "number"),
        UniqueConstraint("campaign", "key"),
        # What a list is narrowed by while somebody types, apart from the wide rest of the row. An entry of PostgreSQL's
        # cannot hold two of the longest names, and its pages need no deciphering.
        Index("ix_application_list", "application", "operator", "offering_name", "uscc").ddl_if(dialect="sqlite"),
        is_hash("dossier_sha256"),
    )


class FileKeyRow(Base):
    """The key of one application's files (owner “”: of files that belong to none). Destroying it destroys them."""

    __tablename__ = "file_key"

    owner: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes | None] = mapped_column(EncryptedBytes("file_key.key"))
    destroyed_at: Mapped[datetime | None]
    order_number: Mapped[str | None]

    __table_args__ = (CheckConstraint("(key IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"),)


class DocumentRow(Base):
    """One file of a dossier; the bytes lie in rows of 1 MiB under the application's key."""

    __tablename__ = "document"

    application: Mapped[str] = mapped_column(ForeignKey("application.application"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    media: Mapped[str]
    name: Mapped[str]
    pages: Mapped[int | None]

    __table_args__ = (UniqueConstraint("application", "sha256"), is_hash("sha256"))


class DocumentChunkRow(Base):
    """A piece of a document, sealed under its application's key."""

    __tablename__ = "document_chunk"

    application: Mapped[str] = mapped_column(ForeignKey("application.application"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes]


class ReviewRow(Base):
    """One application for one expert, from assignment on; never deleted, only recalled."""

    __tablename__ = "review"

    review: Mapped[str] = mapped_column(primary_key=True)
    application: Mapped[str] = mapped_column(ForeignKey("application.application"))
    expert: Mapped[str] = mapped_column(ForeignKey("expert.expert"))
    kind: Mapped[str]
    assigned_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]  # set when it is issued, moved by an extension
    recalled_at: Mapped[datetime | None]
    recall_reason: Mapped[str | None] = mapped_column(EncryptedText("review.recall_reason"))

    __table_args__ = (
        Index(
            "ix_review_one_at_a_time",
            "application",
            "expert",
            "kind",
            unique=True,
            sqlite_where=text("recalled_at IS NULL"),
            postgresql_where=text("recalled_at IS NULL"),
        ),
        Index("ix_review_expert", "expert"),
        CheckConstraint("(recalled_at IS NULL) = (recall_reason IS NULL)", name="recalled"),
    )


class DeclarationRow(Base):
    """The latest declaration of one review."""

    __tablename__ = "declaration"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    declared: Mapped[str]
    conflict: Mapped[str | None]
    note: Mapped[str] = mapped_column(EncryptedText("declaration.note"))
    declared_at: Mapped[datetime]
    package: Mapped[str] = mapped_column(ForeignKey("package.sha256"))

    __table_args__ = (CheckConstraint("declared IN ('none', 'conflict', 'abstain')", name="declared"),)


class PackageRow(Base):
    """One accepted package: what stands here can be computed again from its original."""

    __tablename__ = "package"

    sha256: Mapped[str] = mapped_column(primary_key=True)  # of the inner bytes
    package: Mapped[str] = mapped_column(unique=True)
    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"))
    kind: Mapped[str]
    expert: Mapped[str]
    device: Mapped[str]
    certificate_sha256: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
    size: Mapped[int] = mapped_column(BigInteger)
    outcome: Mapped[str]
    imported_at: Mapped[datetime]
    root_crl: Mapped[int]
    issuing_crl: Mapped[int]
    skeleton: Mapped[bytes] = mapped_column(EncryptedBytes("package.skeleton"))
    receipt: Mapped[bytes | None]  # canonical JSON of the receipt
    receipt_number: Mapped[str]
    log_number: Mapped[int]

    __table_args__ = (Index("ix_package_device", "device", "seq"), is_hash("sha256"))


class PackageReviewRow(Base):
    """What became of one review in one accepted package; held ones wait here under their outcome."""

    __tablename__ = "package_review"

    package: Mapped[str] = mapped_column(ForeignKey("package.sha256"), primary_key=True)
    review: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    content_sha256: Mapped[str]
    outcome: Mapped[str]


class OriginalRow(Base):
    """The files of one package that belong to one application, one after the other, sealed under that key."""

    __tablename__ = "original"

    package: Mapped[str] = mapped_column(ForeignKey("package.sha256"), primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("file_key.owner"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes]


class RevisionRow(Base):
    """One signed revision of a review, as numbers; the words stay in the original."""

    __tablename__ = "revision"

    sha256: Mapped[str] = mapped_column(primary_key=True)  # of review.json
    review: Mapped[str] = mapped_column(ForeignKey("review.review"), index=True)
    application: Mapped[str] = mapped_column(index=True)
    expert: Mapped[str]
    device: Mapped[str]
    revision: Mapped[int]
    base: Mapped[str | None]
    package: Mapped[str] = mapped_column(ForeignKey("package.sha256"))
    rubric_sha256: Mapped[str]
    dossier_sha256: Mapped[str]
    recommend: Mapped[str]
    scores: Mapped[str]  # JSON: indicator -> percent, "na" or "unjudged"
    total: Mapped[str | None]  # exact, "numerator/denominator"
    dimensions: Mapped[str]  # JSON: dimension -> the same or null
    sealed_at: Mapped[datetime]
    imported_at: Mapped[datetime]
    log_number: Mapped[int]
    is_current: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="is_current"))

    __table_args__ = (
        Index(
            "ix_revision_one_current",
            "review",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        is_hash("sha256"),
        CheckConstraint("(base IS NULL) = (revision = 1)", name="base"),
    )


class SentPackageRow(Base):
    """One package that left for a device; ``seq`` runs per device."""

    __tablename__ = "sent_package"

    package: Mapped[str] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"))
    assignment: Mapped[str] = mapped_column(index=True)  # its own id for what is not part of an assignment
    kind: Mapped[str]
    device: Mapped[str] = mapped_column(ForeignKey("device.device"))
    seq: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[int]
    parts: Mapped[int]
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    file_name: Mapped[str]
    issued_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    log_number: Mapped[int]

    __table_args__ = (UniqueConstraint("device", "seq"), is_hash("sha256"))


class SentReviewRow(Base):
    """Which reviews an assignment brought to a device, or took back, and in which state the dossier was."""

    __tablename__ = "sent_review"

    assignment: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    device: Mapped[str] = mapped_column(ForeignKey("device.device"))
    is_recall: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="is_recall"))
    dossier_sha256: Mapped[str]

    __table_args__ = (Index("ix_sent_review_review", "review", "device"),)


class LogRow(ChainMixin, Base):
    """Every act, chained. Experts are sent its heads and so witness it."""

    __tablename__ = "log"

    line: Mapped[bytes] = mapped_column(EncryptedBytes("log.line"))

    __table_args__ = (is_hash("head"),)
