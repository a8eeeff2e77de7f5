"""F1 in every dialog: a dialog that comes to the front gets the key, whoever made it."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

HELP_KEY: Final = "F1"
_KNOWN: Final = "youpin_help_key"


class DialogKeys(QObject):
    """Watches which window is in front, not every event: typing costs nothing.

    Signals:
        pressed: the dialog in which the key was pressed.
    """

    pressed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_window)

    def _on_window(self) -> None:
        dialog = QApplication.activeWindow()
        if not isinstance(dialog, QDialog) or dialog.property(_KNOWN):
            return
        dialog.setProperty(_KNOWN, True)
        shortcut = QShortcut(QKeySequence(HELP_KEY), dialog)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._on_pressed)

    def _on_pressed(self) -> None:
        dialog = QApplication.activeWindow()
        if isinstance(dialog, QDialog):
            self.pressed.emit(dialog)
