"""Signed sheets that come back as photographs or scans: found again by their QR code, kept byte for byte.

What a sheet is and which visit it belongs to is read off it, never guessed from a folder or the name of a file. A sheet
that cannot be read, or that belongs elsewhere, changes nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.clock import BEIJING
from app.decoding.document import Document
from app.decoding.errors import DecodingError
from app.decoding.kinds import FileKind
from app.decoding.pool import DecodingPool
from app.decoding.replies import Overview, PageSize, PictureFacts
from app.domain.application import MediaType
from app.domain.changes import NOTHING, Changes
from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import (
    Acknowledgement,
    NoSealPendingError,
    acknowledgement_code,
)
from app.domain.onsite.ids import EntryId, MemberId, VisitId
from app.domain.onsite.photo import PhotoFacts
from app.domain.onsite.sheet_code import SheetCode, VisitForm, read_sheet_code
from app.domain.onsite.signed_sheet import SignedSheet
from app.domain.onsite.visit import visit_code
from app.errors import UserFacingError
from app.i18n import N_
from app.progress import NoProgress, Progress
from app.services.incoming_files import files_of
from app.services.visit_errors import PhotoUnreadableError
from app.services.visit_files import bytes_of, shown_name
from app.services.visit_meeting import facts_of
from app.services.visit_notebook import ONLY, Notebook
from app.services.visit_photos import claimed_moment
from app.storage.desk.store import DeskStore

_HUNDREDTHS: Final = 100  # a PDF's pages are measured in 1/100 pt
_PAGES: Final = 24  # of one file that are looked at
_MEDIA: Final = {kind: MediaType[kind.name] for kind in FileKind if kind.has_pages}


class NotASheetError(UserFacingError):
    """Neither a photograph nor a PDF."""

    code = "not_a_sheet"
    message = N_("{file} is neither a photo nor a PDF. Photograph or scan the signed sheet.")


class SheetUnreadableError(UserFacingError):
    """No code of ours on it."""

    code = "sheet_unreadable"
    message = N_(
        "No code of a visit's form can be read in {file}. Photograph the whole sheet flat and in good light; nothing "
        "was changed."
    )


class ForeignSheetError(UserFacingError):
    """Of a visit that is not here, or not the one that was named."""

    code = "foreign_sheet"
    message = N_("{file} is a sheet of another visit. Look which visit it belongs to; nothing was changed.")


class SheetsMixedError(UserFacingError):
    """Pages of several visits in one file."""

    code = "sheets_mixed"
    message = N_("{file} holds sheets of several visits. Scan those of each visit by themselves; nothing was changed.")


class ScanOutcome(StrEnum):
    """What became of one file."""

    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScan:
    """One file of a scan.

    Attributes:
        code: of the visit. forms: which sheets the file holds. number, sha256: its place in the tray, and its bytes.
        is_attached: it stands beside the acknowledgement of the facts, as signed or as sealed sheet.
        is_stale: facts have changed since an acknowledgement in it was printed.
        error, sentence: why it was refused; empty otherwise.
    """

    file: str
    outcome: ScanOutcome
    visit: VisitId | None = None
    code: str = ""
    forms: tuple[VisitForm, ...] = ()
    number: int = 0
    sha256: Sha256 | None = None
    is_attached: bool = False
    is_stale: bool = False
    error: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class ScanImport:
    """What came back, file by file."""

    scans: tuple[ReadScan, ...]
    changes: Changes

    def count(self, outcome: ScanOutcome) -> int:
        """How many files ended so."""
        return sum(scan.outcome is outcome for scan in self.scans)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file with what is on it."""

    name: str
    data: bytes
    sha256: Sha256
    codes: tuple[SheetCode, ...]
    overview: Overview
    size: PageSize


class VisitScans:
    """Sheets of one desk's visits."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool

    def take(
        self,
        paths: Iterable[Path],
        *,
        visit: VisitId | None = None,
        is_sealed: bool = False,
        progress: Progress | None = None,
    ) -> ScanImport:
        """Take every sheet among *paths* and in the folders among them, each in a transaction of its own.

        A sheet of facts is put beside the acknowledgement at the leader's desk: as a signed sheet, or, with
        *is_sealed*, as the sealed one that was still to come.

        Args:
            visit: refuse sheets of any other.

        Raises:
            InputMissingError, StoreError kinds; what is wrong with a single file stands in its line instead.
        """
        files = files_of(paths)
        scans = []
        tell = progress or NoProgress()
        for done, file in enumerate(files, start=1):
            try:
                scans.append(self._take_one(file, visit, is_sealed=is_sealed))
            except UserFacingError as problem:
                if not isinstance(problem, _OF_ONE_FILE):
                    raise
                refused = ScanOutcome.REFUSED
                scans.append(
                    ReadScan(file=shown_name(file), outcome=refused, error=problem.code, sentence=problem.sentence())
                )
            tell.step(done, len(files))
        touched = frozenset(one.visit for one in scans if one.visit and one.outcome is ScanOutcome.TAKEN)
        return ScanImport(tuple(scans), Changes(visits=touched) if touched else NOTHING)

    def _take_one(self, file: Path, wanted: VisitId | None, *, is_sealed: bool) -> ReadScan:
        seen = self._look(file)
        visits = {code.visit for code in seen.codes}
        if len(visits) > 1:
            raise SheetsMixedError(file=shown_name(file))
        visit = visits.pop()
        with self._store.writing() as work:
            if work.visits.get(visit) is None or wanted not in (None, visit):
                raise ForeignSheetError(file=shown_name(file))
            notebook = Notebook(work, visit)
            notebook.author(None)  # liaison and observers keep nothing
            photo = self._photo(notebook, seen)
            before = notebook.values(SignedSheet)
            for code in seen.codes:
                sheet = SignedSheet(
                    photo.sha256, code.form, code.digits, notebook.me, notebook.now, is_sealed=is_sealed
                )
                entry = _entry(sheet)
                known = before.get(entry)
                if known is None or (is_sealed and not known.is_sealed):
                    notebook.put(entry, sheet, author=notebook.me)
            is_attached = _attach(notebook, photo.sha256, seen.codes, is_sealed=is_sealed)
            is_new = bool(notebook.values(SignedSheet) != before)
            digits = acknowledgement_code(facts_of(notebook))
            notebook.commit()
            return ReadScan(
                file=shown_name(file),
                outcome=ScanOutcome.TAKEN if is_new else ScanOutcome.KNOWN,
                visit=visit,
                code=visit_code(notebook.record.application, visit),
                forms=tuple(dict.fromkeys(code.form for code in seen.codes)),
                number=photo.number,
                sha256=photo.sha256,
                is_attached=is_attached,
                is_stale=any(code.digits not in ("", digits) for code in _of_facts(seen.codes)),
            )

    def _look(self, file: Path) -> _Seen:
        """What is on *file*, by the decoding child. Raises what is wrong with it."""
        data = bytes_of(file, self._pool)
        sha256 = Sha256(hashlib.sha256(data).hexdigest())
        with self._pool.open(lambda: data, sha256) as document:
            if document.kind not in _MEDIA:
                raise NotASheetError(file=shown_name(file))
            codes = _codes(document)
            if not codes:
                raise SheetUnreadableError(file=shown_name(file))
            size = document.page_sizes(first=1, count=1)[0]
            return _Seen(shown_name(file), data, sha256, codes, document.overview, size)

    def _photo(self, notebook: Notebook, seen: _Seen) -> PhotoFacts:
        """The scan in the tray, where it is now if it was not before."""
        photos = notebook.values(PhotoFacts)
        known = next((one for one in photos.values() if one.sha256 == seen.sha256), None)
        if known is not None:
            return known
        number = max((one.number for one in photos.values() if one.author == notebook.me), default=0) + 1
        photo = _facts(seen, number=number, author=notebook.me, received_at=notebook.now)
        notebook.work.photos.put([seen.data])
        notebook.put(EntryId(f"{photo.sha256}@{notebook.me}"), photo, author=notebook.me)
        return photo


_OF_ONE_FILE: Final = (
    DecodingError, ForeignSheetError, NoSealPendingError, NotASheetError, PhotoUnreadableError, SheetsMixedError,
    SheetUnreadableError,
)  # fmt: skip


def _entry(sheet: SignedSheet) -> EntryId:
    return EntryId(f"{sheet.scan}@{sheet.form}@{sheet.author}")


def _codes(document: Document) -> tuple[SheetCode, ...]:
    pages = range(1, min(document.overview.pages, _PAGES) + 1)
    found = (read_sheet_code(text) for page in pages for text in document.codes(page))
    return tuple(dict.fromkeys(code for code in found if code is not None))


def _facts(seen: _Seen, *, number: int, author: MemberId, received_at: datetime) -> PhotoFacts:
    picture = seen.overview.picture or PictureFacts()
    unit = 1 if seen.overview.kind.is_image else _HUNDREDTHS
    return PhotoFacts(
        sha256=seen.sha256,
        number=number,
        size=len(seen.data),
        media=_MEDIA[seen.overview.kind],
        name=seen.name,
        width=max(1, seen.size.width // unit),
        height=max(1, seen.size.height // unit),
        received_at=received_at,
        author=author,
        taken_at=claimed_moment(picture.taken_at),
        camera=picture.camera or "",
        orientation=picture.orientation,
        has_camera_data=bool(picture.camera or picture.taken_at),
        has_location=picture.has_location,
    )


def _of_facts(codes: Iterable[SheetCode]) -> tuple[SheetCode, ...]:
    return tuple(code for code in codes if code.form is VisitForm.ACKNOWLEDGEMENT)


def _attach(notebook: Notebook, scan: Sha256, codes: Iterable[SheetCode], *, is_sealed: bool) -> bool:
    """Put a sheet of facts beside their acknowledgement, where there is one and the leader sits here."""
    sheets = _of_facts(codes)
    made = notebook.find(Acknowledgement, ONLY)
    if not sheets or notebook.plan.leader.id != notebook.me:
        return False
    if is_sealed and made is not None and scan in made.sheets and made.sealed_on is not None:
        return True
    if is_sealed:
        return _seal(notebook, made, scan, sheets)
    if made is None:
        return False
    if not any(sheet.digits in ("", made.code) for sheet in sheets):
        return False
    if scan not in made.sheets:
        notebook.put(ONLY, replace(made, sheets=(*made.sheets, scan)), author=notebook.me)
    return True


def _seal(notebook: Notebook, made: Acknowledgement | None, scan: Sha256, sheets: tuple[SheetCode, ...]) -> bool:
    if made is None:
        raise NoSealPendingError
    digits = next((sheet.digits for sheet in sheets if sheet.digits), made.code)
    today = notebook.now.astimezone(BEIJING).date()
    notebook.put(ONLY, made.sealed(digits, scan, on=today), author=notebook.me)
    return True
