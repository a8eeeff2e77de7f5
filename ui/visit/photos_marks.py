"""What is drawn on a copy of a photograph, in fractions of the picture, so that it fits any size of it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from ui import tokens

_PEN: Final = 0.004  # of the diagonal: seen on a printed page, and on a screen
_HEAD: Final = 0.028
_SPREAD: Final = math.radians(26)
_SMALLEST: Final = 0.01
_QUALITY: Final = 90


class MarkKind(Enum):
    """What can be drawn."""

    ARROW = "arrow"
    BOX = "box"
    BLACK_OUT = "black_out"


@dataclass(frozen=True, slots=True)
class Mark:
    """From one point to another: an arrow points at the second, a box and a black-out lie between them."""

    kind: MarkKind
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def is_visible(self) -> bool:
        """Whether it is more than a click."""
        return math.hypot(self.x2 - self.x1, self.y2 - self.y1) >= _SMALLEST

    def moved(self, right: float, down: float) -> "Mark":
        """The same elsewhere, still within the picture."""
        right = min(max(right, -min(self.x1, self.x2)), 1 - max(self.x1, self.x2))
        down = min(max(down, -min(self.y1, self.y2)), 1 - max(self.y1, self.y2))
        return replace(self, x1=self.x1 + right, y1=self.y1 + down, x2=self.x2 + right, y2=self.y2 + down)

    def ending_at(self, x: float, y: float) -> "Mark":
        """The same up to another point."""
        return replace(self, x2=min(max(x, 0.0), 1.0), y2=min(max(y, 0.0), 1.0))


def middle(kind: MarkKind) -> Mark:
    """One in the middle of the picture, for the keyboard to move."""
    return Mark(kind, 0.4, 0.4, 0.6, 0.6)


def paint_marks(painter: QPainter, place: QRectF, marks: Iterable[Mark]) -> None:
    """Draw *marks* over the picture at *place*; the same colours in every theme, because they end up on paper."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    diagonal = math.hypot(place.width(), place.height())
    for mark in marks:
        start = _at(place, mark.x1, mark.y1)
        end = _at(place, mark.x2, mark.y2)
        if mark.kind is MarkKind.BLACK_OUT:
            painter.fillRect(QRectF(start, end).normalized(), QColor(tokens.LIGHT.text))
            continue
        for colour, width in ((tokens.LIGHT.paper, 2.2), (tokens.LIGHT.bad, 1.0)):
            pen = QPen(QColor(colour), max(1.0, diagonal * _PEN) * width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            if mark.kind is MarkKind.BOX:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(start, end).normalized())
            else:
                painter.setBrush(QColor(colour))
                painter.drawLine(start, end)
                painter.drawPolygon(_head(start, end, diagonal * _HEAD))
    painter.restore()


def marked_copy(image: QImage, marks: Iterable[Mark]) -> bytes:
    """*image* with *marks* burnt in, as a JPEG without any camera data; safe off the GUI thread."""
    canvas = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    paint_marks(painter, QRectF(QPointF(0, 0), QSizeF(canvas.size())), marks)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    canvas.save(buffer, "JPG", _QUALITY)  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())


def _at(place: QRectF, x: float, y: float) -> QPointF:
    return QPointF(place.left() + x * place.width(), place.top() + y * place.height())


def _head(start: QPointF, end: QPointF, length: float) -> QPolygonF:
    angle = math.atan2(end.y() - start.y(), end.x() - start.x())
    wings = [
        QPointF(end.x() - length * math.cos(angle + turn), end.y() - length * math.sin(angle + turn))
        for turn in (_SPREAD, -_SPREAD)
    ]
    return QPolygonF([end, *wings])
