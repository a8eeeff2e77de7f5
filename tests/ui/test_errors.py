"""The one place that turns an exception into words."""

import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import Cancelled, UserFacingError
from app.i18n import N_
from ui.dialogs.crash_dialog import CrashDialog
from ui.errors import Teller, crash_details
from ui.message import Gravity, Message

SECRET = "示例机密 passphrase"


class DiskFullError(UserFacingError):
    code = "test_disk_full"
    message = N_("Not saved: {what} is full.")


@pytest.fixture
def said() -> list[Message]:
    return []


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def teller(window: QWidget, said: list[Message]) -> Teller:
    return Teller(said.append, window)


def _boom() -> None:
    hidden = SECRET
    raise ValueError(hidden)


def _bug() -> Exception:
    try:
        _boom()
    except ValueError as error:
        return error
    raise AssertionError


def _boxes() -> list[CrashDialog]:
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CrashDialog) and widget.isVisible()
    ]


def test_an_expected_failure_is_told_with_its_sentence_and_code(qtbot, teller: Teller, said, english) -> None:
    teller.tell(DiskFullError(what="the disk"))
    qtbot.waitUntil(lambda: bool(said))
    assert said == [Message("Not saved: the disk is full.", Gravity.BAD, code="test_disk_full", key="test_disk_full")]
    assert teller.recent_codes() == ("test_disk_full",)


def test_what_was_cancelled_is_not_mentioned(qtbot, teller: Teller, said) -> None:
    teller.tell(Cancelled())
    teller.tell(DiskFullError(what="x"))
    qtbot.waitUntil(lambda: bool(said))
    assert len(said) == 1


def test_a_bug_opens_a_box_without_anything_that_was_typed(qtbot, teller: Teller, said, expected_logs) -> None:
    expected_logs.allow("ui.errors")
    teller.tell(_bug())
    qtbot.waitUntil(lambda: len(_boxes()) == 1)
    details = _boxes()[0].details()
    assert "ValueError" in details
    assert "test_errors._boom" in details
    assert SECRET not in details
    assert not any(SECRET in record.getMessage() for record in expected_logs.records)
    _boxes()[0].accept()
    assert said == []


def test_the_same_bug_opens_one_box(qtbot, teller: Teller, said, expected_logs) -> None:
    expected_logs.allow("ui.errors")
    bug = _bug()
    teller.tell(bug)
    teller.tell(bug)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].code == "crash"
    assert len(_boxes()) == 1
    _boxes()[0].accept()


def test_no_path_of_this_computer_is_in_the_details() -> None:
    details = crash_details(_bug())
    assert "/" not in details.replace(" · ", "")
    assert "\\" not in details


def test_what_nobody_caught_arrives_here_from_slots_and_threads(qtbot, teller: Teller, said) -> None:
    before = sys.excepthook, threading.excepthook
    try:
        teller.install()
        error = DiskFullError(what="x")
        sys.excepthook(DiskFullError, error, None)
        threading.excepthook(threading.ExceptHookArgs((DiskFullError, error, None, None)))
    finally:
        sys.excepthook, threading.excepthook = before
    qtbot.waitUntil(lambda: len(said) == 2)


def test_copying_the_details_copies_exactly_what_is_shown(qtbot, window: QWidget) -> None:
    box = CrashDialog("one\ntwo", window)
    box.show()
    box._copy.click()
    assert QApplication.clipboard().text() == "one\ntwo"
    box.close()
