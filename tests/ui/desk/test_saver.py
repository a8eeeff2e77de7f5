"""What is typed reaches the store: soon, in order, and again after a failure."""

from collections.abc import Callable
from typing import Final

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.errors import UserFacingError
from tests.support.secretariat import FakeClock
from ui.change_hub import ChangeHub
from ui.desk.saver import Saver
from ui.jobs import Workers
from ui.status_line import SavedState

PATIENCE_MS: Final = 30_000  # with a busy machine; nothing is claimed by it


class FullDiskError(UserFacingError):
    code = "disk_full"
    message = "full"


class NoError(UserFacingError):
    code = "above_cap_test"
    message = "no"


@pytest.fixture
def saver(workers: Workers) -> Saver:
    return Saver(workers, ChangeHub(workers), clock=FakeClock(), parent=workers)


def writing(log: list[str], word: str) -> Callable[[], Changes]:
    def write() -> Changes:
        log.append(word)
        return Changes(tasks=True)

    return write


def test_newer_text_of_a_field_replaces_what_waits(qtbot: QtBot, saver: Saver) -> None:
    log: list[str] = []
    for word in ("a", "ab", "abc"):
        saver.later("reason", writing(log, word))
    with qtbot.waitSignal(saver.idle, timeout=PATIENCE_MS):
        saver.flush()
    assert log == ["abc"]


def test_typing_without_a_pause_is_saved_all_the_same(qtbot: QtBot, saver: Saver) -> None:
    log: list[str] = []
    words = iter(range(1_000_000))
    typist = QTimer(saver, interval=0)  # a letter in every turn of the event loop
    typist.timeout.connect(lambda: saver.later("reason", writing(log, str(next(words)))))
    # A wait that began anew with each letter would never end.
    with qtbot.waitSignal(saver._timer.timeout, timeout=PATIENCE_MS):
        typist.start()
    assert saver._timer.interval() <= 1000
    typist.stop()
    typed = next(words)
    saver.later("reason", writing(log, "last"))
    with qtbot.waitSignal(saver.idle, timeout=PATIENCE_MS):
        saver.flush()
    assert 0 < int(log[0]) < typed
    assert log[-1] == "last"


def test_typed_text_goes_before_what_is_done_after_it(qtbot: QtBot, saver: Saver) -> None:
    log: list[str] = []
    saver.later("reason", writing(log, "typed"))
    with qtbot.waitSignal(saver.idle, timeout=PATIENCE_MS):
        saver.now(writing(log, "clicked"))
    assert log == ["typed", "clicked"]


def test_full_disk_keeps_the_text_and_tries_again(qtbot: QtBot, saver: Saver) -> None:
    log: list[str] = []
    attempts = iter([FullDiskError(), None])

    def write() -> Changes:
        problem = next(attempts)
        if problem is not None:
            raise problem
        return writing(log, "kept")()

    with qtbot.waitSignal(saver.troubled, timeout=PATIENCE_MS):
        saver.later("reason", write)
    assert not saver.is_settled("reason")
    assert not saver.is_idle
    saver._try_again()
    qtbot.waitUntil(lambda: saver.is_idle and log == ["kept"], timeout=PATIENCE_MS)
    assert saver.is_settled("reason")


def test_refused_text_is_not_replaced_by_the_store(qtbot: QtBot, saver: Saver) -> None:
    def refuse() -> Changes:
        raise NoError

    states: list[SavedState] = []
    saver.state_changed.connect(lambda state, _at: states.append(state))
    with qtbot.waitSignal(saver.refused, timeout=PATIENCE_MS):
        saver.later("reason", refuse)
    assert states[-1] is SavedState.FAILED
    assert not saver.is_settled("reason")


def test_drain_waits_until_everything_is_written(saver: Saver) -> None:
    log: list[str] = []
    saver.later("reason", writing(log, "last"))
    saver.drain()
    assert log == ["last"]
