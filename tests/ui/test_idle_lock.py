"""Locking when nobody is there, told by clocks that the test turns."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from ui.idle_lock import IdleLock


class Clocks:
    """A counter and a wall clock that go on only when told."""

    def __init__(self) -> None:
        self.seconds, self.wall = 1000.0, datetime(2026, 11, 23, 22, 0, tzinfo=UTC)

    def go(self, lock: IdleLock, seconds: float) -> None:
        """Second by second, as the timer does."""
        for _second in range(int(seconds)):
            self.seconds += 1
            self.wall += timedelta(seconds=1)
            lock.check()


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def lock(qapp, clocks: Clocks):
    lock = IdleLock(minutes=15, seconds=lambda: clocks.seconds, clock=lambda: clocks.wall)
    lock.start()
    lock._timer.stop()
    yield lock
    lock.stop()


def _heard(signal) -> list[tuple[object, ...]]:
    heard: list[tuple[object, ...]] = []
    signal.connect(lambda *values: heard.append(values))
    return heard


def test_it_locks_after_fifteen_minutes_without_input(lock: IdleLock, clocks: Clocks) -> None:
    due = _heard(lock.due)
    clocks.go(lock, 899)
    assert due == []
    clocks.go(lock, 1)
    assert len(due) == 1


def test_the_last_minute_is_announced(lock: IdleLock, clocks: Clocks) -> None:
    warned = _heard(lock.warned)
    clocks.go(lock, 839)
    assert warned == []
    clocks.go(lock, 2)
    assert warned == [(60,), (59,)]


def test_typing_during_the_warning_takes_it_back(lock: IdleLock, clocks: Clocks, qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    resumed, due = _heard(lock.resumed), _heard(lock.due)
    clocks.go(lock, 850)
    qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert len(resumed) == 1
    clocks.go(lock, 839)
    assert due == []


def test_words_that_an_input_method_brings_count_although_no_key_arrives(lock: IdleLock, clocks: Clocks, qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    due = _heard(lock.due)
    clocks.go(lock, 600)
    words = QInputMethodEvent()
    words.setCommitString("示例")
    QApplication.sendEvent(QApplication.focusObject(), words)
    assert field.text() == "示例"
    clocks.go(lock, 600)
    assert due == []


def test_a_window_that_opens_later_is_heard_too(lock: IdleLock, clocks: Clocks, qtbot) -> None:
    clocks.go(lock, 600)
    later = QLineEdit()
    qtbot.addWidget(later)
    later.show()
    due = _heard(lock.due)
    clocks.go(lock, 200)
    qtbot.mouseClick(later.windowHandle(), Qt.MouseButton.LeftButton)
    clocks.go(lock, 200)
    assert due == []


def test_turning_a_page_counts_as_being_there(lock: IdleLock, clocks: Clocks) -> None:
    due = _heard(lock.due)
    for _page in range(5):
        clocks.go(lock, 600)
        lock.touch()
    assert due == []


def test_a_pointer_that_rests_does_not_count(lock: IdleLock, clocks: Clocks, qtbot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.show()
    clocks.go(lock, 1)
    qtbot.mouseMove(menu.windowHandle())
    due = _heard(lock.due)
    clocks.go(lock, 450)
    qtbot.mouseMove(menu.windowHandle())
    clocks.go(lock, 450)
    assert len(due) == 1


@pytest.mark.parametrize("clock", ["counter", "wall"])
def test_a_computer_that_slept_wakes_up_locked(lock: IdleLock, clocks: Clocks, clock: str) -> None:
    due = _heard(lock.due)
    clocks.go(lock, 5)
    if clock == "counter":
        clocks.seconds += 120
    else:
        clocks.wall += timedelta(minutes=2)
    clocks.go(lock, 1)
    assert len(due) == 1


def test_a_clock_set_back_does_not_keep_it_open(lock: IdleLock, clocks: Clocks) -> None:
    due = _heard(lock.due)
    clocks.wall -= timedelta(days=1)
    clocks.go(lock, 900)
    assert len(due) == 1


@pytest.mark.parametrize(("asked", "seconds"), [(1, 300), (5, 300), (30, 1800), (600, 1800)])
def test_the_limit_is_between_five_and_thirty_minutes(lock: IdleLock, clocks: Clocks, asked: int, seconds: int) -> None:
    due = _heard(lock.due)
    lock.set_minutes(asked)
    clocks.go(lock, seconds - 1)
    assert due == []
    clocks.go(lock, 1)
    assert len(due) == 1


def test_it_locks_once_and_then_rests(lock: IdleLock, clocks: Clocks) -> None:
    lock._timer.start()
    _heard(lock.due)
    clocks.go(lock, 900)
    assert not lock._timer.isActive()
