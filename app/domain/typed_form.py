"""Scores that somebody else typed into a sheet: what they would change, and which cells cannot be meant.

The sheet holds numbers and names of indicators only. An empty cell says nothing, so nothing is ever cleared by a sheet.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from app.domain.draft import Draft, Entry
from app.domain.ids import IndicatorId
from app.domain.rubric import Indicator, Rubric
from app.domain.scoring import Score, Standing, check_score
from app.errors import UserFacingError
from app.i18n import N_

_MARKS: Final = {
    "na": Standing.NOT_APPLICABLE,
    "不适用": Standing.NOT_APPLICABLE,
    "unjudged": Standing.UNJUDGED,
    "无法判断": Standing.UNJUDGED,
}
_WHOLE: Final = 100


class TypedCellError(UserFacingError):
    """A cell that cannot be meant; the other rows are not concerned."""

    code = "typed_cell"


class TypedRowUnknownError(TypedCellError):
    """Number and name are not those of an indicator: rows were moved or added."""

    code = "typed_row_unknown"
    message = N_("“{number} {name}” is no indicator of these rules. Leave the first two columns as they are.")


class TypedTwiceError(TypedCellError):
    """The same indicator in two rows."""

    code = "typed_twice"
    message = N_("Indicator {number} stands in the sheet twice. Delete one of the two rows.")


class TypedNumberError(TypedCellError):
    """No number where the per cent belong."""

    code = "typed_number"
    message = N_("“{text}” is not a whole number of per cent. Type the number again.")


class TypedMarkError(TypedCellError):
    """A word that is not one of the two."""

    code = "typed_mark"
    message = N_("“{text}” is not one of na and unjudged. Choose one of them or leave the cell empty.")


class TypedBothError(TypedCellError):
    """A number and a mark."""

    code = "typed_both"
    message = N_("There are per cent and a mark. Leave one of the two cells empty.")


class TypedTextError(TypedCellError):
    """A reason no form could print."""

    code = "typed_text"
    message = N_("The reason has {length} characters; at most {most} are possible. Shorten it.")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row of the sheet as it was read: the texts of its cells, and its number in the sheet from 1."""

    row: int
    number: str
    name: str
    percent: str = ""
    mark: str = ""
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody typed anything here."""
        return not (self.percent or self.mark or self.reason)


@dataclass(frozen=True, slots=True)
class TypedDifference:
    """What would change at one indicator."""

    row: int
    indicator: IndicatorId
    now: Entry
    then: Entry


@dataclass(frozen=True, slots=True)
class TypedRefusal:
    """A row that was not understood, and why."""

    row: int
    problem: UserFacingError


@dataclass(frozen=True, slots=True)
class TypedReading:
    """A whole sheet, compared with the draft."""

    differences: tuple[TypedDifference, ...]
    refusals: tuple[TypedRefusal, ...]
    same: int


def compare(rubric: Rubric, draft: Draft, rows: Sequence[TypedRow], *, longest_reason: int) -> TypedReading:
    """What *rows* would change in *draft*; rows that cannot be meant are refused one by one."""
    differences, refusals, same = [], [], 0
    seen: set[IndicatorId] = set()
    for row in rows:
        if row.is_blank:
            continue
        try:
            indicator = _indicator(rubric, row)
            if indicator.id in seen:
                raise TypedTwiceError(number=indicator.number)
            seen.add(indicator.id)
            now = draft.entry(indicator.id)
            then = _entry(rubric, row, now, longest_reason=longest_reason)
        except UserFacingError as problem:
            refusals.append(TypedRefusal(row.row, problem))
            continue
        if then == now:
            same += 1
        else:
            differences.append(TypedDifference(row.row, indicator.id, now, then))
    return TypedReading(tuple(differences), tuple(refusals), same)


def _indicator(rubric: Rubric, row: TypedRow) -> Indicator:
    wanted = (_plain(row.number), _plain(row.name))
    for indicator in rubric.indicators:
        if (_plain(indicator.number), _plain(indicator.name)) == wanted:
            return indicator
    raise TypedRowUnknownError(number=row.number[:20], name=row.name[:40])


def _entry(rubric: Rubric, row: TypedRow, now: Entry, *, longest_reason: int) -> Entry:
    then = now
    if row.percent and row.mark:
        raise TypedBothError
    if row.percent:
        then = replace(then, standing=Standing.GIVEN, percent=_percent(row.percent, rubric.step_percent))
    elif row.mark:
        standing = _MARKS.get(_plain(row.mark).lower())
        if standing is None:
            raise TypedMarkError(text=row.mark[:20])
        then = replace(then, standing=standing, percent=None)
    if row.reason:
        if len(row.reason) > longest_reason:
            raise TypedTextError(length=len(row.reason), most=longest_reason)
        then = replace(then, reason=row.reason)
    if then.standing is not None and (then.standing, then.percent) != (now.standing, now.percent):
        check_score(rubric, Score(then.indicator, then.standing, then.percent, at_cap=then.at_cap))
    return then


def _percent(text: str, step: int) -> int:
    """Whole per cent; a cell formatted as per cent holds the fraction, which is never a step itself."""
    try:
        value = Decimal(_plain(text).removesuffix("%").strip())
    except InvalidOperation:
        raise TypedNumberError(text=text[:20]) from None
    if value.is_finite() and 0 < value <= 1 and value % step:
        value *= _WHOLE
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value <= _WHOLE:
        raise TypedNumberError(text=text[:20])
    return int(value)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
