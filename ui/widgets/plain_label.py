"""Words on the screen as plain text only.

Qt guesses rich text and then opens files that a stranger's text names, so every label, tool tip and message of
this program goes through here. Characters that turn the direction of writing or end the text early are shown as
signs instead of being obeyed.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from ui.plain import LONGEST, plain, plain_tool_tip
from ui.theme import set_role

__all__ = ["PlainLabel", "plain", "plain_tool_tip"]


class PlainLabel(QLabel):
    """A label that shows exactly the characters it was given, on one line or wrapped.

    A line that does not fit ends in “…” and the whole of it is in the tool tip.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "",
        is_wrapped: bool = False,
        is_selectable: bool = False,
        limit: int = LONGEST,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(is_wrapped)
        self._limit = limit
        self._is_tipped = False
        if role:
            set_role(self, role)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse if is_selectable else flag.NoTextInteraction)
        if is_wrapped:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show *text*; a stranger's text may be handed in as it is."""
        super().setText(plain(text, self._limit))
        self.setAccessibleName(plain(text, self._limit))
        self._tell_the_rest()

    def minimumSizeHint(self) -> QSize:
        """One line may shrink to a few characters, because it is elided."""
        hint = super().minimumSizeHint()
        if self.wordWrap():
            return hint
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 4), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_the_rest()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._tell_the_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut():
            super().paintEvent(event)
            return
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        line = self.text().replace("\n", " ")
        words = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.style().drawItemText(
            painter, self.contentsRect(), int(self.alignment()), self.palette(), self.isEnabled(), words,
            self.foregroundRole(),
        )  # fmt: skip
        painter.end()

    def _is_cut(self) -> bool:
        if self.wordWrap() or self.textInteractionFlags() != Qt.TextInteractionFlag.NoTextInteraction:
            return False
        line = self.text().replace("\n", " ")
        return self.fontMetrics().horizontalAdvance(line) > self.contentsRect().width()

    def _tell_the_rest(self) -> None:
        is_cut = self._is_cut()
        if is_cut or self._is_tipped:
            self.setToolTip(plain_tool_tip(self.text()) if is_cut else "")
        self._is_tipped = is_cut
