"""What every open document can be asked; most kinds can answer only a part of it."""

from typing import NoReturn

from app.decoding.readers.canvas import Canvas
from app.decoding.replies import DocumentText, Outline, Overview, PageSizes, PageWords, Raster, SheetRows


class WrongKindError(Exception):
    """Asked for something this kind of document does not have; the parent never does."""


class Reader:
    """A document held open in the child."""

    overview: Overview

    def close(self) -> None:
        """Give back what Python does not manage."""

    def page_sizes(self, first: int, count: int) -> PageSizes:
        """Sizes of *count* pages from *first* on."""
        self._not_mine(first, count)

    def render(self, page: int, *, width: int, height: int, rotation: int, canvas: Canvas) -> Raster:
        """Draw a page onto *canvas*, within *width* x *height*, turned clockwise on top of its own rotation."""
        self._not_mine(page, width, height, rotation, canvas)

    def words(self, page: int) -> PageWords:
        """Words with boxes in the frame of the anchors."""
        self._not_mine(page)

    def outline(self) -> Outline:
        """Bookmarks."""
        self._not_mine()

    def rows(self, sheet: int, *, first: int, limit: int) -> SheetRows:
        """A window of a sheet, from row *first* on."""
        self._not_mine(sheet, first, limit)

    def text(self) -> DocumentText:
        """Paragraphs and tables in order."""
        self._not_mine()

    def _not_mine(self, *_asked: object) -> NoReturn:
        raise WrongKindError
