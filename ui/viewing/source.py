"""What the viewer needs from whoever opens documents; the services satisfy it as they are.

Every method is called off the GUI thread, may block, and raises a ``UserFacingError`` with the sentence that the
viewer then shows in place of the page.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from app.domain.ids import Sha256

Box = tuple[int, int, int, int]


class OverviewLike(Protocol):
    """What is known once a document is open. With ``sheets`` it is a spreadsheet, without pages it is text."""

    @property
    def pages(self) -> int: ...
    @property
    def sheets(self) -> tuple[str, ...]: ...
    @property
    def width(self) -> int:
        """Pixels, for a picture; 0 for everything else."""


class SizeLike(Protocol):
    """A page as displayed: 1/100 pt, or pixels for a picture."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


class PixelsLike(SizeLike, Protocol):
    """Rows from the top, each pixel the bytes blue, green, red, 255."""

    @property
    def stride(self) -> int: ...
    @property
    def data(self) -> bytes: ...


class WordLike(Protocol):
    """A word and where it stands on the page as displayed."""

    @property
    def text(self) -> str: ...
    @property
    def box(self) -> Box: ...
    @property
    def starts_line(self) -> bool: ...
    @property
    def after_space(self) -> bool: ...


class WordsLike(Protocol):
    """The words of one page in the order of the document."""

    @property
    def words(self) -> Sequence[WordLike]: ...


class CellLike(Protocol):
    """One cell; formulas are never calculated."""

    @property
    def text(self) -> str: ...


class RowsLike(Protocol):
    """A window of rows of one sheet."""

    @property
    def first(self) -> int: ...
    @property
    def total_rows(self) -> int: ...
    @property
    def columns(self) -> int: ...
    @property
    def rows(self) -> Sequence[Sequence[CellLike]]: ...


class OutlineEntryLike(Protocol):
    """One line of a document's own table of contents; ``page`` is None where it leads nowhere."""

    @property
    def level(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def page(self) -> int | None: ...


class OutlineLike(Protocol):
    """A document's own table of contents in reading order, nested by level."""

    @property
    def entries(self) -> Sequence[OutlineEntryLike]: ...
    @property
    def is_cut(self) -> bool:
        """There was more than is handed on."""


class TextLike(Protocol):
    """A document of words."""

    def plain(self) -> str:
        """The text that anchors count characters in."""


class OpenDocument(Protocol):
    """One document that is open in the decoding child."""

    @property
    def overview(self) -> OverviewLike: ...
    def page_sizes(self, *, first: int = 1, count: int | None = None) -> Sequence[SizeLike]: ...
    def render(self, page: int, *, width: int, rotation: int = 0) -> PixelsLike: ...
    def words(self, page: int) -> WordsLike: ...
    def outline(self) -> OutlineLike: ...
    def sheet(self, sheet: int, *, first: int = 1, limit: int = 200) -> RowsLike: ...
    def text(self) -> TextLike: ...
    def close(self) -> None: ...


OpenSource = Callable[[Sha256], OpenDocument]
