"""A dossier that was corrected while it was being reviewed: what it touches, and confirming that.

Whether something is to be confirmed is never a mark that could be wrong: a review is touched as long as anything in it
refers to a document its dossier does not hold, and the secretariat's record would refuse it for the same reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.application import Document
from app.domain.changes import Changes
from app.domain.draft import Draft
from app.domain.ids import ApplicationCode, ReviewId, Sha256
from app.domain.review import ReviewKind
from app.domain.rubric import Rubric
from app.domain.touched import Correction, DocumentChange, Touched, document_changes, settled, touched
from app.i18n import ngettext
from app.packages import canonical
from app.services import desk_fields
from app.services.desk_editing import Editing, find_review, require_editable
from app.services.desk_errors import CorrectionUnconfirmedError, NotTouchedError
from app.storage.desk.records import EMPTY, CorrectionRecord, ListedDocument, ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingCorrection:
    """One review whose dossier changed; a signed one has to be opened again first. An examination has no rubric."""

    review: ReviewId
    application: ApplicationCode
    correction: Correction
    rubric: Rubric | None
    is_sealed: bool


class CorrectionService:
    """Nothing is signed before the expert has said what becomes of it."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def pending(self, review: ReviewId) -> PendingCorrection | None:
        """What changed in the dossier of *review*, and what of it waits; ``None`` if nothing has.

        Raises:
            ApplicationUnknownError: there is no such review here.
        """
        with self._store.reading() as work:
            return _pending(work, find_review(work, review))

    def all(self) -> tuple[PendingCorrection, ...]:
        """Every open review whose dossier changed, in the order of the applications."""
        with self._store.reading() as work:
            found = (_pending(work, record) for record in work.reviews.all() if record.is_unlocked)
            return tuple(each for each in found if each is not None)

    def confirm(self, review: ReviewId, key: str, *, follows: bool = True) -> Changes:
        """The score or sentence stands as it is; its references go on to what replaced the old document.

        Args:
            key: of the :class:`~app.domain.touched.Touched`, such as ``score:rd_platform``.
            follows: ``False`` drops the references instead; those without a successor are dropped in any case.

        Raises:
            NotTouchedError: there is nothing of that name to confirm. SealedReviewError: open it for a revision first.
        """
        with self._store.writing() as work:
            record = find_review(work, review)
            items = tuple(item for item in touched_in(work, record) if item.key() == key)
            if not items:
                raise NotTouchedError(application=record.application, what=key)
            return _settle(work, record, items, follows=follows)

    def confirm_all(self, review: ReviewId, *, follows: bool = True) -> Changes:
        """Everything stands as it is. Without anything touched this only puts the notice away.

        Raises:
            SealedReviewError: something is touched and signed; open it for a revision first.
        """
        with self._store.writing() as work:
            record = find_review(work, review)
            return _settle(work, record, touched_in(work, record), follows=follows)


def correction_of(
    record: ReviewRecord, draft: Draft, *, documents: Sequence[ListedDocument], history: Sequence[CorrectionRecord]
) -> Correction | None:
    """What an expert has to be told about the dossier of *record*, from what was read of it already."""
    if not record.is_unlocked:
        return None
    here = tuple(listed.document for listed in documents)
    items = touched(draft, frozenset(each.sha256 for each in here))
    unread = [each for each in history if each.settled_at is None]
    told = unread or (history if items else [])
    if not told and not items:
        return None
    arrived_at = told[-1].arrived_at if told else None
    return Correction(arrived_at, _changes(told, here), items)


def touched_in(work: UnitOfWork, record: ReviewRecord) -> tuple[Touched, ...]:
    """What of the draft rests on documents that are gone."""
    draft = desk_fields.draft_from(work.drafts.fields(record.review))
    here = frozenset(listed.document.sha256 for listed in work.assignments.documents(record.review))
    return touched(draft, here)


def require_confirmed(work: UnitOfWork, record: ReviewRecord) -> None:
    """Nothing of the draft rests on a document that is gone.

    Raises:
        CorrectionUnconfirmedError: something does.
    """
    if items := touched_in(work, record):
        count = len(items)
        what = ngettext("{count} place", "{count} places", count).format(count=count)
        raise CorrectionUnconfirmedError(application=record.application, what=what)


def _pending(work: UnitOfWork, record: ReviewRecord) -> PendingCorrection | None:
    correction = _correction(work, record)
    if correction is None:
        return None
    return PendingCorrection(
        review=record.review,
        application=record.application,
        correction=correction,
        rubric=_rubric(work, record),
        is_sealed=record.is_sealed,
    )


def _rubric(work: UnitOfWork, record: ReviewRecord) -> Rubric | None:
    if record.kind is ReviewKind.EXAMINATION:
        return None
    data = work.desk.rubric(record.rubric)
    if data is None:  # a foreign key forbids it
        raise RuntimeError("a review without its rubric")
    return canonical.decode(data, Rubric)


def _correction(work: UnitOfWork, record: ReviewRecord) -> Correction | None:
    draft = desk_fields.draft_from(work.drafts.fields(record.review))
    history = work.dossier_changes.by_review(record.review).get(record.review, ())
    return correction_of(record, draft, documents=work.assignments.documents(record.review), history=history)


def _changes(told: Sequence[CorrectionRecord], here: Sequence[Document]) -> tuple[DocumentChange, ...]:
    """What is different from every state the expert may have known, each vanished document once."""
    if not told:
        return ()
    found: dict[Sha256, DocumentChange] = {}
    for record in reversed(told):
        for change in document_changes(record.before, here):
            if change.old is not None:
                found.setdefault(change.old.sha256, change)
    added = (change for change in document_changes(told[0].before, here) if change.old is None)
    return (*found.values(), *added)


def _settle(work: UnitOfWork, record: ReviewRecord, items: tuple[Touched, ...], *, follows: bool) -> Changes:
    at = work.tick().at
    if items:
        require_editable(record)
        correction = _correction(work, record) or Correction(None, ())
        _mend(work, record, items, correction=correction, follows=follows)
    if not touched_in(work, record):
        work.dossier_changes.settle(record.review, at=at)
    work.commit(canonical.encode((record.review, tuple(item.key() for item in items), follows)), at=at)
    return Changes(tasks=True, reviews=frozenset({record.review}))


def _mend(
    work: UnitOfWork, record: ReviewRecord, items: tuple[Touched, ...], *, correction: Correction, follows: bool
) -> None:
    editing = Editing(work, record)
    editing.settle()
    draft = desk_fields.draft_from(work.drafts.fields(record.review))
    before = desk_fields.fields_of(draft)
    after = desk_fields.fields_of(settled(draft, items, correction, follows=follows))
    targets = sorted(target for target in {*before, *after} if before.get(target) != after.get(target))
    editing.put_all({target: after.get(target, EMPTY) for target in targets})
    editing.save()
