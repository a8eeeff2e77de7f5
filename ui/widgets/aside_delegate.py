"""A line of a list with words at its right edge that are never cut; what stands before them may be."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import look, px
from ui.tokens import Space

ASIDE: Final = Qt.ItemDataRole.UserRole + 1
"""The words at the right edge of a row; empty for none."""


class AsideDelegate(QStyledItemDelegate):
    """Paints tick, words and frame as usual, with the words of :data:`ASIDE` in the room at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        aside = index.data(ASIDE)
        if not aside:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        style, metrics = option.widget.style(), option.fontMetrics
        words = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
        text, option.text = option.text, ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        words.adjust(style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, option.widget) + 1, 0, 0, 0)
        words.setRight(option.rect.right() - px(Space.INSIDE))
        room = words.adjusted(0, 0, -metrics.horizontalAdvance(aside) - px(Space.INSIDE), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setFont(option.font)
        painter.setPen(look().colour("text"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignLeft), shown)
        painter.setPen(look().colour("muted"))
        painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignRight), aside)
        painter.restore()
