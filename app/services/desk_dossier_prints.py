"""Pages of a dossier on paper, where the campaign allows it: with a watermark, and each time in the review's log."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.atomic_file import write_atomically
from app.decoding.document import Document
from app.decoding.errors import DecodingError
from app.domain.changes import Changes
from app.domain.events import Event, EventKind
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId, Sha256
from app.domain.print_pages import PrintMade, PrintPages
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.progress import NoProgress, Progress
from app.services.desk_editing import Editing, find_review, require_unlocked
from app.services.desk_errors import DocumentUnknownError, FileExistsHereError, NoCredentialError
from app.services.desk_forms import credential_of
from app.services.desk_print_leave import has_leave
from app.services.viewing import ViewingService
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork

if TYPE_CHECKING:
    from app.documents.dossier_pages import DossierPage

_LONG_SIDE: Final = 2_200  # pixels: 200 to the inch on A4
_SHORT_SIDE: Final = 1_560


class PrintingForbiddenError(UserFacingError):
    """The campaign's rule, not the expert's fault."""

    code = "printing_forbidden"
    message = N_("This campaign does not allow pages of dossiers to be printed. Read them here; ask the secretariat if "
                 "you need paper.")  # fmt: skip


class NotPrintableError(UserFacingError):
    """A sheet or a text, which has no pages."""

    code = "not_printable"
    message = N_("Only PDF files and pictures have pages to print. Read “{name}” here.")


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """What came out; already in the log.

    Attributes:
        title: number and name of the document in its dossier.
        failed: pages with a sentence in place of their picture.
    """

    pdf: bytes = field(repr=False)
    title: str
    pages: PrintPages
    failed: tuple[int, ...]
    at: datetime
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Leave:
    """Who may print what."""

    application: ApplicationCode
    expert: ExpertCode
    title: str


class DossierPrintService:
    """The decoding child draws, nothing else of a document reaches the paper."""

    def __init__(self, store: DeskStore, viewing: ViewingService) -> None:
        self._store, self._viewing = store, viewing

    def require_allowed(self, review: ReviewId) -> None:
        """Raises ``PrintingForbiddenError``, or why the dossier is closed."""
        with self._store.reading() as work:
            _require_allowed(work, review)

    def print_pages(
        self, review: ReviewId, sha256: Sha256, pages: str, *, progress: Progress | None = None
    ) -> PrintedPages:
        """The pages as PDF. It is in the log before anybody gets it.

        Args:
            pages: such as ``1-3,7``; blank for all.

        Raises:
            PrintingForbiddenError, NotPrintableError, PagesUnreadableError, TooManyPagesError, and what
            :meth:`ViewingService.open` raises: nothing was printed and nothing is logged.
        """
        from app.documents.dossier_pages import DossierCopy, dossier_copy

        with self._store.reading() as work:
            leave = _leave(work, review, sha256)
        with self._viewing.open(review, sha256) as document:
            if not document.kind.has_pages:
                raise NotPrintableError(name=leave.title)
            count = document.overview.pages
            wanted = PrintPages.read(pages, count=count)
            drawn, steps = [], progress or NoProgress()
            for done, number in enumerate(wanted.numbers):
                steps.step(done, len(wanted.numbers))
                drawn.append(_drawn(document, number))
        at = self._log(review, sha256, wanted)
        copy = DossierCopy(leave.expert, leave.application, leave.title, sha256, count, at, tuple(drawn))
        return PrintedPages(
            dossier_copy(copy),
            leave.title,
            wanted,
            tuple(page.number for page in drawn if page.sentence),
            at,
            Changes(reviews=frozenset({review})),
        )

    def save(
        self, review: ReviewId, sha256: Sha256, pages: str, *, out: Path, progress: Progress | None = None
    ) -> PrintedPages:
        """:meth:`print_pages` into a new file.

        Raises:
            FileExistsHereError: nothing is written over. The errors of :mod:`app.file_errors`: it is logged as
            printed, and no file is there.
        """
        if out.exists():
            raise FileExistsHereError(file=out.name)
        printed = self.print_pages(review, sha256, pages, progress=progress)
        write_atomically(out, printed.pdf)
        return printed

    def prints(self, review: ReviewId) -> tuple[PrintMade, ...]:
        """What was printed of this dossier, the newest first."""
        with self._store.reading() as work:
            require_unlocked(find_review(work, review))
            titles = _titles(work, review)
            lines = work.events.lines(review)
        events = (canonical.decode(line, Event) for line in reversed(lines) if b'"printed"' in line)
        return tuple(
            PrintMade(event.at, event.digest, titles.get(event.digest, ""), event.value)
            for event in events
            if event.what is EventKind.PRINTED and event.digest is not None
        )

    def _log(self, review: ReviewId, sha256: Sha256, pages: PrintPages) -> datetime:
        with self._store.writing() as work:
            record = _require_allowed(work, review)  # a recall may have arrived meanwhile
            editing = Editing(work, record)
            editing.log(EventKind.PRINTED, target="document", value=pages.text(), digest=sha256)
            editing.commit()
            return editing.at


def _require_allowed(work: UnitOfWork, review: ReviewId) -> ReviewRecord:
    record = find_review(work, review)
    require_unlocked(record)
    if not has_leave(work, record.campaign):
        raise PrintingForbiddenError
    return record


def _leave(work: UnitOfWork, review: ReviewId, sha256: Sha256) -> _Leave:
    record = _require_allowed(work, review)
    credential = credential_of(work, record)
    if credential is None:
        raise NoCredentialError
    title = _titles(work, review).get(sha256)
    if title is None:
        raise DocumentUnknownError
    return _Leave(record.application, credential.expert, title)


def _titles(work: UnitOfWork, review: ReviewId) -> dict[Sha256, str]:
    listed = work.assignments.documents(review)
    return {each.document.sha256: _title(each.number, each.document.name) for each in listed}


def _title(number: int, name: str) -> str:
    """The number once, although many files are called by it already."""
    rest = name.removeprefix(f"{number:02d}").lstrip(" 　_-.、")
    return f"{number:02d} {rest or name}"


def _drawn(document: Document, number: int) -> "DossierPage":
    """One page as a JPEG; a page that cannot be drawn is its sentence, and the others are printed all the same."""
    from app.documents.dossier_pages import DossierPage
    from app.documents.visit_photo_annex import as_jpeg

    try:
        (size,) = document.page_sizes(first=number, count=1)
        sides = (_LONG_SIDE, _SHORT_SIDE) if size.width > size.height else (_SHORT_SIDE, _LONG_SIDE)
        pixels = document.render(number, width=sides[0], height=sides[1])
    except DecodingError as error:
        return DossierPage(number, sentence=error.sentence())
    return DossierPage(number, as_jpeg(pixels.width, pixels.height, pixels.data), pixels.width, pixels.height)
