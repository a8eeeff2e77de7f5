"""Where every page of a document stands in one long column, for a zoom, a rotation and a width of window."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ui.viewing.source import Box, SizeLike

POINT_UNITS: Final = 100
DPI_PER_POINT: Final = 96 / 72
STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)


class Fit(Enum):
    """How large a page is shown."""

    WIDTH = "width"
    PAGE = "page"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class Zoom:
    """A fit, or a factor of the real size."""

    fit: Fit = Fit.WIDTH
    factor: float = 1.0

    def stepped(self, steps: int, shown: float) -> "Zoom":
        """The next larger or smaller factor, from the one that is *shown* now."""
        if steps > 0:
            return Zoom(Fit.FACTOR, next((step for step in STEPS if step > shown * 1.01), STEPS[-1]))
        return Zoom(Fit.FACTOR, next((step for step in reversed(STEPS) if step < shown * 0.99), STEPS[0]))


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Pages below each other, centred. Lengths are logical pixels; pages count from 1.

    Attributes:
        sizes: of the pages as displayed, in 1/100 pt or, for a picture, in pixels.
        rects: where each page stands in the column.
        scales: pixels per unit, page by page.
    """

    sizes: tuple[tuple[int, int], ...]
    rotation: int
    rects: tuple[QRectF, ...]
    scales: tuple[float, ...]
    natural: float
    _tops: tuple[float, ...]

    @classmethod
    def of(
        cls,
        sizes: Sequence[SizeLike],
        *,
        is_picture: bool,
        zoom: Zoom,
        rotation: int,
        room: QSizeF,
        gap: float,
        scale: float = 1.0,
    ) -> "PageLayout":
        """Lay out *sizes* in *room*, *gap* apart; *scale* is that of the window's letters."""
        natural = 1.0 if is_picture else DPI_PER_POINT / POINT_UNITS * scale
        plain = tuple((size.width, size.height) for size in sizes)
        turned = [(high, wide) if rotation % 180 else (wide, high) for wide, high in plain]
        scales = tuple(_scale(size, zoom, natural, room=room, gap=gap) for size in turned)
        boxes = [(wide * s, high * s) for (wide, high), s in zip(turned, scales, strict=True)]
        widest = max([room.width(), *(wide + 2 * gap for wide, _high in boxes)])
        tops = tuple(accumulate((high + gap for _wide, high in boxes), initial=gap))
        rects = tuple(
            QRectF((widest - wide) / 2, top, wide, high) for (wide, high), top in zip(boxes, tops, strict=False)
        )
        return cls(plain, rotation, rects, scales, natural, tops)

    @property
    def extent(self) -> QSizeF:
        """Of the whole column."""
        if not self.rects:
            return QSizeF(0, 0)
        widest = max(rect.left() + rect.right() for rect in self.rects)
        return QSizeF(widest, self._tops[-1])

    def factor(self, page: int) -> float:
        """How large *page* is shown, 1 being its real size."""
        return self.scales[page - 1] / self.natural if self.scales else 1.0

    def page_at(self, y: float) -> int:
        """The page at height *y*, or the one just above the gap there."""
        return max(1, min(len(self.rects), bisect_right(self._tops, y)))

    def pages_between(self, top: float, bottom: float) -> range:
        """Every page of which something can be seen between two heights."""
        return range(self.page_at(top), self.page_at(bottom) + 1) if self.rects else range(0)

    def to_page(self, page: int, point: QPointF) -> tuple[int, int]:
        """A point of the column in the units of *page* as displayed, kept inside the page."""
        rect, scale = self.rects[page - 1], self.scales[page - 1]
        wide, high = self.sizes[page - 1]
        x, y = (point.x() - rect.left()) / scale, (point.y() - rect.top()) / scale
        x, y = {0: (x, y), 90: (y, high - x), 180: (wide - x, high - y), 270: (wide - y, x)}[self.rotation]
        return max(0, min(wide, round(x))), max(0, min(high, round(y)))

    def to_view(self, page: int, box: Box) -> QRectF:
        """Where a box of *page* stands in the column."""
        rect, scale = self.rects[page - 1], self.scales[page - 1]
        wide, high = self.sizes[page - 1]
        x0, y0, x1, y1 = box
        left, top, right, bottom = {
            0: (x0, y0, x1, y1),
            90: (high - y1, x0, high - y0, x1),
            180: (wide - x1, high - y1, wide - x0, high - y0),
            270: (y0, wide - x1, y1, wide - x0),
        }[self.rotation]
        return QRectF(
            rect.left() + left * scale, rect.top() + top * scale, (right - left) * scale, (bottom - top) * scale
        )


def _scale(size: tuple[int, int], zoom: Zoom, natural: float, *, room: QSizeF, gap: float) -> float:
    wide, high = size
    across = max(1.0, room.width() - 2 * gap) / wide
    if zoom.fit is Fit.WIDTH:
        return across
    if zoom.fit is Fit.PAGE:
        return min(across, max(1.0, room.height() - 2 * gap) / high)
    return natural * zoom.factor
