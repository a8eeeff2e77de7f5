"""No input for a while: warn for a minute, then lock. Also locks after the computer has slept.

Every key, click, wheel turn, touch and real movement of the pointer counts, and so does turning a page by other
means through :meth:`IdleLock.touch`.

It listens where input enters, at the windows and, for an input method, at whatever has the keyboard. A filter on the
application would be called in Python for each of the thousands of events that one screen sends itself when it is made.
"""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent

from app.clock import Clock, system_clock

DEFAULT_MINUTES: Final = 15
FEWEST_MINUTES: Final = 5
MOST_MINUTES: Final = 30
WARNING_SECONDS: Final = 60
TICK_MS: Final = 1000
SLEEP_SECONDS: Final = 30.0

_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleLock(QObject):
    """Watches the whole application.

    Signals:
        warned: seconds left, once a second during the last minute.
        resumed: somebody came back during that minute.
        due: lock now.
    """

    warned = Signal(int)
    resumed = Signal()
    due = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        minutes: int = DEFAULT_MINUTES,
        seconds: Callable[[], float] = monotonic,
        clock: Clock = system_clock,
    ) -> None:
        """Begins to watch with :meth:`start`.

        Args:
            parent: as everywhere in Qt.
            minutes: 5 to 30; anything else is brought into that range.
            seconds: a counter that never runs backwards.
            clock: the wall clock, which goes on while the computer sleeps.
        """
        super().__init__(parent)
        self._seconds, self._clock = seconds, clock
        self._limit = self._within(minutes) * 60.0
        self._last_input, self._last_tick, self._last_wall = 0.0, 0.0, clock()
        self._pointer = QPoint()
        self._is_warning = self._is_connected = self._is_listening = False
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.check)

    def set_minutes(self, minutes: int) -> None:
        """Change the limit; counts from the last input."""
        self._limit = self._within(minutes) * 60.0

    def start(self) -> None:
        """Count from now on."""
        self._last_input = self._last_tick = self._seconds()
        self._last_wall = self._clock()
        self._is_warning = False
        self._timer.start()
        application = QCoreApplication.instance()
        if isinstance(application, QGuiApplication) and not self._is_connected:
            self._is_connected = True
            application.applicationStateChanged.connect(self._on_state)
        self._is_listening = True
        self._listen()

    def stop(self) -> None:
        """Nothing is open, or everything is locked already."""
        self._timer.stop()
        self._is_listening = False
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody is there."""
        self._last_input = self._seconds()
        if self._is_warning:
            self._is_warning = False
            self.resumed.emit()

    def check(self) -> None:
        """Compare the clocks, and listen where input now enters; called once a second."""
        self._listen()
        now, wall = self._seconds(), self._clock()
        slept = self._gap(now, wall)
        self._last_tick, self._last_wall = now, wall
        left = self._limit - (now - self._last_input)
        if slept > SLEEP_SECONDS or left <= 0:
            self._lock()
        elif left <= WARNING_SECONDS:
            self._is_warning = True
            self.warned.emit(max(1, round(left)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices input and lets every event pass."""
        if not self._is_listening:  # what once had the keyboard keeps its filter
            return False
        kind = event.type()
        if kind in _INPUT:
            self.touch()
        elif kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            # Qt also sends moves when a window appears under a resting pointer.
            place = event.globalPosition().toPoint()
            if place != self._pointer:
                self._pointer = place
                self.touch()
        return False

    def _listen(self) -> None:
        for one in (*QGuiApplication.allWindows(), QGuiApplication.focusObject()):
            if one is not None:
                one.installEventFilter(self)  # once, however often it is said

    def _gap(self, now: float, wall: datetime) -> float:
        """Seconds by which the last tick came too late: by either clock, because one of them stands still asleep."""
        late = (wall - self._last_wall).total_seconds()
        return max(late, now - self._last_tick) - TICK_MS / 1000

    def _lock(self) -> None:
        self.stop()
        self._is_warning = False
        self.due.emit()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended and self._timer.isActive():
            self._lock()

    @staticmethod
    def _within(minutes: int) -> int:
        return min(MOST_MINUTES, max(FEWEST_MINUTES, minutes))
