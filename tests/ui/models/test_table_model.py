"""The table over frozen values."""

from dataclasses import dataclass
from enum import IntEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.models.table_model import ColumnSpec, Role, TableModel
from ui.state import State


class Column(IntEnum):
    STATE = 0
    NAME = 1
    POINTS = 2


@dataclass(frozen=True)
class Line:
    key: int
    name: str
    points: int | None = None


def make() -> TableModel[Line]:
    model = TableModel[Line](
        {
            Column.STATE: ColumnSpec("", text=lambda line: "open", state=lambda line: State("○", "open")),
            Column.NAME: ColumnSpec("", text=lambda line: line.name),
            Column.POINTS: ColumnSpec(
                "", text=lambda line: str(line.points), sort=lambda line: line.points, is_number=True
            ),
        },
        key=lambda line: line.key,
    )
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return model


def names(model: TableModel[Line]) -> list[str]:
    return [model.row_at(line).name for line in range(model.rowCount())]


@pytest.fixture
def model(qapp) -> TableModel[Line]:
    model = make()
    model.show_rows([Line(1, "鞍山示例钢构", 30), Line(2, "大连海产", None), Line(3, "Shenyang ＡＢＣ", 100)])
    return model


def test_every_role_answers(model: TableModel[Line]) -> None:
    index = model.index(0, Column.NAME)
    assert index.data() == "鞍山示例钢构"
    assert index.data(Role.ROW) == Line(1, "鞍山示例钢构", 30)
    assert index.data(Role.KEY) == 1
    assert model.index(0, Column.POINTS).data(Role.SORT) == 30
    assert model.index(0, Column.STATE).data(Role.STATE) == State("○", "open")


def test_a_strangers_name_is_never_markup(model: TableModel[Line]) -> None:
    model.show_rows([Line(1, "<img src=x>&\u202e\0")])
    assert model.index(0, Column.NAME).data() == "<img src=x>&\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
    assert "<img" not in model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("text", "found"),
    [("钢构", 1), ("abc", 1), ("ａｂｃ shen", 1), ("示例 鞍山", 1), ("示例 大连", 0), ("", 3), (" ", 3)],
)
def test_every_word_must_occur_whatever_its_width_and_case(model: TableModel[Line], text: str, found: int) -> None:
    model.filter(text)
    assert model.rowCount() == found
    assert model.total() == 3


def test_what_is_missing_stands_at_one_end(model: TableModel[Line]) -> None:
    model.sort(Column.POINTS)
    assert names(model) == ["鞍山示例钢构", "Shenyang ＡＢＣ", "大连海产"]
    model.sort(Column.POINTS, Qt.SortOrder.DescendingOrder)
    assert names(model)[0] == "大连海产"
    model.sort(-1)
    assert names(model)[0] == "鞍山示例钢构"


def test_a_refresh_moves_what_was_selected_along(model: TableModel[Line]) -> None:
    kept = QPersistentModelIndex(model.index(2, Column.NAME))
    model.show_rows([Line(3, "Shenyang", 1), Line(9, "new"), Line(1, "鞍山示例钢构", 30)])
    assert kept.row() == 0
    assert kept.data() == "Shenyang"


def test_an_unchanged_refresh_says_nothing(model: TableModel[Line], qtbot) -> None:
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.show_rows([Line(1, "鞍山示例钢构", 30), Line(2, "大连海产", None), Line(3, "Shenyang ＡＢＣ", 100)])


def test_a_changed_value_repaints_its_line_only(model: TableModel[Line], qtbot) -> None:
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.show_rows([Line(1, "鞍山示例钢构", 30), Line(2, "大连海产", 5), Line(3, "Shenyang ＡＢＣ", 100)])
    assert (changed.args[0].row(), changed.args[1].row()) == (1, 1)


rows = st.lists(st.integers(0, 30), unique=True, max_size=20)


@settings(max_examples=40)
@given(changes=st.lists(st.tuples(rows, st.sampled_from(["", "a", "b"]), st.sampled_from([-1, 1, 2])), max_size=6))
def test_any_sequence_of_refreshes_keeps_the_model_consistent(qapp, changes) -> None:
    model = make()
    for keys, text, order in changes:
        lines = [Line(key, "ab"[key % 2], key % 7) for key in keys]
        kept = [QPersistentModelIndex(model.index(line, 0)) for line in range(model.rowCount())]
        before = [index.data(Role.KEY) for index in kept]
        model.show_rows(lines)
        model.filter(text)
        model.sort(order)
        expected = {line.key for line in lines if text in line.name}
        assert {model.key_at(line) for line in range(model.rowCount())} == expected
        for index, key in zip(kept, before, strict=True):
            if index.isValid():
                assert index.data(Role.KEY) == key


def test_a_hundred_thousand_lines_are_replaced_in_one_step(qapp, qtbot) -> None:
    model = TableModel[Line]({Column.NAME: ColumnSpec("", text=lambda line: line.name)}, key=lambda line: line.key)
    model.show_rows([Line(number, f"示例 {number}") for number in range(100_000)])
    with qtbot.waitSignal(model.modelReset):
        model.filter("99")
    assert model.rowCount() == sum("99" in str(number) for number in range(100_000))
