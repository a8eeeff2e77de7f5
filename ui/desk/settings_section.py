"""What the sections of the settings share: a title, and how they tell what happened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserFacingError
from ui.desk.context import DeskContext
from ui.message import Gravity, Message
from ui.widgets.plain_label import PlainLabel


class Section(QWidget):
    """Base of the sections.

    Signals:
        message_raised: for the strip.
        failed: an exception for the teller.
    """

    message_raised = Signal(object)
    failed = Signal(object)

    def __init__(self, context: DeskContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._title = PlainLabel(title, role="reading")

    def say(self, words: str, gravity: Gravity = Gravity.GOOD) -> None:
        """One sentence for the strip."""
        self.message_raised.emit(Message(words, gravity, key="settings"))

    def tell(self, error: Exception) -> None:
        """A sentence for the strip, anything else for the teller."""
        if isinstance(error, UserFacingError):
            self.message_raised.emit(Message(error.sentence(), Gravity.BAD, code=error.code, key="settings"))
        else:
            self.failed.emit(error)
