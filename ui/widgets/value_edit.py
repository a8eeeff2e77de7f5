"""The small field a score is typed into: no input method, and the keys of the ruler."""

import unicodedata
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.scoring import Standing

_LONGEST: Final = 8
_MARKS: Final = {"-": Standing.NOT_APPLICABLE, "?": Standing.UNJUDGED}


class ValueEdit(QLineEdit):
    """Hands on what the keys mean; understands nothing itself.

    Signals:
        stepped: up or down by so many steps; ``banded``: by so many bands.
        marked: “-” for not applicable, “?” for cannot judge.
        given_up: Esc, while something was typed and not taken yet.
        left: the keyboard goes elsewhere.
    """

    stepped = Signal(int)
    banded = Signal(int)
    marked = Signal(object)
    given_up = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMaxLength(_LONGEST)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()  # an int: not every key of every keyboard is in the enumeration
        steps: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        bands: dict[int, int] = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        mark = _MARKS.get(unicodedata.normalize("NFKC", event.text()))
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in bands:
            self.banded.emit(bands[key])
        elif mark is not None:
            self.marked.emit(mark)
        elif key == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
