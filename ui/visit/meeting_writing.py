"""One write at a time for a small form: what the service says against it is told right there, and nothing is lost."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.errors import UserFacingError
from app.progress import Progress
from ui.desk.context import DeskContext
from ui.jobs import Lane

Act = Callable[[], object]


class InlineWriter(QObject):
    """Off the GUI thread, after whatever was typed before.

    Signals:
        written: what the service returned beside its ``Changes`` (or ``None``); the hub has been told.
        refused: the sentence of a ``UserFacingError``.
    """

    written = Signal(object)
    refused = Signal(str)

    def __init__(self, context: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.is_busy = False

    def write(self, act: Act) -> None:
        """Do *act*, which returns ``Changes``, alone or as the last of a tuple; nothing while another is under way."""
        if self.is_busy:
            return
        self.is_busy = True
        self._context.saver.flush()

        def work(_progress: Progress) -> object:
            return act()

        self._context.workers.run(
            work, lane=Lane.DATABASE, is_quiet=True, done=self._on_done, failed=self._on_failed, cancelled=self._on_end
        )

    def _on_done(self, reply: object) -> None:
        self.is_busy = False
        value, changes = reply if isinstance(reply, tuple) else (None, reply)
        if isinstance(changes, Changes) and changes:
            self._context.hub.publish(changes, by=self)
        self.written.emit(value)

    def _on_failed(self, error: Exception) -> None:
        self.is_busy = False
        if isinstance(error, UserFacingError):
            self.refused.emit(error.sentence())
        else:
            self._context.workers.failed.emit(error)

    def _on_end(self) -> None:
        self.is_busy = False
