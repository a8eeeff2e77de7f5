"""Applications × experts as a table model; cells are asked for only while they are on the screen."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.assigning import ApplicationEntry, AssignmentCell, AssignmentMatrix, AssignmentState, ConflictGround
from app.domain.ids import ApplicationCode, ExpertCode
from app.domain.roster import ExpertEntry
from app.i18n import _
from ui.models.table_model import Role
from ui.plain import plain, plain_tool_tip
from ui.record.states import assignment_state, conflict_state
from ui.record.words import ground_words, last_day
from ui.state import State, Tone

Index = QModelIndex | QPersistentModelIndex
NOTHING = AssignmentMatrix((), (), {}, {})
_LEADER = "★"
OUT = frozenset({AssignmentState.RECUSED, AssignmentState.ABSTAINED, AssignmentState.RECALLED})


class Narrowing(Enum):
    """Which applications are shown."""

    ALL = "all"
    SHORT = "short"
    CONFLICTS = "conflicts"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One pair with what is known of it."""

    application: ApplicationEntry
    expert: ExpertEntry
    assignment: AssignmentCell | None
    grounds: tuple[ConflictGround, ...]
    is_proposed: bool


class MatrixModel(QAbstractTableModel):
    """Rows are applications, columns experts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix = NOTHING
        self._rows: tuple[ApplicationEntry, ...] = ()
        self._loads: Counter[ExpertCode] = Counter()
        self._panels: Counter[ApplicationCode] = Counter()
        self._needles: tuple[str, ...] = ()
        self._narrowing = Narrowing.ALL
        self._panel = 1
        self._proposed: frozenset[tuple[ExpertCode, ApplicationCode]] = frozenset()

    def show_matrix(self, matrix: AssignmentMatrix) -> None:
        """Show *matrix*. Where only cells differ the view keeps its place."""
        same = (self._heads(self._matrix), len(self._rows)) == (self._heads(matrix), len(self._rows))
        self._matrix = matrix
        busy = [pair for pair, cell in matrix.cells.items() if cell.state not in OUT]
        self._loads = Counter(expert for _application, expert in busy)
        self._panels = Counter(application for application, _expert in busy)
        wanted = self._wanted()
        if same and [one.application for one in wanted] == [one.application for one in self._rows]:
            self._rows = wanted
            if self._rows and self.columnCount():
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self._reset(wanted)

    def show_proposal(self, pairs: Iterable[tuple[ExpertCode, ApplicationCode]]) -> None:
        """Mark *pairs* as proposed; an empty proposal takes the marks away."""
        self._proposed = frozenset(pairs)
        if self._rows and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def filter(self, text: str) -> None:
        """Only applications in which every word of *text* occurs."""
        self._needles = tuple(_folded(text).split())
        self._reset(self._wanted())

    def narrow(self, narrowing: Narrowing, *, panel: int) -> None:
        """Only applications with fewer than *panel* experts, or with a known conflict."""
        self._narrowing, self._panel = narrowing, panel
        self._reset(self._wanted())

    def cell(self, index: Index) -> MatrixCell | None:
        """The pair at *index*."""
        if not index.isValid():
            return None
        application, expert = self._rows[index.row()], self._matrix.experts[index.column()]
        pair = (application.application, expert.expert)
        return MatrixCell(
            application, expert, self._matrix.cells.get(pair), self._matrix.conflicts.get(pair, ()),
            (expert.expert, application.application) in self._proposed,
        )  # fmt: skip

    def short(self, panel: int) -> int:
        """How many applications have fewer than *panel* experts."""
        return sum(self._panels[one.application] < panel for one in self._matrix.applications)

    def loads(self) -> tuple[int, int]:
        """The fewest and the most applications any expert has."""
        counts = [self._loads[expert.expert] for expert in self._matrix.experts]
        return (min(counts), max(counts)) if counts else (0, 0)

    @property
    def matrix(self) -> AssignmentMatrix:
        """What is shown."""
        return self._matrix

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._matrix.experts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None:
            return None
        if role == Role.STATE:
            return _state(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _state(cell)
            words = state.word if state else _("Not assigned")
            is_leader = cell.assignment is not None and cell.assignment.is_leader
            return plain(_("{state}, leads the visit").format(state=words) if is_leader else words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(_tip(cell))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            return self._expert_head(section, role)
        return self._application_head(section, role)

    def _expert_head(self, section: int, role: int) -> Any:
        if not 0 <= section < len(self._matrix.experts):
            return None
        expert = self._matrix.experts[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(f"{expert.name}\n{self._loads[expert.expert]}")
        if role == Qt.ItemDataRole.ToolTipRole:
            load = _("{count} applications").format(count=self._loads[expert.expert])
            return plain_tool_tip(f"{expert.expert} {expert.name}\n{expert.employer}\n{load}")
        return None

    def _application_head(self, section: int, role: int) -> Any:
        if not 0 <= section < len(self._rows):
            return None
        one = self._rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(
                _("{application} · {count} experts · {operator}").format(
                    application=one.application, count=self._panels[one.application], operator=one.operator
                )
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            count = _("{count} experts").format(count=self._panels[one.application])
            return plain_tool_tip(f"{one.application}\n{one.operator} — {one.offering_name}\n{count}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _wanted(self) -> tuple[ApplicationEntry, ...]:
        rows = self._matrix.applications
        if self._narrowing is Narrowing.SHORT:
            rows = tuple(one for one in rows if self._panels[one.application] < self._panel)
        elif self._narrowing is Narrowing.CONFLICTS:
            tied = {application for application, _expert in self._matrix.conflicts}
            rows = tuple(one for one in rows if one.application in tied)
        if self._needles:
            rows = tuple(one for one in rows if all(needle in _haystack(one) for needle in self._needles))
        return rows

    def _reset(self, rows: tuple[ApplicationEntry, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @staticmethod
    def _heads(matrix: AssignmentMatrix) -> tuple[list[ApplicationCode], list[ExpertCode]]:
        return [one.application for one in matrix.applications], [one.expert for one in matrix.experts]


def _state(cell: MatrixCell) -> State | None:
    if cell.assignment is not None:
        state = assignment_state(cell.assignment.state)
        return replace(state, sign=f"{_LEADER}{state.sign}") if cell.assignment.is_leader else state
    if cell.is_proposed:
        return State("+", _("Proposed"), Tone.ACTIVE)
    return conflict_state() if cell.grounds else None


def _tip(cell: MatrixCell) -> str:
    lines = [f"{cell.expert.name} · {cell.application.application} {cell.application.operator}"]
    state = _state(cell)
    lines.append(state.word if state else _("Not assigned. Click or press Space to assign."))
    if cell.assignment is not None and cell.assignment.is_leader:
        lines.append(_("Leads the visit"))
    if cell.assignment is not None and cell.assignment.deadline_at is not None:
        lines.append(_("Deadline {date}").format(date=last_day(cell.assignment.deadline_at)))
    lines += [ground_words(cell.expert.name, ground) for ground in cell.grounds]
    return "\n".join(lines)


def _haystack(one: ApplicationEntry) -> str:
    return _folded(f"{one.application}\n{one.operator}\n{one.offering_name}\n{one.uscc}\n{one.recommender}")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
