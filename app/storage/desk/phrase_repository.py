"""Phrases of the expert's own."""

from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.phrase import Phrase
from app.storage.desk.base import put, table_of
from app.storage.desk.phrase_tables import PhraseRow

_PHRASE: Final = table_of(PhraseRow)


class PhraseRepository:
    """A handful of rows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[Phrase, ...]:
        """Every phrase, in the order of their numbers."""
        rows = self._session.execute(select(_PHRASE).order_by(_PHRASE.c.id))
        return tuple(Phrase(row.id, row.name, row.text) for row in rows)

    def add(self, phrase: Phrase) -> Phrase:
        """Keep a new one; it gets its number here."""
        made = insert(_PHRASE).values(name=phrase.name, text=phrase.text).returning(_PHRASE.c.id)
        return Phrase(self._session.execute(made).scalar_one(), phrase.name, phrase.text)

    def save(self, phrase: Phrase) -> None:
        """Keep it under its number, new or changed."""
        put(self._session, _PHRASE, id=phrase.number, name=phrase.name, text=phrase.text)

    def remove(self, number: int) -> None:
        """Forget it."""
        self._session.execute(delete(_PHRASE).where(_PHRASE.c.id == number))
