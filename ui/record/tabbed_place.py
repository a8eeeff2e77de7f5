"""A place of several pages under one title, such as sending out and taking back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ui.layouts import column, hairline, row
from ui.place import PlaceView
from ui.theme import px
from ui.tokens import Space


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``code`` is the screen code for help."""

    code: str
    title: str
    view: PlaceView


class TabbedPlace(PlaceView):
    """Shows one page at a time and speaks for it to the frame. Ctrl+PgUp and Ctrl+PgDn walk through the pages."""

    def __init__(self, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = tuple(pages)
        self._is_here = False
        self._text = ""
        self._bar = QTabBar()
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._stack = QStackedWidget()
        for page in self._pages:
            self._bar.addTab(page.title)
            self._stack.addWidget(page.view)
            page.view.header_changed.connect(self.header_changed)
            page.view.message_raised.connect(self.message_raised)
        top = row(self._bar, None)
        top.setContentsMargins(px(Space.ROOM), 0, px(Space.ROOM), 0)
        layout = column(top, hairline(), self._stack, gap=0)
        layout.setStretchFactor(self._stack, 1)
        self.setLayout(layout)
        self._bar.currentChanged.connect(self._on_chosen)
        for keys, slot in (("Ctrl+PgDown", self._on_next), ("Ctrl+PgUp", self._on_previous)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.setFocusProxy(self._bar)

    def show_page(self, code: str) -> PlaceView:
        """Go to the page called *code*."""
        place = next(place for place, page in enumerate(self._pages) if page.code == code)
        self._bar.setCurrentIndex(place)
        return self._pages[place].view

    def set_tab_title(self, code: str, title: str) -> None:
        """Change the words of a tab, for example to add a count."""
        for place, page in enumerate(self._pages):
            if page.code == code:
                self._bar.setTabText(place, title)

    def current(self) -> Page:
        """The page that is shown."""
        return self._pages[max(0, self._bar.currentIndex())]

    def about(self) -> str:
        return self.current().view.about()

    def primary_action(self) -> QAction | None:
        return self.current().view.primary_action()

    def search_hint(self) -> str:
        return self.current().view.search_hint()

    def search(self, text: str) -> None:
        self._text = text
        self.current().view.search(text)

    def screen_code(self) -> str:
        return self.current().view.screen_code() or self.current().code

    def entered(self) -> None:
        self._is_here = True
        self.search("")  # the frame empties its field when a place is entered
        self.current().view.entered()

    def left(self) -> None:
        self._is_here = False
        self.current().view.left()

    def _on_chosen(self, place: int) -> None:
        before = self._stack.currentWidget()
        view = self._pages[place].view
        if self._is_here and isinstance(before, PlaceView):
            before.left()
        self._stack.setCurrentWidget(view)
        view.search(self._text)
        if self._is_here:
            view.entered()
        self.header_changed.emit()

    def _on_next(self) -> None:
        self._bar.setCurrentIndex((self._bar.currentIndex() + 1) % len(self._pages))

    def _on_previous(self) -> None:
        self._bar.setCurrentIndex((self._bar.currentIndex() - 1) % len(self._pages))
