"""Screen locked, another user, computer put to sleep: the workspace locks at once, without waiting for the idle timer.

Linux tells it on D-Bus, Windows in messages to a window. Where nobody tells, the idle lock remains, which also notices
that the computer has slept.
"""

from typing import Final

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QWidget

from app.platform.session_notices import NoticesBy, ask_for_notices, is_lock_message, message_at, notices_by

_WINDOWS_EVENTS: Final = frozenset({b"windows_generic_MSG", b"windows_dispatcher_MSG"})
_LOGIND: Final = (
    ("org.freedesktop.login1.Session", "Lock", "on_lock()"),
    ("org.freedesktop.login1.Manager", "PrepareForSleep", "on_gone(bool)"),
)
_SCREEN_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "ActiveChanged", "on_gone(bool)"),
    ("org.gnome.ScreenSaver", "ActiveChanged", "on_gone(bool)"),
)


class SessionLock(QObject):
    """Listens from :meth:`start` to :meth:`stop` and speaks once.

    Signals:
        due: lock now.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_listening = False
        self._filter: _WindowMessages | None = None

    def start(self, window: QWidget) -> None:
        """Listen to what this system says; *window* is where Windows sends it."""
        self._is_listening = True
        match notices_by():
            case NoticesBy.D_BUS:
                self.listen(QDBusConnection.systemBus(), QDBusConnection.sessionBus())
            case NoticesBy.WINDOW_MESSAGES:
                self._filter = _WindowMessages(self)
                application = QCoreApplication.instance()
                if application is not None:
                    application.installNativeEventFilter(self._filter)
                ask_for_notices(int(window.window().winId()))
            case NoticesBy.NOBODY:
                pass

    def listen(self, system: QDBusConnection, session: QDBusConnection) -> None:
        """Hear logind on the *system* bus and the screen savers on that of the *session*; without a bus, nothing."""
        self._is_listening = True
        for bus, wanted in ((system, _LOGIND), (session, _SCREEN_SAVERS)):
            if bus.isConnected():
                for interface, name, slot in wanted:
                    # The stubs ask for bytes, which PySide6 6.12 itself refuses.
                    bus.connect("", "", interface, name, self, SLOT(slot))  # type: ignore[call-overload]

    def stop(self) -> None:
        """The workspace is being closed: nothing is left to lock."""
        self._is_listening = False
        application = QCoreApplication.instance()
        if self._filter is not None and application is not None:
            application.removeNativeEventFilter(self._filter)
            self._filter = None

    @Slot()
    def on_lock(self) -> None:
        """The screen is being locked."""
        if self._is_listening:
            self._is_listening = False
            self.due.emit()

    @Slot(bool)
    def on_gone(self, is_gone: bool) -> None:
        """The computer goes to sleep or the screen saver comes on; waking up says the opposite and locks nothing."""
        if is_gone:
            self.on_lock()


class _WindowMessages(QAbstractNativeEventFilter):
    """Reads the messages of Windows and lets every one pass."""

    def __init__(self, lock: SessionLock) -> None:
        super().__init__()
        self._lock = lock

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if bytes(kind if not isinstance(kind, QByteArray) else kind.data()) in _WINDOWS_EVENTS and is_lock_message(
            *message_at(int(message))
        ):
            self._lock.on_lock()
        return False, 0
