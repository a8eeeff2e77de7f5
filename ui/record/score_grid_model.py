"""The score grid as a table model; the columns follow the experts of the application that is shown."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.results import ApplicationResult, ExpertResult
from app.domain.rubric import Rubric
from app.i18n import _
from ui.plain import plain, plain_tool_tip
from ui.record.score_grid import GridCell, GridRow, RowKind, grid_of
from ui.record.states import expert_state
from ui.theme import look

Index = QModelIndex | QPersistentModelIndex
NAME: Final = 0
WEIGHT: Final = 1
MEAN: Final = 2
SPREAD: Final = 3
FIRST_EXPERT: Final = 4


class ScoreGridModel(QAbstractTableModel):
    """Name, weight, mean and range, then one column for each expert: what matters stays in view beside many."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GridRow, ...] = ()
        self._experts: tuple[ExpertResult, ...] = ()

    def show_result(self, result: ApplicationResult, rubric: Rubric) -> None:
        """Show one application instead of what was shown."""
        self.beginResetModel()
        self._rows, self._experts = grid_of(result, rubric), result.experts
        self.endResetModel()

    def expert_at(self, column: int) -> ExpertResult | None:
        """Whose column that is."""
        place = column - FIRST_EXPERT
        return self._experts[place] if 0 <= place < len(self._experts) else None

    def row_at(self, row: int) -> GridRow:
        """The line *row*."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else FIRST_EXPERT + len(self._experts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        cell = self._cell(row, column)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return plain(f"! {cell.text}" if cell.is_marked else cell.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(cell.tip or cell.text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and row.kind is not RowKind.INDICATOR:
            font = look().font()
            font.setBold(row.kind is RowKind.TOTAL)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and cell.is_marked:
            return look().colour("warn")
        return self._colour(row, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        expert = self.expert_at(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(self._title(section))
        if role == Qt.ItemDataRole.ToolTipRole and expert is not None:
            return plain_tool_tip(f"{expert.expert} {expert.name}\n{expert_state(expert.status).word}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _title(self, section: int) -> str:
        if section == NAME:
            return _("Indicator")
        if section == WEIGHT:
            return _("Weight")
        expert = self.expert_at(section)
        if expert is not None:
            return expert.name or expert.expert
        return _("Mean") if section == MEAN else _("Range")

    def _cell(self, row: GridRow, column: int) -> GridCell:
        if column == NAME:
            return GridCell(row.name)
        if column == WEIGHT:
            return GridCell(str(row.weight))
        if column == MEAN:
            return GridCell(row.mean)
        return row.spread if column == SPREAD else row.cells[column - FIRST_EXPERT]

    @staticmethod
    def _colour(row: GridRow, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and column == NAME and row.kind is RowKind.DIMENSION:
            return look().colour(look().colours.dimensions[row.dimension])
        if role == Qt.ItemDataRole.BackgroundRole and row.kind is not RowKind.INDICATOR:
            return look().colour("window")
        return None
