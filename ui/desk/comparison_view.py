"""The table of one's own scores on the screen, and the strip that shows how the values of an indicator are spread."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.i18n import _
from ui.desk.comparison_model import MEAN, SPREAD, CellRole, ComparisonModel
from ui.theme import look, px
from ui.tokens import Size, Space

_WHOLE = 100  # per cent


class ComparisonView(QTableView):
    """Arrow keys move, Enter goes to the field of the new value.

    Signals:
        cell_chosen: another cell is current; activated ones are Qt's own ``activated``.
    """

    cell_chosen = Signal(QModelIndex)

    def __init__(self, model: ComparisonModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegateForColumn(SPREAD, _StripDelegate(self))
        self.setAccessibleName(_("My scores, indicators down and dossiers across"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setDefaultSectionSize(px(Size.RAIL) + px(Space.ROOM))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(px(Size.ROW))
        down.setFixedWidth(px(Size.RAIL) * 3)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        model.modelReset.connect(self._size)
        self.selectionModel().currentChanged.connect(self._on_current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _size(self) -> None:
        self.setColumnWidth(SPREAD, px(Size.THUMBNAIL))
        self.setColumnWidth(MEAN, px(Size.PROGRESS) - px(Space.PAGE))

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.cell_chosen.emit(index)


class _StripDelegate(QStyledItemDelegate):
    """A line from 0 to 100 per cent with a bar at each value, as high as it was given often."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        counts = index.data(CellRole.COUNTS) or ()
        hues = look().colours.dimensions
        rect = QRectF(option.rect).adjusted(px(Space.INSIDE), px(Space.HALF), -px(Space.INSIDE), -px(Space.HALF))
        painter.save()
        painter.setPen(look().colour("line_strong"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        most = max((times for _percent, times in counts), default=1)
        width = float(px(Space.HALF))
        for percent, times in counts:
            height = rect.height() * times / most
            left = rect.left() + (rect.width() - width) * percent / _WHOLE
            bar = QRectF(left, rect.bottom() - height, width, height)
            painter.fillRect(bar, look().colour(hues[(index.data(CellRole.HUE) or 0) % len(hues)]))
        painter.restore()
