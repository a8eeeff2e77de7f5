"""One section of the meeting: a title, what it is about, and whatever belongs to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.layouts import column, row
from ui.state import State
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_chip import StateChip


class Section(QWidget):
    """A page of its own ground in the one column of the meeting."""

    def __init__(self, title: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = PlainLabel(title, role="reading")
        self.chip = StateChip()
        self.chip.hide()
        self.about = PlainLabel(about, role="small", is_wrapped=True)
        self.body = column(gap=Space.INSIDE)
        head = row(self.title, self.chip, None, gap=Space.INSIDE)
        self.setLayout(column(head, self.about, self.body, margin=Space.BETWEEN, gap=Space.INSIDE))
        self.about.setVisible(bool(about))  # not before it has its place: it would be a window of its own
        self.setAccessibleName(title)

    def show_state(self, state: State | None) -> None:
        """How the section stands, beside its title."""
        self.chip.setVisible(state is not None)
        if state is not None:
            self.chip.show_state(state)

    def say(self, about: str) -> None:
        """Words below the title."""
        self.about.setText(about)
        self.about.setVisible(bool(about))
