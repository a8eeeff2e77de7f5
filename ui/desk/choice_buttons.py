"""A few answers beside each other: one click or one digit gives an answer, the same again takes it back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from app.i18n import _
from ui.layouts import row
from ui.plain import plain_tool_tip
from ui.theme import set_role
from ui.tokens import Space


class ChoiceButtons(QWidget):
    """One stop for Tab; the arrows go from answer to answer and choose nothing, the digits and Space choose.

    Signals:
        chosen: the value a person chose, ``None`` if it was taken back.
    """

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, str]], *, about: str, parent: QWidget | None = None) -> None:
        """*choices* are values with their words; *about* is what people hear before them."""
        super().__init__(parent)
        self._value: str | None = None
        self._buttons: dict[str, _Choice] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # the chosen one can be taken back; a group all the same for whoever hears it
        for number, (value, words) in enumerate(choices, start=1):
            button = _Choice(words)
            button.setCheckable(True)
            set_role(button, "answer")
            button.setAccessibleName(_("{question}: {answer}").format(question=about, answer=words))
            button.setToolTip(plain_tool_tip(f"{words}  {number}"))
            button.clicked.connect(partial(self._on_clicked, value))
            button.pressed_key.connect(partial(self._on_key, number - 1))
            self._buttons[value] = button
            self._group.addButton(button)
        self.setLayout(row(*self._buttons.values(), gap=Space.HALF))
        self._arrange()

    def value(self) -> str | None:
        """What is chosen."""
        return self._value

    def buttons(self) -> tuple[QToolButton, ...]:
        """In their order."""
        return tuple(self._buttons.values())

    def show_value(self, value: str | None) -> None:
        """Show what the store says."""
        self._value = value
        for name, button in self._buttons.items():
            button.setChecked(name == value)
        self._arrange()

    def set_editable(self, *, is_editable: bool) -> None:
        """A signed review shows its answers and takes none."""
        for button in self._buttons.values():
            button.setEnabled(is_editable)

    def entry(self) -> QToolButton:
        """Where Tab comes in."""
        return self._buttons[self._value] if self._value else next(iter(self._buttons.values()))

    def focus_entry(self) -> None:
        """Ready for an answer."""
        self.entry().setFocus(Qt.FocusReason.TabFocusReason)

    def leave_backwards(self, act: Callable[[], None]) -> None:
        """*act* is what Shift+Tab does here, where the control before it may be folded away."""
        for button in self._buttons.values():
            button.before = act

    def choose(self, place: int) -> None:
        """Choose the answer at *place*, from 0; the one that is chosen is taken back."""
        value = list(self._buttons)[place]
        self._value = None if value == self._value else value
        self.show_value(self._value)
        self.chosen.emit(self._value)

    def _arrange(self) -> None:
        entry = self.entry()
        for button in self._buttons.values():
            stops = Qt.FocusPolicy.StrongFocus if button is entry else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stops)

    def _on_clicked(self, value: str) -> None:
        self.choose(list(self._buttons).index(value))

    def _on_key(self, here: int, key: int) -> None:
        digit = key - Qt.Key.Key_1
        if 0 <= digit < len(self._buttons):
            self.choose(digit)
            self.entry().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        step = 1 if key in {Qt.Key.Key_Right, Qt.Key.Key_Down} else -1
        buttons = list(self._buttons.values())
        buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)


class _Choice(QToolButton):
    pressed_key = Signal(int)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.before: Callable[[], None] | None = None
        self.setText(words)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        if is_next or self.before is None:
            return super().focusNextPrevChild(is_next)
        self.before()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if is_plain and (event.key() in arrows or Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9) and self.isEnabled():
            self.pressed_key.emit(event.key())
        else:
            super().keyPressEvent(event)
