"""Words of the desk's window that several screens say in the same way."""

from fractions import Fraction
from typing import Final

from app.domain.evidence import Anchor
from app.domain.rubric import Dimension
from app.domain.scoring import half_up
from app.i18n import _
from app.services.desk_views import DocumentView, ExaminationSheet, ReviewSheet, Sheet, Task

_QUOTED: Final = 8


def total_words(total: Fraction | None) -> str:
    """The total of a review as its form prints it, with two decimals, or a dash."""
    return "—" if total is None else str(half_up(total))


def points_words(points: Fraction) -> str:
    """Points on the way to a total: whole as they are given, with decimals only where rescaling made some."""
    return str(int(points)) if points.denominator == 1 else str(half_up(points))


def title_words(task: Task) -> str:
    """Who and what, on one line."""
    return _("{operator} — {offering}").format(operator=task.face.operator, offering=task.face.offering_name)


def progress_words(sheet: Sheet) -> str:
    """How far, and the points so far; the total once everything is dealt with.

    Rescaled from a few indicators a total would look like a result: 950 after one value of 95 %.
    """
    task = sheet.task
    if isinstance(sheet, ExaminationSheet):
        return _("{scored}/{of} answered").format(scored=task.scored, of=task.of)
    if task.scored < task.of:
        points = points_words(sheet.totals.earned)
        return _("{points} points · {scored}/{of} scored").format(points=points, scored=task.scored, of=task.of)
    return _("{scored}/{of} scored · {total}/{full}").format(
        scored=task.scored, of=task.of, total=total_words(task.total), full=task.full
    )


def final_words(task: Task) -> str:
    """The total for a list: nothing until every indicator is dealt with."""
    return total_words(task.total) if task.total is not None and task.scored == task.of else ""


def dimension_points(sheet: ReviewSheet, dimension: Dimension) -> Fraction | None:
    """What the dimension has come to: points so far, rescaled only once all its indicators are dealt with."""
    entries = [(indicator.weight, sheet.draft.entry(indicator.id)) for indicator in dimension.indicators]
    if all(entry.standing is not None for _weight, entry in entries):
        return sheet.totals.dimensions.get(dimension.id)
    given = [weight * entry.percent for weight, entry in entries if entry.percent is not None]
    return Fraction(sum(given), 100) if given else None


def anchor_words(anchor: Anchor, documents: tuple[DocumentView, ...]) -> str:
    """“03 p.12”, with a few of the words that were marked."""
    number = next((view.number for view in documents if view.document.sha256 == anchor.document), None)
    parts = ["??" if number is None else f"{number:02}"]
    if anchor.page is not None:
        parts.append(_("p.{page}").format(page=anchor.page))
    if anchor.sheet:
        parts.append(anchor.sheet)
    if anchor.range:
        parts.append(anchor.range)
    if anchor.words:
        quoted = anchor.words if len(anchor.words) <= _QUOTED else f"{anchor.words[:_QUOTED]}…"
        parts.append(_("“{words}”").format(words=quoted))
    return " ".join(parts)
