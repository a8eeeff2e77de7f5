"""Phrases of the expert's own: kept at this desk, and part of a package only where they were put into a text."""

from app.domain.changes import NOTHING, Changes
from app.domain.phrase import Phrase
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.services import desk_fields
from app.storage.desk.store import DeskStore


class PhraseUnknownError(UserFacingError):
    """It was deleted."""

    code = "phrase_unknown"
    message = N_("There is no phrase {number}. List the phrases and choose one of them.")


class PhraseService:
    """Plain text only: characters no file can hold are dropped, and nothing is ever read as markup."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def all(self) -> tuple[Phrase, ...]:
        """Every phrase, by name."""
        with self._store.reading() as work:
            return tuple(sorted(work.phrases.all(), key=lambda phrase: (phrase.name, phrase.number)))

    def add(self, name: str, text: str) -> Phrase:
        """Keep a phrase. Raises ``PhraseInvalidError``."""
        wanted = _cleaned(0, name, text)
        with self._store.writing() as work:
            kept = work.phrases.add(wanted)
            work.commit(canonical.encode(kept))
        return kept

    def change(self, number: int, *, name: str, text: str) -> Changes:
        """Rename or rewrite a phrase; texts it was put into stay as they are.

        Raises:
            PhraseUnknownError, PhraseInvalidError: as their sentences say.
        """
        wanted = _cleaned(number, name, text)
        with self._store.writing() as work:
            if all(each.number != number for each in work.phrases.all()):
                raise PhraseUnknownError(number=number)
            work.phrases.save(wanted)
            work.commit(canonical.encode(wanted))
        return NOTHING

    def remove(self, number: int) -> Phrase:
        """Delete a phrase and hand it back, for :meth:`put_back`.

        Raises:
            PhraseUnknownError: there is none of that number.
        """
        with self._store.writing() as work:
            found = next((each for each in work.phrases.all() if each.number == number), None)
            if found is None:
                raise PhraseUnknownError(number=number)
            work.phrases.remove(number)
            work.commit(canonical.encode(("removed", number)))
        return found

    def put_back(self, phrase: Phrase) -> None:
        """Undo :meth:`remove`."""
        with self._store.writing() as work:
            work.phrases.save(phrase)
            work.commit(canonical.encode(phrase))


def _cleaned(number: int, name: str, text: str) -> Phrase:
    plain = desk_fields.read_text(desk_fields.text_field(text)).strip("\n")
    return Phrase(number, " ".join(name.split()), plain)
