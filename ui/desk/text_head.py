"""The line over a field for text: what belongs there, how much of it is written, and what can be put in."""

from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.text_length import word_count
from app.i18n import _, ngettext
from ui.desk.text_edit import TextEdit
from ui.layouts import row
from ui.tokens import Space
from ui.widgets.plain_label import PlainLabel


class TextHead(QWidget):
    """A label, the count of *edit*, and buttons that act on it."""

    def __init__(
        self, label: PlainLabel, edit: TextEdit, *buttons: QAbstractButton, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._edit = edit
        self._count = PlainLabel(role="small")
        layout = row(label, self._count, *buttons, gap=Space.HALF)
        layout.setStretchFactor(label, 1)
        self.setLayout(layout)
        edit.textChanged.connect(self._on_text)
        self._on_text()

    def words(self) -> str:
        """What the count says."""
        return self._count.text()

    def _on_text(self) -> None:
        count = word_count(self._edit.toPlainText())
        self._count.setText(ngettext("{count} word", "{count} words", count).format(count=count) if count else "")
        self._count.setAccessibleName(_("Length: {count}").format(count=count))
