"""Where the record does not say what the signed originals say."""

from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.domain.verification import Difference, Verified
from app.i18n import _
from ui.clipboard import Clipboard
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class Column(IntEnum):
    """Columns of the differences."""

    TABLE = 0
    ITEM = 1
    SENTENCE = 2


class DifferencesDialog(QDialog):
    """Names every difference; the list can be copied as a table."""

    def __init__(self, verified: Verified, clipboard: Clipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Differences"))
        self.table: Table[Difference] = Table(
            {
                Column.TABLE: ColumnSpec(_("Kind"), text=lambda one: one.table, width=110),
                Column.ITEM: ColumnSpec(_("Which"), text=lambda one: one.item, width=180),
                Column.SENTENCE: ColumnSpec(_("What is wrong"), text=lambda one: one.sentence, width=0),
            },
            key=lambda one: (one.table, one.item, one.sentence), name="record_differences", clipboard=clipboard,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Differences"))
        self.table.show_rows(verified.differences)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.accept)
        words = _("Do not publish anything before this is cleared. A backup of the record may hold what is missing.")
        layout = column(
            row(PlainLabel(words, is_wrapped=True), margin=Space.BETWEEN), self.table,
            row(None, close, margin=Space.ROOM), gap=0,
        )  # fmt: skip
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)
        self.resize(px(Size.READING_WIDTH * 3 // 2), px(Size.DIALOG_WIDTH))
