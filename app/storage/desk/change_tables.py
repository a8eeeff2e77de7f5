"""What changed under an expert's hands: dossiers that were corrected, and dossiers that were cleared away."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.types import EncryptedBytes


class CorrectionRow(Base):
    """The documents of a dossier before and after a package that changed them."""

    __tablename__ = "correction"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    arrived_at: Mapped[datetime]
    before: Mapped[bytes] = mapped_column(EncryptedBytes("correction.before"))
    after: Mapped[bytes] = mapped_column(EncryptedBytes("correction.after"))
    settled_at: Mapped[datetime | None]


class ClearedRow(Base):
    """A dossier whose documents were removed after its receipt."""

    __tablename__ = "cleared_dossier"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    cleared_at: Mapped[datetime]
    documents: Mapped[int]
    size: Mapped[int]
