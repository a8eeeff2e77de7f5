"""The grid of photographs: sorted by time, chosen with mouse or keys, dragged onto items."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.domain.ids import Sha256
from app.i18n import _
from ui.plain import plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.photos_lines import PhotoLine, claimed_words, items_words, spoken_words
from ui.visit.photos_paint import PhotoDelegate, cell_size
from ui.visit.photos_thumbs import PhotoThumbs, ThumbKey

Index = QModelIndex | QPersistentModelIndex
MIME: Final = "application/x-youpin-photos"
LINE: Final = Qt.ItemDataRole.UserRole


def dragged_photos(data: QMimeData) -> tuple[Sha256, ...]:
    """The photos that are being dragged."""
    return tuple(Sha256(name) for name in bytes(data.data(MIME).data()).decode().split())


def local_paths(data: QMimeData) -> tuple[Path, ...]:
    """The files and folders that are being dragged in from elsewhere."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class PhotoModel(QAbstractListModel):
    """One line per photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[PhotoLine, ...] = ()

    def show_lines(self, lines: Sequence[PhotoLine]) -> bool:
        """Show *lines*; whether they are others than before and not only changed ones."""
        fresh = tuple(lines)
        if [line.sha256 for line in fresh] == [line.sha256 for line in self._lines]:
            before, self._lines = self._lines, fresh
            for place, (old, new) in enumerate(zip(before, fresh, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return False
        self.beginResetModel()
        self._lines = fresh
        self.endResetModel()
        return True

    def line(self, row: int) -> PhotoLine:
        """The photo at *row*."""
        return self._lines[row]

    def rows_of(self, photos: Iterable[Sha256]) -> list[int]:
        """Where *photos* are, as far as they are shown."""
        places = {line.sha256: row for row, line in enumerate(self._lines)}
        return [places[photo] for photo in photos if photo in places]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return spoken_words(line)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tool_tip(_tip(line))
        return None

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, " ".join(self._lines[index.row()].sha256 for index in indexes).encode())
        return data


class PhotoTray(QListView):
    """Enter opens the photo, letters and digits begin the number of an item.

    Signals:
        chosen_changed: other photos are chosen.
        opened: the SHA-256 of a photo to be shown large.
        typed: the first character of an item's number.
        dropped: the files and folders somebody dropped here.
    """

    chosen_changed = Signal()
    opened = Signal(str)
    typed = Signal(str)
    dropped = Signal(object)

    def __init__(self, thumbs: PhotoThumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbs = thumbs
        self.photos = PhotoModel(self)
        self.setModel(self.photos)
        self.setItemDelegate(PhotoDelegate(thumbs, self))
        self.setAccessibleName(_("Photos of the visit"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(px(Space.HALF))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        set_role(self, "thumbnails")
        self.setMinimumSize(cell_size().width() * 2, cell_size().height())
        self.activated.connect(self._on_activated)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        thumbs.ready.connect(self._on_ready)

    def show_lines(self, lines: Sequence[PhotoLine]) -> None:
        """Show *lines*; what is chosen stays chosen, and so does the place."""
        chosen, current = self.chosen(), self.current()
        place = self.verticalScrollBar().value()
        if not self.photos.show_lines(lines):
            return
        self.choose(chosen, current=current)
        self.verticalScrollBar().setValue(place)

    def chosen(self) -> tuple[Sha256, ...]:
        """The photos that are chosen, in the order of the screen."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self.photos.line(row).sha256 for row in rows)

    def current(self) -> Sha256 | None:
        """The photo the keyboard is on."""
        index = self.currentIndex()
        return self.photos.line(index.row()).sha256 if index.isValid() else None

    def choose(self, photos: Iterable[Sha256], *, current: Sha256 | None = None) -> None:
        """Choose *photos*, as far as they are shown."""
        flag = QItemSelectionModel.SelectionFlag
        model = self.selectionModel()
        rows = self.photos.rows_of(photos)
        for place, row in enumerate(rows):
            model.select(self.photos.index(row), flag.ClearAndSelect if not place else flag.Select)
        wanted = self.photos.rows_of([current] if current else []) or rows[:1]
        if wanted:
            model.setCurrentIndex(self.photos.index(wanted[0]), flag.NoUpdate)
        self.chosen_changed.emit()

    def choose_after(self, photo: Sha256) -> None:
        """Choose the photo after *photo*, so that one hand can walk through the tray."""
        rows = self.photos.rows_of([photo])
        following = rows[0] + 1 if rows else 0
        if following < self.photos.rowCount():
            self.choose([self.photos.line(following).sha256])
            self.scrollTo(self.currentIndex())

    def sizeHint(self) -> QSize:
        return cell_size() * 3

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        is_plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_activated(self.currentIndex())
        elif is_plain and text.isalnum() and self.chosen():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._thumbs.want(self._in_view(), who="tray")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(local_paths(event.mimeData()))

    def _in_view(self) -> list[ThumbKey]:
        ratio = self.devicePixelRatioF()
        side = round(px(Size.THUMBNAIL) * ratio)
        area, found = self.viewport().rect(), []
        for row in range(self.photos.rowCount()):
            rect = self.visualRect(self.photos.index(row))
            if rect.top() > area.bottom():
                break
            if rect.bottom() >= area.top():
                found.append(ThumbKey(self.photos.line(row).sha256, side))
        return found

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.photos.line(index.row()).sha256)

    def _on_selected(self) -> None:
        self.chosen_changed.emit()

    def _on_ready(self, key: ThumbKey) -> None:
        if self.isVisible():
            for row in self.photos.rows_of([key.photo]):
                self.update(self.photos.index(row))


def _tip(line: PhotoLine) -> str:
    words = [line.photo.name, claimed_words(line.photo)]
    if line.tray.items:
        words.append(_("On items: {items}").format(items=items_words(line.tray.items)))
    words += [f"{flag.state.sign} {flag.state.word}" for flag in line.flags]
    return "\n".join(words)
