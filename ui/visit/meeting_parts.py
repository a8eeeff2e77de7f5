"""Small parts that the forms of findings and of the meeting have in common."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QDateEdit, QToolButton, QWidget

from app.domain.onsite.checklist import Checklist
from app.domain.onsite.ids import ItemId, MemberId
from app.domain.onsite.visit import ASSESSING
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.wheel import LeavesTheWheel

C = TypeVar("C")
_SHORTEST: Final = 12


class Choice(QWidget, Generic[C]):
    """A few large buttons of which one is pressed; arrow keys walk along them.

    Signals:
        chosen: another one is pressed.
    """

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[C, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[C, QToolButton] = {}
        line = row(gap=Space.HALF)
        for value, words in options:
            button = QToolButton()
            button.setText(plain(words).replace("&", "&&"))
            button.setAccessibleName(plain(_("{name}: {choice}").format(name=name, choice=words)))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setMinimumHeight(px(Size.CONTROL))
            set_role(button, "answer")
            self._group.addButton(button)
            self.buttons[value] = button
            button.clicked.connect(self._on_clicked)
            line.addWidget(button)
        line.addStretch(1)
        self.setLayout(line)

    def value(self) -> C | None:
        """What is pressed."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    def set_value(self, value: C | None) -> None:
        """Press *value*, or none of them."""
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == value)
        self._group.setExclusive(True)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.value())


class DayEdit(LeavesTheWheel, QDateEdit):
    """A day."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")

    def day(self) -> date:
        """What is set."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def set_day(self, day: date) -> None:
        """Show *day*."""
        self.setDate(QDate(day.year, day.month, day.day))


def labelled(words: str, part: QWidget) -> QWidget:
    """A part below its name."""
    label = PlainLabel(words, role="muted")
    label.setBuddy(part)
    box = QWidget()
    box.setLayout(column(label, part, gap=Space.HALF))
    return box


def item_combo() -> QComboBox:
    """A choice of items that may be narrower than the longest of their names."""
    combo = QComboBox()
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(_SHORTEST)
    return combo


def fill_items(combo: QComboBox, checklist: Checklist, *, first: str = "") -> None:
    """Every item of the checklist; *first*: what is offered in place of one."""
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    if first:
        combo.addItem(first, None)
    for item in checklist.items:
        combo.addItem(plain(f"{item.id} {item.name}"), item.id)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)


def fill_authors(combo: QComboBox, sheet: VisitSheet, me: str) -> None:
    """The expert at this desk, called *me*, and every member whose paper is typed here."""
    papers = [one for one in sheet.plan.team if one.role in ASSESSING and not one.has_desk and one.id != sheet.me]
    fill_people(combo, [(None, me), *((one.id, one.name) for one in papers)])
    combo.setVisible(bool(papers))


def fill_people(combo: QComboBox, people: Iterable[tuple[MemberId | None, str]]) -> None:
    """Offer *people* by their names; whoever was chosen stays chosen."""
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for member, name in people:
        combo.addItem(plain(name), member)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    combo.blockSignals(False)


def item_words(sheet: VisitSheet, item: ItemId) -> str:
    """“B3 …”, as the checklist calls it."""
    return f"{item} {sheet.checklist.item(item).name}"


def name_of(sheet: VisitSheet, member: MemberId) -> str:
    """The name of somebody of the team; the code where the plan no longer has it."""
    return next((one.name for one in sheet.plan.team if one.id == member), member)


def is_leader(sheet: VisitSheet) -> bool:
    """Whether the expert at this desk leads the visit."""
    return sheet.plan.leader.id == sheet.me
