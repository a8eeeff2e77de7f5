"""The frame around every place: rail, title line, strip, place, status line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QStackedWidget, QWidget

from app.services.help_pages import CONTENTS
from ui.focus_keeper import FocusKeeper
from ui.jobs import Workers
from ui.layouts import column, hairline, row
from ui.place import Place, PlaceView
from ui.rail import Rail
from ui.status_line import StatusLine
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.filter_edit import FilterEdit
from ui.widgets.plain_label import PlainLabel
from ui.widgets.strip import MessageStrip

_BY_TAB: Final = Qt.FocusPolicy.TabFocus
_SEARCH_WIDTH: Final = Size.DIALOG_WIDTH // 2


class Frame(QWidget):
    """Shows one place at a time; screens are made at the first visit and kept.

    Signals:
        place_shown: the code of the place.
        lock_requested: the person wants to lock.
        help_requested: the person wants the help text; carries the screen code.
        page_requested: the person wants to read the help; carries the code of a screen or of a sentence.
    """

    place_shown = Signal(str)
    lock_requested = Signal()
    help_requested = Signal(str)
    page_requested = Signal(str)

    def __init__(self, places: Sequence[Place], workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = {place.code: place for place in places}
        self._views: dict[str, PlaceView] = {}
        self._rooms: dict[str, QScrollArea] = {}
        self._code = ""
        self.rail = Rail(places)
        self.strip = MessageStrip()
        self.status = StatusLine(workers)
        self._title, self._about = PlainLabel(role="title"), PlainLabel(role="muted")
        self._search = FilterEdit()
        self._search.setFixedWidth(px(_SEARCH_WIDTH))
        self._primary = QPushButton()
        set_role(self._primary, "primary")
        self._stack = QStackedWidget()
        self._build()
        self._wire()
        self._keeper = FocusKeeper(self.rail, self.current, self._focus_place, self)

    def show_place(self, code: str) -> PlaceView:
        """Go to the place called *code*."""
        if code == self._code:
            return self._views[code]
        if self._code:
            self._views[self._code].left()
        view = self._views.get(code) or self._make(code)
        self._code = code
        self._stack.setCurrentWidget(self._rooms[code])
        self.rail.show_chosen(code)
        self._search.blockSignals(True)  # a filter of the last place is not one of this
        self._search.clear()
        self._search.blockSignals(False)
        self._refresh_header()
        view.entered()
        self.place_shown.emit(code)
        return view

    def current(self) -> PlaceView | None:
        """The screen that is shown."""
        return self._views.get(self._code)

    def current_code(self) -> str:
        """The code of the place that is shown."""
        return self._code

    def screen_code(self) -> str:
        """The code of what is shown, for help."""
        view = self.current()
        return (view.screen_code() if view else "") or self._code

    def _build(self) -> None:
        line = QWidget()
        line.setFixedHeight(px(Size.TITLE_LINE))
        inner = row(self._title, self._about, self._search, self._primary, gap=Space.ROOM)
        inner.setContentsMargins(px(Space.PAGE), 0, px(Space.BETWEEN), 0)
        inner.setStretchFactor(self._about, 1)
        line.setLayout(inner)
        self._stack.setContentsMargins(0, 0, 0, 0)
        right = column(line, hairline(), self.strip, self._stack, hairline(), self.status, gap=0)
        right.setStretchFactor(self._stack, 1)
        outer = row(self.rail, hairline(is_vertical=True), right, gap=0)
        outer.setStretchFactor(right, 1)
        self.setLayout(outer)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.show_place)
        self.rail.help_chosen.connect(self._on_contents)
        self.strip.help_asked.connect(self.page_requested)
        self.rail.lock_chosen.connect(self.lock_requested)
        self._search.filter_changed.connect(self._on_search)
        self._search.left_downwards.connect(self._focus_place)
        self._primary.clicked.connect(self._on_primary)
        for keys, slot in (
            ("F1", self._on_page),
            ("F2", self._on_help),
            ("Ctrl+L", self.lock_requested),
            ("Ctrl+F", self._on_find),
            ("F6", self._on_next_area),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _make(self, code: str) -> PlaceView:
        view = self._places[code].factory()
        self._views[code] = view
        self._stack.addWidget(self._room_for(code, view))
        view.header_changed.connect(self._refresh_header)
        view.message_raised.connect(self.strip.show_message)
        return view

    def _room_for(self, code: str, view: PlaceView) -> QScrollArea:
        """Letters twice as large on a small screen do not fit: the place scrolls instead of cutting its words."""
        room = self._rooms[code] = QScrollArea(widgetResizable=True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(view)
        return room

    def _refresh_header(self) -> None:
        view = self.current()
        if view is None:
            return
        self._title.setText(self._places[self._code].title)
        self._about.setText(view.about())
        hint = view.search_hint()
        self._search.setVisible(bool(hint))
        self._search.set_hint(hint)
        action = view.primary_action()
        self._primary.setVisible(action is not None)
        if action is not None:
            self._primary.setText(action.text())
            self._primary.setEnabled(action.isEnabled())

    def _on_primary(self) -> None:
        view = self.current()
        action = view.primary_action() if view else None
        if action is not None:
            action.trigger()

    def _on_search(self, text: str) -> None:
        view = self.current()
        if view is not None:
            view.search(text)

    def _on_help(self) -> None:
        self.help_requested.emit(self.screen_code())

    def _on_page(self) -> None:
        self.page_requested.emit(self.screen_code())

    def _on_contents(self) -> None:
        self.page_requested.emit(CONTENTS)

    def _on_find(self) -> None:
        if self._search.isVisible():
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._search.selectAll()

    def _on_next_area(self) -> None:
        if self.rail.has_focus():
            self._focus_place()
        else:
            self.rail.focus_chosen()

    def _focus_place(self) -> None:
        view = self.current()
        if view is not None:
            target = view.first_focus()
            while target is None or not (target.isVisible() and target.isEnabled() and target.focusPolicy() & _BY_TAB):
                target = (target or view).nextInFocusChain()  # a list that is empty is hidden
                if target is view:
                    return
            target.setFocus(Qt.FocusReason.TabFocusReason)
