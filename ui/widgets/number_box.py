"""A box for a whole number whose digits begin where the words of other fields begin."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.theme import px
from ui.tokens import Space


class NumberBox(QSpinBox):
    """Keeps the edge that the style sheet cannot give: of a spin box it moves the frame and leaves the text alone."""

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.lineEdit().setTextMargins(px(Space.INSIDE), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel is for the page; see FusionStyle.styleHint
