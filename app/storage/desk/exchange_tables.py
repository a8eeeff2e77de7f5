"""What a desk remembers of the exchange of notes with the other desks of a team."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base


class HoldingRow(Base):
    """Which photographs of a visit lie at the computer that signs with a certificate, as it said last."""

    __tablename__ = "visit_holding"

    visit: Mapped[str] = mapped_column(ForeignKey("visit.visit"), primary_key=True)
    certificate_sha256: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    photos: Mapped[bytes]
    taken_at: Mapped[datetime]
