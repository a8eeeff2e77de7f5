"""A field for a few sentences: Tab leaves it, undo belongs to the review, and a newer text of the store replaces it."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui.theme import look, px
from ui.tokens import Space, Type

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_UNDOING: Final = frozenset({"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"})


class TextEdit(QPlainTextEdit):
    """Plain text.

    Signals:
        typed: the text after every change a person made; not while an input method still composes.
        left: the keyboard goes elsewhere.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, name: str, *, lines: int = 3, is_reading: bool = False, parent: QWidget | None = None) -> None:
        """*name* is what people hear; *lines* is how many are seen."""
        super().__init__(parent)
        self._lines = lines
        self._is_showing = False
        self._type = Type.READING if is_reading else Type.BODY
        self._is_serif = is_reading
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFont(look().font(self._type, serif=is_reading))
        self.textChanged.connect(self._on_changed)

    def show_text(self, text: str) -> None:
        """Show what the store holds; the cursor stays where it was as far as that is possible."""
        if text == self.toPlainText():
            return
        place = self.textCursor().position()
        self._is_showing = True
        self.setPlainText(text)
        self._is_showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        height = self._lines * self.fontMetrics().lineSpacing() + 2 * px(Space.INSIDE) + px(Space.HALF)
        return QSize(px(Space.PAGE) * 8, height)

    def minimumSizeHint(self) -> QSize:
        least = min(2, self._lines) * self.fontMetrics().lineSpacing() + 2 * px(Space.INSIDE)
        return QSize(px(Space.PAGE) * 4, least)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_undo_or_redo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & _CONTROL:
            event.ignore()  # “next unscored” belongs to the screen
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if not event.preeditString() and event.commitString():
            self._on_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _on_changed(self) -> None:
        if not self._is_showing:
            self.typed.emit(self.toPlainText())


def is_undo_or_redo(event: QKeyEvent) -> bool:
    """Whether a key means undo or redo here; editors must leave both to the review."""
    keys = QKeySequence(event.keyCombination())
    return keys.toString(QKeySequence.SequenceFormat.PortableText) in _UNDOING
