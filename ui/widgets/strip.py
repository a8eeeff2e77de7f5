"""The strip under the title: what happened, what to do. Goes away by itself only if nothing needs doing."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.i18n import N_, _
from app.services.help_sentences import all_sentences
from ui.layouts import row
from ui.message import Gravity, Message
from ui.theme import look, px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel

GONE_AFTER_MS: Final = 6_000
MOST_WAITING: Final = 20
_SIGNS: Final = {Gravity.INFO: "i", Gravity.GOOD: "✓", Gravity.WARN: "!", Gravity.BAD: "✕"}
_NAMES: Final = {
    Gravity.INFO: N_("Note"),
    Gravity.GOOD: N_("Done"),
    Gravity.WARN: N_("Please note"),
    Gravity.BAD: N_("Did not work"),
}


class MessageStrip(QWidget):
    """Shows the newest message; those that need doing wait behind it and come back.

    Signals:
        emptied: nothing is left to say.
        help_asked: somebody wants to know more; carries the code of the sentence.
    """

    emptied = Signal()
    help_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: list[Message] = []
        self._sign = PlainLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sign.setFixedSize(QSize(px(Size.ICON_LARGE), px(Size.ICON_LARGE)))
        self._text = PlainLabel(is_wrapped=True)
        self._code = PlainLabel(role="small")
        self._action = QPushButton()
        set_role(self._action, "quiet")
        self._help = QPushButton(_("Help"))
        set_role(self._help, "quiet")
        self._help.clicked.connect(self._on_help)
        self._close = QPushButton(_("Close"))
        set_role(self._close, "quiet")
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self.dismiss)
        layout = row(self._sign, self._text, self._code, self._help, self._action, self._close, gap=Space.INSIDE)
        layout.setContentsMargins(px(Space.PAGE), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        layout.setStretchFactor(self._text, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=GONE_AFTER_MS)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def current(self) -> Message | None:
        """What is being said now."""
        return self._messages[-1] if self._messages else None

    def show_message(self, message: Message) -> None:
        """Say *message* now. The same one twice is said once; one that needs nothing is not kept."""
        kept = [m for m in self._messages if m.needs_doing and m != message and not (m.key and m.key == message.key)]
        self._messages = [*kept[-MOST_WAITING:], message]
        self._refresh()

    def dismiss(self) -> None:
        """Seen to; what waits behind it comes back."""
        if self._messages:
            self._messages.pop()
        self._refresh()

    def withdraw(self, key: str) -> None:
        """What was said under *key* is no longer so."""
        self._messages = [m for m in self._messages if m.key != key]
        self._refresh()

    def go_on(self) -> None:
        """Something else is begun: what only offered a next step is known by now; what went wrong stays."""
        self._messages = [m for m in self._messages if m.is_lasting or m.gravity in {Gravity.WARN, Gravity.BAD}]
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._messages:
            self._paint_sign(self._messages[-1])

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._messages:
            return
        gravity = self._messages[-1].gravity
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour(f"{gravity.value}_soft"))
        painter.fillRect(0, 0, px(Space.HALF), self.height(), look().colour(gravity.value))
        painter.end()

    def _refresh(self) -> None:
        self._timer.stop()
        message = self.current()
        self.setVisible(message is not None)
        if message is None:
            self.emptied.emit()
            return
        self._text.setText(message.text)
        gravity = _(_NAMES[message.gravity])
        self._text.setAccessibleName(f"{gravity}: {self._text.text()}")
        self._code.setText(message.code)
        self._code.setVisible(bool(message.code))
        self._help.setVisible(message.code in all_sentences() if message.code else False)
        self._action.setText(message.action_text)
        self._action.setVisible(message.action is not None)
        self._paint_sign(message)
        self.update()
        if not message.needs_doing:
            self._timer.start()

    def _paint_sign(self, message: Message) -> None:
        self._sign.setText(_SIGNS[message.gravity])
        palette = self._sign.palette()
        palette.setColor(self._sign.foregroundRole(), look().colour(message.gravity.value))
        self._sign.setPalette(palette)

    def _on_help(self) -> None:
        message = self.current()
        if message is not None:
            self.help_asked.emit(message.code)

    def _on_action(self) -> None:
        message = self.current()
        self.dismiss()
        if message is not None and message.action is not None:
            message.action()
