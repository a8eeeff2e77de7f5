"""The rail of the review: six dimensions with signs and hues, the indicators of the open one, and the opinion."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.i18n import _
from ui.desk.outline import Done, OutlineRow
from ui.plain import plain, plain_tool_tip
from ui.theme import look, px
from ui.tokens import Space, Type

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 28
_SHORT: Final = 2
_ROW_ROLE: Final = Qt.ItemDataRole.UserRole


class OutlineModel(QAbstractListModel):
    """Rows in the order of the rubric."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[OutlineRow, ...] = ()

    def show_rows(self, rows: tuple[OutlineRow, ...]) -> None:
        """Show *rows*; where only signs and points differ, the selection is not touched."""
        same = [(r.dimension, r.indicator) for r in rows] == [(r.dimension, r.indicator) for r in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def row_at(self, line: int) -> OutlineRow:
        """The value of one line."""
        return self._rows[line]

    def rows(self) -> tuple[OutlineRow, ...]:
        """All that is shown."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(row.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return plain(row.spoken())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(f"{row.text}  {row.tail}")
        return row if role == _ROW_ROLE else None


class OutlineList(QListView):
    """A click, or arrow keys and Enter, go there.

    Signals:
        chosen: the :class:`OutlineRow` to go to.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outline = OutlineModel(self)
        self.setModel(self._outline)
        self._delegate = _RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Dimensions"))
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def show_rows(self, rows: tuple[OutlineRow, ...], *, current: OutlineRow | None) -> None:
        """Show *rows* and mark the one that is open."""
        self._outline.show_rows(rows)
        wanted = (current.dimension, current.indicator) if current else None
        line = next((n for n, row in enumerate(rows) if (row.dimension, row.indicator) == wanted), None)
        self.setCurrentIndex(QModelIndex() if line is None else self._outline.index(line))

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Signs and the beginning of each name only, where the window is small."""
        self._delegate.is_narrow = is_narrow
        self.viewport().update()

    def rows(self) -> tuple[OutlineRow, ...]:
        """What is shown."""
        return self._outline.rows()

    def sizeHint(self) -> QSize:
        return QSize(px(Space.PAGE) * 8, px(_ROW) * max(1, self._outline.rowCount()) + px(Space.HALF))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(Space.PAGE) * 4, px(_ROW) * 6)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._outline.rowCount():
            self.setCurrentIndex(self._outline.index(0))  # or nobody would see where the keyboard is

    def _on_chosen(self, index: QModelIndex) -> None:
        self.chosen.emit(self._outline.row_at(index.row()))


class _RowDelegate(QStyledItemDelegate):
    is_narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(Space.PAGE) * 4, px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW_ROLE)
        if not isinstance(row, OutlineRow):
            return
        painter.save()
        is_here = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        rect = QRect(option.rect)
        if is_here:
            painter.fillRect(rect, look().colour("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look().colour("hover"))
        hues = look().colours.dimensions
        hue = look().colour(hues[row.hue % len(hues)] if row.hue is not None else "muted")
        if row.hue is not None:
            painter.fillRect(rect.left(), rect.top(), px(Space.HALF), rect.height(), hue)
        if has_focus:
            painter.setPen(look().colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        self._paint_words(painter, rect, row, colour_of_sign=hue.name())
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, row: OutlineRow, *, colour_of_sign: str) -> None:
        is_part = row.indicator is not None
        font: QFont = look().font(Type.SMALL if is_part else Type.BODY)
        painter.setFont(font)
        inner = rect.adjusted(px(Space.ROOM + (Space.ROOM if is_part else 0)), 0, -px(Space.INSIDE), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        named = {Done.NOTHING: "muted", Done.REFUSED: "bad"}
        painter.setPen(look().colour(named.get(row.done, colour_of_sign)))
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignLeft), row.done.value)
        painter.setPen(look().colour("muted"))
        tail = "" if self.is_narrow else row.tail
        tail_width = painter.fontMetrics().horizontalAdvance(tail)
        painter.drawText(inner, int(middle | Qt.AlignmentFlag.AlignRight), tail)
        painter.setPen(look().colour("text"))
        words = inner.adjusted(px(Space.BETWEEN + Space.HALF), 0, -tail_width - px(Space.INSIDE), 0)
        name = row.text
        if self.is_narrow:  # the number of an indicator, the first half of a dimension's name
            name = row.text.split(" ")[0] if row.indicator is not None else row.text[:_SHORT]
        text = painter.fontMetrics().elidedText(plain(name), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignLeft), text)
