"""Work off the GUI thread: one thread for the database, a few for everything else.

A use case knows only the ``Progress`` protocol, so that the command line can run it too. The :class:`Job` lives on
the GUI thread; only ``_run`` and ``step`` are called elsewhere.
"""

from collections.abc import Callable
from enum import Enum
from threading import Event
from typing import Any, Final

from PySide6.QtCore import QObject, QThread, QThreadPool, QTimer, Signal

from app.errors import Cancelled
from app.progress import Progress

MOST_OTHER_THREADS: Final = 3
CLOSING_PATIENCE_MS: Final = 10_000

Work = Callable[[Progress], object]
_LEFT_BEHIND: Final[list[QObject]] = []


class Lane(Enum):
    """Which threads do the work. Everything that opens a unit of work goes through the single database thread."""

    DATABASE = "database"
    OTHER = "other"


class Job(QObject):
    """One piece of work: it succeeds, fails or is cancelled, exactly once, and says so on the GUI thread."""

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(Exception)
    cancelled = Signal()
    ended = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None, *, title: str = "", is_quiet: bool = False) -> None:
        super().__init__(parent)
        self.title = title
        self.is_quiet = is_quiet
        self._work, self._stop = work, Event()

    @property
    def is_cancelling(self) -> bool:
        """Was asked to stop; it stops at its next step."""
        return self._stop.is_set()

    def start(self, pool: QThreadPool) -> None:
        """Queue the work; the database pool has one thread."""
        pool.start(self._run)

    def call_off(self) -> None:
        """It never begins, and says so from the event loop; no thread hears of it."""
        self.cancel()
        QTimer.singleShot(0, self, self._run)

    def cancel(self) -> None:
        """Ask it to stop. It does so between two steps, and what it had begun is rolled back."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Progress, called by the use case on its own thread.

        Raises:
            Cancelled: the person no longer wants it.
        """
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            if self._stop.is_set():
                raise Cancelled
            self.succeeded.emit(self._work(self))
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001 - handed to ui/errors.py, not swallowed
            self.failed.emit(error)
        self.ended.emit(self)


class Workers(QObject):
    """Owns the threads and every job until it has ended.

    Signals:
        started, ended: a :class:`Job`, also the quiet ones.
        failed: an exception that nobody else asked for; the window tells it.
    """

    started = Signal(object)
    ended = Signal(object)
    failed = Signal(Exception)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools = {Lane.DATABASE: QThreadPool(self), Lane.OTHER: QThreadPool(self)}
        self._pools[Lane.DATABASE].setMaxThreadCount(1)
        self._pools[Lane.OTHER].setMaxThreadCount(max(2, min(MOST_OTHER_THREADS, QThread.idealThreadCount())))
        self._jobs: list[Job] = []
        self._is_closed = False

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What is running or waiting, the oldest first."""
        return tuple(self._jobs)

    def run(
        self,
        work: Work,
        *,
        title: str = "",
        lane: Lane = Lane.DATABASE,
        is_quiet: bool = False,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        progressed: Callable[[int, int], object] | None = None,
    ) -> Job:
        """Start *work* and call back on the GUI thread.

        Hand in every callback here: signals connected afterwards may come too late for quick work.

        Args:
            work: gets the ``Progress``; returns on success and raises if and only if it failed.
            title: what the status line calls it.
            lane: ``DATABASE`` for whatever opens a unit of work.
            is_quiet: too small to be shown in the status line.
            done, failed, cancelled, progressed: methods of QObjects, so that they disconnect themselves
                when the screen goes. Without *failed* the window tells the error.
        """
        job = Job(work, self, title=title, is_quiet=is_quiet)
        for signal, slot in ((job.succeeded, done), (job.cancelled, cancelled), (job.progressed, progressed)):
            if slot is not None:
                signal.connect(slot)
        job.failed.connect(self.failed if failed is None else failed)
        job.ended.connect(self._on_ended)
        self._jobs.append(job)
        self.started.emit(job)
        if self._is_closed:
            job.call_off()
        else:
            job.start(self._pools[lane])
        return job

    def wait(self, lane: Lane, patience_ms: int = CLOSING_PATIENCE_MS) -> bool:
        """Wait until everything that was begun in *lane* has ended by itself; whether it did within *patience_ms*."""
        return self._pools[lane].waitForDone(patience_ms)

    def close(self, patience_ms: int = CLOSING_PATIENCE_MS) -> bool:
        """Ask every job to stop and wait for it; whether all of them did within *patience_ms*.

        Where one did not, its threads outlive this object: the end of a pool waits for its threads, which wait for the
        interpreter, which the end of a window holds.
        """
        self._is_closed = True
        for job in self._jobs:
            job.cancel()
        stragglers = [pool for pool in self._pools.values() if not pool.waitForDone(patience_ms)]
        for left in (*stragglers, *(self._jobs if stragglers else ())):
            left.setParent(None)
            _LEFT_BEHIND.append(left)
        return not stragglers

    def _on_ended(self, job: Job) -> None:
        self._jobs.remove(job)
        self.ended.emit(job)
        job.deleteLater()
