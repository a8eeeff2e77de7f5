"""What was copied does not stay."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.clipboard import SECRET_MS, Clipboard


@pytest.fixture
def clipboard(qapp) -> Clipboard:
    return Clipboard()


def _text() -> str:
    return QApplication.clipboard().text()


def test_a_secret_is_gone_after_ten_seconds(clipboard: Clipboard) -> None:
    clipboard.copy_secret("recovery code")
    assert _text() == "recovery code"
    assert clipboard._timer.isActive()
    assert SECRET_MS <= 10_000
    clipboard._timer.timeout.emit()
    assert _text() == ""


def test_a_table_stays_until_the_desk_is_locked(clipboard: Clipboard) -> None:
    clipboard.copy("a\tb")
    assert not clipboard._timer.isActive()
    clipboard.clear()
    assert _text() == ""


def test_what_somebody_else_copied_is_left_alone(clipboard: Clipboard) -> None:
    clipboard.copy_secret("recovery code")
    QApplication.clipboard().setText("shopping list")
    clipboard.clear()
    assert _text() == "shopping list"


def test_clipboard_histories_are_asked_not_to_keep_it(clipboard: Clipboard) -> None:
    clipboard.copy_secret("recovery code")
    data = QApplication.clipboard().mimeData()
    assert bytes(data.data("x-kde-passwordManagerHint")) == b"secret"
    assert data.hasFormat("ExcludeClipboardContentFromMonitorProcessing")
    assert bytes(data.data("CanIncludeInClipboardHistory")) == b"\0\0\0\0"
