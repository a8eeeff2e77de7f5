"""One place that was found, in one narrow line: where it is, and the words themselves, lit up in the middle."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.desk_searching import Hit
from ui.theme import look, px
from ui.tokens import Space

HIT: Final = Qt.ItemDataRole.UserRole
"""The :class:`SearchLine` of a row."""
_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class SearchLine:
    """*place*: document and page; *snippet*, *start*, *end*: as in a :class:`Hit`."""

    place: str
    snippet: str
    start: int
    end: int

    @classmethod
    def of(cls, place: str, hit: Hit) -> "SearchLine":
        return cls(place, hit.snippet, hit.start, hit.end)


def around_hit(line: SearchLine, room: int, width: Callable[[str], int]) -> tuple[str, str, str]:
    """What stands before the hit, the hit, and what stands after it, as much of each as *room* has place for.

    The hit stays in the middle of its words; what one side does not need the other one gets. A cut end says so.

    Args:
        room: pixels.
        width: how many pixels a text needs.
    """

    def fits(first: int, last: int) -> bool:
        return first >= 0 and last <= len(line.snippet) and sum(map(width, _pieces(line, first, last))) <= room

    first, last = line.start, line.end
    if not fits(first, last):
        return "", line.snippet[first:last], ""
    is_growing = True
    while is_growing:
        is_left = fits(first - 1, last)
        first -= is_left
        is_right = fits(first, last + 1)
        last += is_right
        is_growing = is_left or is_right
    return _pieces(line, first, last)


def _pieces(line: SearchLine, first: int, last: int) -> tuple[str, str, str]:
    before, after = line.snippet[first : line.start], line.snippet[line.end : last]
    return (
        _CUT + before if first > 0 else before,
        line.snippet[line.start : line.end],
        after + _CUT if last < len(line.snippet) else after,
    )


class SearchLineDelegate(QStyledItemDelegate):
    """Paints what a row holds under :data:`HIT`."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(HIT)
        if not isinstance(line, SearchLine):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        room, metrics = option.rect.adjusted(px(Space.INSIDE), 0, -px(Space.INSIDE), 0), option.fontMetrics
        room = self._put(painter, room, line.place, "muted", metrics).adjusted(px(Space.INSIDE), 0, 0, 0)
        before, hit, after = around_hit(line, room.width(), metrics.horizontalAdvance)
        room = self._put(painter, room, before, "text", metrics)
        height = metrics.height() + px(Space.HALF)
        lit = QRect(room.left(), room.center().y() - height // 2, metrics.horizontalAdvance(hit), height)
        painter.fillRect(lit.intersected(room), look().colour(look().colours.found))
        room = self._put(painter, room, hit, "text", metrics)
        self._put(painter, room, after, "text", metrics)
        painter.restore()

    def _put(self, painter: QPainter, room: QRect, text: str, colour: str, metrics: QFontMetrics) -> QRect:
        """Write *text* at the left of *room*; the room that is left."""
        painter.setPen(look().colour(colour))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        return room.adjusted(metrics.horizontalAdvance(text), 0, 0, 0)
