"""The matrix on the screen: signs in cells, names in the heads, arrow keys and Space."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.i18n import _
from ui.models.table_model import Role
from ui.plain import plain
from ui.record.matrix_model import MatrixModel
from ui.state import State
from ui.theme import look, px
from ui.tokens import Size, Space

_CELL_WIDTH = 76
_HEAD_WIDTH = 300
_CONFLICT = "✕"


class MatrixView(QTableView):
    """A grid of signs.

    Signals:
        toggled: the index somebody clicked, or pressed Space on.
    """

    toggled = Signal(QModelIndex)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_SignDelegate(self))
        self.setAccessibleName(_("Applications and experts"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setDefaultSectionSize(px(_CELL_WIDTH))
        across.setTextElideMode(Qt.TextElideMode.ElideNone)  # an elided head would lose its second line
        across.setMinimumHeight(px(Size.TITLE_LINE))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(px(Size.ROW))
        down.setFixedWidth(px(_HEAD_WIDTH))
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setHighlightSections(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.toggled.emit(index)


class _SignDelegate(QStyledItemDelegate):
    """One sign in the middle of the cell, in the colour of its state; a conflict also greys the cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = index.data(Role.STATE)
        rect: QRect = option.rect
        painter.save()
        if isinstance(state, State) and state.sign == _CONFLICT:
            painter.fillRect(rect, look().colour("bad_soft"))
        self.initStyleOption(option, index)
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look().colour("accent"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if isinstance(state, State):
            painter.setPen(look().colour(state.tone.value))
            painter.setFont(option.font)
            inner = rect.adjusted(px(Space.HALF), 0, -px(Space.HALF), 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, plain(state.sign, 2))
        painter.restore()
