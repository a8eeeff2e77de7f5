"""Assigned reviews, what was declared and written for them, their event chains, and what was sealed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.types import EncryptedBytes, EncryptedText, HashedBytes


class ReviewRow(Base):
    """One application for this expert, and where its draft stands."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("event_count >= 0", name="event_count"),
        Index("ix_review_application", "application"),
    )

    review: Mapped[str] = mapped_column(primary_key=True)
    application: Mapped[str]
    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"))
    kind: Mapped[str]
    face: Mapped[bytes]
    dossier: Mapped[str]
    rubric: Mapped[str] = mapped_column(ForeignKey("rubric.sha256"))
    assignment: Mapped[str] = mapped_column(ForeignKey("assignment.assignment"))
    recalled_at: Mapped[datetime | None]
    recall_reason: Mapped[str] = mapped_column(EncryptedText("review.recall_reason"))
    opened_at: Mapped[datetime | None]
    declared: Mapped[str | None]
    is_sealed: Mapped[bool]
    revision: Mapped[int]
    base: Mapped[str | None]
    revision_reason: Mapped[str] = mapped_column(EncryptedText("review.revision_reason"))
    clock_suspect: Mapped[bool]
    event_count: Mapped[int]
    event_head: Mapped[str]
    open_target: Mapped[str | None]
    open_since: Mapped[datetime | None]


class DocumentRow(Base):
    """One file of a dossier as the assignment lists it; its bytes may still be on their way in another part."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_sha256", "sha256"),)

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str]
    size: Mapped[int]
    media: Mapped[str]
    name: Mapped[str]
    pages: Mapped[int | None]


class DeclarationRow(Base):
    """Every declaration ever made; the last one of a review counts."""

    __tablename__ = "declaration"
    __table_args__ = (CheckConstraint("declared IN ('none', 'conflict', 'abstain')", name="declared"),)

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    declared: Mapped[str]
    kind: Mapped[str | None]
    note: Mapped[str] = mapped_column(EncryptedText("declaration.note"))
    declared_at: Mapped[datetime]
    is_carried: Mapped[bool]


class FieldRow(Base):
    """One field of a draft by its target, such as ``reason:rd_platform``."""

    __tablename__ = "draft_field"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(EncryptedBytes("draft_field.content"))


class StepRow(Base):
    """One step of editing that can be taken back: a field before and after."""

    __tablename__ = "edit_step"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    target: Mapped[str]
    before_value: Mapped[str]
    before_content: Mapped[bytes | None] = mapped_column(EncryptedBytes("edit_step.before_content"))
    after_value: Mapped[str]
    after_content: Mapped[bytes | None] = mapped_column(EncryptedBytes("edit_step.after_content"))
    is_undone: Mapped[bool]
    made_at: Mapped[datetime | None]
    batch: Mapped[int | None]


class EventRow(Base):
    """One line of a review's event chain and the head after it."""

    __tablename__ = "event"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[bytes]
    head: Mapped[str]


class SealedRow(Base):
    """A signed revision: the exact bytes of its ``review.json`` and its events, never changed again."""

    __tablename__ = "sealed_review"
    __table_args__ = (Index("ix_sealed_review_review", "review"),)

    content_sha256: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[str] = mapped_column(ForeignKey("review.review"))
    application: Mapped[str]
    revision: Mapped[int]
    data: Mapped[bytes] = mapped_column(HashedBytes("sealed_review.data"))
    events: Mapped[bytes]
    sealed_at: Mapped[datetime]
    is_superseded: Mapped[bool]
    outcome: Mapped[str | None]
    outcome_log_index: Mapped[int]


class RecallRow(Base):
    """A review taken back by the secretariat; kept even if the assignment it cancels has not arrived yet."""

    __tablename__ = "recall"

    review: Mapped[str] = mapped_column(primary_key=True)
    application: Mapped[str]
    reason: Mapped[str] = mapped_column(EncryptedText("recall.reason"))
    seq: Mapped[int]
    recalled_at: Mapped[datetime]
