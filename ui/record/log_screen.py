"""The log: who did what, and when; the newest first."""

from enum import IntEnum
from typing import ClassVar, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.record_log import LogEntry
from app.i18n import _
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.screen import RecordScreen
from ui.record.words import moment_words
from ui.theme import px, set_role
from ui.tokens import Space
from ui.widgets.table import Table

PORTION: Final = 500


class Column(IntEnum):
    """Columns of the log."""

    NUMBER = 0
    MOMENT = 1
    BY = 2
    SENTENCE = 3


class LogScreen(RecordScreen):
    """Every line is chained to the one before; verification checks the chain."""

    watched: ClassVar[frozenset[str]] = frozenset({"log"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._entries: tuple[LogEntry, ...] = ()
        self._limit = PORTION
        self.table: Table[LogEntry] = Table(
            {
                Column.NUMBER: ColumnSpec(
                    _("No."), text=lambda one: str(one.number), sort=lambda one: one.number, width=72, is_number=True
                ),
                Column.MOMENT: ColumnSpec(
                    _("When"), text=lambda one: moment_words(one.at), sort=lambda one: one.at, width=160
                ),
                Column.BY: ColumnSpec(_("Who"), text=lambda one: one.by, width=110),
                Column.SENTENCE: ColumnSpec(_("What"), text=lambda one: one.sentence, width=0),
            },
            key=lambda one: one.number, name="record_log", remembered=context.remembered, clipboard=context.clipboard,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Log"))
        self.table.empty.say(_("Nothing yet"), _("Every act on the record leaves a line here."))
        self._older = QAction(_("Show older lines"), self)
        self._older.triggered.connect(self._on_older)
        self._button = QPushButton(self._older.text())
        set_role(self._button, "quiet")
        self._button.clicked.connect(self._older.trigger)
        foot = row(None, self._button, None)
        foot.setContentsMargins(0, px(Space.HALF), 0, px(Space.HALF))
        layout = column(self.table, foot, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def about(self) -> str:
        return _("every line is chained to the one before")

    def search_hint(self) -> str:
        return _("Name, number, what was done")

    def search(self, text: str) -> None:
        self.table.filter(text)

    def reload(self) -> None:
        log, limit = self.context.record.log, self._limit
        self.read(lambda: log.entries(limit=limit), self._on_read)

    def _on_read(self, entries: tuple[LogEntry, ...]) -> None:
        self._entries = entries
        self.table.show_rows(entries)
        self._button.setVisible(len(entries) == self._limit)

    def _on_older(self) -> None:
        self._limit += PORTION
        self.renew()
