"""Paints the state of a row as sign, word and colour inside a table."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.table_model import Role
from ui.state import State
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.state_chip import paint_state, state_width


class StateDelegate(QStyledItemDelegate):
    """For every column; those without a state are painted as usual."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = index.data(Role.STATE)
        if not isinstance(state, State):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.setFont(option.font)
        paint_state(painter, option.rect.adjusted(px(Space.HALF), 0, -px(Space.HALF), 0), state)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        state = index.data(Role.STATE)
        width = super().sizeHint(option, index).width()
        if isinstance(state, State):
            width = state_width(state, option.fontMetrics) + 2 * px(Space.INSIDE)
        return QSize(width, px(Size.ROW))
