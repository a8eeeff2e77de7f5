"""The boxes of one item: five large buttons, or two for a veto item, also by the keys 1 to 5."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from app.domain.onsite.checklist import Checklist, ChecklistItem, Grade
from app.i18n import _
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.flow_layout import FlowLayout

# A finger that has learnt 2 for what conforms must not fail a veto item with it.
_NUMBERS: Final = {
    Grade.STRONG: 1,
    Grade.CONFORM: 2,
    Grade.PASS: 2,
    Grade.MINOR: 3,
    Grade.MAJOR: 4,
    Grade.FAIL: 4,
    Grade.NOT_APPLICABLE: 5,
}


class GradeBar(QWidget):
    """Pressing the pressed one again takes the grade back.

    Signals:
        given: a grade, or ``None`` where it was taken back.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Grade"))
        line = FlowLayout(gap=px(Space.INSIDE))  # large letters need a second line rather than a box out of sight
        self.setLayout(line)
        self.buttons: dict[Grade, QToolButton] = {}
        for grade in Grade:
            button = QToolButton()
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setMinimumSize(px(Size.TOUCH_ROW) * 2, px(Size.CONTROL) + px(Space.HALF))
            set_role(button, "answer")
            button.clicked.connect(partial(self._on_clicked, grade))
            self.buttons[grade] = button
            line.addWidget(button)
        self._shown: tuple[Grade, ...] = ()
        self._grade: Grade | None = None

    def show_item(self, checklist: Checklist, item: ChecklistItem, grade: Grade | None, *, is_open: bool) -> None:
        """The boxes *item* has, and which one is ticked."""
        self._shown, self._grade = item.grades, grade
        for each, button in self.buttons.items():
            button.setVisible(each in item.grades)
            button.setChecked(each is grade)
            button.setEnabled(is_open)
            if each in item.grades:
                label = checklist.label_of(each)
                button.setText(plain(f"{_NUMBERS[each]}  {label}").replace("&", "&&"))
                button.setAccessibleName(plain(_("{item}: {grade}").format(item=item.id, grade=label)))

    def give_number(self, number: int) -> None:
        """The box with that number on it, 1 to 5, the same for every item; nothing where this item has none.

        A key pressed once more leaves the grade, which only the box itself takes back: fingers that go down a list do
        not look at each item.
        """
        for grade in self._shown:
            if _NUMBERS[grade] == number and self.buttons[grade].isEnabled() and grade is not self._grade:
                self._on_clicked(grade)

    def set_large(self, *, is_large: bool) -> None:
        """High enough for a thumb in a glove."""
        height = px(Size.TOUCH_ROW) + px(Space.INSIDE) if is_large else px(Size.CONTROL) + px(Space.HALF)
        for button in self.buttons.values():
            button.setMinimumHeight(height)

    def first(self) -> QToolButton | None:
        """Where the keyboard comes in: the box that is ticked, or the first."""
        wanted = self._grade or next(iter(self._shown), None)
        return self.buttons[wanted] if wanted is not None else None

    def _on_clicked(self, grade: Grade) -> None:
        self._grade = None if self._grade is grade else grade
        for each, button in self.buttons.items():
            button.setChecked(each is self._grade)
        self.given.emit(self._grade)
