"""Pages on the screen: continuous, zoomed and turned; whatever is not there yet leaves its paper blank."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.theme import look, px
from ui.tokens import Size, Space
from ui.viewing.found import found_boxes
from ui.viewing.opened import Opened
from ui.viewing.page_cache import PageKey
from ui.viewing.page_layout import Fit, PageLayout, Zoom
from ui.viewing.page_loader import PageLoader
from ui.viewing.page_paint import paint_edge, paint_tile, paint_tints
from ui.viewing.selection import Marked, around, marked_words, nearest_word, region, word_at
from ui.viewing.source import Box

_TURN: Final = 90
_CONTEXT: Final = 0.12  # of the window stays in view when a page is turned by key
_DRAG: Final = 4


class PageCanvas(QAbstractScrollArea):
    """Shows the pages of one document.

    Signals:
        page_shown: another page is the one in view.
        zoom_changed: the factor of the page in view is different.
        marked_changed: words or a region are marked, or nothing any more.
        turned: somebody moved through the document.
    """

    page_shown = Signal(int)
    zoom_changed = Signal()
    marked_changed = Signal()
    turned = Signal()

    def __init__(self, loader: PageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._opened: Opened | None = None
        self._layout: PageLayout | None = None
        self._zoom, self._rotation, self._page = Zoom(), 0, 1
        self._marked: Marked | None = None
        self._cited: tuple[int, Box] | None = None
        self._found, self._found_boxes = "", dict[int, tuple[tuple[Box, ...], ...]]()
        self._arriving: tuple[int, int] | None = None
        self._kept: tuple[tuple[str, int | None, Box | None], ...] = ()
        self._press: tuple[int, tuple[int, int], int | None] | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or fitting the width would never settle
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        loader.page_ready.connect(self._on_page_ready)
        loader.page_failed.connect(self._on_page_failed)
        loader.words_ready.connect(self._on_words_ready)

    def show_document(self, opened: Opened | None) -> None:
        """Show the first page of *opened*, or nothing."""
        self._opened, self._rotation, self._page = opened, 0, 1
        self._marked = self._cited = self._press = self._arriving = None
        self._found_boxes.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._want()
        self.viewport().update()

    def show_sizes(self, opened: Opened) -> None:
        """More pages of the same document have been measured; what is in view stays."""
        before, self._opened = self._opened, opened
        if before is not None and before.sizes != opened.sizes:
            self._keeping_place()

    def page(self) -> int:
        """The page in view."""
        return self._page

    def page_count(self) -> int:
        """How many there are."""
        return len(self._opened.sizes) if self._opened else 0

    def factor(self) -> float:
        """How large the page in view is shown; 1 is its real size."""
        return self._layout.factor(self._page) if self._layout and self._layout.rects else 1.0

    def zoom(self) -> Zoom:
        """What was asked for."""
        return self._zoom

    def rotation(self) -> int:
        """Degrees clockwise on top of the page's own."""
        return self._rotation

    def marked(self) -> Marked | None:
        """What is marked."""
        return self._marked

    def set_zoom(self, zoom: Zoom) -> None:
        """Change the size; what was in the middle stays there."""
        self._zoom = zoom
        self._keeping_place()

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by so many steps."""
        self.set_zoom(self._zoom.stepped(steps, self.factor()))

    def rotate(self) -> None:
        """A quarter turn clockwise, for every page of this document."""
        self._rotation = (self._rotation + _TURN) % 360
        self._keeping_place()

    def go_to(self, page: int, box: Box | None = None) -> None:
        """Bring *page* into view, and mark *box* on it as cited."""
        if self._layout is None or not 1 <= page <= len(self._layout.rects):
            return
        self._cited = None if box is None else (page, box)
        top = self._layout.rects[page - 1].top() - px(Space.INSIDE)
        if box is not None:
            place = self._layout.to_view(page, box)
            top = max(top, place.center().y() - self.viewport().height() / 3)
        self.verticalScrollBar().setValue(round(top))
        self._update_page(page)
        self.viewport().update()

    def show_found(self, wanted: str) -> None:
        """Light up *wanted* (folded) on every page; nothing if it is empty."""
        if wanted != self._found:
            self._found, self._cited, self._arriving = wanted, None, None
            self._found_boxes.clear()
            self.viewport().update()

    def show_marks(self, marks: Sequence[tuple[str, int | None, Box | None]]) -> None:
        """Tint the places (document, page, box) that were marked for good."""
        self._kept = tuple(marks)
        self.viewport().update()

    def go_to_found(self, page: int, occurrence: int) -> None:
        """Bring one of the places of *page* into view, at the latest when its words are there."""
        self.go_to(page)
        self._arriving = page, occurrence
        if self._loader.words(page) is None:
            self._loader.want_words(page)
        else:
            self._arrive()

    def clear_marked(self) -> None:
        """Mark nothing."""
        if self._marked is not None:
            self._marked = None
            self.marked_changed.emit()
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, window = self.verticalScrollBar(), self.viewport().height()
        turns: dict[int, float] = {
            Qt.Key.Key_PageDown: window * (1 - _CONTEXT),
            Qt.Key.Key_PageUp: -window * (1 - _CONTEXT),
            Qt.Key.Key_Space: window * (1 - _CONTEXT),
            Qt.Key.Key_Down: px(Size.ROW),
            Qt.Key.Key_Up: -px(Size.ROW),
        }
        pages: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        key = event.key()  # an int: not every key of every keyboard is in the enumeration
        if key in turns:
            bar.setValue(round(bar.value() + turns[key]))
        elif key in pages:
            self.go_to(self._page + pages[key])
        elif key == Qt.Key.Key_Home:
            self.go_to(1)
        elif key == Qt.Key.Key_End:
            self.go_to(self.page_count())
        elif key == Qt.Key.Key_Escape and self._marked is not None:
            self.clear_marked()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        page, point = self._place(event.position())
        if page is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._loader.failure(page) is not None:
            self._loader.retry(page)
            self._want()
            return
        if self._opened is None or page in self._opened.guessed:
            return  # where it is has no lasting meaning before the page was measured
        words = self._loader.words(page) or ()
        self._press = page, point, word_at(words, point)
        self.clear_marked()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None or self._layout is None:
            return
        page, start, first = self._press
        point = self._layout.to_page(page, self._in_column(event.position()))
        words = self._loader.words(page) or ()
        last = nearest_word(words, point) if first is not None else None
        if first is not None and last is not None:
            self._marked = marked_words(page, words, first=first, last=last)
        elif max(abs(point[0] - start[0]), abs(point[1] - start[1])) * self._layout.scales[page - 1] > px(_DRAG):
            self._marked = region(page, start, point)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        self.marked_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keeping_place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look().colour("sunken"))
        if self._layout is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
            for page in self._visible():
                self._paint_page(painter, self._layout, page)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(look().colour("accent"), Space.HALF // 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_page(self, painter: QPainter, layout: PageLayout, page: int) -> None:
        rect = layout.rects[page - 1]
        failure = self._loader.failure(page)
        if failure is not None:
            top = self.verticalScrollBar().value()
            seen = rect.intersected(QRectF(rect.left(), top, rect.width(), self.height()))
            paint_tile(painter, rect, seen=seen, sentence=failure.sentence())
            return
        painter.fillRect(rect, look().colour("paper"))
        image = self._loader.image(self._key(layout, page)) or self._loader.stand_in(page, self._rotation)
        if image is not None:
            painter.drawImage(rect, image)
        painter.setPen(QPen(look().colour("line"), Space.HAIR))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        if self._cited is not None and self._cited[0] == page:
            paint_edge(painter, layout.to_view(page, self._cited[1]))
        paint_tints(painter, ((layout.to_view(page, box), colour) for box, colour in self._tints(page)))
        if self._marked is not None and self._marked.page == page and not self._marked.boxes:
            paint_edge(painter, layout.to_view(page, self._marked.box))

    def _tints(self, page: int) -> Iterator[tuple[Box, str]]:
        colours = look().colours
        for sha256, number, box in self._kept:
            if box is not None and self._opened is not None and sha256 == self._opened.sha256 and (number or 1) == page:
                yield box, colours.mark
        yield from ((box, colours.found) for place in self._places(page) for box in place)
        if self._marked is not None and self._marked.page == page:
            yield from ((box, colours.mark) for box in self._marked.boxes or (self._marked.box,))

    def _lay_out(self) -> None:
        if self._opened is None or not self._opened.sizes:
            self._layout = None
            return
        room = QSizeF(self.viewport().width(), self.viewport().height())
        self._layout = PageLayout.of(
            self._opened.sizes,
            is_picture=self._opened.is_picture,
            zoom=self._zoom,
            rotation=self._rotation,
            room=room,
            gap=px(Space.ROOM),
            scale=look().scale,
        )
        extent = self._layout.extent
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, round(extent.height() - room.height())))
        vertical.setPageStep(round(room.height()))
        vertical.setSingleStep(px(Size.ROW))
        horizontal.setRange(0, max(0, round(extent.width() - room.width())))
        horizontal.setPageStep(round(room.width()))

    def _keeping_place(self) -> None:
        """Lay out again; the height at which the page in view stood stays the same share of it."""
        page, share = self._page, 0.0
        if self._layout is not None:
            rect = self._layout.rects[page - 1]
            share = (self.verticalScrollBar().value() - rect.top()) / rect.height()
        self._lay_out()
        if self._layout is not None:
            rect = self._layout.rects[page - 1]
            self.verticalScrollBar().setValue(round(rect.top() + share * rect.height()))
            bar = self.horizontalScrollBar()
            bar.setValue(bar.maximum() // 2)
            self._want()
        self.zoom_changed.emit()
        self.viewport().update()

    def _places(self, page: int) -> tuple[tuple[Box, ...], ...]:
        words = self._loader.words(page) if self._found else None
        if words is None:
            return ()
        if page not in self._found_boxes:
            self._found_boxes[page] = found_boxes(words, self._found)
        return self._found_boxes[page]

    def _arrive(self) -> None:
        if self._arriving is None:
            return
        (page, occurrence), self._arriving = self._arriving, None
        places = self._places(page)
        if occurrence < len(places):
            self.go_to(page, around(places[occurrence]))

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        return self._layout.pages_between(top, top + self.viewport().height()) if self._layout else range(0)

    def _key(self, layout: PageLayout, page: int) -> PageKey:
        width = round(layout.rects[page - 1].width() * self.devicePixelRatioF())
        return PageKey(page, max(1, width), self._rotation)

    def _want(self) -> None:
        """What is in view, then the page after it, then the one before."""
        if self._layout is None:
            return
        seen = list(self._visible())
        around = [page for page in (seen[-1] + 1, seen[0] - 1) if 1 <= page <= self.page_count()] if seen else []
        self._loader.want_pages([self._key(self._layout, page) for page in [*seen, *around]])
        if self._opened is not None and not self._opened.is_picture:
            for page in seen if self._found else [self._page]:
                self._loader.want_words(page)

    def _on_scrolled(self) -> None:
        if self._layout is not None:
            middle = self.verticalScrollBar().value() + self.viewport().height() / 2
            self._update_page(self._layout.page_at(middle))
            self.turned.emit()
        self._want()

    def _update_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_shown.emit(page)
            self.zoom_changed.emit()

    def _place(self, position: QPointF) -> tuple[int | None, tuple[int, int]]:
        if self._layout is None:
            return None, (0, 0)
        point = self._in_column(position)
        page = self._layout.page_at(point.y())
        if not self._layout.rects[page - 1].contains(point):
            return None, (0, 0)
        if self._opened is not None and not self._opened.is_picture:
            self._loader.want_words(page)
        return page, self._layout.to_page(page, point)

    def _in_column(self, position: QPointF) -> QPointF:
        return position + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _on_page_ready(self, key: PageKey) -> None:
        if key.page in self._visible():
            self.viewport().update()

    def _on_page_failed(self, page: int) -> None:
        if page in self._visible():
            self.viewport().update()

    def _on_words_ready(self, page: int) -> None:
        if self._arriving is not None and self._arriving[0] == page:
            self._arrive()
        if self._found:
            self.viewport().update()
        if self._press is not None and self._press[0] == page and self._press[2] is None:
            words = self._loader.words(page) or ()
            self._press = page, self._press[1], word_at(words, self._press[1])


FIT_WIDTH: Final = Zoom(Fit.WIDTH)
FIT_PAGE: Final = Zoom(Fit.PAGE)
