"""What the window asks the programs of this computer to show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices


class _Outside(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


@contextmanager
def opened_outside() -> Iterator[list[Path]]:
    """Folders and pages that would be opened, in their order; nothing is."""
    outside = _Outside()
    QDesktopServices.setUrlHandler("file", outside, b"show")
    try:
        yield outside.shown
    finally:
        QDesktopServices.unsetUrlHandler("file")
