"""A picture of the help at its own size."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from app.i18n import _
from ui.layouts import column
from ui.widgets.plain_label import PlainLabel


class PictureDialog(QDialog):
    """Esc closes it."""

    def __init__(self, file: Path, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.picture = PlainLabel()
        pixels = QPixmap(str(file))
        self.picture.setPixmap(pixels)
        self.picture.setAccessibleName(_("Picture: {what}").format(what=title))
        room = QScrollArea()
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        room.setWidget(self.picture)
        room.setAccessibleName(title)
        self.setLayout(column(room))
        self.resize((pixels.size() / pixels.devicePixelRatio()).boundedTo(self.screen().availableSize()))
