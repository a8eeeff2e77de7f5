"""The tray's tables. They are the record's too, but no part of what its digest covers."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.record.tables import Base, is_hash
from app.storage.types import EncryptedBytes, EncryptedText


class TrayRow(Base):
    """A refused or held file. Not part of the record's digest."""

    __tablename__ = "tray"

    sha256: Mapped[str] = mapped_column(primary_key=True)  # of the file as it arrived
    package_sha256: Mapped[str | None] = mapped_column(index=True)
    file_name: Mapped[str] = mapped_column(EncryptedText("tray.file_name"))
    size: Mapped[int] = mapped_column(BigInteger)
    outcome: Mapped[str]
    detail: Mapped[str]
    arrived_at: Mapped[datetime]
    expert: Mapped[str | None]
    device: Mapped[str | None]
    applications: Mapped[str]  # JSON list
    is_kept: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="is_kept"))
    state: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]
    reason: Mapped[str] = mapped_column(EncryptedText("tray.reason"))

    __table_args__ = (is_hash("sha256"), CheckConstraint("state IN ('waiting', 'taken', 'refused')", name="state"))


class TrayWaitRow(Base):
    """A held revision whose base has not arrived yet, by the hash it waits for."""

    __tablename__ = "tray_wait"

    sha256: Mapped[str] = mapped_column(ForeignKey("tray.sha256"), primary_key=True)
    base: Mapped[str] = mapped_column(primary_key=True, index=True)


class TrayChunkRow(Base):
    """The bytes of a file in the tray."""

    __tablename__ = "tray_chunk"

    sha256: Mapped[str] = mapped_column(ForeignKey("tray.sha256"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(EncryptedBytes("tray_chunk.data"))


TRAY_TABLES = frozenset({"tray", "tray_wait", "tray_chunk"})
