"""Reviews that were signed at two desks: what the secretariat says of them, the versions, and what was chosen among."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.types import EncryptedBytes


class ForkRow(Base):
    """What the record has of one review: the version that counts, and JSON of those that wait beside it."""

    __tablename__ = "fork"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    counts: Mapped[str]
    waiting: Mapped[bytes]
    log_index: Mapped[int]
    told_at: Mapped[datetime]


class ForkVersionRow(Base):
    """The exact bytes of one version's ``review.json``, wherever it was signed."""

    __tablename__ = "fork_version"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    content: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(EncryptedBytes("fork_version.data"))


class ForkChoiceRow(Base):
    """JSON of the versions that lay side by side when the expert chose what *revision* begins with."""

    __tablename__ = "fork_choice"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision"),)

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    versions: Mapped[bytes]
