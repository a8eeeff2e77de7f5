"""Where files and folders are dropped, or chosen by button; the same list either way."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.i18n import _
from ui.layouts import column, row
from ui.theme import look, px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class DropArea(QWidget):
    """A dashed outline that takes files and folders.

    Signals:
        dropped: the tuple of paths that were dropped or chosen.
    """

    dropped = Signal(object)

    def __init__(self, text: str, *, pattern: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pattern = pattern
        self._is_over = False
        self.setAcceptDrops(True)
        self._label = PlainLabel(text, role="muted", is_wrapped=True)
        self._files = QPushButton(_("Choose files…"))
        self._folder = QPushButton(_("Choose a folder…"))
        for button in (self._files, self._folder):
            set_role(button, "quiet")
        self._files.clicked.connect(self._on_files)
        self._folder.clicked.connect(self._on_folder)
        inner = row(self._label, self._files, self._folder, gap=Space.BETWEEN)
        inner.setStretchFactor(self._label, 1)
        outer = column(inner)
        outer.setContentsMargins(px(Space.BETWEEN), px(Space.ROOM), px(Space.BETWEEN), px(Space.ROOM))
        self.setLayout(outer)
        self.setFocusProxy(self._files)

    def set_text(self, text: str) -> None:
        """What can be dropped here."""
        self._label.setText(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            self._set_over(is_over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(is_over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(is_over=False)
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look().colour("accent" if self._is_over else "line_strong"))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look().colour("accent_soft") if self._is_over else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(Size.CORNER), px(Size.CORNER))
        painter.end()

    def _set_over(self, *, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def _on_files(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, _("Choose files"), "", self._pattern)
        if names:
            self.dropped.emit(tuple(Path(name) for name in names))

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose a folder"))
        if name:
            self.dropped.emit((Path(name),))
