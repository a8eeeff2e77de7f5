"""A list: one row, one thing. Filter as you type, choose several, copy as a table, and say why it is empty."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStackedWidget, QTableView, QWidget

from app.i18n import _, ngettext
from ui.clipboard import Clipboard
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec, TableModel
from ui.remembered import Remembered
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_delegate import StateDelegate
from ui.widgets.table_text import as_text

R = TypeVar("R")


class Table(QWidget, Generic[R]):
    """A table with everything a list of this program can do.

    Signals:
        opened: the row somebody wants to go into (Enter or a double click).
        selection_changed: other rows are chosen.
    """

    opened = Signal(object)
    selection_changed = Signal()

    def __init__(
        self,
        columns: Mapping[IntEnum, ColumnSpec[R]],
        *,
        key: Callable[[R], Hashable],
        name: str,
        remembered: Remembered | None = None,
        clipboard: Clipboard | None = None,
        is_multiple: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """*name* is the fixed word under which widths and order of the columns are remembered."""
        super().__init__(parent)
        self.model = TableModel(columns, key=key, parent=self)
        self.view = QTableView()
        self.empty = EmptyState()
        self._no_match = EmptyState(_("Nothing fits"), _("No line contains this. Type less, or clear the field."))
        self._clipboard = clipboard or Clipboard(self)
        self._count = PlainLabel(role="small")
        self._stack = QStackedWidget()
        self._selected_actions: list[QAction] = []
        self._kept: tuple[frozenset[Hashable], Hashable | None, int] = (frozenset(), None, 0)
        self._build(is_multiple=is_multiple)
        self._size_columns()
        if remembered is not None:
            remembered.header(self.view.horizontalHeader(), name)
        self._wire()
        self._refresh()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show *rows*; selection, scroll position, filter and order stay."""
        self.model.show_rows(rows)
        self._refresh()

    def filter(self, text: str) -> None:
        """Only rows that contain every word of *text*."""
        self.model.filter(text)
        self._refresh()

    def narrow(self, predicate: Callable[[R], bool] | None) -> None:
        """Only rows that pass *predicate*, such as those of the pressed chips."""
        self.model.narrow(predicate)
        self._refresh()

    def sort_by(self, column_number: IntEnum, *, is_descending: bool = False) -> None:
        """The order that is most useful, until the person clicks another head."""
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.view.sortByColumn(int(column_number), order)

    def selected_rows(self) -> list[R]:
        """What is chosen, in the order of the screen."""
        return [self.model.row_at(line) for line in self._selected_lines()]

    def current_row(self) -> R | None:
        """The row the keyboard is on."""
        index = self.view.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def select(self, key: Hashable) -> bool:
        """Choose the row called *key* and bring it into view; whether it is shown."""
        line = self.model.line_of(key)
        if line is not None:
            self.view.selectRow(line)
            self.view.scrollTo(self.model.index(line, 0))
        return line is not None

    def add_action(self, action: QAction, *, needs_selection: bool = True) -> None:
        """Offer *action* in the context menu and by its key; the same action belongs into a menu or a button too."""
        self.view.addAction(action)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if needs_selection:
            self._selected_actions.append(action)
            action.setEnabled(bool(self._selected_lines()))

    def copy(self) -> None:
        """Put the chosen rows (or all that are shown) on the clipboard, with their heads."""
        lines = self._selected_lines() or list(range(self.model.rowCount()))
        self._clipboard.copy(as_text(self.model, self._visible_columns(), lines))

    def _build(self, *, is_multiple: bool) -> None:
        view, mode = self.view, QAbstractItemView.SelectionMode
        view.setModel(self.model)
        view.setItemDelegate(StateDelegate(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(mode.ExtendedSelection if is_multiple else mode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)  # Tab leaves the list; arrows walk in it
        view.setMinimumHeight(px(Size.ROW) * 3)  # the head and two lines can always be seen
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(px(Size.ROW))
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionsMovable(True)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        self._stack.addWidget(view)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._no_match)
        foot = row(self._count, None)
        foot.setContentsMargins(px(Space.PAGE), px(Space.HALF), px(Space.PAGE), px(Space.HALF))
        layout = column(self._stack, foot, gap=0)
        layout.setStretchFactor(self._stack, 1)
        self.setLayout(layout)

    def _size_columns(self) -> None:
        header = self.view.horizontalHeader()
        header.setMinimumSectionSize(px(Size.ROW))
        for number in range(self.model.columnCount()):
            width = self.model.spec(number).width
            if width:
                self.view.setColumnWidth(number, px(width))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _wire(self) -> None:
        copying = QAction(_("Copy as a table"), self)
        copying.setShortcut(QKeySequence.StandardKey.Copy)
        copying.triggered.connect(self.copy)
        self.add_action(copying, needs_selection=False)
        self.view.activated.connect(self._on_activated)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.modelReset.connect(self._restore)

    def _keep(self) -> None:
        keys = frozenset(self.model.key_at(line) for line in self._selected_lines())
        index = self.view.currentIndex()
        current = self.model.key_at(index.row()) if index.isValid() else None
        self._kept = keys, current, self.view.verticalScrollBar().value()

    def _restore(self) -> None:
        keys, current, scroll = self._kept
        last = self.model.columnCount() - 1
        selection = QItemSelection()
        for line in self.model.lines_of(keys):
            selection.select(self.model.index(line, 0), self.model.index(line, last))
        line_now = None if current is None else self.model.line_of(current)
        chooser = self.view.selectionModel()
        if line_now is not None:
            chooser.setCurrentIndex(self.model.index(line_now, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        chooser.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.verticalScrollBar().setValue(scroll)

    def _selected_lines(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedRows())

    def _visible_columns(self) -> list[int]:
        header = self.view.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [number for number in order if not header.isSectionHidden(number)]

    def _refresh(self) -> None:
        shown, total, chosen = self.model.rowCount(), self.model.total(), len(self._selected_lines())
        self._stack.setCurrentWidget(self.view if shown else self._no_match if total else self.empty)
        # A hidden list would take the keyboard and keep it. The stub does not know that there may be none.
        self.setFocusProxy(self.view if shown else None)  # type: ignore[arg-type]
        words = ngettext("{count} line", "{count} lines", total).format(count=total)
        if shown != total:
            words = _("{shown} of {words}").format(shown=shown, words=words)
        if chosen > 1:
            words = _("{words} · {count} chosen").format(words=words, count=chosen)
        self._count.setText(words if total else "")
        for action in self._selected_actions:
            action.setEnabled(chosen > 0)

    def _on_selection_changed(self) -> None:
        self._refresh()
        self.selection_changed.emit()

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.row_at(index.row()))

    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.view.actions())
        menu.popup(self.view.viewport().mapToGlobal(place))
