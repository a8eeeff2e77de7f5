"""A list as people use it."""

import weakref
from dataclasses import dataclass
from enum import IntEnum

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from ui.clipboard import Clipboard
from ui.models.table_model import ColumnSpec
from ui.remembered import Remembered
from ui.widgets.table import Table
from ui.widgets.table_text import cell


class Column(IntEnum):
    NAME = 0
    POINTS = 1


@dataclass(frozen=True)
class Line:
    key: int
    name: str
    points: int = 0


COLUMNS = {
    Column.NAME: ColumnSpec[Line]("name", text=lambda line: line.name, width=200),
    Column.POINTS: ColumnSpec[Line]("points", text=lambda line: str(line.points), sort=lambda line: line.points),
}
LINES = [Line(number, f"示例 {number}", 100 - number) for number in range(100)]


@pytest.fixture
def table(qtbot) -> Table[Line]:
    table = Table[Line](COLUMNS, key=lambda line: line.key, name="lines")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.show_rows(LINES)
    return table


def test_selection_current_line_and_scroll_survive_a_refresh(table: Table[Line]) -> None:
    table.select(70)
    table.view.selectionModel().select(table.model.index(72, 0), table.view.selectionModel().SelectionFlag.Select)
    table.view.selectionModel().select(table.model.index(72, 1), table.view.selectionModel().SelectionFlag.Select)
    before = table.view.verticalScrollBar().value()
    table.show_rows([Line(line.key, line.name, line.points + 1) for line in LINES])
    assert [line.key for line in table.selected_rows()] == [70, 72]
    assert table.view.verticalScrollBar().value() == before


def test_selection_survives_even_when_nearly_everything_is_new(table: Table[Line]) -> None:
    table.select(70)
    table.show_rows([Line(number, f"x {number}") for number in range(1, 1000, 3)])
    assert [line.key for line in table.selected_rows()] == [70]
    assert table.current_row() == Line(70, "x 70")


def test_enter_opens_the_line_the_keyboard_is_on(qtbot, table: Table[Line]) -> None:
    table.select(5)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [LINES[5]]


def test_a_click_on_a_head_sorts_by_value(table: Table[Line]) -> None:
    table.sort_by(Column.POINTS)
    assert table.model.row_at(0).key == 99
    table.sort_by(Column.POINTS, is_descending=True)
    assert table.model.row_at(0).key == 0


def test_a_filter_that_fits_nothing_says_so(table: Table[Line]) -> None:
    table.filter("不存在")
    assert table._stack.currentWidget() is table._no_match
    table.filter("")
    assert table._stack.currentWidget() is table.view


def test_an_empty_list_shows_its_reason(table: Table[Line]) -> None:
    table.show_rows([])
    assert table._stack.currentWidget() is table.empty


def test_the_count_names_what_is_shown_and_chosen(table: Table[Line], english) -> None:
    table.filter("例 99")
    table.view.selectAll()
    assert table._count.text() == "2 of 100 lines · 2 chosen"


def test_actions_wait_for_a_selection(table: Table[Line]) -> None:
    action = QAction("", table)
    table.add_action(action)
    assert not action.isEnabled()
    table.select(1)
    assert action.isEnabled()


def test_copying_gives_a_table_without_formulas(qtbot, table: Table[Line]) -> None:
    table.show_rows([Line(1, "=HYPERLINK(x)", -5), Line(2, "a\tb\nc", 7)])
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "name\tpoints\n'=HYPERLINK(x)\t-5\na b c\t7"


@pytest.mark.parametrize(("text", "copied"), [("+1", "+1"), ("-3.5", "-3.5"), ("@x", "'@x"), ("-x", "'-x"), ("", "")])
def test_plain_numbers_stay_numbers(text: str, copied: str) -> None:
    assert cell(text) == copied


def test_columns_are_as_wide_as_last_time(qtbot) -> None:
    for width in (0, 333):
        table = Table[Line](COLUMNS, key=lambda line: line.key, name="lines_wide", remembered=Remembered())
        qtbot.addWidget(table)
        if width:
            assert table.view.columnWidth(0) == 321
        table.view.setColumnWidth(0, 321)


def test_a_closed_list_is_freed(qapp) -> None:
    table = Table[Line](COLUMNS, key=lambda line: line.key, name="lines", clipboard=Clipboard())
    table.show_rows(LINES)
    still_there = weakref.ref(table)
    table.close()
    del table
    assert still_there() is None
