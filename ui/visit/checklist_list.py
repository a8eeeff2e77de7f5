"""The items of the checklist by aspect, each with what it was given."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.domain.onsite.ids import ItemId
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.plain import plain
from ui.theme import look, px
from ui.tokens import Size, Space
from ui.visit.checklist_words import Hand, grade_state

_ITEM: Final = Qt.ItemDataRole.UserRole
_LONGEST: Final = 80


class ChecklistList(QTreeWidget):
    """Arrow keys walk along the items; the aspects between them cannot be chosen.

    Signals:
        chosen: an item.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[ItemId, QTreeWidgetItem] = {}
        self._version = ""
        self.setAccessibleName(_("Items of the checklist"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setMinimumWidth(px(Size.RAIL) * 3 + px(Space.PAGE))
        self.currentItemChanged.connect(self._on_current)

    def show_sheet(self, sheet: VisitSheet, hand: Hand) -> None:
        """Show what *hand* gave; the place in the list stays."""
        if not self._lines:
            self._fill(sheet)
        for item in sheet.checklist.items:
            line, state = self._lines[item.id], grade_state(sheet, item.id, hand)
            line.setText(1, plain(f"{state.sign} {state.word}") if state.sign else "")
            line.setForeground(1, look().colour(state.tone.value))
            words = _("{item} {name}: {state}").format(item=item.id, name=item.name, state=state.word)
            line.setData(0, Qt.ItemDataRole.AccessibleTextRole, plain(words))

    def go_to(self, item: ItemId) -> None:
        """Mark *item*, without telling it."""
        line = self._lines.get(item)
        if line is not None and line is not self.currentItem():
            self.blockSignals(True)
            self.setCurrentItem(line)
            self.blockSignals(False)
            self.scrollToItem(line)

    def _fill(self, sheet: VisitSheet) -> None:
        for aspect in sheet.checklist.aspects:
            head = QTreeWidgetItem(self, [plain(aspect.name, _LONGEST), ""])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFirstColumnSpanned(True)
            head.setForeground(0, look().colour("muted"))
            for item in aspect.items:
                line = QTreeWidgetItem(head, [plain(f"{item.id} {item.name}", _LONGEST), ""])
                line.setData(0, _ITEM, item.id)
                self._lines[item.id] = line
        self.expandAll()

    def _on_current(self, line: QTreeWidgetItem | None) -> None:
        item = line.data(0, _ITEM) if line is not None else None
        if item is not None:
            self.chosen.emit(item)
