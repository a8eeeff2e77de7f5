"""What stands where in a review: dimensions, the indicators of the one that is open, the opinion."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import DimensionId, IndicatorId
from app.domain.review import Gap
from app.domain.rubric import Dimension, Indicator
from app.domain.scoring import Standing
from app.i18n import _
from app.services.desk_views import ReviewSheet
from ui.desk.words import dimension_points, points_words


class Done(StrEnum):
    """How far a part is; the value is the sign that is shown."""

    NOTHING = "○"
    PARTLY = "◐"
    ALL = "●"
    REFUSED = "!"


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One line. A row without a dimension is the opinion; one without an indicator is a dimension as a whole.

    Attributes:
        hue: place of the dimension, 0 to 5; ``None`` for the opinion.
        tail: points, at the right.
    """

    dimension: DimensionId | None
    indicator: IndicatorId | None
    hue: int | None
    done: Done
    text: str
    tail: str

    def spoken(self) -> str:
        """The line for people who hear it."""
        done = {Done.NOTHING: _("not begun"), Done.PARTLY: _("in progress"), Done.ALL: _("complete")}.get(
            self.done, _("has a value that cannot be taken")
        )
        return f"{self.text} {self.tail} {done}"


def outline(
    sheet: ReviewSheet, open_dimension: DimensionId | None, refused: frozenset[IndicatorId] = frozenset()
) -> tuple[OutlineRow, ...]:
    """The lines for *sheet*, with the indicators of *open_dimension* beneath it; *refused* ones wait to be mended."""
    rows: list[OutlineRow] = []
    lacking = frozenset(missing.indicator for missing in sheet.missing if missing.indicator)
    for hue, dimension in enumerate(sheet.rubric.dimensions):
        indicators = [
            _indicator_row(sheet, dimension, indicator, lacking, refused, hue=hue) for indicator in dimension.indicators
        ]
        points = dimension_points(sheet, dimension)
        tail = str(dimension.weight) if points is None else f"{points_words(points)}/{dimension.weight}"
        done = _together([row.done for row in indicators])
        rows.append(OutlineRow(dimension.id, None, hue, done, dimension.name, tail))
        if dimension.id == open_dimension:
            rows += indicators
    rows.append(OutlineRow(None, None, None, _opinion(sheet), _("Opinion"), ""))
    return tuple(rows)


def dimension_of(sheet: ReviewSheet, indicator: IndicatorId) -> tuple[int, Dimension]:
    """Place and dimension of an indicator."""
    return next(
        (place, dimension)
        for place, dimension in enumerate(sheet.rubric.dimensions)
        if any(known.id == indicator for known in dimension.indicators)
    )


def neighbour(sheet: ReviewSheet, indicator: IndicatorId, steps: int) -> IndicatorId | None:
    """The indicator so many places further on in the order of the rubric."""
    order = [known.id for known in sheet.rubric.indicators]
    place = order.index(indicator) + steps
    return order[place] if 0 <= place < len(order) else None


def next_lacking(
    sheet: ReviewSheet, after: IndicatorId | None, refused: frozenset[IndicatorId] = frozenset()
) -> IndicatorId | None:
    """The next indicator that lacks a value or a reason or is *refused*, beginning behind *after* and going round."""
    order = [known.id for known in sheet.rubric.indicators]
    lacking = {missing.indicator for missing in sheet.missing if missing.indicator is not None} | refused
    start = order.index(after) + 1 if after in order else 0
    return next((known for known in [*order[start:], *order[:start]] if known in lacking), None)


def _indicator_row(
    sheet: ReviewSheet,
    dimension: Dimension,
    indicator: Indicator,
    lacking: frozenset[IndicatorId],
    refused: frozenset[IndicatorId],
    *,
    hue: int,
) -> OutlineRow:
    entry = sheet.draft.entry(indicator.id)
    has_value = entry.standing is not None
    begun = Done.NOTHING if entry.is_empty else Done.PARTLY
    done = Done.ALL if has_value and indicator.id not in lacking else begun
    if indicator.id in refused:
        done = Done.REFUSED
    tail = str(indicator.weight)
    if entry.standing is Standing.GIVEN and entry.percent is not None:
        tail = f"{indicator.weight * entry.percent // 100}/{indicator.weight}"
    elif has_value:
        tail = _("n/a") if entry.standing is Standing.NOT_APPLICABLE else "?"
    return OutlineRow(dimension.id, indicator.id, hue, done, f"{indicator.number} {indicator.name}", tail)


def _opinion(sheet: ReviewSheet) -> Done:
    found = {missing.gap for missing in sheet.missing}
    if Gap.FACT in found:
        return Done.PARTLY
    gaps = found & {Gap.CONCLUSION, Gap.STRENGTH, Gap.CONCERN}
    return {0: Done.ALL, 3: Done.NOTHING}.get(len(gaps), Done.PARTLY)


def _together(parts: Sequence[Done]) -> Done:
    kinds = set(parts)
    if Done.REFUSED in kinds:
        return Done.REFUSED
    return kinds.pop() if len(kinds) == 1 else Done.PARTLY
