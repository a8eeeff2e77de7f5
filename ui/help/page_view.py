"""One help page as it is read: plain characters, our own pictures, links by mouse and Tab."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.i18n import _
from app.services.help_pages import HelpPage, HelpShelf
from ui.help.page_document import LINKS, fill_document
from ui.look import px
from ui.plain import plain
from ui.tokens import Space

_SOON_MS: Final = 50


class PageView(QTextBrowser):
    """Shows a page. Whatever a document would like to load is refused.

    Signals:
        link_followed: the name of a page, or of a picture as :mod:`ui.help.page_document` writes it.
    """

    link_followed = Signal(str)

    def __init__(self, shelf: HelpShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._page: HelpPage | None = None
        self._width = 0
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTextInteractionFlags(LINKS)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(_("Help page"))
        self.anchorClicked.connect(self._on_link)
        self._later = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._later.timeout.connect(self._fit)

    def show_page(self, page: HelpPage) -> None:
        """Show *page* from its beginning."""
        self._page = page
        self._fill()
        self.setAccessibleName(plain(page.title))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Nothing: the document already holds the pictures that belong to it."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._page is not None:
            self._later.start()

    def _fit(self) -> None:
        """Pictures are as wide as the text, and colours those of the theme."""
        at = self.verticalScrollBar().value()
        self._fill()
        self.verticalScrollBar().setValue(at)

    def _fill(self) -> None:
        if self._page is None:
            return
        width = max(px(Space.PAGE), self.viewport().width() - 2 * px(Space.BETWEEN) - 2)
        fill_document(self.document(), self._page, picture=self._shelf.picture, width=width)

    def _on_link(self, link: QUrl) -> None:
        self.link_followed.emit(link.toString())
