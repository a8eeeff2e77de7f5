"""Work on strangers' bytes gets so many seconds and no more, in any thread, on every system.

Signals would do it on some systems and in one thread only, and a process per file costs more than reading the file.
Here a watching thread has the interpreter raise :class:`TimeIsUp` in the thread that takes too long, between two steps
of Python; compiled code below (ciphers, digests, JSON) runs to its end, and takes time in proportion to its input.
"""

import ctypes
import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")
_LOOKS: Final = 0.2  # seconds between two looks at the clock; never more than a quarter of the shortest limit


class TimeIsUp(BaseException):
    """The work was broken off. No error of what was running, and not to be caught by it."""


class OutOfTimeError(Exception):
    """The work took longer than it may."""


class _Watch:
    """One thread that looks after everybody who works under a limit in this process; it ends when nobody does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: dict[int, float] = {}
        self._looks = _LOOKS
        self._is_running = False
        self._never = threading.Event()

    def begin(self, thread: int, seconds: float) -> None:
        with self._lock:
            self._ends[thread] = time.monotonic() + seconds
            self._looks = min(self._looks, seconds / 4)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="time-limit", daemon=True).start()

    def end(self, thread: int) -> bool:
        """Whether it came to an end by itself. If not, :class:`TimeIsUp` is on its way to *thread*, or was there."""
        with self._lock:
            return self._ends.pop(thread, None) is not None

    def _run(self) -> None:
        while self._look():
            self._never.wait(self._looks)

    def _look(self) -> bool:
        with self._lock:
            now = time.monotonic()
            for thread in [thread for thread, end in self._ends.items() if end <= now]:
                del self._ends[thread]
                _raise_in(thread)
            if not self._ends:
                self._is_running, self._looks = False, _LOOKS
            return self._is_running


_watch = _Watch()


def within(seconds: float, work: Callable[[], T]) -> T:
    """The result of *work*, in this thread. Does not nest.

    Raises:
        OutOfTimeError: it took longer than *seconds*, give or take the time between two looks at the clock.
    """
    thread = threading.get_ident()
    try:
        _watch.begin(thread, seconds)
        try:
            result = work()
        except TimeIsUp:
            raise
        except BaseException:
            _settle(thread)
            raise
        _settle(thread)
    except TimeIsUp:
        raise OutOfTimeError from None
    return result


def _settle(thread: int) -> None:
    """Return only once nothing can be raised in *thread* any more.

    What is on its way cannot be called back: the interpreter would keep looking for it for ever.
    """
    if not _watch.end(thread):
        while True:
            pass


def _raise_in(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TimeIsUp))
