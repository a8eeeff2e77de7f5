"""The list of applications beside one application; made for a hundred thousand lines."""

from enum import IntEnum
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.application import Application
from app.domain.assigning import ApplicationEntry
from app.i18n import _
from app.words.dossiers import category_word, offering_word
from app.words.sizes import size_words
from ui.layouts import column
from ui.models.table_model import ColumnSpec
from ui.record.application_detail import ApplicationDetail
from ui.record.context import RecordContext
from ui.record.screen import RecordScreen
from ui.record.states import application_state
from ui.record.words import DASH
from ui.theme import px
from ui.tokens import Size
from ui.widgets.table import Table

MOST_LINES: Final = 500  # more than anybody reads; typing narrows the search itself


class Column(IntEnum):
    """Columns of the list."""

    STATE = 0
    CODE = 1
    OPERATOR = 2
    OFFERING = 3
    RETURNED = 4
    CATEGORY = 5
    KIND = 6
    RECOMMENDER = 7
    DOCUMENTS = 8
    SIZE = 9


def _columns() -> dict[IntEnum, ColumnSpec[ApplicationEntry]]:
    return {
        Column.STATE: ColumnSpec(
            _("State"),
            text=lambda one: application_state(one.state).word,
            state=lambda one: application_state(one.state),
            width=110,
        ),
        Column.CODE: ColumnSpec(_("Number"), text=lambda one: one.application, width=96),
        Column.OPERATOR: ColumnSpec(_("Operator"), text=lambda one: one.operator, width=220),
        Column.OFFERING: ColumnSpec(_("Product or service"), text=lambda one: one.offering_name, width=0),
        Column.RETURNED: ColumnSpec(
            _("Returned"),
            text=lambda one: f"{one.returned}/{one.assigned}" if one.assigned else DASH,
            sort=lambda one: (one.assigned - one.returned, one.assigned),
            width=64,
            is_number=True,
        ),
        Column.CATEGORY: ColumnSpec(_("Category"), text=lambda one: category_word(one.category), width=80),
        Column.KIND: ColumnSpec(_("Kind"), text=lambda one: offering_word(one.offering), width=64),
        Column.RECOMMENDER: ColumnSpec(_("Recommended by"), text=lambda one: one.recommender, width=170),
        Column.DOCUMENTS: ColumnSpec(
            _("Files"),
            text=lambda one: str(one.documents),
            sort=lambda one: one.documents,
            width=56,
            is_number=True,
        ),
        Column.SIZE: ColumnSpec(
            _("Size"), text=lambda one: size_words(one.bytes), sort=lambda one: one.bytes, width=84, is_number=True
        ),
    }


class ApplicationList(RecordScreen):
    """Filters in the store, shows the first few hundred, and the chosen one in full.

    Signals:
        intake_requested: the person wants to take in applications.
    """

    intake_requested = Signal()
    watched: ClassVar[frozenset[str]] = frozenset({"applications", "assignments", "results"})

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._text = ""
        self._asked = 0
        self._is_cut = False
        self._intake = QAction(_("Take in applications…"), self)
        self._intake.triggered.connect(self.intake_requested)
        self.table: Table[ApplicationEntry] = Table(
            _columns(), key=lambda one: one.application, name="record_applications", remembered=context.remembered,
            clipboard=context.clipboard,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Applications"))
        self.detail = ApplicationDetail(context)
        self.detail.message_raised.connect(self.message_raised)
        self.table.setMinimumWidth(px(Size.DIALOG_WIDTH // 2))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        context.remembered.splitter(self._splitter, "record_applications")
        self.table.selection_changed.connect(self._on_selected)
        self.detail.hide()
        self.setLayout(column(self._splitter))

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def about(self) -> str:
        if not self._is_cut:
            return _("Article 8")
        return _("the first {count} are shown; type to find others").format(count=MOST_LINES)

    def primary_action(self) -> QAction | None:
        return self._intake

    def search_hint(self) -> str:
        return _("Number, operator, product, credit code")

    def search(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.renew()

    def reload(self) -> None:
        self._asked += 1
        record, text, number = self.context.record, self._text, self._asked
        self.read(lambda: (number, record.applications.list(text, limit=MOST_LINES + 1)), self._on_listed)

    def _on_listed(self, answer: tuple[int, tuple[ApplicationEntry, ...]]) -> None:
        number, entries = answer
        if number != self._asked:
            return  # somebody typed on meanwhile
        if self._text:
            self.table.empty.say(_("Nothing fits"), _("No application contains this. Type less, or clear the field."))
        else:
            self.table.empty.say(
                _("No applications yet"),
                _("They come with the summary table of the recommending department and one folder per line."),
                action=self._intake,
            )
        self._is_cut = len(entries) > MOST_LINES
        self.table.show_rows(entries[:MOST_LINES])
        self._on_selected()
        self.header_changed.emit()

    def _on_selected(self) -> None:
        chosen = self.table.selected_rows()
        self.detail.setVisible(len(chosen) == 1)
        if len(chosen) == 1:
            record, code = self.context.record, chosen[0].application
            self.read(lambda: record.applications.detail(code), self._on_detail)

    def _on_detail(self, application: Application) -> None:
        chosen = self.table.selected_rows()
        if len(chosen) == 1 and chosen[0].application == application.code:
            self.detail.show_application(application)
