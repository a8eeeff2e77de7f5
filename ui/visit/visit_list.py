"""The list of visits: where each stands, when it is, and the one next step."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.onsite.ids import VisitId
from app.domain.onsite.visit import Stage
from app.i18n import _
from app.services.visit_sheet import VisitLine
from app.words.onsite import stage_words
from ui.desk.context import DeskContext
from ui.layouts import column, hairline, row
from ui.models.table_model import ColumnSpec
from ui.state import State, Tone
from ui.theme import px
from ui.tokens import Space
from ui.visit.moment_edit import there_words
from ui.visit.pending_bar import pending_state
from ui.widgets.table import Table

_STATES: Final = {
    Stage.PLANNED: ("○", Tone.NEUTRAL),
    Stage.NOTICED: ("○", Tone.ACTIVE),
    Stage.OPENING: ("◐", Tone.ACTIVE),
    Stage.GATHERING: ("◐", Tone.ACTIVE),
    Stage.TEAM_MEETING: ("◐", Tone.ACTIVE),
    Stage.CLOSING: ("◐", Tone.ACTIVE),
    Stage.CONFIRMED: ("●", Tone.ACTIVE),
    Stage.SIGNED: ("●", Tone.ACTIVE),
    Stage.RECTIFICATION: ("!", Tone.WARN),
    Stage.VERIFIED: ("✓", Tone.GOOD),
    Stage.CLOSED: ("✓", Tone.GOOD),
    Stage.POSTPONED: ("!", Tone.WARN),
    Stage.REFUSED: ("✕", Tone.BAD),
}
_ORDER: Final = tuple(Stage)
_MUCH_LATER: Final = 1e12


class Column(IntEnum):
    """What is open or how far it has come first, then whom it concerns, then when."""

    STATE = 0
    OPERATOR = 1
    WHEN = 2
    GRADED = 3
    LEADER = 4
    CODE = 5


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit with how far its checklist is and when its timetable begins."""

    line: VisitLine
    graded: int
    of: int
    starts_at: datetime | None


class VisitList(QWidget):
    """Enter opens.

    Signals:
        opened: the visit to go into.
    """

    opened = Signal(str)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: Table[VisitRow] = Table(
            _columns(), key=_key, name="desk.visits", remembered=context.remembered, clipboard=context.clipboard,
            is_multiple=False,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Visits"))
        if self.table.view.horizontalHeader().sortIndicatorSection() < 0:
            self.table.sort_by(Column.STATE)
        self.open_action = QAction(_("Open"), self)
        self.open_action.triggered.connect(self._on_open)
        self.table.add_action(self.open_action)
        self.table.opened.connect(self._on_opened)
        self._bar = row(None, gap=Space.INSIDE)
        self._bar.setContentsMargins(px(Space.PAGE), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        layout = column(self._bar, hairline(), self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def offer(self, *actions: QAction) -> None:
        """Show *actions* as buttons above the list, too."""
        for place, action in enumerate(actions):
            button = QPushButton(action.text())
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            self._bar.insertWidget(place, button)

    def show_visits(self, visits: tuple[VisitRow, ...]) -> None:
        """Show *visits*; what is chosen stays chosen."""
        self.table.show_rows(visits)
        if visits and self.table.current_row() is None:
            self.table.view.selectRow(0)

    def say_empty(self, *, plan: QAction | None, leaders: tuple[str, ...]) -> None:
        """Why there is no visit; *plan*: the step that makes one, if a dossier is open; *leaders* plan the others."""
        if plan is not None:
            words = _("Plan a visit for one of the dossiers on this desk, or take in the notes of a team member.")
        elif leaders:
            words = _("{names} leads and plans. The visit appears here with the notes the leader hands you.")
            words = words.format(names=_(", ").join(leaders))
        else:
            words = _("A visit belongs to a dossier. Declare on the page Tasks first, then plan the visit here.")
        self.table.empty.say(_("No visit yet"), words, action=plan)

    def _on_open(self) -> None:
        self._on_opened(self.table.current_row())

    def _on_opened(self, row: object) -> None:
        if isinstance(row, VisitRow):
            self.opened.emit(row.line.visit)


def stage_state(stage: Stage) -> State:
    """A stage as sign, word and tone."""
    sign, tone = _STATES[stage]
    return State(sign, stage_words(stage), tone)


def graded_words(graded: int, of: int) -> str:
    """How far the checklist is."""
    return _("{graded}/{of} graded").format(graded=graded, of=of)


def _key(row: VisitRow) -> VisitId:
    return row.line.visit


def _when(row: VisitRow) -> str:
    return there_words(row.starts_at) if row.starts_at is not None else _("no timetable yet")


def _state(row: VisitRow) -> State:
    """What is open about it; where nothing is, how far it has come."""
    return pending_state(row.line.pending[0]) if row.line.pending else stage_state(row.line.stage)


def _state_order(row: VisitRow) -> int:
    return -1 if row.line.pending else _ORDER.index(row.line.stage)


def _columns() -> dict[IntEnum, ColumnSpec[VisitRow]]:
    return {
        Column.STATE: ColumnSpec(
            _("State"), text=lambda one: _state(one).word, sort=_state_order, state=_state, width=220,
        ),
        Column.OPERATOR: ColumnSpec(_("Operator"), text=lambda one: one.line.operator, width=0),
        Column.WHEN: ColumnSpec(
            _("Starts"), text=_when,
            sort=lambda one: one.starts_at.timestamp() if one.starts_at else _MUCH_LATER, width=160,
        ),
        Column.GRADED: ColumnSpec(
            _("Checklist"), text=lambda one: graded_words(one.graded, one.of), sort=lambda one: one.graded, width=120
        ),
        Column.LEADER: ColumnSpec(_("Leader"), text=lambda one: one.line.leader, width=120),
        Column.CODE: ColumnSpec(_("Number"), text=lambda one: one.line.code, width=150),
    }  # fmt: skip
