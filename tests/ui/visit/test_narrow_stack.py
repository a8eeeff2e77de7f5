"""Pages of a place: only the one that is shown asks for room."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.layouts import column
from ui.visit.narrow_stack import NarrowStack
from ui.widgets.plain_label import PlainLabel


def test_long_page_that_is_not_shown_makes_no_short_one_scroll(qtbot: QtBot) -> None:
    stack, short, long = NarrowStack(), QWidget(), QWidget()
    short.setLayout(column(PlainLabel("示例", is_wrapped=True)))
    long.setLayout(column(PlainLabel("示例文字 " * 400, is_wrapped=True)))
    stack.add(short)
    stack.add(long)
    qtbot.addWidget(stack)
    with qtbot.waitExposed(stack):
        stack.show()
    stack.setCurrentWidget(long)
    height = stack.heightForWidth(400)
    stack.setCurrentWidget(short)
    assert stack.heightForWidth(400) * 4 < height
