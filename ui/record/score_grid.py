"""Scores of one application as a grid: indicators down, experts across, and how far apart they lie.

Missing is shown as what it is, never as zero. An indicator whose percents lie as far apart as the rubric's limit, or a
total as far from the mean, is marked: the group has to talk about it (Art. 13).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from app.domain.ids import DimensionId
from app.domain.results import ApplicationResult, ExpertResult, ExpertStatus, ScoreLine
from app.domain.rubric import Dimension, Indicator, Rubric
from app.domain.scoring import Standing
from app.i18n import _
from ui.record.states import expert_state
from ui.record.words import DASH, points_words

_HUNDRED = 100


class RowKind(Enum):
    """What a line of the grid is."""

    TOTAL = "total"
    DIMENSION = "dimension"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class GridCell:
    """What one cell says; marked cells have to be talked about."""

    text: str
    is_marked: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line: a total, a dimension or an indicator."""

    kind: RowKind
    name: str
    weight: int
    cells: tuple[GridCell, ...]
    mean: str
    spread: GridCell
    dimension: int = -1


def grid_of(result: ApplicationResult, rubric: Rubric) -> tuple[GridRow, ...]:
    """The total, then each dimension with its indicators."""
    rows = [_total_row(result, rubric)]
    lines = [{line.indicator: line for line in expert.scores} for expert in result.experts]
    for number, dimension in enumerate(rubric.dimensions):
        rows.append(_dimension_row(result, dimension, number))
        for indicator in dimension.indicators:
            found = [scores.get(indicator.id) for scores in lines]
            rows.append(_indicator_row(found, indicator, rubric, number=number))
    return tuple(rows)


def _total_row(result: ApplicationResult, rubric: Rubric) -> GridRow:
    mean = result.mean.total
    cells = tuple(_total_cell(expert, mean, rubric) for expert in result.experts)
    spread = GridCell(DASH if result.spread is None else str(result.spread.range))
    return GridRow(RowKind.TOTAL, _("Total"), rubric.total, cells, points_words(mean), spread)


def _total_cell(expert: ExpertResult, mean: Decimal | None, rubric: Rubric) -> GridCell:
    if expert.status is not ExpertStatus.SEALED:
        return GridCell(expert_state(expert.status).word)
    off = _deviation(expert.total, mean)
    rules = rubric.spread
    if off is None or off <= rules.discuss_total_deviation:
        return GridCell(points_words(expert.total))
    tip = _("{percent} per cent from the mean; the group talks about it.")
    if off > rules.explain_total_deviation:
        tip = _("{percent} per cent from the mean; the expert explains it in writing.")
    return GridCell(points_words(expert.total), True, tip.format(percent=int(off)))


def _deviation(total: Fraction | None, mean: Decimal | None) -> Fraction | None:
    if total is None or not mean:
        return None
    middle = Fraction(mean)
    return abs(total - middle) / middle * _HUNDRED


def _dimension_row(result: ApplicationResult, dimension: Dimension, number: int) -> GridRow:
    values = [expert.dimensions.get(dimension.id) for expert in result.experts]
    present = [value for value in values if value is not None]
    spread = points_words(max(present) - min(present)) if len(present) > 1 else DASH
    cells = tuple(
        GridCell(points_words(value) if expert.status is ExpertStatus.SEALED else DASH)
        for expert, value in zip(result.experts, values, strict=True)
    )
    mean = points_words(result.mean.dimensions.get(DimensionId(dimension.id)))
    return GridRow(RowKind.DIMENSION, dimension.name, dimension.weight, cells, mean, GridCell(spread), number)


def _indicator_row(lines: Sequence[ScoreLine | None], indicator: Indicator, rubric: Rubric, *, number: int) -> GridRow:
    percents = [line.percent for line in lines if line is not None and line.percent is not None]
    limit = rubric.spread.discuss_indicator_range
    width = max(percents) - min(percents) if len(percents) > 1 else None
    is_far = width is not None and width >= limit
    spread = GridCell(
        DASH if width is None else f"{width} %",
        is_far,
        _("At least {limit} points of percent apart: the group talks about it.").format(limit=limit) if is_far else "",
    )
    mean = points_words(Fraction(sum(percents), len(percents))) + " %" if percents else DASH
    cells = tuple(_score_cell(line) for line in lines)
    name = f"{indicator.number} {indicator.name}"
    return GridRow(RowKind.INDICATOR, name, indicator.weight, cells, mean, spread, number)


def _score_cell(line: ScoreLine | None) -> GridCell:
    if line is None:
        return GridCell(DASH)
    if line.standing is Standing.NOT_APPLICABLE:
        return GridCell(_("not applicable"))
    if line.standing is Standing.UNJUDGED:
        return GridCell(_("cannot judge"))
    return GridCell(f"{line.percent} % · {line.points}")
