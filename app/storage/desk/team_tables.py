"""The visiting teams that the secretariat told this desk of (Art. 14)."""

from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.types import EncryptedBytes


class VisitTeamRow(Base):
    """The team of one application, as the latest assignment told it."""

    __tablename__ = "visit_team"

    application: Mapped[str] = mapped_column(primary_key=True)
    campaign: Mapped[str]
    seq: Mapped[int]
    content: Mapped[bytes] = mapped_column(EncryptedBytes("visit_team.content"))
