"""A state as sign, word and colour; never as colour alone."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.plain import plain
from ui.state import State, Tone
from ui.theme import look, px
from ui.tokens import Size, Space, Type

_LONGEST: Final = 60

__all__ = ["State", "StateChip", "Tone", "paint_state", "state_width"]


def state_width(state: State, metrics: QFontMetrics) -> int:
    """How wide the sign and the word are."""
    return px(Size.ICON) + px(Space.HALF) + metrics.horizontalAdvance(plain(state.word, _LONGEST))


def paint_state(painter: QPainter, rect: QRect, state: State) -> None:
    """Sign, then word, on one line inside *rect*, in the colour of the state."""
    painter.save()
    painter.setPen(look().colour(state.tone.value))
    side = px(Size.ICON)
    sign = QRect(rect.left(), rect.top(), side, rect.height())
    painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, plain(state.sign, 2))
    word = rect.adjusted(side + px(Space.HALF), 0, 0, 0)
    words = painter.fontMetrics().elidedText(plain(state.word, _LONGEST), Qt.TextElideMode.ElideRight, word.width())
    painter.drawText(word, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
    painter.restore()


class StateChip(QWidget):
    """One state on its soft ground."""

    def __init__(self, state: State | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state or State("", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(self._state)

    def state(self) -> State:
        """What is shown."""
        return self._state

    def show_state(self, state: State) -> None:
        """Show *state*."""
        self._state = state
        self.setAccessibleName(plain(state.word, _LONGEST))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(look().font(Type.SMALL))
        return QSize(state_width(self._state, metrics) + 2 * px(Space.INSIDE), metrics.height() + px(Space.HALF))

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = self._state.tone
        soft = "sunken" if tone is Tone.NEUTRAL else f"{tone.value}_soft"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(soft))
        painter.drawRoundedRect(self.rect(), px(Size.CORNER), px(Size.CORNER))
        painter.setFont(look().font(Type.SMALL))
        paint_state(painter, self.rect().adjusted(px(Space.HALF), 0, -px(Space.HALF), 0), self._state)
        painter.end()
