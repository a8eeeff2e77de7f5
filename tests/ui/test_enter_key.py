"""Enter on a button that has the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.enter_key import _on_focus, press_with_enter
from ui.layouts import row


@pytest.fixture(autouse=True)
def _entered(qapp: QApplication) -> Iterator[None]:
    press_with_enter(qapp)
    yield
    qapp.focusChanged.disconnect(_on_focus)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_button_with_the_keyboard_is_pressed_and_keeps_its_size(qtbot: QtBot, key: Qt.Key) -> None:
    button, page = _page(qtbot, is_checkable=False)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("继续"))
    size = button.sizeHint()
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed == ["继续"]
    assert button.sizeHint() == size
    assert page.isVisible()


def test_answer_that_stays_pressed_is_not_taken_back_by_enter(qtbot: QtBot) -> None:
    answer, _shown = _page(qtbot, is_checkable=True)
    answer.setChecked(True)
    answer.setFocus()
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert answer.isChecked()


def _page(qtbot: QtBot, *, is_checkable: bool) -> tuple[QPushButton, QWidget]:
    page, button, other = QWidget(), QPushButton("继续"), QPushButton("返回")
    button.setCheckable(is_checkable)
    page.setLayout(row(other, button))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    other.setFocus()
    return button, page
