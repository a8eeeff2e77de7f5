"""The large layout for tablets: rows and controls a thumb can hit, and one column where the screen stands upright."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QSplitter,
    QTableView,
    QWidget,
)

from ui.desk.context import DeskContext
from ui.theme import px
from ui.tokens import Size

_NAME: Final = "visit.layout"  # the same choice as on the checklist
_LARGE: Final = "youpin_large"


class TouchLayout(StrEnum):
    """Two sizes of the same page."""

    NORMAL = "normal"
    LARGE = "large"


def is_large(context: DeskContext) -> bool:
    """Whether the person has chosen the large layout for visits."""
    return context.remembered.choice(_NAME, TouchLayout.NORMAL) is TouchLayout.LARGE


def enlarge(root: QWidget, *, is_large: bool) -> None:
    """Give every control within *root* the height of a touch row, or take that back; safe to repeat."""
    for kind in (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox):
        for one in root.findChildren(kind):
            if isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox):
                continue
            one.ensurePolished()  # the style sheet sets a height of its own when it first meets a control
            if _is_news(one, is_large=is_large) or (is_large and one.minimumHeight() < px(Size.TOUCH_ROW)):
                one.setMinimumHeight(px(Size.TOUCH_ROW) if is_large else 0)
    for listed in root.findChildren(QListWidget):
        if _is_news(listed, is_large=is_large):
            listed.setSpacing(px(Size.TOUCH_ROW - Size.ROW) // 2 if is_large else 0)
    for table in root.findChildren(QTableView):
        table.verticalHeader().setDefaultSectionSize(px(Size.TOUCH_ROW if is_large else Size.ROW))


def stand(splitter: QSplitter, size: QSize) -> None:
    """Beside each other on a wide screen, below each other on one that stands upright."""
    wanted = Qt.Orientation.Horizontal if size.width() >= size.height() else Qt.Orientation.Vertical
    if splitter.orientation() is not wanted:
        splitter.setOrientation(wanted)


def _is_news(widget: QWidget, *, is_large: bool) -> bool:
    before = bool(widget.property(_LARGE))
    widget.setProperty(_LARGE, is_large)
    return before is not is_large
