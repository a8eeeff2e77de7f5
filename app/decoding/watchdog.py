"""Ends a child that does not answer in time: one quiet thread per child, because pipes on Windows know no timeouts."""

import subprocess
import threading
import time


class Watchdog:
    """Armed for each question and called off with its answer.

    A thread started anew for each question would cost as much as a small answer; this one is woken only when it would
    otherwise wake too late.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._wakes_at: float | None = None
        self._is_over = False
        self.has_bitten = False
        self._thread = threading.Thread(target=self._watch, name="decoding-watchdog", daemon=True)
        self._thread.start()

    def arm(self, seconds: float) -> None:
        """From now on the child has *seconds*."""
        with self._changed:
            self._deadline = time.monotonic() + seconds
            if self._wakes_at is None or self._deadline < self._wakes_at:
                self._changed.notify()

    def call_off(self) -> None:
        """The answer is here."""
        with self._changed:
            self._deadline = None

    def end(self) -> None:
        """The child is gone; so is its watchdog."""
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join()

    def _watch(self) -> None:
        with self._changed:
            while not self._is_over:
                now = time.monotonic()
                if self._deadline is not None and now >= self._deadline:
                    self._deadline = None
                    self.has_bitten = True
                    self._process.kill()
                self._wakes_at = self._deadline
                self._changed.wait(None if self._deadline is None else self._deadline - now)
