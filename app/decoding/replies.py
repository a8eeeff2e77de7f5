"""What the child may answer. Every value checks itself when it is read, because the child is not trusted.

Pages, sheets and rows count from 1. Boxes are ``(x0, y0, x1, y1)`` in 1/100 pt with the origin at the top left
of the page as it is displayed (its CropBox after /Rotate), the frame evidence anchors are kept in.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from app.decoding.kinds import FileKind

BYTES_PER_PIXEL: Final = 4
COORDINATE_BOUND: Final = 100_000_000  # 1/100 pt: 14 km, far beyond the 200 inches a viewer must support
MOST_CODES: Final = 16  # on one page
LONGEST_CODE: Final = 512  # characters; ours are far shorter
Box = tuple[int, int, int, int]


def _check(condition: bool, what: str, /) -> None:  # noqa: FBT001 - reads as "check that"
    if not condition:
        raise ValueError(what)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a camera wrote beside the picture; where it was taken is never handed on, only that it says so."""

    taken_at: str | None = None  # "2026-05-17T14:03:22", the camera's own clock without a zone
    camera: str | None = None
    has_location: bool = False
    frames: int = 1  # only the first is ever decoded
    orientation: int = 1  # EXIF 1 to 8: what was done to show it upright

    def __post_init__(self) -> None:
        _check(self.taken_at is None or len(self.taken_at) == 19, "taken_at")
        _check(self.camera is None or (0 < len(self.camera) <= 80 and self.camera.isprintable()), "camera")
        _check(self.frames >= 1, "frames")
        _check(1 <= self.orientation <= 8, "orientation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is known once a document is open: enough for a list, not yet its content."""

    kind: FileKind
    pages: int = 0  # 1 for pictures, 0 for sheets and text
    is_encrypted: bool = False  # opens without a password and restricts printing or copying
    width: int = 0  # pictures: pixels after EXIF orientation
    height: int = 0
    sheets: tuple[str, ...] = ()
    picture: PictureFacts | None = None

    def __post_init__(self) -> None:
        _check(0 <= self.pages <= 1_000_000, "pages")
        _check(self.kind.has_pages == (self.pages > 0), "pages")
        _check(self.kind.is_image == (self.picture is not None) == (self.width > 0) == (self.height > 0), "picture")
        _check((self.kind is FileKind.XLSX) == bool(self.sheets), "sheets")
        _check(all(len(name) <= 255 for name in self.sheets), "sheet name")


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page as displayed: 1/100 pt for PDF, pixels for pictures."""

    width: int
    height: int

    def __post_init__(self) -> None:
        _check(0 < self.width <= COORDINATE_BOUND and 0 < self.height <= COORDINATE_BOUND, "page size")


@dataclass(frozen=True, slots=True)
class PageSizes:
    """Sizes of consecutive pages from ``first`` on; the child's answer, unwrapped by the pool."""

    first: int
    sizes: tuple[PageSize, ...]


@dataclass(frozen=True, slots=True)
class Raster:
    """Shape of the pixels that travel beside the reply."""

    width: int
    height: int

    def __post_init__(self) -> None:
        _check(self.width > 0 and self.height > 0, "raster")

    @property
    def byte_count(self) -> int:
        """Rows follow each other without padding."""
        return self.width * self.height * BYTES_PER_PIXEL


@dataclass(frozen=True, slots=True)
class Pixels:
    """An opaque picture: rows from the top, each pixel the bytes blue, green, red, 255 (Qt: ``Format_RGB32``)."""

    width: int
    height: int
    stride: int  # bytes from one row to the next
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check(self.width > 0 and self.height > 0 and self.stride == self.width * BYTES_PER_PIXEL, "stride")
        _check(len(self.data) == self.stride * self.height, "pixel data")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a gap, or one character of a script that writes without gaps."""

    text: str = field(repr=False)
    box: Box
    starts_line: bool = False  # a new line or paragraph begins here
    after_space: bool = False  # a blank stood before it

    def __post_init__(self) -> None:
        x0, y0, x1, y1 = self.box
        _check(0 < len(self.text) <= 1_000, "word")
        _check(x0 <= x1 and y0 <= y1 and all(abs(c) <= COORDINATE_BOUND for c in self.box), "box")


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page in the order the document writes them."""

    size: PageSize
    words: tuple[Word, ...] = field(repr=False)
    is_cut: bool = False  # there were more than the limit

    def text(self) -> str:
        """The page as running text, for search and for quoting."""
        parts: list[str] = []
        for word in self.words:
            if parts and word.starts_line:
                parts.append("\n")
            elif parts and word.after_space:
                parts.append(" ")
            parts.append(word.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One bookmark; ``page`` is None where it points outside the document."""

    level: int
    title: str = field(repr=False)
    page: int | None

    def __post_init__(self) -> None:
        _check(0 <= self.level <= 32 and (self.page is None or self.page >= 1), "outline entry")


@dataclass(frozen=True, slots=True)
class Outline:
    """Bookmarks in reading order, nested by level."""

    entries: tuple[OutlineEntry, ...] = field(repr=False)
    is_cut: bool = False  # loops, depth or number were cut off


class CellType(Enum):
    """What a cell holds. Formulas appear as the value stored with them; nothing is ever calculated."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``text`` is for display: dates as ISO, whole numbers without a point.

    ``raw`` is, for numbers, exactly what the file stores: a code typed as a number shows itself there by an
    exponent or by more than 15 digits, and what the display shows is then not what the applicant typed.
    """

    type: CellType
    text: str = field(default="", repr=False)
    raw: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        _check((self.type is CellType.EMPTY) == (self.text == ""), "cell text")
        _check((self.type is CellType.NUMBER) == (self.raw != "") and len(self.raw) <= 64, "cell number")


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A window of rows of one sheet; every row has ``columns`` cells."""

    name: str
    first: int
    total_rows: int  # up to the last row that holds anything
    columns: int
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column

    def __post_init__(self) -> None:
        _check(self.first >= 1 and self.total_rows >= 0 and self.columns >= 0, "sheet window")
        _check(len(self.rows) <= max(0, self.total_rows - self.first + 1), "sheet rows")
        _check(all(len(row) == self.columns for row in self.rows), "sheet columns")
        _check(all(1 <= r0 <= r1 and 1 <= c0 <= c1 for r0, c0, r1, c1 in self.merged), "merged cells")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph (``text``, ``heading`` 1 to 9 or 0) or a table (``rows`` of cell texts); one of the two."""

    text: str = field(default="", repr=False)
    heading: int = 0
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        _check(0 <= self.heading <= 9 and not (self.text and self.rows), "text block")

    def plain(self) -> str:
        """A paragraph as it is; table cells divided by tabs, rows by line ends."""
        return "\n".join("\t".join(row) for row in self.rows) if self.rows else self.text


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A Word document as words and tables; pictures are counted, not shown."""

    blocks: tuple[TextBlock, ...] = field(repr=False)
    pictures: int = 0
    is_cut: bool = False

    def __post_init__(self) -> None:
        _check(self.pictures >= 0, "pictures")

    def plain(self) -> str:
        """The text character anchors count in: blocks divided by one line end."""
        return "\n".join(block.plain() for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the QR codes of a page hold, each text once."""

    texts: tuple[str, ...] = field(repr=False)

    def __post_init__(self) -> None:
        _check(len(self.texts) <= MOST_CODES, "codes")
        _check(all(0 < len(text) <= LONGEST_CODE for text in self.texts), "code")


@dataclass(frozen=True, slots=True)
class Identified:
    """The kind alone."""

    kind: FileKind


@dataclass(frozen=True, slots=True)
class Nothing:
    """Done; there is nothing to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What the child could do for its own confinement; told plainly, so that the program can say it plainly."""

    memory_limited: bool
    network_isolated: bool
    files_isolated: bool
    privileges_dropped: bool
