"""Everything that is typed goes through here on its way to the store, so that one place knows whether it is there.

Typing is written 0.4 s after the first letter that waits, and not after the last: somebody who types without a pause
is saved just as often. What could not be written because of the disk stays here and is tried again by itself.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.clock import Clock, system_clock
from app.domain.changes import Changes
from app.errors import UserFacingError
from app.progress import Progress
from ui.change_hub import ChangeHub
from ui.jobs import Job, Lane, Workers
from ui.status_line import SavedState

WAIT_MS: Final = 400
RETRY_MS: Final = 3_000
PATIENCE_MS: Final = 10_000
_WORLD_FAILED: Final = frozenset({"storage_unavailable", "store_busy", "disk_full", "write_refused", "write_failed"})

Write = Callable[[], Changes]


@dataclass(frozen=True, slots=True)
class _Written:
    changes: Changes | None
    error: UserFacingError | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One write; *key* names the field, so that a newer text replaces an older one that still waits."""

    key: str
    write: Write


class Saver(QObject):
    """Writes in the order things were done, one after the other, on the database thread.

    Signals:
        state_changed: a :class:`SavedState` and the moment it was reached (or ``None``).
        refused: a ``UserFacingError``; the store does not want this, and trying again would not help.
        troubled: a ``UserFacingError`` of the disk; what was typed is kept and tried again.
        idle: nothing waits and nothing is on its way.
    """

    state_changed = Signal(object, object)
    refused = Signal(object)
    troubled = Signal(object)
    idle = Signal()

    def __init__(
        self, workers: Workers, hub: ChangeHub, *, clock: Clock = system_clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workers, self._hub, self._clock = workers, hub, clock
        self._waiting: OrderedDict[str, Write] = OrderedDict()
        self._running: dict[Job, _Entry] = {}
        self._unended: set[Job] = set()
        # Not the signal of each job: quick work ends before anybody could listen to that.
        workers.ended.connect(self._on_ended)
        self._stuck: OrderedDict[str, _Entry] = OrderedDict()
        self._refused_keys: set[str] = set()
        self._serial = 0
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.flush)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._try_again)

    def now(self, write: Write) -> None:
        """Write at once, after what was typed before."""
        self.flush()
        self._serial += 1
        self._start(_Entry(f"#{self._serial}", write))

    def later(self, key: str, write: Write) -> None:
        """Write soon; a newer text for the same *key* takes the place of one that still waits."""
        self._stuck.pop(key, None)
        self._waiting[key] = write
        if not self._timer.isActive():
            self._timer.start()
        self.state_changed.emit(SavedState.SAVING, None)

    def flush(self) -> None:
        """Begin to write everything that waits."""
        self._timer.stop()
        while self._waiting:
            key, write = self._waiting.popitem(last=False)
            self._start(_Entry(key, write))

    def drain(self, patience_ms: int = PATIENCE_MS) -> None:
        """Write everything that waits and wait until it is there: the desk is about to be closed."""
        self._retry.stop()
        self._try_again()
        self.flush()
        self._workers.wait(Lane.DATABASE, patience_ms)

    def is_settled(self, key: str) -> bool:
        """Whether the store holds what was typed under *key*, so that the store's text may be shown there."""
        is_running = any(entry.key == key for entry in self._running.values())
        return not (is_running or key in self._waiting or key in self._stuck or key in self._refused_keys)

    @property
    def is_idle(self) -> bool:
        """Nothing waits, nothing is on its way, nothing has to be tried again."""
        return not (self._waiting or self._running or self._stuck)

    def _start(self, entry: _Entry) -> None:
        def work(_progress: Progress) -> _Written:
            try:
                return _Written(entry.write())
            except UserFacingError as error:
                return _Written(None, error)

        job = self._workers.run(work, lane=Lane.DATABASE, is_quiet=True, done=self._on_written)
        self._running[job] = entry
        self._unended.add(job)
        self.state_changed.emit(SavedState.SAVING, None)

    def _on_written(self, reply: object) -> None:
        job = self.sender()
        if not isinstance(reply, _Written) or not isinstance(job, Job):
            return
        entry = self._running.pop(job)
        if reply.error is not None:
            self._on_error(entry, reply.error)
            return
        self._refused_keys.discard(entry.key)
        if reply.changes:
            self._hub.publish(reply.changes, by=self)
        if self.is_idle:
            self.state_changed.emit(SavedState.SAVED, self._clock())

    def _on_error(self, entry: _Entry, error: UserFacingError) -> None:
        self.state_changed.emit(SavedState.FAILED, None)
        if error.code in _WORLD_FAILED:
            if entry.key not in self._waiting:
                self._stuck[entry.key] = entry
            self._retry.start()
            self.troubled.emit(error)
            return
        self._refused_keys.add(entry.key)
        self.refused.emit(error)

    def _on_ended(self, job: Job) -> None:
        if job not in self._unended:
            return
        self._unended.remove(job)
        self._running.pop(job, None)
        if self.is_idle:
            self.idle.emit()

    def _try_again(self) -> None:
        entries = list(self._stuck.values())
        self._stuck.clear()
        for entry in entries:
            self._start(entry)
