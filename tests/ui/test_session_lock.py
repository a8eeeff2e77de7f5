"""Locking at the word of the system: said on a bus of the test's own, as logind and screen savers say it."""

import ctypes.wintypes
import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from ui.session_lock import SessionLock, _WindowMessages

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon on this machine")
SESSION, MANAGER = "org.freedesktop.login1.Session", "org.freedesktop.login1.Manager"
SAVER, GNOME = "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"


@pytest.fixture
def bus() -> Iterator[QDBusConnection]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    name = f"youpin-test-{os.getpid()}"
    try:
        yield QDBusConnection.connectToBus(daemon.stdout.readline().strip(), name)
    finally:
        QDBusConnection.disconnectFromBus(name)
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


@pytest.fixture
def lock(bus: QDBusConnection) -> SessionLock:
    lock = SessionLock()
    lock.listen(bus, bus)
    return lock


def say(bus: QDBusConnection, interface: str, name: str, *values: bool) -> None:
    message = QDBusMessage.createSignal("/org/freedesktop/login1/session/_31", interface, name)
    message.setArguments(list(values))
    assert bus.send(message)


@needs_bus
@pytest.mark.parametrize(
    ("interface", "name", "values"),
    [
        (SESSION, "Lock", ()),
        (MANAGER, "PrepareForSleep", (True,)),
        (SAVER, "ActiveChanged", (True,)),
        (GNOME, "ActiveChanged", (True,)),
    ],
)
def test_it_locks_at_the_word_of_the_system(
    qtbot: QtBot, bus: QDBusConnection, lock: SessionLock, interface: str, name: str, values: tuple[bool, ...]
) -> None:
    with qtbot.waitSignal(lock.due):
        say(bus, interface, name, *values)


def test_waking_up_locks_nothing_and_going_away_locks_once(qapp: object) -> None:
    nobody = QDBusConnection("a bus that was never connected")
    lock, heard = SessionLock(), []
    lock.listen(nobody, nobody)
    lock.due.connect(lambda: heard.append("due"))
    lock.on_gone(False)
    assert heard == []
    lock.on_gone(True)
    lock.on_lock()
    assert heard == ["due"]


@needs_bus
def test_after_closing_nothing_is_heard(qtbot: QtBot, bus: QDBusConnection, lock: SessionLock) -> None:
    lock.stop()
    after = SessionLock()
    after.listen(bus, bus)
    with qtbot.assertNotEmitted(lock.due), qtbot.waitSignal(after.due):
        say(bus, SESSION, "Lock")


def test_a_machine_without_a_bus_is_no_failure(qapp: object) -> None:
    nobody = QDBusConnection("a bus that was never connected")
    SessionLock().listen(nobody, nobody)


@pytest.mark.parametrize(
    ("number", "detail", "locks"),
    [(0x02B1, 0x7, True), (0x02B1, 0x2, True), (0x02B1, 0x8, False), (0x0218, 0x4, True), (0x0218, 0x12, False),
     (0x0100, 0x7, False)],
)  # fmt: skip
def test_messages_of_windows_are_read_as_they_lie_in_memory(
    qtbot: QtBot, number: int, detail: int, *, locks: bool
) -> None:
    lock, heard = SessionLock(), []
    lock._is_listening = True
    lock.due.connect(lambda: heard.append("due"))
    message = ctypes.wintypes.MSG()
    message.message, message.wParam = number, detail
    passed = _WindowMessages(lock).nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(message))
    assert passed == (False, 0)
    assert bool(heard) is locks
