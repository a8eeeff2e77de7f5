"""A field that filters as you type."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.plain_label import plain

PAUSE_MS: Final = 120
_LONGEST: Final = 200


class FilterEdit(QLineEdit):
    """Search as you type.

    Signals:
        filter_changed: the text after a short pause; at once on Enter and when it was emptied.
        left_downwards: the person wants to go on in the list below.
    """

    filter_changed = Signal(str)
    left_downwards = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        self.setClearButtonEnabled(True)
        self.set_hint(hint)
        self._told = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text_changed)

    def set_hint(self, hint: str) -> None:
        """What can be found here."""
        self.setPlaceholderText(plain(hint, _LONGEST))
        self.setAccessibleName(plain(hint, _LONGEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self._tell()
            if key == Qt.Key.Key_Down:
                self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        if text:
            self._timer.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.filter_changed.emit(self._told)
