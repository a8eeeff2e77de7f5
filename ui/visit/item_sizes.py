"""A whole number that may be left out, typed in whatever digits the input method gives."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

_LONGEST = 7


class SizeField(QLineEdit):
    """Empty means: not said.

    Signals:
        typed: the number, or ``None``, after every change a person made.
    """

    typed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxLength(_LONGEST)
        self.textEdited.connect(self._on_edited)

    def value(self) -> int | None:
        """The number; ``None`` where the field is empty."""
        text = self.text()
        return int(text) or None if text else None

    def set_value(self, value: int | None) -> None:
        """Show *value*."""
        text = "" if value is None else str(value)
        if text != self.text():
            self.setText(text)

    def _on_edited(self, text: str) -> None:
        digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
        if digits != text:
            self.setText(digits)
        self.typed.emit(self.value())
