"""Counts of every outcome as chips that filter a list; several may be pressed at once."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QWidget

from app.i18n import _
from ui.layouts import row
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.plain_label import plain
from ui.widgets.state_chip import State


@dataclass(frozen=True, slots=True)
class ChipCount:
    """One outcome and how often it occurs."""

    key: Hashable
    state: State
    count: int


class FilterChips(QWidget):
    """A row of chips.

    Signals:
        chosen_changed: the frozenset of keys that are pressed; empty means no filter.
    """

    chosen_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row(None, gap=Space.HALF)
        self.setLayout(self._row)
        self._buttons: dict[Hashable, QToolButton] = {}

    def chosen(self) -> frozenset[Hashable]:
        """The keys that are pressed."""
        return frozenset(key for key, button in self._buttons.items() if button.isChecked())

    def show_counts(self, counts: Iterable[ChipCount]) -> None:
        """Show these chips; pressed ones that are still there stay pressed."""
        pressed = self.chosen()
        wanted = list(counts)
        for key in self._buttons.keys() - {chip.key for chip in wanted}:
            button = self._buttons.pop(key)
            self._row.removeWidget(button)
            button.deleteLater()
        for place, chip in enumerate(wanted):
            button = self._buttons.get(chip.key) or self._new_button(chip.key)
            words = _("{word} {count}").format(word=chip.state.word, count=chip.count)
            button.setText(plain(f"{chip.state.sign} {words}".strip()).replace("&", "&&"))
            button.setAccessibleName(plain(words))
            self._row.insertWidget(place, button)
        ordered = [self._buttons[chip.key] for chip in wanted]
        for before, after in pairwise(ordered):  # the keyboard goes the way the eye does
            self.setTabOrder(before, after)
        if self.chosen() != pressed:
            self.chosen_changed.emit(self.chosen())

    def clear_choice(self) -> None:
        """Press none."""
        if self.chosen():
            for button in self._buttons.values():
                button.setChecked(False)
            self.chosen_changed.emit(self.chosen())

    def _new_button(self, key: Hashable) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        set_role(button, "chip")
        button.clicked.connect(self._on_clicked)
        self._buttons[key] = button
        return button

    def _on_clicked(self) -> None:
        self.chosen_changed.emit(self.chosen())
