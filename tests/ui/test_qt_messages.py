"""Qt's own messages: kept for those who look for a fault, without a path or a name."""

import logging
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from tests.support.log_guard import ExpectedLogs
from ui.qt_messages import log_qt_messages


@pytest.fixture(autouse=True)
def _handler_of_the_test_run_returns(expected_logs: ExpectedLogs) -> Iterator[None]:
    expected_logs.allow("qt")
    before = qInstallMessageHandler(None)
    log_qt_messages()
    yield
    qInstallMessageHandler(before)


def test_a_message_of_qt_is_a_line_of_the_log_and_nothing_on_the_terminal(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG, logger="qt"):
        qWarning("Something went wrong in something()")
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "default: Something went wrong in something()")
    ]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("place", ["/home/somebody/示例.pdf", "C:\\somebody\\示例.pdf", '"示例.pdf"', "'示例.pdf'"])
def test_a_name_in_a_message_of_qt_does_not_reach_the_log(caplog: pytest.LogCaptureFixture, place: str) -> None:
    with caplog.at_level(logging.DEBUG, logger="qt"):
        qWarning(f"Cannot open file {place}")
    assert "示例" not in caplog.text
    assert "somebody" not in caplog.text
    assert "Cannot open file" in caplog.text
