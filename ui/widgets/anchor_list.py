"""What an indicator looks like at four heights; the one the value falls into lights up."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.rubric import HEIGHTS, Anchors, Height, height_of
from app.i18n import _
from ui.theme import look, px
from ui.tokens import Size, Space, Type
from ui.widgets.plain_label import plain

_RANGE_WIDTH: Final = 62
_LONGEST: Final = 300
_FLAGS: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class AnchorList(QWidget):
    """Four lines, the lowest first, each with the range it speaks about.

    Signals:
        picked: somebody pressed a line; the lowest percentage of its range.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[Height, str, str], ...] = ()
        self._lit: Height | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("What each height looks like"))

    def show_anchors(self, anchors: Anchors, step_percent: int) -> None:
        """Show the four texts of one indicator."""
        texts = {
            Height.LOW: anchors.low,
            Height.PASSING: anchors.passing,
            Height.GOOD: anchors.good,
            Height.TOP: anchors.top,
        }
        ends = [start - step_percent for _name, start in HEIGHTS[1:]] + [100]
        self._lines = tuple(
            (height, f"{start}–{end} %", plain(texts[height], _LONGEST))
            for (height, start), end in zip(HEIGHTS, ends, strict=True)
        )
        self._lit = None
        self.updateGeometry()
        self.update()

    def light(self, percent: int | None) -> None:
        """Light up the line that speaks about *percent*."""
        lit = None if percent is None else height_of(percent)
        if lit is not self._lit:
            self._lit = lit
            spoken = next((f"{scope}: {text}" for height, scope, text in self._lines if height is lit), "")
            self.setAccessibleDescription(spoken)
            self.update()

    def lit(self) -> Height | None:
        """The line that is lit."""
        return self._lit

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(rect.height() for rect in self._rects(width)) or px(Size.ROW)

    def sizeHint(self) -> QSize:
        width = self.width() or px(Size.DIALOG_WIDTH)
        return QSize(px(Size.DIALOG_WIDTH) // 2, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width() or px(Size.DIALOG_WIDTH)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        starts = dict(HEIGHTS)
        for (height, _scope, _text), rect in zip(self._lines, self._rects(self.width()), strict=True):
            if rect.contains(event.position().toPoint()):
                self.picked.emit(starts[height])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look().font(Type.SMALL))
        for (height, scope, text), rect in zip(self._lines, self._rects(self.width()), strict=True):
            is_lit = height is self._lit
            if is_lit:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look().colour("accent_soft"))
                painter.drawRoundedRect(rect, px(Size.CORNER), px(Size.CORNER))
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look().colour("accent"))
            painter.setPen(look().colour("text" if is_lit else "muted"))
            inner = rect.adjusted(px(Space.INSIDE), 0, -px(Space.HALF), 0)
            painter.drawText(QRect(inner.left(), rect.top(), px(_RANGE_WIDTH), rect.height()), _FLAGS, scope)
            painter.drawText(inner.adjusted(px(_RANGE_WIDTH), 0, 0, 0), _FLAGS, text)
        painter.end()

    def _rects(self, width: int) -> list[QRect]:
        metrics = QFontMetrics(look().font(Type.SMALL))
        room = max(1, width - px(_RANGE_WIDTH) - px(Space.INSIDE) - px(Space.HALF))
        rects: list[QRect] = []
        top = 0
        for _height, _scope, text in self._lines:
            height = metrics.boundingRect(0, 0, room, 10_000, _FLAGS, text).height() + px(Space.INSIDE)
            rects.append(QRect(0, top, width, height))
            top += height
        return rects
