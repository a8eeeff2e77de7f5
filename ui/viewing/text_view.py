"""A document of words, in the reading font."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.i18n import _
from ui.plain import plain
from ui.theme import look, set_role
from ui.tokens import Type

_LONGEST: Final = 5_000_000


class TextView(QPlainTextEdit):
    """Can be read and marked, not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(_("Text of the document"))
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text = ""
        set_role(self, "reading")
        self.setFont(look().font(Type.READING, serif=True))

    def show_text(self, text: str) -> None:
        """Show *text* from its beginning; one character stays one character, so that anchors keep their places."""
        self._text = text
        self.setPlainText(plain(text, _LONGEST))

    def place(self) -> tuple[tuple[int, int], str] | None:
        """First and past-the-last character of what is marked, and the words; Qt counts UTF-16 units, we do not."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        units = self.toPlainText().encode("utf-16-le")
        start, end = (
            len(units[: 2 * unit].decode("utf-16-le", "replace"))
            for unit in (cursor.selectionStart(), cursor.selectionEnd())
        )
        return (start, end), self._text[start:end]

    def mark(self, start: int, end: int) -> None:
        """Mark the characters of an anchor and bring them into view."""
        shown = self.toPlainText()
        units = [len(shown[:place].encode("utf-16-le")) // 2 for place in (start, end)]
        cursor = self.textCursor()
        cursor.setPosition(units[0])
        cursor.setPosition(units[1], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.setFont(look().font(Type.READING, serif=True))
