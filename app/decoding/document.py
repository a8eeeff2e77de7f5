"""An open document in the hands of the parent: questions with checked answers."""

from types import TracebackType
from typing import Final, Self, TypeVar

from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.pieces import Source
from app.decoding.protocol import (
    AskCodes,
    Asked,
    AskOutline,
    AskPageSizes,
    AskSheet,
    AskText,
    AskWords,
    Render,
)
from app.decoding.replies import (
    BYTES_PER_PIXEL,
    Codes,
    DocumentText,
    Outline,
    Overview,
    PageSize,
    PageSizes,
    PageWords,
    Pixels,
    Raster,
    SheetRows,
)
from app.decoding.seat import Seat
from app.domain.ids import Sha256

_SIZES_AT_ONCE: Final = 1_000
_THUMBNAIL_SIDE: Final = 160
_T = TypeVar("_T")


class Document:
    """Belongs to one child of the pool; asking is thread-safe and waits for its turn.

    Every method raises :class:`~app.decoding.errors.DecodingError` when the document turns out to be broken,
    too much, or fatal to the child. The next question works again.
    """

    def __init__(self, seat: Seat, source: Source, sha256: Sha256) -> None:
        self._seat, self._source = seat, source
        self.sha256 = sha256
        self.overview: Overview = seat.open(sha256, source)
        seat.load += 1
        self._is_open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def kind(self) -> FileKind:
        """By content."""
        return self.overview.kind

    def close(self) -> None:
        """The child may forget it."""
        if self._is_open:
            self._is_open = False
            self._seat.load -= 1
            self._seat.forget(self.sha256)

    def page_sizes(self, *, first: int = 1, count: int | None = None) -> tuple[PageSize, ...]:
        """Sizes of pages as displayed: 1/100 pt for PDF, pixels for pictures.

        Args:
            first: from 1.
            count: all that follow if None.
        """
        last = self.overview.pages if count is None else min(self.overview.pages, first + count - 1)
        sizes: list[PageSize] = []
        while (start := first + len(sizes)) <= last:
            wanted = min(_SIZES_AT_ONCE, last - start + 1)
            question = AskPageSizes(self.sha256, start, wanted)
            answer = self._ask(question, PageSizes, seconds=self._limits.open_seconds)
            if answer.first != start or len(answer.sizes) != wanted:
                raise self._seat.disbelieve()
            sizes += answer.sizes
        return tuple(sizes)

    def render(self, page: int, *, width: int, height: int | None = None, rotation: int = 0) -> Pixels:
        """A page as pixels.

        Args:
            page: from 1.
            width: pixels across; fewer where the page would become higher than *height* or exceed the limits.
            height: pixels down at most; as many as the shape of the page asks for if None.
            rotation: 0, 90, 180 or 270 degrees clockwise on top of the page's own.
        """
        self._demand(self.kind.has_pages and 1 <= page <= self.overview.pages and rotation in (0, 90, 180, 270))
        self._demand(width > 0 and (height is None or height > 0))
        side = self._limits.render_side
        asked = Render(self.sha256, page, min(width, side), min(height or side, side), rotation)
        raster, data = self._seat.ask(
            asked, self.sha256, self._source, expect=Raster, seconds=self._limits.page_seconds
        )
        if raster.width > asked.width or raster.height > asked.height or len(data) != raster.byte_count:
            raise self._seat.disbelieve()
        return Pixels(raster.width, raster.height, raster.width * BYTES_PER_PIXEL, data)

    def thumbnail(self, page: int, *, side: int = _THUMBNAIL_SIDE) -> Pixels:
        """A page within a square of *side* pixels."""
        return self.render(page, width=side, height=side)

    def words(self, page: int) -> PageWords:
        """Words of a PDF page with their boxes."""
        self._demand(self.kind is FileKind.PDF and 1 <= page <= self.overview.pages)
        found = self._ask(AskWords(self.sha256, page), PageWords, seconds=self._limits.page_seconds)
        if len(found.words) > self._limits.words_per_page:
            raise self._seat.disbelieve()
        return found

    def codes(self, page: int) -> tuple[str, ...]:
        """What the QR codes of a page hold, however it is turned; bounded in number and length."""
        self._demand(self.kind.has_pages and 1 <= page <= self.overview.pages)
        return self._ask(AskCodes(self.sha256, page), Codes, seconds=self._limits.page_seconds).texts

    def outline(self) -> Outline:
        """Bookmarks of a PDF."""
        self._demand(self.kind is FileKind.PDF)
        found = self._ask(AskOutline(self.sha256), Outline, seconds=self._limits.page_seconds)
        pages = self.overview.pages
        if any(entry.page is not None and entry.page > pages for entry in found.entries):
            raise self._seat.disbelieve()
        return found

    def sheet(self, sheet: int, *, first: int = 1, limit: int = 200) -> SheetRows:
        """Rows of a sheet of a workbook, both counted from 1."""
        self._demand(1 <= sheet <= len(self.overview.sheets) and first >= 1 and limit >= 1)
        question = AskSheet(self.sha256, sheet, first, limit)
        found = self._ask(question, SheetRows, seconds=self._limits.sheet_seconds)
        if found.first != first or len(found.rows) > limit or found.columns > self._limits.sheet_columns:
            raise self._seat.disbelieve()
        return found

    def text(self) -> DocumentText:
        """Paragraphs and tables of a Word document."""
        self._demand(self.kind is FileKind.DOCX)
        return self._ask(AskText(self.sha256), DocumentText, seconds=self._limits.open_seconds)

    @property
    def _limits(self) -> Limits:
        return self._seat.limits

    def _ask(self, question: Asked, expect: type[_T], *, seconds: float) -> _T:
        self._demand(self._is_open)
        return self._seat.ask(question, self.sha256, self._source, expect=expect, seconds=seconds)[0]

    @staticmethod
    def _demand(is_possible: bool, /) -> None:  # noqa: FBT001 - reads as "demand that"
        if not is_possible:
            raise ValueError("this document has no such page, sheet or text")
