"""Tables of a record for what goes along with reviews, beside the rubric that stands with the campaign."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.record.tables import Base, is_hash


class ExaminationFormRow(Base):
    """The questions of the examination of applications (Art. 9), as canonical JSON."""

    __tablename__ = "examination_form"

    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"), primary_key=True)
    content: Mapped[bytes]
    sha256: Mapped[str]

    __table_args__ = (is_hash("sha256"),)


class PrintingRow(Base):
    """A campaign whose experts may print pages of dossiers; without a row they may not."""

    __tablename__ = "dossier_printing"

    campaign: Mapped[str] = mapped_column(ForeignKey("campaign.campaign"), primary_key=True)
    allowed_at: Mapped[datetime]
