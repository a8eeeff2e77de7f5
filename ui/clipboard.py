"""What was copied does not stay: secrets go after ten seconds, everything of ours when the desk is locked or closed.

The three hints are the ones clipboard histories of KDE and Windows respect.
"""

from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECRET_MS: Final = 10_000
_HINTS: Final = {
    "x-kde-passwordManagerHint": b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": b"\x00\x00\x00\x00",
}


class Clipboard(QObject):
    """The one way to put something on the clipboard."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours: str | None = None
        self._timer = QTimer(self, singleShot=True, interval=SECRET_MS)
        self._timer.timeout.connect(self.clear)
        application = QGuiApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear)

    def copy(self, text: str) -> None:
        """For as long as the desk is open: a table, a quotation."""
        self._timer.stop()
        self._put(text)

    def copy_secret(self, text: str) -> None:
        """For ten seconds: a recovery code."""
        self._put(text)
        self._timer.start()

    def clear(self) -> None:
        """Take back what we put there, and nothing that somebody else has put there since."""
        self._timer.stop()
        board = self._board()
        if self._ours is not None and board.text() == self._ours:
            board.clear()
        self._ours = None

    def _put(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        for name, value in _HINTS.items():
            data.setData(name, value)
        self._board().setMimeData(data)
        self._ours = text

    @staticmethod
    def _board() -> QClipboard:
        return QGuiApplication.clipboard()
