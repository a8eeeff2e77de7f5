"""The expert's own scores as a table model: indicators down, dossiers across, mean and spread in front."""

from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.draft import Entry
from app.domain.rubric import Indicator
from app.domain.scoring import Standing, half_up
from app.i18n import _
from app.services.desk_comparison import ComparedReview, Comparison
from ui.plain import plain, plain_tool_tip
from ui.theme import look

Index = QModelIndex | QPersistentModelIndex
SPREAD: Final = 0
MEAN: Final = 1
FIRST_REVIEW: Final = 2


class CellRole(IntEnum):
    """What the strip is drawn from."""

    COUNTS = Qt.ItemDataRole.UserRole + 1
    HUE = Qt.ItemDataRole.UserRole + 2


class ComparisonModel(QAbstractTableModel):
    """Values change in the cells; rows and columns only when another table is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: Comparison | None = None
        self._lines: tuple[tuple[int, Indicator], ...] = ()

    def show_table(self, table: Comparison) -> None:
        """Show *table*; where only values differ, the selection stays."""
        old, self._table = self._table, table
        if old is not None and _shape(old) == _shape(table):
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        dimensions = enumerate(table.rubric.dimensions)
        self._lines = tuple((hue, each) for hue, dimension in dimensions for each in dimension.indicators)
        self.endResetModel()

    def cell(self, index: Index) -> tuple[ComparedReview, Indicator] | None:
        """The review and the indicator a cell is about; ``None`` for the figures in front."""
        if self._table is None or not index.isValid() or index.column() < FIRST_REVIEW:
            return None
        return self._table.reviews[index.column() - FIRST_REVIEW], self._lines[index.row()][1]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self._table is None else FIRST_REVIEW + len(self._table.reviews)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._table is None:
            return None
        hue, indicator = self._lines[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        found = self.cell(index)
        if found is None:
            return self._figure(index.column(), hue, indicator, role=role)
        entry = found[0].entry(indicator.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry_sign(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return plain(f"{found[0].application} {indicator.number} {entry_sign(entry)}")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(f"{indicator.number} {indicator.name}\n{entry.reason}".strip())
        if role == Qt.ItemDataRole.ForegroundRole and found[0].is_sealed:
            return look().colour("muted")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._table is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            hue, indicator = self._lines[section]
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
                return plain(f"{indicator.number} {indicator.name}")
            if role == Qt.ItemDataRole.ForegroundRole:
                return look().colour(look().colours.dimensions[hue % len(look().colours.dimensions)])
            return None
        if section < FIRST_REVIEW:
            return (_("Spread"), _("Mean"))[section] if role == Qt.ItemDataRole.DisplayRole else None
        review = self._table.reviews[section - FIRST_REVIEW]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(f"✓ {review.application}" if review.is_sealed else review.application)
        if role == Qt.ItemDataRole.ToolTipRole:
            words = _("{operator} — {offering}").format(operator=review.operator, offering=review.offering)
            return plain_tool_tip(_("{words}, signed").format(words=words) if review.is_sealed else words)
        return None

    def _figure(self, column: int, hue: int, indicator: Indicator, *, role: int) -> Any:
        if self._table is None:
            return None
        spread = self._table.distribution(indicator.id)
        mean = "—" if spread.mean is None else str(half_up(spread.mean))
        if column == MEAN:
            return mean if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return plain(", ".join(f"{percent} %: {times}" for percent, times in spread.counts()) or "—")
        if role == CellRole.COUNTS:
            return spread.counts()
        return hue if role == CellRole.HUE else None


def entry_sign(entry: Entry) -> str:
    """What a cell says: the per cent, with “≤” where a cap holds, or a short word, or a dash."""
    if entry.standing is None:
        return "—"
    if entry.standing is Standing.NOT_APPLICABLE:
        return _("n/a")
    if entry.standing is Standing.UNJUDGED:
        return _("not judged")
    return f"≤ {entry.percent}" if entry.at_cap else str(entry.percent)


def _shape(table: Comparison) -> tuple[object, ...]:
    return table.rubric_sha256, tuple((each.review, each.is_sealed) for each in table.reviews)
