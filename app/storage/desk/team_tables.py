"""Teams of visits (Art. 14), what was signed of a visit, and which photographs and signatures went into a package."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.types import EncryptedBytes


class VisitTeamRow(Base):
    """The team of one application, as the latest assignment told it."""

    __tablename__ = "visit_team"

    application: Mapped[str] = mapped_column(primary_key=True)
    campaign: Mapped[str]
    seq: Mapped[int]
    content: Mapped[bytes] = mapped_column(EncryptedBytes("visit_team.content"))


class SealedVisitRow(Base):
    """What a signed on-site review says: the exact bytes of its ``opinion.json`` and ``visit.json``."""

    __tablename__ = "sealed_visit"

    content_sha256: Mapped[str] = mapped_column(ForeignKey("sealed_review.content_sha256"), primary_key=True)
    visit: Mapped[str] = mapped_column(ForeignKey("visit.visit"))
    opinion: Mapped[bytes] = mapped_column(EncryptedBytes("sealed_visit.opinion"))
    notes: Mapped[bytes] = mapped_column(EncryptedBytes("sealed_visit.notes"))


class SealedFormRow(Base):
    """A printed form of a signed on-site review, drawn once from what was signed."""

    __tablename__ = "sealed_form"

    content_sha256: Mapped[str] = mapped_column(ForeignKey("sealed_visit.content_sha256"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)


class CarriedPieceRow(Base):
    """A photograph or co-signature that a package carried, by the hash of its bytes."""

    __tablename__ = "carried_piece"

    package_sha256: Mapped[str] = mapped_column(ForeignKey("sent_package.sha256"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
