"""Where the expert was in a dossier, what was read of it, and private marks and notes beside it.

All of it stays at this desk: no package carries it. A note becomes evidence only where the expert attaches its place to
a score, and then the place goes, not the note.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from uuid_utils import uuid7

from app.domain.evidence import Anchor
from app.domain.ids import ReviewId, Sha256
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.services.desk_editing import find_document, find_review, require_unlocked
from app.storage.desk.reading_repository import MarkRecord, ReadingPlace
from app.storage.desk.store import DeskStore, UnitOfWork

LONGEST_NOTE: Final = 2_000

__all__ = ["LONGEST_NOTE", "MarkRecord", "NoteTooLongError", "Reading", "ReadingPlace", "ReadingService"]


class NoteTooLongError(UserFacingError):
    """A note is for a thought, not for a report."""

    code = "note_too_long"
    message = N_("A note may have {most} characters at most. Shorten it.")


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the expert has come.

    Attributes:
        place: where the dossier was left, if that document is still here.
        pages: how many pages of each document were in view.
    """

    place: ReadingPlace | None
    pages: Mapping[Sha256, int]


class ReadingService:
    """Only for dossiers that may be read; every method raises DossierLockedError and DossierClosedError otherwise."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def reading(self, review: ReviewId) -> Reading:
        """How far the expert has come in the dossier of *review*."""
        with self._store.reading() as work:
            require_unlocked(find_review(work, review))
            here = {each.document.sha256 for each in work.assignments.documents(review) if each.is_here}
            place = work.reading.place(review)
            pages = work.reading.read_pages(review)
        is_here = place is not None and place.document in here
        return Reading(place if is_here else None, {sha: count for sha, count in pages.items() if sha in here})

    def keep(self, review: ReviewId, place: ReadingPlace) -> Mapping[Sha256, int]:
        """The expert reads there now; how many pages of each document were in view by then.

        Raises:
            DocumentUnknownError: the dossier does not hold that document.
        """
        with self._store.writing() as work:
            find_document(work, review, place.document)
            work.reading.keep_place(review, place)
            work.reading.add_page(review, place.document, max(1, place.page))
            pages = work.reading.read_pages(review)
            work.commit_aside()
        return pages

    def marks(self, review: ReviewId) -> tuple[MarkRecord, ...]:
        """Every highlight and note of *review*, the oldest first."""
        with self._store.reading() as work:
            require_unlocked(find_review(work, review))
            return work.reading.marks(review)

    def add_mark(self, review: ReviewId, anchor: Anchor, note: str = "") -> MarkRecord:
        """Keep a highlight at *anchor*, with or without a note.

        Raises:
            DocumentUnknownError, NoteTooLongError: as their sentences say.
        """
        with self._store.writing() as work:
            find_document(work, review, anchor.document)
            mark = MarkRecord(str(uuid7()), review, anchor, _checked(note), work.tick().at)
            self._save(work, mark)
        return mark

    def change_note(self, mark: MarkRecord, note: str) -> MarkRecord:
        """Write something else beside *mark*. Raises NoteTooLongError."""
        changed = replace(mark, note=_checked(note))
        with self._store.writing() as work:
            find_document(work, mark.review, mark.anchor.document)
            self._save(work, changed)
        return changed

    def remove_mark(self, mark: MarkRecord) -> None:
        """Delete *mark*; :meth:`put_back` undoes it."""
        with self._store.writing() as work:
            require_unlocked(find_review(work, mark.review))
            work.reading.remove_mark(mark.mark)
            work.commit(canonical.encode(("mark removed", mark.mark)), at=work.tick().at)

    def put_back(self, mark: MarkRecord) -> None:
        """Undo the deletion of *mark*."""
        with self._store.writing() as work:
            find_document(work, mark.review, mark.anchor.document)
            self._save(work, mark)

    def _save(self, work: UnitOfWork, mark: MarkRecord) -> None:
        work.reading.save_mark(mark)
        work.commit(canonical.encode(("mark", mark.mark, mark.anchor, mark.note)), at=work.tick().at)


def _checked(note: str) -> str:
    text = note.strip()
    if len(text) > LONGEST_NOTE:
        raise NoteTooLongError(most=LONGEST_NOTE)
    return text
