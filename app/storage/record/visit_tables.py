"""Tables of a record about visits (Art. 14): the checklist, who leads, what each device was told, what came back."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.record.tables import Base, is_hash
from app.storage.types import EncryptedText


class ChecklistRow(Base):
    """The checklist of the campaign, with its readings for every category."""

    __tablename__ = "checklist"

    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"), primary_key=True)
    content: Mapped[bytes]
    sha256: Mapped[str]

    __table_args__ = (is_hash("sha256"),)


class VisitLeaderRow(Base):
    """An on-site review whose expert was named leader; of several that stand, the latest counts."""

    __tablename__ = "visit_leader"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    named_at: Mapped[datetime]


class SentTeamRow(Base):
    """Which team an assignment told a device of."""

    __tablename__ = "sent_team"

    assignment: Mapped[str] = mapped_column(primary_key=True)
    application: Mapped[str] = mapped_column(ForeignKey("application.application"), primary_key=True)
    device: Mapped[str] = mapped_column(ForeignKey("device.device"), index=True)
    team_sha256: Mapped[str]

    __table_args__ = (is_hash("team_sha256"),)


class VisitRevisionRow(Base):
    """What one signed revision of an on-site review says beyond its grades and points."""

    __tablename__ = "visit_revision"

    sha256: Mapped[str] = mapped_column(ForeignKey("revision.sha256"), primary_key=True)
    opinion_sha256: Mapped[str]
    facts: Mapped[str] = mapped_column(EncryptedText("visit_revision.facts"))  # JSON

    __table_args__ = (is_hash("sha256"), is_hash("opinion_sha256"))


class CosignatureRow(Base):
    """A member's signature below a joint opinion, whichever package brought it."""

    __tablename__ = "cosignature"

    opinion_sha256: Mapped[str] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(ForeignKey("device.device"), primary_key=True)
    application: Mapped[str] = mapped_column(ForeignKey("application.application"), index=True)
    expert: Mapped[str]
    signed_at: Mapped[datetime]
    package: Mapped[str] = mapped_column(ForeignKey("package.sha256"))

    __table_args__ = (is_hash("opinion_sha256"),)
