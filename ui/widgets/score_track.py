"""The ruler itself: 0 to 100 % in the rubric's steps, its bands, the points they are worth, and the stop of a cap."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.domain.rubric import Indicator, Rubric
from app.i18n import _
from ui.theme import look, px
from ui.tokens import Size, Space, Type

_BAR: Final = 16
_KNOB: Final = 7
_BEGIN_PERCENT: Final = 50  # where arrow keys begin while there is no value
_WIDTH: Final = 240


class ScoreTrack(QSlider):
    """A slider, so that assistive technology knows role, value and range.

    Signals:
        previewed: while the pointer moves; a step.
        picked: the person chose a step.
        typed: a character for the field, when the keyboard is here.
    """

    previewed = Signal(int)
    picked = Signal(int)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to the field, which knows the same keys
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setRange(0, 100)
        self._rubric: Rubric | None = None
        self._indicator: Indicator | None = None
        self._percent: int | None = None
        self._is_void = False
        self._is_capped = False
        self._dimension = 0

    def show_indicator(self, rubric: Rubric, indicator: Indicator, *, dimension: int) -> None:
        """Show the bands and points of *indicator*, in the hue of its dimension (0 to 5)."""
        self._rubric, self._indicator = rubric, indicator
        self._dimension = dimension
        self.setSingleStep(rubric.step_percent)
        self.setPageStep(4 * rubric.step_percent)
        self.setAccessibleName(f"{indicator.number} {indicator.name}")
        self.show_value(None, is_void=False, is_capped=False)

    def show_value(self, percent: int | None, *, is_void: bool, is_capped: bool) -> None:
        """Show *percent*; *is_void* where the indicator has none by decision, *is_capped* where the cap holds."""
        self._percent, self._is_void, self._is_capped = percent, is_void, is_capped
        self.setValue(percent or 0)
        self.update()

    def percent(self) -> int | None:
        """What is shown."""
        return self._percent

    def highest(self) -> int:
        """100, or the cap if it holds."""
        cap = self._indicator.cap if self._indicator else None
        return cap.max_percent if cap and self._is_capped else 100

    def stepped(self, steps: int) -> int:
        """Where *steps* steps from here lead; from nowhere they lead to the middle."""
        if self._percent is None:
            return min(_BEGIN_PERCENT, self.highest())
        return self._bounded(self._percent + steps * self.singleStep())

    def banded(self, bands: int) -> int:
        """The beginning of the next or the previous band."""
        if self._rubric is None or self._percent is None:
            return self.stepped(0)
        starts = [band.low for band in self._rubric.bands]
        if bands > 0:
            return self._bounded(next((start for start in starts if start > self._percent), 100))
        return self._bounded(next((start for start in reversed(starts) if start < self._percent), 0))

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH), 2 * self._label_height() + px(_BAR) + px(Space.HALF))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        bands: dict[int, int] = {Qt.Key.Key_PageDown: -1, Qt.Key.Key_PageUp: 1}
        ends: dict[int, int] = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.highest()}
        key = event.key()  # an int: not every key of every keyboard is in the enumeration
        if key in steps:
            self.picked.emit(self.stepped(steps[key]))
        elif key in bands:
            self.picked.emit(self.banded(bands[key]))
        elif key in ends:
            self.picked.emit(ends[key])
        elif event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            event.ignore()  # Tab, Enter and Esc belong to the form

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.previewed.emit(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.previewed.emit(self._at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit(self._at(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # turning the wheel over the form scrolls it and never changes a score

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._rubric is None or self._indicator is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look().font(Type.SMALL))
        self._paint_bands(painter, self._rubric)
        self._paint_labels(painter, self._rubric, self._indicator)
        self._paint_cap(painter, self._indicator)
        self._paint_knob(painter)
        painter.end()

    def _paint_bands(self, painter: QPainter, rubric: Rubric) -> None:
        bar = self._bar()
        half = rubric.step_percent / 2
        for number, band in enumerate(rubric.bands):
            left = self._x(max(0.0, band.low - half))
            right = self._x(min(100.0, band.high + half))
            is_here = self._percent is not None and band.low <= self._percent <= band.high
            ground = "accent_soft" if is_here else ("hover" if number % 2 else "sunken")
            painter.fillRect(QRectF(left, bar.top(), right - left, bar.height()), look().colour(ground))
        if self._percent:
            done = QRectF(bar.left(), bar.center().y() - 2, self._x(self._percent) - bar.left(), 4)
            painter.fillRect(done, self._colour())
        painter.setPen(QPen(look().colour("line_strong"), Space.HAIR))
        for percent in range(0, 101, rubric.step_percent):
            x = self._x(percent)
            painter.drawLine(QPointF(x, bar.bottom() - px(Space.HALF)), QPointF(x, bar.bottom()))

    def _paint_labels(self, painter: QPainter, rubric: Rubric, indicator: Indicator) -> None:
        bar, height = self._bar(), self._label_height()
        painter.setPen(look().colour("disabled" if self._is_void else "muted"))
        for percent in [*(band.low for band in rubric.bands), 100]:
            x = self._x(percent)
            box = QRectF(x - px(Size.ROW) / 2, bar.top() - height, px(Size.ROW), height)
            centre = int(Qt.AlignmentFlag.AlignCenter)
            painter.drawText(box, centre, str(percent))
            box.moveTop(bar.bottom())
            painter.drawText(box, centre, str(indicator.weight * percent // 100))
        for top, sign in ((bar.top() - height, "%"), (bar.bottom(), _("pt"))):
            box = QRectF(self.width() - px(Size.ICON), top, px(Size.ICON), height)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), sign)

    def _paint_cap(self, painter: QPainter, indicator: Indicator) -> None:
        if indicator.cap is None:
            return
        bar = self._bar()
        x = self._x(indicator.cap.max_percent + self.singleStep() / 2)
        painter.setPen(
            QPen(look().colour("warn"), 2, Qt.PenStyle.SolidLine if self._is_capped else Qt.PenStyle.DotLine)
        )
        painter.drawLine(QPointF(x, bar.top() - px(Space.HALF)), QPointF(x, bar.bottom() + px(Space.HALF)))
        if self._is_capped:
            beyond = QRectF(x, bar.top(), bar.right() - x, bar.height())
            painter.fillRect(beyond, QBrush(look().colour("warn"), Qt.BrushStyle.BDiagPattern))

    def _paint_knob(self, painter: QPainter) -> None:
        bar = self._bar()
        if self.hasFocus():
            painter.setPen(QPen(look().colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar.adjusted(-4, -2, 4, 2), 4, 4)
        if self._percent is None:
            return
        painter.setPen(QPen(look().colour("surface"), 2))
        painter.setBrush(self._colour())
        painter.drawEllipse(QPointF(self._x(self._percent), bar.center().y()), px(_KNOB), px(_KNOB))

    def _colour(self) -> QColor:
        hues = look().colours.dimensions
        return look().colour(hues[self._dimension % len(hues)])

    def _label_height(self) -> int:
        return px(Type.SMALL) + px(Space.HALF)

    def _bar(self) -> QRectF:
        side = px(Space.ROOM)
        return QRectF(side, self._label_height(), self.width() - 2 * side - px(Size.ICON), px(_BAR))

    def _x(self, percent: float) -> float:
        bar = self._bar()
        return bar.left() + bar.width() * percent / 100

    def _at(self, x: float) -> int:
        bar = self._bar()
        share = (x - bar.left()) / max(1.0, bar.width()) * 100
        return self._bounded(round(share / self.singleStep()) * self.singleStep())

    def _bounded(self, percent: int) -> int:
        return max(0, min(self.highest(), percent))
