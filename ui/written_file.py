"""Where a file lies that this program has written: its folder, or the page itself, in the programs of this computer.

Only for what a person chose the place of, and only when that person presses; never for a name out of a dossier.
"""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.i18n import _
from ui.layouts import row
from ui.tokens import Space


def open_folder_of(file: Path) -> None:
    """Show the folder of *file*; nothing happens where the stick was pulled out."""
    _open(file.parent)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class WrittenFiles(QWidget):
    """Two buttons after an enrolment: where the files are, and the page to print and sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request: Path | None = None
        self._page: Path | None = None
        self.folder, self.page = QPushButton(_("Open the folder")), QPushButton(_("Open the page to sign"))
        self.setLayout(row(self.folder, self.page, gap=Space.INSIDE))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.folder.clicked.connect(self._on_folder)
        self.page.clicked.connect(self._on_page)

    def show_files(self, request: Path | None, page: Path | None) -> None:
        """Offer what is still there; hidden where nothing is."""
        self._request = request if request is not None and request.exists() else None
        self._page = page if page is not None and page.exists() else None
        self.folder.setVisible(self._request is not None)
        self.page.setVisible(self._page is not None)
        self.setVisible(self._request is not None or self._page is not None)

    def _on_folder(self) -> None:
        if self._request is not None:
            open_folder_of(self._request)

    def _on_page(self) -> None:
        if self._page is not None:
            _open(self._page)
