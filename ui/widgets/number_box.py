"""A box for a whole number whose digits begin where the words of other fields begin."""

from PySide6.QtWidgets import QSpinBox, QWidget

from ui.theme import px
from ui.tokens import Space
from ui.widgets.wheel import LeavesTheWheel


class NumberBox(LeavesTheWheel, QSpinBox):
    """Keeps the edge that the style sheet cannot give: of a spin box it moves the frame and leaves the text alone."""

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.lineEdit().setTextMargins(px(Space.INSIDE), 0, 0, 0)
