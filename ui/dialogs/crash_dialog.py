"""The box for a bug: what it means for the person's work, and details that can be copied without a second thought."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from app.i18n import _
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class CrashDialog(QDialog):
    """Says what happened; the program goes on. The details hold no content, so they may go to the clipboard."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Unexpected error"))
        title = PlainLabel(_("Something went wrong in the program"), role="title")
        text = PlainLabel(
            _(
                "What was saved is not affected. You can go on working; if it happens again, lock and open once more. "
                "Send the details to the help desk: they hold no applicant, no score and nothing you typed."
            ),
            is_wrapped=True,
        )
        self._details = QPlainTextEdit(details, readOnly=True)
        self._details.setAccessibleName(_("Details"))
        self._copy = QPushButton(_("Copy details"))
        self._close = QPushButton(_("Go on"))
        set_role(self._close, "primary")
        self._close.setDefault(True)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.accept)
        self.setLayout(
            column(title, text, self._details, row(None, self._copy, self._close), margin=Space.PAGE, gap=Space.ROOM)
        )
        self.setMinimumWidth(px(Size.READING_WIDTH))
        self._close.setFocus()

    def details(self) -> str:
        """What “Copy details” copies."""
        return self._details.toPlainText()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details())
        self._copy.setText(_("Copied"))
