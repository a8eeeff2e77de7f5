"""What came in, what went out, and the documents' bytes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.mixins import BlobMixin


class AssignmentRow(Base):
    """One hand-out of the secretariat; it may come in several parts."""

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("parts >= 1", name="parts"),)

    assignment: Mapped[str] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"))
    parts: Mapped[int]
    package: Mapped[str]
    package_sha256: Mapped[str]
    seq: Mapped[int]
    issued_at: Mapped[datetime]
    deadline: Mapped[datetime]


class PartRow(Base):
    """One part that has arrived, also before the first one has."""

    __tablename__ = "assignment_part"

    assignment: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    of: Mapped[int]


class ReceivedRow(Base):
    """A package taken in, by the SHA-256 of its inner bytes."""

    __tablename__ = "received_package"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    package: Mapped[str]
    campaign: Mapped[str]
    kind: Mapped[str]
    seq: Mapped[int]
    received_at: Mapped[datetime]


class SentRow(Base):
    """A package this desk wrote; ``nonce`` is what receipt numbers are made of."""

    __tablename__ = "sent_package"
    __table_args__ = (CheckConstraint("length(nonce) = 16", name="nonce"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    package: Mapped[str] = mapped_column(unique=True)
    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"))
    seq: Mapped[int]
    nonce: Mapped[bytes]
    written_at: Mapped[datetime]
    is_exported: Mapped[bool]
    file_name: Mapped[str]
    outcome: Mapped[str | None]
    receipt_number: Mapped[str | None]
    is_signed_receipt: Mapped[bool]


class CarriedRow(Base):
    """Which sealed revision a package carried."""

    __tablename__ = "carried_review"

    package_sha256: Mapped[str] = mapped_column(ForeignKey("sent_package.sha256"), primary_key=True)
    content_sha256: Mapped[str] = mapped_column(ForeignKey("sealed_review.content_sha256"), primary_key=True)


class BlobRow(BlobMixin, Base):
    """A document's size by its hash."""

    __tablename__ = "blob"


class ChunkRow(Base):
    """At most 1 MiB of a document; the file around it is encrypted already."""

    __tablename__ = "blob_chunk"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class DigestRow(Base):
    """SHA-256 of one chunk of a document whose own hash was found right, so that a chunk can be believed alone.

    SQLCipher does not notice an old page put back. A row here lies in one page together with its key (that is what
    doing without a row number means), and what it says is true of that document for ever, on an old page as well.
    """

    __tablename__ = "blob_digest"
    __table_args__ = ({"sqlite_with_rowid": False},)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
