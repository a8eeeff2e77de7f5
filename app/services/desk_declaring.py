"""Declaring conflicts of interest, one line or all at once, before any document can be opened."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.changes import Changes
from app.domain.conflict import ConflictKind, Declaration, Declared
from app.domain.events import EventKind
from app.domain.ids import ReviewId
from app.packages import canonical
from app.services.desk_editing import Editing, find_review
from app.services.desk_errors import AlreadySealedError, DeclaredForGoodError, DossierClosedError
from app.services.desk_unwritten import declaring, forget
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """What the expert says about one application."""

    review: ReviewId
    declared: Declared
    kind: ConflictKind | None = None
    note: str = ""


class DeclaringService:
    """The first thing an expert does with an assignment."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def declare(self, lines: Sequence[DeclarationLine]) -> Changes:
        """Declare for every review in *lines*, all or none; a conflict or an abstention deletes the dossier's files.

        Raises:
            DeclarationIncompleteError, ApplicationUnknownError, DossierClosedError, DeclaredForGoodError,
            AlreadySealedError: as their sentences say.
        """
        with self._store.writing() as work:
            for line in lines:
                self._declare(work, line)
            delete_unneeded(work)
            work.commit(canonical.encode(tuple(lines)), at=work.tick().at)
        reviews = frozenset(line.review for line in lines)
        return Changes(tasks=True, documents=True, reviews=reviews)

    def _declare(self, work: UnitOfWork, line: DeclarationLine) -> None:
        record = find_review(work, line.review)
        _require_open(record, line.declared)
        at = work.tick().at
        declaration = Declaration(record.application, line.declared, at, line.kind, line.note.strip())
        editing = Editing(work, record)
        editing.settle()
        editing.log(EventKind.DECLARED, value=line.declared, digest=canonical.digest_of(declaration))
        editing.save()
        work.reviews.declare(line.review, declaration)
        forget(work, declaring(line.review))

    def unsent(self) -> int:
        """How many declarations stand in no package that was written: worth a small return."""
        with self._store.reading() as work:
            return work.reviews.uncarried_declarations()


def delete_unneeded(work: UnitOfWork) -> None:
    """Delete the files of dossiers that were declined or taken back, unless another open dossier lists them.

    Nothing is deleted while a hand-out is incomplete: what looks unneeded may belong to a dossier whose list is
    still on its way.
    """
    closed = frozenset(record.review for record in work.reviews.all() if _is_closed(record))
    listed = work.assignments.documents_by_review()
    of_closed = {entry.document.sha256 for review in closed for entry in listed.get(review, ())}
    unneeded = of_closed - work.assignments.needed_documents(closed)
    if not work.assignments.missing_parts():
        unneeded |= work.assignments.stored_documents() - work.assignments.needed_documents(closed)
    for sha256 in unneeded:
        work.blobs.remove(sha256)


def _is_closed(record: ReviewRecord) -> bool:
    return record.recalled_at is not None or record.declared in (Declared.CONFLICT, Declared.ABSTAIN)


def _require_open(record: ReviewRecord, declared: Declared) -> None:
    if record.recalled_at is not None:
        raise DossierClosedError(application=record.application)
    if record.declared in (Declared.CONFLICT, Declared.ABSTAIN) and declared is Declared.NONE:
        raise DeclaredForGoodError(application=record.application)
    if record.is_sealed and declared is not Declared.NONE:
        raise AlreadySealedError(application=record.application)
