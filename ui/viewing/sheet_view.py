"""A spreadsheet as tables: one tab per sheet, rows fetched as they are scrolled to, nothing calculated."""

import re
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTabBar, QTableView, QWidget

from app.i18n import _
from ui.layouts import column
from ui.plain import plain, plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size
from ui.viewing.opened import Opened
from ui.viewing.page_loader import PageLoader
from ui.viewing.source import CellLike, RowsLike

Index = QModelIndex | QPersistentModelIndex
_LONGEST: Final = 400
_LETTERS: Final = 26
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class SheetModel(QAbstractTableModel):
    """The rows of one sheet as far as they were fetched."""

    def __init__(self, loader: PageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._sheet = 0
        self._total, self._columns = 0, 0
        self._rows: list[tuple[CellLike, ...]] = []

    def show_sheet(self, sheet: int) -> None:
        """Another sheet, counted from 1; 0 for none."""
        self.beginResetModel()
        self._sheet, self._total, self._columns, self._rows = sheet, 0, 0, []
        self.endResetModel()
        if sheet:
            self._loader.want_rows(sheet, 1)

    def take_rows(self, sheet: int, found: RowsLike) -> None:
        """Rows that were fetched; those of another sheet are not wanted any more."""
        if sheet != self._sheet or found.first != len(self._rows) + 1:
            return
        if found.first == 1:
            self.beginResetModel()
            self._total, self._columns = found.total_rows, found.columns
            self._rows = [tuple(row) for row in found.rows]
            self.endResetModel()
        elif found.rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(found.rows) - 1)
            self._rows += [tuple(row) for row in found.rows]
            self.endInsertRows()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and 0 < len(self._rows) < self._total

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid():
            self._loader.want_rows(self._sheet, len(self._rows) + 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()].text
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(text, _LONGEST)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(text)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_name(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)


class SheetView(QWidget):
    """Tabs and the table of the chosen sheet.

    Signals:
        marked_changed: other cells are chosen.
    """

    marked_changed = Signal()

    def __init__(self, loader: PageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._going_to: tuple[int, int] | None = None
        self._model = SheetModel(loader, self)
        self._tabs, self._table = QTabBar(), QTableView()
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setExpanding(False)
        set_role(self._table, "grid")
        self._table.setModel(self._model)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.verticalHeader().setDefaultSectionSize(px(Size.ROW) - px(Size.CORNER))
        self._table.horizontalHeader().setDefaultSectionSize(px(Size.PROGRESS) + px(Size.ROW))
        self._table.setAccessibleName(_("Cells"))
        layout = column(self._tabs, self._table, gap=0)
        layout.setStretchFactor(self._table, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._table)
        self._tabs.currentChanged.connect(self._on_tab)
        self._table.selectionModel().selectionChanged.connect(self.marked_changed)
        loader.rows_ready.connect(self._on_rows)

    def show_document(self, opened: Opened | None) -> None:
        """The first sheet of *opened*."""
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        self._names = opened.overview.sheets if opened else ()
        for name in self._names:
            self._tabs.addTab(plain(name, _LONGEST).replace("&", "&&"))
        self._tabs.blockSignals(False)
        self._model.show_sheet(1 if self._names else 0)

    def show_sheet(self, name: str) -> None:
        """The sheet of that name, if there is one."""
        self._going_to = None
        if name in self._names:
            self._tabs.setCurrentIndex(self._names.index(name))

    def show_range(self, cells: str) -> None:
        """Bring cells in A1 notation into view, as soon as their rows are there."""
        found = _CELL.match(cells)
        if found is not None:
            self._going_to = int(found[2]) - 1, column_number(found[1])
            self._arrive()

    def _arrive(self) -> None:
        if self._going_to is None:
            return
        line, across = self._going_to
        if line < self._model.rowCount():
            self._going_to = None
            index = self._model.index(line, across)
            self._table.setCurrentIndex(index)
            self._table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        elif self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())

    def place(self) -> tuple[str, str] | None:
        """Name of the sheet and the chosen cells in A1 notation; the whole sheet if none are chosen."""
        if not self._names:
            return None
        indexes = self._table.selectionModel().selectedIndexes()
        name = self._names[max(0, self._tabs.currentIndex())]
        if not indexes:
            return name, ""
        rows, columns = [index.row() for index in indexes], [index.column() for index in indexes]
        first = f"{column_name(min(columns))}{min(rows) + 1}"
        last = f"{column_name(max(columns))}{max(rows) + 1}"
        return name, first if first == last else f"{first}:{last}"

    def _on_rows(self, sheet: int, found: RowsLike) -> None:
        self._model.take_rows(sheet, found)
        self._arrive()

    def _on_tab(self, number: int) -> None:
        self._model.show_sheet(number + 1)


def column_name(number: int) -> str:
    """A, B … Z, AA … for columns counted from 0."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """The column, counted from 0, that is called *name*."""
    number = 0
    for letter in name:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1
