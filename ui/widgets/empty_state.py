"""An empty place says why it is empty and offers the one next step."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class EmptyState(QWidget):
    """A noun, a sentence, and at most one button in the middle of the room."""

    def __init__(
        self,
        title: str = "",
        reason: str = "",
        *,
        action: QAction | None = None,
        above: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """*above*: what is done before the one button, right above it."""
        super().__init__(parent)
        self._title = PlainLabel(role="title")
        self._reason = PlainLabel(role="muted", is_wrapped=True)
        self._button = QPushButton()
        self._action: QAction | None = None
        for label in (self._title, self._reason):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._reason.setMaximumWidth(px(Size.READING_WIDTH))
        self._button.clicked.connect(self._on_clicked)
        sentence = row(None, self._reason, None)
        sentence.setStretchFactor(self._reason, 100)  # as wide as it may be, and narrower where the room is
        before = row(None, above or QWidget(visible=False), None)
        middle = column(None, self._title, sentence, before, row(None, self._button, None), None, gap=Space.ROOM)
        middle.setContentsMargins(px(Space.PAGE), px(Space.HALF), px(Space.PAGE), px(Space.HALF))
        self.setLayout(middle)
        self.say(title, reason, action=action)

    def say(self, title: str, reason: str, *, action: QAction | None = None) -> None:
        """Why it is empty, and the step that would fill it."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._reason.setText(reason)
        self._action = action
        self._button.setVisible(action is not None)
        if action is not None:
            self._button.setText(action.text())
            self._button.setEnabled(action.isEnabled())
        set_role(self._button, "")

    def minimumSizeHint(self) -> QSize:
        """The sentence wraps, and a layout alone would let it be cut."""
        hint = super().minimumSizeHint()
        layout = self.layout()
        room = min(max(self.width(), hint.width()), px(Size.READING_WIDTH) + 2 * px(Space.PAGE))
        return QSize(hint.width(), max(hint.height(), layout.heightForWidth(room) if layout is not None else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action.trigger()
