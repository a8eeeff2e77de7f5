"""Versions of reviews that are held beside the one that counts, and those a later revision was chosen among.

They belong to the tray: no part of what the record's digest covers.
"""

from typing import Final

from sqlalchemy import Boolean, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.record.tables import Base, is_hash
from app.storage.types import EncryptedBytes


class TrayVersionRow(Base):
    """One review inside a held file: the signed bytes, so that the expert can be shown them."""

    __tablename__ = "tray_version"

    sha256: Mapped[str] = mapped_column(ForeignKey("tray.sha256"), primary_key=True)
    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True, index=True)
    content: Mapped[str]
    base: Mapped[str | None]
    is_fork: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="is_fork"))
    data: Mapped[bytes] = mapped_column(EncryptedBytes("tray_version.data"))

    __table_args__ = (is_hash("content"),)


class SettledVersionRow(Base):
    """A version that its expert looked at before signing *revision*, whether it has arrived here or not."""

    __tablename__ = "settled_version"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    content: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]

    __table_args__ = (is_hash("content"),)


FORK_TABLES: Final = frozenset({"tray_version", "settled_version"})
