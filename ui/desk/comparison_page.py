"""All of one's own scores in one table, to see whether the same was judged in the same way."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from app.domain.changes import Changes
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.desk_comparison import Comparison
from ui.desk.comparison_cell import ComparisonCell
from ui.desk.comparison_model import ComparisonModel
from ui.desk.comparison_view import ComparisonView
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, hairline, row
from ui.plain import plain
from ui.theme import set_role
from ui.tokens import Space
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel


class ComparisonPage(QWidget):
    """Only this expert's values; changes go the same way as those of the form.

    Signals:
        back_asked: the task list, please.
        review_asked: a review and an indicator to show beside the dossier.
        revision_asked: the signed review to open again.
        failed: an error to tell.
    """

    back_asked = Signal()
    review_asked = Signal(str, str)
    revision_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tables: tuple[Comparison, ...] = ()
        self._is_reading = self._is_stale = False
        self._back = QPushButton(_("‹ Task list"))
        set_role(self._back, "quiet")
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Rubric"))
        self._note = PlainLabel(_("Only your own scores. Nobody else sees this table."), role="small")
        self.model = ComparisonModel(self)
        self.view = ComparisonView(self.model)
        self.cell = ComparisonCell()
        self._empty = EmptyState(
            _("Nothing to compare yet"), _("Declare at least one dossier free of conflicts, then score it.")
        )
        head = row(self._back, self._note, self.choice, margin=Space.HALF, gap=Space.INSIDE)
        head.setStretchFactor(self._note, 1)
        layout = column(head, hairline(), self._empty, self.view, hairline(), self.cell, gap=0)
        layout.setStretchFactor(self.view, 1)
        layout.setStretchFactor(self._empty, 1)
        self.setLayout(layout)
        self._wire()

    def reload(self) -> None:
        """Read the scores again, off the GUI thread."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._context.saver.flush()
        self._context.workers.run(
            self._load, lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self._on_failed
        )

    def _wire(self) -> None:
        self._back.clicked.connect(self.back_asked)
        self.choice.currentIndexChanged.connect(self._show)
        self.view.cell_chosen.connect(self._on_cell)
        self.view.activated.connect(self._on_activated)
        self.cell.change_asked.connect(self._on_change)
        self.cell.open_asked.connect(self._on_open)
        self.cell.revise_asked.connect(self._on_revise)
        self._context.hub.changed.connect(self._on_changed)

    def _load(self, _progress: Progress) -> tuple[Comparison, ...]:
        return self._context.desk.comparison.tables()

    def _on_read(self, tables: object) -> None:
        self._is_reading = False
        if isinstance(tables, tuple):
            self._tables = tables
            self._fill_choice()
            self._show()
        if self._is_stale:
            self.reload()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _fill_choice(self) -> None:
        names = [plain(f"{each.rubric.id} {each.rubric.version}") for each in self._tables]
        if names != [self.choice.itemText(number) for number in range(self.choice.count())]:
            self.choice.blockSignals(True)
            self.choice.clear()
            self.choice.addItems(names)
            self.choice.blockSignals(False)
        self.choice.setVisible(len(names) > 1)

    def _table(self) -> Comparison | None:
        place = self.choice.currentIndex()
        return self._tables[place] if 0 <= place < len(self._tables) else None

    def _show(self) -> None:
        table = self._table()
        self._empty.setVisible(table is None)
        self.view.setVisible(table is not None)
        if table is None:
            self.cell.hide()
            return
        self.model.show_table(table)
        self._on_cell(self.view.currentIndex())

    def _on_cell(self, index: QModelIndex) -> None:
        found, table = self.model.cell(index), self._table()
        if found is None or table is None:
            self.cell.hide()
        else:
            self.cell.show_cell(table.rubric, *found)

    def _on_activated(self, index: QModelIndex) -> None:
        if self.model.cell(index) is not None:
            self.cell.focus_value()

    def _on_change(self, percent: int, reason: str) -> None:
        found = self.model.cell(self.view.currentIndex())
        if found is None:
            return
        review, indicator = found
        self._context.workers.run(
            lambda _progress: self._context.desk.comparison.change(
                review.review, indicator.id, percent=percent, reason=reason
            ),
            lane=Lane.DATABASE,
            is_quiet=True,
            done=self._on_written,
            failed=self._on_refused,
        )

    def _on_written(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self._context.hub.publish(changes, by=self)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self.cell.tell(error)
        else:
            self.failed.emit(error)

    def _on_open(self) -> None:
        found = self.model.cell(self.view.currentIndex())
        if found is not None:
            self.review_asked.emit(found[0].review, found[1].id)

    def _on_revise(self) -> None:
        found = self.model.cell(self.view.currentIndex())
        if found is not None:
            self.revision_asked.emit(found[0].review)

    def _on_changed(self, changes: object, _by: object) -> None:
        if self.isVisible() and isinstance(changes, Changes) and (changes.reviews or changes.packages):
            self.reload()
