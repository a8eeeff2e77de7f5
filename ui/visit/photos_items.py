"""The items of the checklist as places to put photographs: dropped on, ticked, or typed by their number."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.domain.onsite.checklist import Checklist
from app.domain.onsite.ids import ItemId
from app.i18n import _, ngettext
from ui.layouts import column
from ui.plain import plain, plain_tool_tip
from ui.theme import px
from ui.tokens import Size, Space
from ui.visit.photos_tray import MIME, dragged_photos
from ui.widgets.aside_delegate import ASIDE, AsideDelegate
from ui.widgets.plain_label import PlainLabel

_ITEM: Final = Qt.ItemDataRole.UserRole
_LONGEST: Final = 40
_SEEN: Final = 4  # lines without scrolling, at least


@dataclass(frozen=True, slots=True)
class Placing:
    """How the items stand to the photos that are chosen.

    Attributes:
        counts: photos on each item; *chosen*: how many photos are chosen, *on*: how many of them are on each item.
        proposed: items that the timetable names for the moment they were taken.
    """

    counts: Counter[ItemId] = field(default_factory=Counter)
    chosen: int = 0
    on: Counter[ItemId] = field(default_factory=Counter)
    proposed: frozenset[ItemId] = frozenset()
    is_open: bool = True


class PhotoItems(QWidget):
    """A field and a list.

    Signals:
        ticked: an item and whether the chosen photos belong there now.
        dropped: an item and the photos that were dropped on it.
        entered: an item whose number was typed, for the chosen photos.
        given_up: Esc in the field; the keyboard belongs back to the photos.
    """

    ticked = Signal(str, bool)
    dropped = Signal(str, object)
    entered = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checklist: Checklist | None = None
        self._placing = Placing()
        self.field = QLineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText(_("Item: number or words, Enter puts it there"))
        self.field.setAccessibleName(_("Item to put the chosen photos on"))
        self.list = _DropList()
        self.list.setAccessibleName(_("Items of the checklist"))
        self.list.setMinimumHeight(px(Size.ROW) * _SEEN)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.note = PlainLabel(role="small", is_wrapped=True)
        layout = column(self.field, self.list, self.note, gap=Space.HALF)
        layout.setStretchFactor(self.list, 1)
        self.setLayout(layout)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self._on_entered)
        self.list.itemChanged.connect(self._on_changed)
        self.list.dropped.connect(self.dropped)

    def show_items(self, checklist: Checklist, placing: Placing) -> None:
        """Every item, with the number of its photos and a tick where the chosen ones are on it."""
        self.list.blockSignals(True)
        if checklist != self._checklist:
            self._checklist = checklist
            self.list.clear()
            for item in checklist.items:
                line = QListWidgetItem()
                line.setData(_ITEM, item.id)
                line.setToolTip(plain_tool_tip(f"{item.id} {item.name}\n{item.evidence}"))
                self.list.addItem(line)
        is_proposed_anew = placing.proposed != self._placing.proposed
        self._placing = placing
        for place, item in enumerate(checklist.items):
            line = self.list.item(place)
            line.setText(plain(f"{item.id} {item.name}"))
            line.setData(ASIDE, _aside(item.id, placing))
            line.setData(Qt.ItemDataRole.AccessibleTextRole, plain(_words(item.id, item.name, placing)))
            font = line.font()
            font.setBold(item.id in placing.proposed)
            line.setFont(font)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
            if placing.chosen and placing.is_open:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
                line.setCheckState(_tick(placing.on[item.id], placing.chosen))
            else:
                line.setData(Qt.ItemDataRole.CheckStateRole, None)
            line.setFlags(flags)
        self.list.blockSignals(False)
        self.list.viewport().update()
        if is_proposed_anew and placing.proposed:
            first = next(place for place, item in enumerate(checklist.items) if item.id in placing.proposed)
            self.list.scrollToItem(self.list.item(first), QListWidget.ScrollHint.PositionAtTop)
        self.field.setEnabled(bool(placing.chosen) and placing.is_open)
        self._narrow()

    def begin(self, text: str) -> None:
        """Somebody typed the first character of an item's number at the photos."""
        if self.field.isEnabled():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.setText(text)

    def items(self) -> Sequence[ItemId]:
        """The items in view."""
        lines = (self.list.item(place) for place in range(self.list.count()))
        return [line.data(_ITEM) for line in lines if not line.isHidden()]

    def _narrow(self) -> None:
        wanted = comparable(self.field.text()).split()
        for place in range(self.list.count()):
            line = self.list.item(place)
            words = comparable(line.text())
            line.setHidden(not all(word in words for word in wanted))
        found = self.match(self.field.text())
        chosen = self._placing.chosen
        if not self._placing.is_open:
            self.note.setText(_("The visit is concluded: photos stay on the items they are on."))
        elif not chosen:
            self.note.setText(_("Choose photos first. Drag them onto an item, or tick it."))
        elif self.field.text() and found is None:
            self.note.setText(_("Type on until one item is left, or choose it in the list."))
        else:
            words = ngettext("{count} photo chosen", "{count} photos chosen", chosen)
            self.note.setText(words.format(count=chosen))

    def match(self, text: str) -> ItemId | None:
        """The item of that number, or the only one that has those words."""
        if self._checklist is None or not text.strip():
            return None
        return match_item(self._checklist, text)

    def _on_entered(self) -> None:
        found = self.match(self.field.text())
        if found is not None:
            self.field.clear()
            self.entered.emit(found)

    def _on_changed(self, line: QListWidgetItem) -> None:
        self.ticked.emit(line.data(_ITEM), line.checkState() is Qt.CheckState.Checked)


def comparable(text: str) -> str:
    """*text* as it is compared: full-width letters and digits are ordinary ones, and case does not count."""
    return unicodedata.normalize("NFKC", text).casefold()


def match_item(checklist: Checklist, text: str) -> ItemId | None:
    """The item whose number is *text*, or the only one in which all of its words occur."""
    wanted = comparable(text)
    exact = [item.id for item in checklist.items if comparable(item.id) == wanted.strip()]
    if exact:
        return exact[0]
    words = wanted.split()
    found = [item.id for item in checklist.items if all(word in comparable(f"{item.id} {item.name}") for word in words)]
    return found[0] if len(found) == 1 and words else None


class _DropList(QListWidget):
    """Takes photos that are dropped on a line."""

    dropped = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setUniformItemSizes(True)
        self.setItemDelegate(AsideDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        here = self.currentItem() if self.currentRow() >= 0 else self.itemAt(self.viewport().rect().topLeft())
        if here is not None:  # otherwise nobody sees where the keyboard is
            self.setCurrentItem(here)
            self.scrollToItem(here)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        line = self.itemAt(event.position().toPoint())
        if line is not None and event.mimeData().hasFormat(MIME):
            self.setCurrentItem(line)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        line = self.itemAt(event.position().toPoint())
        if line is not None:
            event.acceptProposedAction()
            self.dropped.emit(line.data(_ITEM), dragged_photos(event.mimeData()))


def _tick(on: int, chosen: int) -> Qt.CheckState:
    if not on:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if on == chosen else Qt.CheckState.PartiallyChecked


def _aside(item: ItemId, placing: Placing) -> str:
    """What stands at the right edge: the photos on it, and whether the timetable names it."""
    count, said = placing.counts[item], []
    if item in placing.proposed:
        said.append(_("by the timetable"))
    if count:
        said.append(ngettext("{count} photo", "{count} photos", count).format(count=count))
    return " · ".join(said)


def _words(item: ItemId, name: str, placing: Placing) -> str:
    """The whole line, for who hears it."""
    aside = _aside(item, placing)
    return f"{item} {name} · {aside}" if aside else f"{item} {name}"
