"""One photograph as large as there is room, with what is drawn on it; everything also by keyboard."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from ui.theme import look, px
from ui.tokens import Size, Space
from ui.visit.photos_marks import Mark, MarkKind, middle, paint_marks

_ZOOMS: Final = (1.0, 1.5, 2.0, 3.0, 4.0)
_STEP: Final = 0.01
_PAN: Final = 0.1
_ARROWS: Final[dict[int, tuple[int, int]]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class PhotoCanvas(QWidget):
    """Draws with a tool, moves the picture without one.

    Signals:
        marks_changed: something was drawn, moved or taken away.
    """

    marks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._words = ""
        self._marks: list[Mark] = []
        self._begun: Mark | None = None
        self._tool: MarkKind | None = None
        self._zoom, self._centre = 0, QPointF(0.5, 0.5)
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("The photo"))
        self.setAccessibleDescription(
            _("With a tool, Insert draws in the middle; arrows move it, with Shift its end; Delete takes it away.")
        )

    def show_image(self, image: QImage | None, words: str = "") -> None:
        """Show *image* whole, or *words* where there is none."""
        self._image, self._words = image, words
        self._zoom, self._centre = 0, QPointF(0.5, 0.5)
        self.clear_marks()
        self.update()

    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def marks(self) -> tuple[Mark, ...]:
        """What is drawn, in the order it was."""
        return tuple(self._marks)

    def set_tool(self, tool: MarkKind | None) -> None:
        """What the mouse and Insert draw; ``None`` moves the picture."""
        self._tool = tool
        self.setCursor(Qt.CursorShape.CrossCursor if tool else Qt.CursorShape.ArrowCursor)

    def undo(self) -> None:
        """Take away what was drawn last."""
        if self._marks:
            self._marks.pop()
            self._changed()

    def clear_marks(self) -> None:
        """Take away everything that was drawn."""
        self._begun = None
        if self._marks:
            self._marks.clear()
            self._changed()

    def add(self, mark: Mark) -> None:
        """Draw *mark*."""
        self._marks.append(mark)
        self._changed()

    def zoom(self, steps: int) -> None:
        """Nearer or farther; 0 shows the whole."""
        self._zoom = min(max(self._zoom + steps, 0), len(_ZOOMS) - 1) if steps else 0
        if not self._zoom:
            self._centre = QPointF(0.5, 0.5)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(Size.READING_WIDTH), px(Size.READING_WIDTH) // 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(Size.THUMBNAIL), px(Size.THUMBNAIL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("sunken"))
        if self._image is None:
            painter.setPen(look().colour("muted"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(px(Space.PAGE), 0, -px(Space.PAGE), 0), flags, self._words)
        else:
            place = self._place()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
            paint_marks(painter, place, [*self._marks, *([self._begun] if self._begun else [])])
        if self.hasFocus():
            painter.setPen(QPen(look().colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        arrow = _ARROWS.get(key)
        if key == Qt.Key.Key_Insert and self._tool is not None and self._image is not None:
            self.add(middle(self._tool))
        elif key == Qt.Key.Key_Delete:
            self.undo()
        elif arrow is not None and self._tool is not None and self._marks:
            last, (right, down) = self._marks[-1], arrow
            is_end = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._marks[-1] = (
                last.ending_at(last.x2 + right * _STEP, last.y2 + down * _STEP)
                if is_end
                else last.moved(right * _STEP, down * _STEP)
            )
            self._changed()
        elif arrow is not None and self._zoom:
            self._pan(arrow[0] * _PAN / _ZOOMS[self._zoom], arrow[1] * _PAN / _ZOOMS[self._zoom])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._image is None:
            super().mousePressEvent(event)
            return
        self._held = event.position()
        if self._tool is not None:
            point = self._fraction(event.position())
            self._begun = Mark(self._tool, point.x(), point.y(), point.x(), point.y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._begun is not None:
            point = self._fraction(event.position())
            self._begun = self._begun.ending_at(point.x(), point.y())
            self.update()
        elif self._held is not None and self._zoom:
            moved, place = event.position() - self._held, self._place()
            self._held = event.position()
            self._pan(-moved.x() / place.width(), -moved.y() / place.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        begun, self._begun = self._begun, None
        if begun is not None and begun.is_visible:
            self.add(begun)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y()
        if steps:
            self.zoom(1 if steps > 0 else -1) if steps > 0 or self._zoom else None
        event.accept()

    def _pan(self, right: float, down: float) -> None:
        self._centre = QPointF(
            min(max(self._centre.x() + right, 0.0), 1.0), min(max(self._centre.y() + down, 0.0), 1.0)
        )
        self.update()

    def _place(self) -> QRectF:
        """Where the picture is painted."""
        if self._image is None:
            return QRectF(self.rect())
        room = QSizeF(self.size())
        size = QSizeF(self._image.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio) * _ZOOMS[self._zoom]
        left = room.width() / 2 - self._centre.x() * size.width()
        top = room.height() / 2 - self._centre.y() * size.height()
        return QRectF(QPointF(left, top), size)

    def _fraction(self, position: QPointF) -> QPointF:
        place = self._place()
        x, y = (position.x() - place.left()) / place.width(), (position.y() - place.top()) / place.height()
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    def _changed(self) -> None:
        self.update()
        self.marks_changed.emit()
