"""The list every expert starts from: where each review stands, what is due, and the one next step."""

from collections.abc import Hashable
from enum import IntEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QToolButton, QWidget

from app.domain.ids import ReviewId
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.i18n import _
from app.services.desk_views import Task
from app.words.corrections import correction_words
from app.words.days import deadline_words, last_day_words
from app.words.examination import review_kind_word
from ui.desk.context import DeskContext
from ui.desk.states import ORDER, task_state
from ui.desk.words import final_words
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.state import State, Tone
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.filter_chips import ChipCount, FilterChips
from ui.widgets.table import Table

SIGNED: Final = frozenset({TaskState.SEALED, TaskState.SENT, TaskState.CONFIRMED, TaskState.HELD, TaskState.REFUSED})


class Column(IntEnum):
    """State first, then what, then what is due."""

    STATE = 0
    CODE = 1
    OPERATOR = 2
    OFFERING = 3
    KIND = 4
    PROGRESS = 5
    TOTAL = 6
    DEADLINE = 7
    NOTE = 8


class TaskList(QWidget):
    """Enter opens; chips and the search of the title line narrow.

    Signals:
        opened: the review to go into.
        hand_in_asked: reviews to tick for signing.
        revision_asked: the signed review to open again.
        declare_asked: a review that is not declared yet.
        fork_asked: the review that was signed in more than one version.
        compare_asked: all of one's own scores beside each other.
        visit_asked: the visit an on-site review is written in; nothing while none is planned.
    """

    opened = Signal(str)
    hand_in_asked = Signal(object)
    revision_asked = Signal(str)
    declare_asked = Signal()
    compare_asked = Signal()
    visit_asked = Signal(str)
    fork_asked = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = FilterChips()
        self.table: Table[Task] = Table(
            _columns(), key=_key, name="desk.tasks", remembered=context.remembered, clipboard=context.clipboard
        )
        self.table.view.setAccessibleName(_("Tasks"))
        if self.table.view.horizontalHeader().sortIndicatorSection() < 0:  # nobody has chosen an order yet
            self.table.sort_by(Column.STATE)
        self.open_action = self._action(_("Open"), self._on_open)
        self.hand_in_action = self._action(_("Sign and hand in …"), self._on_hand_in)
        self.revise_action = self._action(_("Revise, with a reason …"), self._on_revise)
        self.fork_action = self._action(_("Compare the versions …"), self._on_fork)
        self.compare_action = self._action(_("Compare my scores"), self.compare_asked.emit, needs_selection=False)
        actions = (self.compare_action, self.revise_action, self.hand_in_action)
        self._buttons = tuple(map(_button, actions))
        self.chips.setMinimumWidth(px(Size.RAIL) * 2)
        chips = row(self.chips, *self._buttons, gap=Space.HALF)
        chips.setStretchFactor(self.chips, 1)
        chips.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.PAGE), px(Space.INSIDE))
        layout = column(chips, self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)
        self.table.empty.say(
            _("No assignment yet"),
            _("Drop the file from the secretariat here; it ends in .youpin. Part files can come in any order."),
        )
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._refresh_actions)
        self.chips.chosen_changed.connect(self._on_chips)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < px(Size.READING_WIDTH) * 2 - px(Size.RAIL)
        self.table.view.setColumnHidden(Column.NOTE, is_narrow)
        mode = QHeaderView.ResizeMode.Stretch if is_narrow else QHeaderView.ResizeMode.Interactive
        self.table.view.horizontalHeader().setSectionResizeMode(Column.OFFERING, mode)  # shares with the operator
        for button in self._buttons:  # the same is in the menu of a line
            button.setHidden(is_narrow)

    def show_tasks(self, tasks: tuple[Task, ...]) -> None:
        """Show *tasks*; selection and scroll stay."""
        self.table.show_rows(tasks)
        counts: dict[TaskState, int] = {}
        for task in tasks:
            counts[task.state] = counts.get(task.state, 0) + 1
        states = sorted(counts, key=ORDER.__getitem__)
        self.chips.show_counts([ChipCount(state, task_state(state), counts[state]) for state in states])
        if tasks and self.table.current_row() is None:
            self.table.view.selectRow(0)
        self._refresh_actions()

    def filter(self, text: str) -> None:
        """Only tasks in which every word occurs."""
        self.table.filter(text)

    def select(self, review: ReviewId) -> None:
        """Mark the review somebody comes back from."""
        self.table.select(review)

    def _action(self, words: str, slot: object, *, needs_selection: bool = True) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(slot)
        self.table.add_action(action, needs_selection=needs_selection)
        return action

    def _refresh_actions(self) -> None:
        rows = self.table.selected_rows()
        self.open_action.setEnabled(len(rows) == 1 and _opens(rows[0]))
        self.hand_in_action.setEnabled(any(task.state in {TaskState.COMPLETE, TaskState.SEALED} for task in rows))
        self.revise_action.setEnabled(len(rows) == 1 and rows[0].state in SIGNED)
        self.fork_action.setEnabled(len(rows) == 1 and rows[0].versions > 0)

    def _on_opened(self, task: Task) -> None:
        if task.state is TaskState.UNDECLARED:
            self.declare_asked.emit()
        elif task.state is TaskState.FORKED:
            self.fork_asked.emit(task.review)
        elif task.kind is ReviewKind.ONSITE and _opens(task):
            self.visit_asked.emit(task.visit or "")
        elif _opens(task):
            self.opened.emit(task.review)

    def _on_open(self) -> None:
        for task in self.table.selected_rows()[:1]:
            self._on_opened(task)

    def _on_hand_in(self) -> None:
        ready = [task.review for task in self.table.selected_rows() if task.state is TaskState.COMPLETE]
        self.hand_in_asked.emit(tuple(ready))

    def _on_revise(self) -> None:
        for task in self.table.selected_rows()[:1]:
            self.revision_asked.emit(task.review)

    def _on_fork(self) -> None:
        for task in self.table.selected_rows()[:1]:
            self.fork_asked.emit(task.review)

    def _on_chips(self, chosen: frozenset[Hashable]) -> None:
        self.table.narrow((lambda task: task.state in chosen) if chosen else None)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    set_role(button, "plain")
    return button


def _opens(task: Task) -> bool:
    return task.state not in {TaskState.RECUSED, TaskState.ABSTAINED, TaskState.RECALLED}


def _key(task: Task) -> Hashable:
    return task.review


def _progress(task: Task) -> str:
    if task.declaration is None or not _opens(task) or not task.of:
        return ""
    return _("{scored}/{of}").format(scored=task.scored, of=task.of)


def _deadline(task: Task) -> str:
    if not _opens(task):
        return ""
    words = last_day_words(task.deadline)
    return _("{day} overdue").format(day=words) if task.is_overdue else words


def _due_tone(task: Task) -> Tone:
    return Tone.BAD if task.is_overdue else Tone.NEUTRAL


def _note(task: Task) -> str:
    notes: list[str] = []
    if task.missing_parts:
        parts = _(", ").join(str(part) for part in task.missing_parts)
        notes.append(_("part {parts} of {of} is missing").format(parts=parts, of=task.parts))
    elif task.cleared_at is not None:
        notes.append(_("dossier cleared away"))
    elif task.documents_here < task.documents and _opens(task):
        notes.append(_("{here} of {of} files are here").format(here=task.documents_here, of=task.documents))
    if task.versions:
        notes.append(_("signed at more than one computer: compare and choose"))
    if task.is_revising:
        notes.append(_("revision {number}").format(number=task.revision))
    if task.correction is not None:
        notes.append(correction_words(task.correction))
    if task.dossier_changed:
        notes.append(_("dossier changed after signing"))
    if task.recall_reason:
        notes.append(task.recall_reason)
    if task.revision_code:
        notes.append(_("code {code}").format(code=task.revision_code))
    return _("; ").join(notes)


def _columns() -> dict[IntEnum, ColumnSpec[Task]]:
    return {
        Column.STATE: ColumnSpec(
            _("State"),
            text=lambda task: task_state(task.state).word,
            sort=lambda task: ORDER[task.state],
            state=lambda task: task_state(task.state),
            width=134,
        ),
        Column.CODE: ColumnSpec(_("Application"), text=lambda task: task.application, width=96),
        Column.OPERATOR: ColumnSpec(_("Operator"), text=lambda task: task.face.operator, width=0),
        Column.OFFERING: ColumnSpec(_("Product or service"), text=lambda task: task.face.offering_name, width=170),
        Column.KIND: ColumnSpec(_("Kind"), text=lambda task: review_kind_word(task.kind), width=84),
        Column.PROGRESS: ColumnSpec(
            _("Scored"), text=_progress, sort=lambda task: task.scored, width=64, is_number=True, is_searched=False
        ),
        Column.TOTAL: ColumnSpec(
            _("Total"),
            text=final_words,
            sort=lambda task: task.total if final_words(task) else None,
            width=68,
            is_number=True,
            is_searched=False,
        ),
        Column.DEADLINE: ColumnSpec(
            _("Due"),
            text=_deadline,
            sort=lambda task: task.deadline,
            state=lambda task: State("!" if task.is_overdue else "", _deadline(task), _due_tone(task)),
            tip=lambda task: deadline_words(task.deadline),
            width=136,
            is_searched=False,
        ),
        Column.NOTE: ColumnSpec(_("Remarks"), text=_note, width=170),
    }
