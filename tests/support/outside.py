"""What the window asks the programs of this computer to show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

_SHOW: Final[Any] = "show"  # the library's own types ask for bytes, and it takes none


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
    QDesktopServices.setUrlHandler("file", outside, _SHOW)
    try:
        yield outside.shown
    finally:
        QDesktopServices.unsetUrlHandler("file")
