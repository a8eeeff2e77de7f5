"""Visits of Article 14: what everybody wrote, and the photographs, whose bytes nobody can send a second time.

Photographs have blob tables of their own. Documents of a dossier are deleted when a dossier is closed and left out of
backups, because the secretariat has them; a photograph exists here and perhaps on a telephone, so backups keep it too.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.mixins import BlobMixin
from app.storage.types import EncryptedBytes, EncryptedText


class VisitRow(Base):
    """One visit and the checklist it is judged by, as it reads for the applicant's category."""

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_application", "application"),)

    visit: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[str] = mapped_column(ForeignKey("review.review"))
    application: Mapped[str]
    checklist: Mapped[bytes]
    created_at: Mapped[datetime]


class VisitEntryRow(Base):
    """One value of one entry; two stand side by side only where two copies of one desk wrote differently."""

    __tablename__ = "visit_entry"
    __table_args__ = (
        CheckConstraint("revision >= 1", name="revision"),
        Index("ix_visit_entry_kind_entry", "kind", "entry"),
    )

    visit: Mapped[str] = mapped_column(ForeignKey("visit.visit"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    author: Mapped[str]
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(EncryptedBytes("visit_entry.content"))


class QuestionRow(Base):
    """What a desk review leaves to be verified on site."""

    __tablename__ = "desk_question"

    question: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[str] = mapped_column(ForeignKey("review.review"), index=True)
    about: Mapped[str]
    text: Mapped[str] = mapped_column(EncryptedText("desk_question.text"))
    asked_at: Mapped[datetime]
    is_withdrawn: Mapped[bool]


class PhotoBlobRow(BlobMixin, Base):
    """A photograph's size by its hash."""

    __tablename__ = "photo_blob"


class PhotoChunkRow(Base):
    """At most 1 MiB of a photograph."""

    __tablename__ = "photo_chunk"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)
