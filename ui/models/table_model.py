"""A read-only table over frozen values: it shows, sorts and filters, and changes in small steps.

Rows are known by a key, so that a refresh keeps what is selected. Filtering and sorting happen here over plain lists,
because a proxy that calls back for each of a hundred thousand rows cannot follow somebody who types.
"""

import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.plain import plain, plain_tool_tip
from ui.state import State

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
MOST_STEPS: Final = 40  # more separate changes than this are one reset; views restore by key
MANY: Final = 500
_LONGEST: Final = 400


class Role(IntEnum):
    """What a view can ask of a cell beside its text."""

    ROW = Qt.ItemDataRole.UserRole
    KEY = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2
    STATE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)  # no slots: Python 3.11 cannot make ColumnSpec[Row](…) of a slotted, frozen class
class ColumnSpec(Generic[R]):
    """One column.

    Attributes:
        text: what the cell says.
        sort: what the column sorts by; the text if there is none. Compare moments, not their texts.
        state: sign, word and tone, for the column that says how a row stands.
        tip: more about the cell, in the tool tip.
        width: at first, in pixels at 100 %; 0 takes the room that is left.
    """

    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    state: Callable[[R], State] | None = None
    tip: Callable[[R], str] | None = None
    width: int = 120
    is_number: bool = False
    is_searched: bool = True


class TableModel(QAbstractTableModel, Generic[R]):
    """Shows the rows it was given, in the chosen order, as far as they pass the filter."""

    def __init__(
        self,
        columns: Mapping[IntEnum, ColumnSpec[R]],
        *,
        key: Callable[[R], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = [columns[column] for column in sorted(columns)]
        self._key = key
        self._all: tuple[R, ...] = ()
        self._shown: list[R] = []
        self._haystacks: list[str] | None = None
        self._needles: tuple[str, ...] = ()
        self._predicate: Callable[[R], bool] | None = None
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show *rows* instead of what was shown; their keys must differ."""
        self._all = tuple(rows)
        self._haystacks = None
        self._renew()

    def filter(self, text: str) -> None:
        """Only rows in which every word of *text* occurs; width and case of letters do not matter."""
        needles = tuple(_folded(text).split())
        if needles != self._needles:
            self._needles = needles
            self._renew()

    def narrow(self, predicate: Callable[[R], bool] | None) -> None:
        """Only rows that *predicate* lets pass, besides the filter."""
        self._predicate = predicate
        self._renew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by *column*; -1 is the order the rows came in."""
        self._order = None if column < 0 else (column, order)
        self._renew()

    def row_at(self, row: int) -> R:
        """The value in line *row*."""
        return self._shown[row]

    def line_of(self, key: Hashable) -> int | None:
        """Where the row called *key* is shown, if it is."""
        return next((line for line, row in enumerate(self._shown) if self._key(row) == key), None)

    def lines_of(self, keys: frozenset[Hashable]) -> list[int]:
        """Where these rows are shown, as far as they are."""
        return [line for line, row in enumerate(self._shown) if self._key(row) in keys] if keys else []

    def key_at(self, row: int) -> Hashable:
        """The key of the value in line *row*."""
        return self._key(self._shown[row])

    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def spec(self, column: int) -> ColumnSpec[R]:
        """How a column was described."""
        return self._columns[column]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row, column = self._shown[index.row()], self._columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return plain(column.text(row), _LONGEST)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(column.tip(row) if column.tip else column.text(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._own(row, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._columns[section].is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _own(self, row: R, column: ColumnSpec[R], role: int) -> Any:
        if role == Role.ROW:
            return row
        if role == Role.KEY:
            return self._key(row)
        if role == Role.SORT:
            return _sort_value(column, row)
        if role == Role.STATE:
            return column.state(row) if column.state else None
        return None

    def _renew(self) -> None:
        wanted = self._wanted()
        if abs(len(wanted) - len(self._shown)) > MANY:  # finding the small steps would cost more than it saves
            self._start_over(wanted)
            return
        old, new = [self._key(row) for row in self._shown], [self._key(row) for row in wanted]
        if old == new:
            self._replace_values(wanted)
            return
        kept, coming = set(new), set(old)
        gone = _runs([line for line, key in enumerate(old) if key not in kept])
        arrived = _runs([line for line, key in enumerate(new) if key not in coming])
        if len(gone) + len(arrived) > MOST_STEPS:
            self._start_over(wanted)
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()
        self._reorder([row for row, key in zip(wanted, new, strict=True) if key in coming])
        for first, last in arrived:
            self.beginInsertRows(QModelIndex(), first, last)
            self._shown[first:first] = wanted[first : last + 1]
            self.endInsertRows()
        self._replace_values(wanted)

    def _start_over(self, wanted: list[R]) -> None:
        self.beginResetModel()
        self._shown = wanted
        self.endResetModel()

    def _reorder(self, wanted: list[R]) -> None:
        places = {self._key(row): line for line, row in enumerate(wanted)}
        if [self._key(row) for row in self._shown] == list(places):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        after = [self.index(places[self._key(self._shown[old.row()])], old.column()) for old in before]
        self._shown = wanted
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _replace_values(self, wanted: list[R]) -> None:
        changed = [line for line, row in enumerate(wanted) if row is not self._shown[line] and row != self._shown[line]]
        self._shown = wanted
        last = len(self._columns) - 1
        for first_line, last_line in _runs(changed):
            self.dataChanged.emit(self.index(first_line, 0), self.index(last_line, last))

    def _wanted(self) -> list[R]:
        rows = list(self._all)
        if self._needles:
            stacks = self._stacks()
            places: Sequence[int] = range(len(rows))
            for needle in self._needles:
                places = [place for place in places if needle in stacks[place]]
            rows = [rows[place] for place in places]
        if self._predicate is not None:
            rows = [row for row in rows if self._predicate(row)]
        if self._order is not None:
            column = self._columns[self._order[0]]
            is_reversed = self._order[1] is Qt.SortOrder.DescendingOrder
            rows.sort(key=lambda row: _sort_key(column, row), reverse=is_reversed)
        return rows

    def _stacks(self) -> list[str]:
        if self._haystacks is None:
            searched = [column.text for column in self._columns if column.is_searched]
            self._haystacks = [_folded("\n".join([text(row) for text in searched])) for row in self._all]
        return self._haystacks


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _sort_value(column: ColumnSpec[R], row: R) -> Any:
    return column.sort(row) if column.sort else column.text(row)


def _sort_key(column: ColumnSpec[R], row: R) -> tuple[bool, Any]:
    value = _sort_value(column, row)
    return (value is None, 0 if value is None else value)  # what is missing stands together at one end


def _runs(lines: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs
