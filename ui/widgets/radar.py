"""The six dimensions at a glance, each in its hue and with its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.radar import FEWEST_AXES, RadarShape, Spoke, radar
from app.i18n import _
from ui.theme import look, px
from ui.tokens import Space, Type
from ui.widgets.plain_label import plain

_LABEL_WIDTH: Final = 84
_NARROW_LABEL: Final = 56
_HEIGHT: Final = 176
_WIDTH: Final = 260
_SMALLEST: Final = 120
_FILL_OPACITY: Final = 40


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One dimension.

    Attributes:
        value: share of its weight from 0 to 1, or ``None`` where nothing was judged.
        text: the value in words, such as “126/160”.
    """

    name: str
    value: float | None
    text: str


class Radar(QWidget):
    """Draws what it is shown; without axes it draws nothing."""

    def __init__(self, parent: QWidget | None = None, *, is_narrow: bool = False) -> None:
        """*is_narrow* for a column beside something else: room for names of four characters."""
        super().__init__(parent)
        self._axes: tuple[RadarAxis, ...] = ()
        self._label_width = _NARROW_LABEL if is_narrow else _LABEL_WIDTH
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_axes(self, axes: Sequence[RadarAxis]) -> None:
        """Show these dimensions, in the order of Article 13."""
        self._axes = tuple(axes)
        self.setAccessibleName(_("Radar of the dimensions"))
        missing = _("no value")
        spoken = [f"{plain(axis.name)} {missing if axis.value is None else axis.text}" for axis in axes]
        self.setAccessibleDescription("; ".join(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH - 2 * (_LABEL_WIDTH - self._label_width)), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() - px(Space.PAGE), px(_SMALLEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._axes) < FEWEST_AXES:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look().font(Type.SMALL))
        line = painter.fontMetrics().height()
        shape = self._shape(2 * line)
        lines = 2
        if _radius(shape) < 2 * line + px(Space.HALF):  # two lines of two neighbours would lie over each other
            shape, lines = self._shape(line), 1
        self._paint_web(painter, shape)
        self._paint_outline(painter, shape)
        for number, (axis, spoke) in enumerate(zip(self._axes, shape.spokes, strict=True)):
            self._paint_axis(painter, axis, spoke, hue=self._hue(number), lines=lines)
        painter.end()

    def _shape(self, label_height: int) -> RadarShape:
        gap = px(Space.HALF)
        across = self.width() / 2 - px(self._label_width)
        upright = self.height() / 2 - label_height - gap
        radius = max(float(px(Space.BETWEEN)), min(across * 1.1, upright))
        values = [axis.value for axis in self._axes]
        return radar(values, centre=(self.width() / 2, self.height() / 2), radius=radius, label_gap=gap)

    @staticmethod
    def _hue(number: int) -> QColor:
        hues = look().colours.dimensions
        return look().colour(hues[number % len(hues)])

    @staticmethod
    def _paint_web(painter: QPainter, shape: RadarShape) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look().colour("line"), Space.HAIR))
        for ring in shape.rings:
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in ring]))
        for spoke in shape.spokes:
            painter.drawLine(QPointF(*shape.centre), QPointF(*spoke.end))

    @staticmethod
    def _paint_outline(painter: QPainter, shape: RadarShape) -> None:
        line = look().colour("accent")
        painter.setPen(QPen(line, 1.5))
        if shape.is_closed:
            fill = QColor(line)
            fill.setAlpha(_FILL_OPACITY)
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in shape.stretches[0]]))
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stretch in shape.stretches:
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in stretch]))

    def _paint_axis(self, painter: QPainter, axis: RadarAxis, spoke: Spoke, *, hue: QColor, lines: int) -> None:
        if spoke.value is not None:
            painter.setPen(QPen(look().colour("surface"), Space.HAIR))
            painter.setBrush(hue)
            painter.drawEllipse(QPointF(*spoke.value), px(Space.HALF), px(Space.HALF))
        line = painter.fontMetrics().height()
        width = float(px(self._label_width) - px(Space.HALF))
        x, y = spoke.label
        left = {-1: x - width - px(Space.HALF), 0: x - width / 2, 1: x + px(Space.HALF)}[spoke.side]
        top = y - lines * line / 2 if spoke.side else (y - lines * line if y < self.height() / 2 else y)
        across = {-1: Qt.AlignmentFlag.AlignRight, 0: Qt.AlignmentFlag.AlignHCenter, 1: Qt.AlignmentFlag.AlignLeft}
        flags = int(across[spoke.side] | Qt.AlignmentFlag.AlignVCenter)
        name = painter.fontMetrics().elidedText(plain(axis.name), Qt.TextElideMode.ElideRight, int(width))
        painter.setPen(hue)
        painter.drawText(QRectF(left, top, width, line), flags, name)
        if lines == 1:
            return
        painter.setPen(look().colour("muted"))
        told = axis.text if axis.value is not None else "—"
        if painter.fontMetrics().horizontalAdvance(told) > width:
            told = told.partition("/")[0]  # a cut figure would be a wrong one
        painter.drawText(QRectF(left, top + line, width, line), flags, told)


def _radius(shape: RadarShape) -> float:
    return shape.centre[1] - shape.spokes[0].end[1]
