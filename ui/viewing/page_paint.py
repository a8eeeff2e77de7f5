"""What is laid over a page, or in its place: tints, an edge that is seen on any photograph, a tile with a sentence."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.i18n import _
from ui.look import look, px
from ui.tokens import Space, Type


def paint_tints(painter: QPainter, tints: Iterable[tuple[QRectF, str]]) -> None:
    """Boxes in the view's pixels, each with its colour as ``#rrggbb``; letters under them stay black."""
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for box, colour in tints:
        painter.fillRect(box, look().colour(colour))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def paint_edge(painter: QPainter, box: QRectF) -> None:
    """Two lines around a part of a picture: its tint cannot be seen where the picture is dark."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, out in (("paper", 2.5), ("accent", 1.0)):
        painter.setPen(QPen(look().colour(name), 1.5))
        painter.drawRect(box.adjusted(-out, -out, out, out))


def paint_tile(painter: QPainter, rect: QRectF, *, seen: QRectF, sentence: str) -> None:
    """*sentence* in place of a page at *rect*, in the middle of what is *seen* of it."""
    painter.fillRect(rect, look().colour("surface"))
    painter.setPen(QPen(look().colour("line_strong"), Space.HAIR, Qt.PenStyle.DashLine))
    painter.drawRect(rect)
    middle = seen.adjusted(px(Space.PAGE), 0, -px(Space.PAGE), 0)
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    painter.setFont(look().font(Type.BODY))
    painter.setPen(look().colour("text"))
    again = _("Click here to try again.")
    painter.drawText(middle, flags, f"{sentence}\n\n{again}")
