"""One outline set (Phosphor) through QtAwesome, in the colours of the theme at the moment of painting.

QtAwesome is imported with the first icon, which is after the unlock prompt: its fonts alone take 0.2 s.
"""

from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from ui.theme import look


class Icon(StrEnum):
    """What we draw, by what it means; the value is Phosphor's name."""

    TASKS = "ph.list-bullets"
    DECLARE = "ph.handshake"
    REVIEW = "ph.book-open"
    SITE = "ph.factory"
    HAND_IN = "ph.paper-plane-tilt"
    HELP = "ph.question"
    LOCK = "ph.lock-simple"
    OVERVIEW = "ph.squares-four"
    APPLICATIONS = "ph.files"
    EXPERTS = "ph.users"
    PANELS = "ph.users-three"
    PACKAGES = "ph.package"
    RESULTS = "ph.chart-bar"
    LISTS = "ph.list-numbers"
    CERTIFICATES = "ph.medal"
    SUPERVISION = "ph.eye"
    LOG = "ph.clock-counter-clockwise"
    IMPORT = "ph.download-simple"
    EXPORT = "ph.export"
    SIGN = "ph.pen-nib"
    SETTINGS = "ph.gear-six"
    SEARCH = "ph.magnifying-glass"
    CLOSE = "ph.x"
    CANCEL = "ph.x-circle"
    ADD = "ph.plus"
    ZOOM_IN = "ph.magnifying-glass-plus"
    ZOOM_OUT = "ph.magnifying-glass-minus"
    FIT_WIDTH = "ph.arrows-out-line-horizontal"
    FIT_PAGE = "ph.corners-out"
    ROTATE = "ph.arrow-clockwise"
    THUMBNAILS = "ph.rows"
    CONTENTS = "ph.tree-structure"
    MORE = "ph.dots-three"
    SIDE_BY_SIDE = "ph.columns"
    CITE = "ph.quotes"
    PREVIOUS = "ph.caret-up"
    NEXT = "ph.caret-down"
    UNDO = "ph.arrow-u-up-left"
    REDO = "ph.arrow-u-up-right"
    COPY = "ph.copy"
    PRINT = "ph.printer"
    SAVE = "ph.floppy-disk"
    WARNING = "ph.warning"
    DONE = "ph.check-circle"
    FOLDER = "ph.folder-open"
    FILE = "ph.file"
    PICTURE = "ph.image"
    SHEET = "ph.table"
    TEXT = "ph.file-text"
    PDF = "ph.file-pdf"
    SHOW = "ph.eye"
    CAMERA = "ph.camera"


def icon(name: Icon, colour: str = "text") -> QIcon:
    """An icon that follows the theme; *colour* is a token."""
    return QIcon(_GlyphEngine(name, colour))


class _GlyphEngine(QIconEngine):
    def __init__(self, name: Icon, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        import qtawesome

        prefix, _dot, _glyph = self._name.value.partition(".")
        side = min(rect.width(), rect.height())
        painter.save()
        painter.setFont(qtawesome.font(prefix, side))
        painter.setPen(look().colour("disabled" if mode is QIcon.Mode.Disabled else self._colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, qtawesome.charmap(self._name.value))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap
