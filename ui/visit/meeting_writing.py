"""One write at a time for a small form: what the service says against it is told right there, and nothing is lost."""

from collections import deque
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.errors import UserFacingError
from app.progress import Progress
from ui.desk.context import DeskContext
from ui.jobs import Lane

Act = Callable[[], object]


class InlineWriter(QObject):
    """Off the GUI thread, after whatever was typed before; a second press waits for the first.

    Signals:
        written: what the service returned beside its ``Changes`` (or ``None``); the hub has been told.
        refused: the sentence of a ``UserFacingError``.
    """

    written = Signal(object)
    refused = Signal(str)

    def __init__(self, context: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._acts: deque[Act] = deque()  # the first of them is under way

    def write(self, act: Act) -> None:
        """Do *act*, which returns ``Changes``, alone or as the last of a tuple; after those that were asked before.

        The same thing asked again before it is done is one press that bounced, and is done once.
        """
        if any(_is_same(act, one) for one in self._acts):
            return
        self._acts.append(act)
        if len(self._acts) == 1:
            self._begin()

    def _begin(self) -> None:
        act = self._acts[0]
        self._context.saver.flush()

        def work(_progress: Progress) -> object:
            return act()

        self._context.workers.run(
            work, lane=Lane.DATABASE, is_quiet=True, done=self._on_done, failed=self._on_failed, cancelled=self._on_end
        )

    def _next(self) -> None:
        self._acts.popleft()
        if self._acts:
            self._begin()

    def _on_done(self, reply: object) -> None:
        self._next()
        value, changes = reply if isinstance(reply, tuple) else (None, reply)
        if isinstance(changes, Changes) and changes:
            self._context.hub.publish(changes, by=self)
        self.written.emit(value)

    def _on_failed(self, error: Exception) -> None:
        self._next()
        if isinstance(error, UserFacingError):
            self.refused.emit(error.sentence())
        else:
            self._context.workers.failed.emit(error)

    def _on_end(self) -> None:
        self._next()


def _is_same(one: Act, other: Act) -> bool:
    """Whether both ask for the same thing in the same words."""
    if isinstance(one, partial) and isinstance(other, partial):
        return (one.func, one.args, one.keywords) == (other.func, other.args, other.keywords)
    return one == other
