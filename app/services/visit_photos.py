"""Photographs: taken in one by one with their bytes as they came, looked at by the decoding child, put on items.

A photograph is reported as taken only after its transaction is through, so that whatever was shown as saved survives a
dead battery. Its bytes are never changed; what is drawn on it is another picture.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from app.clock import BEIJING
from app.decoding.document import Document
from app.decoding.errors import DecodingError
from app.decoding.pool import DecodingPool
from app.decoding.replies import Pixels
from app.domain.application import MediaType
from app.domain.changes import NOTHING, Changes
from app.domain.ids import Sha256
from app.domain.onsite.ids import EntryId, ItemId, MemberId, VisitId
from app.domain.onsite.merging import EntryKind
from app.domain.onsite.photo import Binding, PhotoFacts, is_alike, likeness, noted, numbered
from app.errors import UserFacingError
from app.progress import NoProgress, Progress
from app.services.incoming_files import files_of
from app.services.visit_errors import EntryUnknownError, NoPictureError, PhotoNotPlacedError, PhotoUnreadableError
from app.services.visit_files import bytes_of, shown_name
from app.services.visit_notebook import Notebook
from app.services.visit_notes import require_photos
from app.storage.desk.store import DeskStore, UnitOfWork
from app.storage.engine import StorageUnavailableError

_SIDE: Final = 96
_COLUMNS, _ROWS = 9, 8
_FIRST_YEAR: Final = 1970


class PhotoOutcome(StrEnum):
    """What became of one file."""

    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPhoto:
    """One file of an import.

    Attributes:
        error, sentence: why it was refused; empty otherwise.
        elsewhere: visits of other applicants that have the very same picture.
        resembles: numbers of photos in this visit that look alike. Both are remarks; nothing is refused for them.
    """

    file: str
    outcome: PhotoOutcome
    photo: PhotoFacts | None = None
    error: str = ""
    sentence: str = ""
    elsewhere: tuple[VisitId, ...] = ()
    resembles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoImport:
    """What an import brought, file by file."""

    photos: tuple[TakenPhoto, ...]
    changes: Changes

    def count(self, outcome: PhotoOutcome) -> int:
        """How many files ended so."""
        return sum(photo.outcome is outcome for photo in self.photos)


class VisitPhotos:
    """The trays of one desk's visits."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool

    def take(
        self, visit: VisitId, paths: Iterable[Path], *, author: MemberId | None = None, progress: Progress | None = None
    ) -> PhotoImport:
        """Take every photograph among *paths* and in the folders among them, each in a transaction of its own.

        Args:
            author: who took them, where that is a member without a desk.

        Raises:
            InputMissingError, VisitUnknownError, OwnRecordsOnlyError, StoreBusyError; what is wrong with a single
            file stands in its line instead, and the others are taken. On a full disk it stands in the lines of all
            that were not taken any more.
        """
        files = files_of(paths)
        taken = []
        tell = progress or NoProgress()
        for done, file in enumerate(files, start=1):
            try:
                taken.append(self._take_one(visit, file, author))
            except (DecodingError, NoPictureError, PhotoUnreadableError) as problem:
                taken.append(_refused(file, problem))
            except StorageUnavailableError as problem:
                taken += [_refused(each, problem) for each in files[done - 1 :]]
                break
            tell.step(done, len(files))
        is_new = any(photo.outcome is PhotoOutcome.TAKEN for photo in taken)
        return PhotoImport(tuple(taken), Changes(visits=frozenset({visit})) if is_new else NOTHING)

    def bind(self, visit: VisitId, photo: Sha256, item: ItemId, *, caption: str = "") -> Changes:
        """Put a photo on an item, with the caption it has elsewhere where none is given.

        Raises:
            EntryUnknownError, UnknownItemError, VisitConcludedError.
        """
        return self._put(visit, photo, item, is_bound=True, caption=caption)

    def unbind(self, visit: VisitId, photo: Sha256, item: ItemId) -> Changes:
        """Take a photo off an item; the photo stays in the tray."""
        return self._put(visit, photo, item, is_bound=False, caption="")

    def caption(self, visit: VisitId, photo: Sha256, text: str) -> Changes:
        """Write *text* below *photo* on every item this expert has put it on; what others put there keeps theirs.

        Raises:
            EntryUnknownError, VisitConcludedError. PhotoNotPlacedError: nobody has put it on an item.
        """
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            notebook.require_open()
            by, _typed = notebook.author(None)
            facts = _known(notebook, photo)
            if facts is None:
                raise EntryUnknownError(entry=photo[:8])
            if not any(one.photo == photo and one.is_bound for one in notebook.values(Binding).values()):
                raise PhotoNotPlacedError(number=facts.number)
            for entry, binding in _placed(notebook, photo, by).items():
                notebook.put(entry, replace(binding, caption=text.strip()), author=by)
            notebook.commit()
        return Changes(visits=frozenset({visit}))

    def numbered(self, visit: VisitId, number: int, *, author: MemberId | None = None) -> PhotoFacts:
        """The photo of that number in the tray of *author*, or else of this expert. Raises ``PhotoUnknownError``."""
        with self._store.reading() as work:
            notebook = Notebook(work, visit)
            whose = author or notebook.me
            photos = notebook.values(PhotoFacts).values()
            return numbered((one for one in photos if one.author == whose), number)

    def noted(self, visit: VisitId, number: str) -> PhotoFacts:
        """The photo whose file name ends in what was noted on paper.

        Raises:
            PhotoUnknownError, PhotoAmbiguousError.
        """
        with self._store.reading() as work:
            return noted(Notebook(work, visit).values(PhotoFacts).values(), number)

    def open(self, visit: VisitId, photo: Sha256) -> Document:
        """A photo in the decoding child, upright. Raises ``EntryUnknownError`` and the errors of decoding."""
        return self._pool.open(partial(self.original, visit, photo), photo)

    def original(self, visit: VisitId, photo: Sha256) -> bytes:
        """The file exactly as it came, checked against its SHA-256.

        Raises:
            EntryUnknownError, BlobMissingError, BlobDamagedError.
        """
        with self._store.reading() as work:
            require_photos(Notebook(work, visit), (photo,))
            return work.photos.get(photo)

    def missing(self, visit: VisitId) -> tuple[PhotoFacts, ...]:
        """Photos that are bound to items and whose bytes are not here: an export has to name every one of them."""
        with self._store.reading() as work:
            notebook = Notebook(work, visit)
            bound = {one.photo for one in notebook.values(Binding).values() if one.is_bound}
            photos = {one.sha256: one for one in notebook.values(PhotoFacts).values()}
            gone = (photos[sha256] for sha256 in bound if sha256 in photos and not work.photos.has(sha256))
            return tuple(sorted(gone, key=lambda one: one.number))

    def absent(self, visit: VisitId) -> tuple[PhotoFacts, ...]:
        """Photos that members took and whose bytes have not come to this desk yet. Raises as the visit does."""
        with self._store.reading() as work:
            photos = {one.sha256: one for one in Notebook(work, visit).values(PhotoFacts).values()}
            gone = (one for sha256, one in photos.items() if not work.photos.has(sha256))
            return tuple(sorted(gone, key=lambda one: (one.author, one.number)))

    def _take_one(self, visit: VisitId, file: Path, author: MemberId | None) -> TakenPhoto:
        data = bytes_of(file, self._pool)
        sha256 = Sha256(hashlib.sha256(data).hexdigest())
        with self._store.reading() as work:
            known = _known(Notebook(work, visit), sha256)
        if known is not None:
            return TakenPhoto(file=shown_name(file), outcome=PhotoOutcome.KNOWN, photo=known)
        with self._pool.open(lambda: data, sha256) as document:
            seen = document.overview
            if seen.picture is None or not seen.kind.is_image:
                raise NoPictureError(file=shown_name(file))
            hashed = _likeness(document.thumbnail(1, side=_SIDE))
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            by, _typed = notebook.author(author)
            before = tuple(notebook.values(PhotoFacts).values())
            if known := _known(notebook, sha256):  # the same card was put in twice at once
                return TakenPhoto(file=shown_name(file), outcome=PhotoOutcome.KNOWN, photo=known)
            facts = PhotoFacts(
                sha256=sha256,
                number=max((one.number for one in before if one.author == by), default=0) + 1,
                size=len(data),
                media=MediaType[seen.kind.name],
                name=shown_name(file),
                width=seen.width,
                height=seen.height,
                received_at=notebook.now,
                author=by,
                taken_at=claimed_moment(seen.picture.taken_at),
                camera=seen.picture.camera or "",
                orientation=seen.picture.orientation,
                has_camera_data=bool(seen.picture.camera or seen.picture.taken_at),
                has_location=seen.picture.has_location,
                likeness=hashed,
            )
            work.photos.put([data])
            notebook.put(EntryId(f"{sha256}@{by}"), facts, author=by)
            elsewhere = _elsewhere(work, visit, facts)
            notebook.commit()
        return TakenPhoto(
            file=shown_name(file),
            outcome=PhotoOutcome.TAKEN,
            photo=facts,
            elsewhere=elsewhere,
            resembles=tuple(sorted(one.number for one in before if is_alike(one.likeness, hashed))),
        )

    def _put(self, visit: VisitId, photo: Sha256, item: ItemId, *, is_bound: bool, caption: str) -> Changes:
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            notebook.require_open()
            by, _typed = notebook.author(None)
            require_photos(notebook, (photo,))
            written = {one.caption for one in _placed(notebook, photo, by).values() if is_bound and one.caption}
            words = caption.strip() or min(written, default="")
            binding = Binding(photo, notebook.checklist.item(item).id, by, is_bound, words)
            notebook.put(EntryId(f"{photo}@{item}@{by}"), binding, author=by)
            notebook.commit()
        return Changes(visits=frozenset({visit}))


def _refused(file: Path, problem: UserFacingError) -> TakenPhoto:
    name, outcome = shown_name(file), PhotoOutcome.REFUSED
    return TakenPhoto(file=name, outcome=outcome, error=problem.code, sentence=problem.sentence())


def _placed(notebook: Notebook, photo: Sha256, by: MemberId) -> dict[EntryId, Binding]:
    """Where *by* has put *photo*."""
    placed = notebook.values(Binding).items()
    return {entry: one for entry, one in placed if one.photo == photo and one.author == by and one.is_bound}


def _known(notebook: Notebook, sha256: Sha256) -> PhotoFacts | None:
    return next((one for one in notebook.values(PhotoFacts).values() if one.sha256 == sha256), None)


def _elsewhere(work: UnitOfWork, visit: VisitId, facts: PhotoFacts) -> tuple[VisitId, ...]:
    """Other visits with the same bytes, whoever took them in."""
    return tuple(sorted(work.visits.visits_with(EntryKind.PHOTO, facts.sha256) - {visit}))


def claimed_moment(claimed: str | None) -> datetime | None:
    """A camera writes no zone; whoever photographs a factory in the province lives in Beijing time.

    A day before anybody had a camera that writes one is no claim: such a clock was never set.
    """
    moment = None if claimed is None else datetime.fromisoformat(claimed).replace(tzinfo=BEIJING)
    return moment.astimezone(UTC) if moment and moment.year >= _FIRST_YEAR else None


def _likeness(pixels: Pixels) -> str:
    """The difference hash over means of blocks, so that scale and compression hardly matter."""
    gray = []
    for row in range(_ROWS):
        top, bottom = _span(row, _ROWS, pixels.height)
        for column in range(_COLUMNS):
            left, right = _span(column, _COLUMNS, pixels.width)
            total = 0
            for y in range(top, bottom):
                line = pixels.data[y * pixels.stride + left * 4 : y * pixels.stride + right * 4]
                total += 114 * sum(line[0::4]) + 587 * sum(line[1::4]) + 299 * sum(line[2::4])
            gray.append(total // (1000 * (bottom - top) * (right - left)))
    return likeness(gray)


def _span(number: int, of: int, length: int) -> tuple[int, int]:
    start = number * length // of
    return start, max(start + 1, (number + 1) * length // of)
