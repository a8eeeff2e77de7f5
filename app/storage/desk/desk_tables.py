"""Whose desk it is: profile, keys, campaigns, settings, and the desk's own counter of changes."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.types import EncryptedText


class ProfileRow(Base):
    """The one person this desk belongs to."""

    __tablename__ = "profile"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(EncryptedText("profile.phone"))
    employer: Mapped[str]
    title: Mapped[str]
    relations: Mapped[str] = mapped_column(EncryptedText("profile.relations"))
    device_name: Mapped[str]
    office_half: Mapped[str] = mapped_column(EncryptedText("profile.office_half"))
    created_at: Mapped[datetime]


class KeyRow(Base):
    """This device's keys; the signing key is wrapped once more and useless without the passphrase."""

    __tablename__ = "device_key"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped_signing_key: Mapped[bytes]
    request: Mapped[bytes]
    recipient: Mapped[str]
    identity: Mapped[str] = mapped_column(EncryptedText("device_key.identity"))
    made_at: Mapped[datetime]
    enrolment_sha256: Mapped[str | None]


class RootRow(Base):
    """The one root authority this desk believes; pinned by the first invitation."""

    __tablename__ = "pinned_root"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    certificate: Mapped[bytes]
    pinned_at: Mapped[datetime]
    was_compared: Mapped[bool]


class CampaignRow(Base):
    """One yearly call as the secretariat announced it, and this desk's standing in it."""

    __tablename__ = "campaign"

    campaign: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    import_recipient: Mapped[str]
    recovery_recipient: Mapped[str]
    trust: Mapped[bytes]
    crl_number: Mapped[int]
    credential: Mapped[bytes | None]
    certificate: Mapped[bytes | None]
    log_index: Mapped[int]
    log_head: Mapped[str]
    log_broke_at: Mapped[datetime | None]
    sent_seq: Mapped[int]
    sent_sha256: Mapped[str | None]


class RubricRow(Base):
    """A rubric by the SHA-256 of its canonical bytes."""

    __tablename__ = "rubric"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes]


class SettingRow(Base):
    """A preference or a remembered fact, by name."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class HeadRow(Base):
    """How often this desk was changed, and a hash over all changes: what a copy put back cannot know."""

    __tablename__ = "desk_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    counter: Mapped[int]
    head: Mapped[str]
    at: Mapped[datetime]
    floor_at: Mapped[datetime]
