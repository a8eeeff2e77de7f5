"""Phrases of the expert's own, to be put into reasons and opinions."""

from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base
from app.storage.types import EncryptedText


class PhraseRow(Base):
    """One phrase; its number says nothing but which it is."""

    __tablename__ = "phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(EncryptedText("phrase.name"))
    text: Mapped[str] = mapped_column(EncryptedText("phrase.text"))
