"""Small pictures of every page; only those in view are asked for."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.i18n import _
from ui.theme import look, px, set_role
from ui.tokens import Size, Space, Type
from ui.viewing.opened import Opened
from ui.viewing.page_cache import PageKey
from ui.viewing.page_loader import PageLoader

Index = QModelIndex | QPersistentModelIndex
_HIGHEST: Final = 1.5  # a strip of paper may not push everything else out of view


class ThumbnailModel(QAbstractListModel):
    """One line per page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened: Opened | None = None

    def show_document(self, opened: Opened | None) -> None:
        """Pages of another document."""
        self.beginResetModel()
        self._opened = opened
        self.endResetModel()

    def show_sizes(self, opened: Opened) -> None:
        """More pages of the same document have been measured."""
        if self._opened is not None and self._opened.sizes != opened.sizes:
            self.layoutAboutToBeChanged.emit()
            self._opened = opened
            self.layoutChanged.emit()

    def shape(self, row: int) -> QSize:
        """How large the picture of a page is."""
        width = px(Size.THUMBNAIL)
        if self._opened is None:
            return QSize(width, width)
        size = self._opened.sizes[row]
        return QSize(width, round(width * min(_HIGHEST, size.height / size.width)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self._opened is None else len(self._opened.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("Page {page}").format(page=index.row() + 1)
        return None


class Thumbnails(QListView):
    """A column of pages.

    Signals:
        page_chosen: the number of a page.
    """

    page_chosen = Signal(int)

    def __init__(self, loader: PageLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._pages = ThumbnailModel(self)
        self.setModel(self._pages)
        self.setItemDelegate(_ThumbnailDelegate(loader, self._pages, self))
        self.setAccessibleName(_("Pages"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFixedWidth(px(Size.THUMBNAIL) + 2 * px(Space.ROOM) + px(Size.SCROLL_BAR))
        set_role(self, "thumbnails")
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        loader.page_ready.connect(self._on_page_ready)

    def show_document(self, opened: Opened | None) -> None:
        """Pages of another document."""
        self._pages.show_document(opened)

    def show_sizes(self, opened: Opened) -> None:
        """More pages of the same document have been measured."""
        self._pages.show_sizes(opened)

    def show_page(self, page: int) -> None:
        """Mark the page in view."""
        index = self._pages.index(page - 1)
        if index.isValid():
            self.setCurrentIndex(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._want()

    def _want(self) -> None:
        first = self.indexAt(self.viewport().rect().topLeft())
        last = self.indexAt(self.viewport().rect().bottomLeft())
        count = self._pages.rowCount()
        rows = range(max(0, first.row()), (last.row() if last.isValid() else count - 1) + 1)
        self._loader.want_thumbnails([thumbnail_key(row + 1, self.devicePixelRatioF()) for row in rows])

    def _on_chosen(self, index: QModelIndex) -> None:
        self.page_chosen.emit(index.row() + 1)

    def _on_page_ready(self, key: PageKey) -> None:
        if self.isVisible():
            self.update(self._pages.index(key.page - 1))


class _ThumbnailDelegate(QStyledItemDelegate):
    def __init__(self, loader: PageLoader, model: ThumbnailModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._loader, self._model = loader, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        shape = self._model.shape(index.row())
        return shape + QSize(2 * px(Space.INSIDE), px(Space.PAGE) + px(Space.INSIDE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shape = self._model.shape(index.row())
        left = option.rect.left() + (option.rect.width() - shape.width()) // 2
        paper = option.rect.adjusted(0, px(Space.HALF), 0, 0)
        paper.setLeft(left)
        paper.setSize(shape)
        is_current = index.row() == self.current_row()
        painter.save()
        if is_current:
            painter.fillRect(option.rect, look().colour("accent_soft"))
        painter.fillRect(paper, look().colour("paper"))
        image = self._loader.image(thumbnail_key(index.row() + 1, painter.device().devicePixelRatioF()))
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, image)
        painter.setPen(look().colour("accent" if is_current else "line_strong"))
        painter.drawRect(paper)
        painter.setFont(look().font(Type.SMALL))
        painter.setPen(look().colour("text" if is_current else "muted"))
        below = option.rect.adjusted(0, paper.height() + px(Space.HALF), 0, 0)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(index.row() + 1))
        painter.restore()

    def current_row(self) -> int:
        view = self.parent()
        return view.currentIndex().row() if isinstance(view, QListView) else -1


def thumbnail_key(page: int, pixel_ratio: float) -> PageKey:
    """The small picture of *page*, never turned."""
    return PageKey(page, round(px(Size.THUMBNAIL) * pixel_ratio), 0)
