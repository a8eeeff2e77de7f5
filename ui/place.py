"""A place of the window, and what every screen in one offers to the frame around it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.icons import Icon


class PlaceView(QWidget):
    """A screen. It builds and wires; the frame draws the title line, the strip and the status line for it.

    Signals:
        header_changed: one of ``about``, ``primary_action`` and ``search_hint`` is different now.
        message_raised: a :class:`ui.message.Message` for the strip.
    """

    header_changed = Signal()
    message_raised = Signal(object)

    def heightForWidth(self, width: int) -> int:
        """The frame scrolls only where a place has less than it needs: its own pages scroll by themselves."""
        return self.minimumSizeHint().height()

    def about(self) -> str:
        """What the place is about right now, beside its title."""
        return ""

    def primary_action(self) -> QAction | None:
        """The one thing to do here, if there is one."""
        return None

    def search_hint(self) -> str:
        """What can be searched here; empty for nothing."""
        return ""

    def search(self, text: str) -> None:
        """Show only what fits *text*."""

    def screen_code(self) -> str:
        """A code of its own for help, where the place holds more than one screen; otherwise empty."""
        return ""

    def entered(self) -> None:
        """The person came here."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard comes in.

        Not a focus proxy, unless it is the first thing here: Qt lets Tab step over all that stands before a proxy.
        """
        return self.focusProxy()

    def left(self) -> None:
        """The person goes somewhere else; what was typed has to be on its way to the store."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the rail. The screen is made when somebody goes there for the first time.

    Attributes:
        code: the screen code that help and the help text use, such as ``D02``.
    """

    code: str
    title: str
    icon: Icon
    factory: Callable[[], PlaceView]


def first_in(part: QWidget | None) -> QWidget | None:
    """Where the keyboard comes into *part*: its focus proxy, or what Tab comes to first."""
    return None if part is None else part.focusProxy() or part.nextInFocusChain()
