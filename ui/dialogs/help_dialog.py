"""求助 (F2): a short text without any applicant, score or typed word, to copy, to save, or to show as a QR code."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QPushButton, QWidget

from app.i18n import _
from app.services.help_text import help_text
from ui.clipboard import Clipboard
from ui.layouts import column, row
from ui.theme import look, px
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class HelpDialog(QDialog):
    """Shows the text as it would be sent, so that everybody can see what is not in it."""

    def __init__(
        self,
        desk: Any,
        *,
        screen: str,
        codes: Sequence[str],
        clipboard: Clipboard,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help text"))
        self._clipboard = clipboard
        self._help = help_text(desk, recent_codes=tuple(codes), screen=screen)
        self._text = QPlainTextEdit(self._help.text)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(_("Help text"))
        self._code = _Code(self._help.qr_svg())
        copy, save, close = QPushButton(_("Copy")), QPushButton(_("Save …")), QPushButton(_("Close"))
        copy.clicked.connect(self._on_copy)
        save.clicked.connect(self._on_save)
        close.clicked.connect(self.accept)
        body = row(self._text, self._code, gap=Space.BETWEEN)
        body.setStretchFactor(self._text, 1)
        self.setLayout(
            column(
                PlainLabel(
                    _(
                        "Send this text to the secretariat, read it out, or let them scan the code. "
                        "It holds no names and no scores."
                    ),
                    role="muted",
                    is_wrapped=True,
                ),
                body,
                row(copy, save, None, close),
                margin=Space.PAGE,
                gap=Space.ROOM,
            )
        )
        self.resize(px(Size.READING_WIDTH + Size.DIALOG_WIDTH), px(Size.DIALOG_WIDTH))

    def _on_copy(self) -> None:
        self._clipboard.copy(self._help.text)

    def _on_save(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Save …"), _("help") + ".txt", "*.txt")
        if path:
            Path(path).write_text(self._help.text, encoding="utf-8")


class _Code(QWidget):
    """A QR code, always dark on paper so that a telephone can read it in either theme."""

    def __init__(self, svg: bytes) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(QByteArray(svg), self)
        self.setFixedSize(px(Size.DIALOG_WIDTH // 2), px(Size.DIALOG_WIDTH // 2))
        self.setAccessibleName(_("QR code of the text"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("paper"))
        self._renderer.render(painter)
        painter.end()
