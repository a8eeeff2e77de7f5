"""The one place that turns an exception into words on the screen.

``Cancelled`` says nothing. A ``UserFacingError`` is its sentence with its code, in the strip. Everything else is a
bug: a box with details that hold class names, modules and line numbers, and nothing that anybody typed.
"""

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app import __version__
from app.errors import Cancelled, UserFacingError
from app.i18n import _
from ui.message import Gravity, Message

REMEMBERED_CODES: Final = 20
DEEPEST: Final = 30
_CODE: Final = "crash"
_log = logging.getLogger(__name__)


def crash_details(error: BaseException) -> str:
    """Where *error* came from: class, module, function, line. No message, no path, no value of any variable."""
    lines = [f"Youpin Review {__version__} · Python {sys.version_info.major}.{sys.version_info.minor}"]
    cause: BaseException | None = error
    while cause is not None and len(lines) < DEEPEST:
        lines.append(type(cause).__qualname__)
        step = cause.__traceback__
        while step is not None and len(lines) < DEEPEST:
            code = step.tb_frame.f_code
            module = step.tb_frame.f_globals.get("__name__") or Path(code.co_filename).stem
            lines.append(f"  {module}.{code.co_name}:{step.tb_lineno}")
            step = step.tb_next
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


class Teller(QObject):
    """Tells people about failures, from any thread.

    Args:
        say: where a sentence goes; normally the strip of the frame.
        window: what the crash box belongs to.
    """

    _arrived = Signal(object)

    def __init__(self, say: Callable[[Message], object], window: QWidget | None = None) -> None:
        super().__init__(window)
        self._say, self._window = say, window
        self._codes: deque[str] = deque(maxlen=REMEMBERED_CODES)
        self._known: set[str] = set()
        # Queued for everybody: a box must never open in the middle of a paint event.
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def tell(self, error: BaseException) -> None:
        """Say what happened, soon, on the GUI thread."""
        self._arrived.emit(error)

    def say_in(self, say: Callable[[Message], object]) -> None:
        """From now on sentences go to another strip."""
        self._say = say

    def recent_codes(self) -> tuple[str, ...]:
        """Codes of the last sentences, the newest last, for the help text."""
        return tuple(self._codes)

    def install(self) -> None:
        """Bugs that nobody caught come here, from slots and from threads."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    @staticmethod
    def uninstall() -> None:
        """Give the hooks back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserFacingError):
            self._codes.append(error.code)
            self._say(Message(error.sentence(), Gravity.BAD, code=error.code, key=error.code))
            return
        self._codes.append(_CODE)
        details = crash_details(error)
        _log.error("unexpected failure: %s", details)
        if details in self._known:  # once per kind: a bug in a timer must not bury the screen in boxes
            self._say(Message(_("The same unexpected error happened again."), Gravity.WARN, code=_CODE, key=_CODE))
            return
        self._known.add(details)
        from ui.dialogs.crash_dialog import CrashDialog  # no program starts with a crash

        CrashDialog(details, self._window).open()

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.tell(error)

    def _on_uncaught_in_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self.tell(happened.exc_value)
