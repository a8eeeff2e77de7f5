"""The summary table (01_推荐汇总表): sheet of typed cells in, rows with their findings out.

The heading row is looked for, columns go by their headings, and nothing is filled in from a neighbouring cell.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.decoding.replies import Cell, CellType, SheetRows
from app.domain.regions import Recommender, Regions
from app.domain.summary_table import (
    CATEGORY_WORDS,
    OFFERING_WORDS,
    TEMPLATE_VERSION,
    VERSION_LABEL,
    Column,
    category_of,
    column_of,
    offering_of,
)
from app.domain.typed_text import tidy_name
from app.domain.uscc import Uscc
from app.i18n import N_
from app.intake.cells import RowCells
from app.intake.finding import Code, Finding, Level, find, worst
from app.intake.limits import IntakeLimits
from app.intake.summary_row import ReadRow, SummaryRow

_HEADER_ROWS: Final = 30  # a title and some notes may stand above the headings
_ENOUGH_HEADINGS: Final = 5
_VERSION: Final = re.compile(re.escape(VERSION_LABEL) + r"[::： ]*([0-9]{1,4})")
_BRANCH_WORDS: Final = ("分公司", "分店", "分厂")
_OTHER_VERSION: Final = N_("This is template version {found}; this program reads version {version}. Use its template.")
_TOO_MANY_ROWS: Final = N_("{size} rows, more than the {limit} allowed. Divide the table.")


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one sheet says. ``findings`` are about the table; where one of them is an error there are no rows."""

    findings: tuple[Finding, ...]
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    places: Mapping[Column, int]


def read_table(sheet: SheetRows, regions: Regions, *, limits: IntakeLimits) -> TableReading:
    """Read the rows of *sheet*, which must hold every row from the first on."""
    header = _find_header(sheet)
    if header is None:
        return TableReading((find(Code.NO_HEADER),), ())
    findings = [*_check_header(sheet, header), *_check_version(sheet, header)]
    if sheet.total_rows - header.row > limits.rows:
        size = sheet.total_rows - header.row
        findings.append(find(Code.OVER_LIMIT, words=_TOO_MANY_ROWS, size=size, limit=limits.rows))
    if worst(findings) is Level.ERROR:
        return TableReading(tuple(findings), ())
    merged = _merged_rows(sheet, header)
    rows = tuple(
        _read_row(number, _by_column(cells, header), regions, limits=limits, merged=merged.get(number, ()))
        for number, cells in enumerate(sheet.rows[header.row :], start=header.row + 1)
        if any(_says_something(cell) for cell in _by_column(cells, header).values())
    )
    if not rows:
        findings.append(find(Code.NO_ROWS))
    return TableReading(tuple(findings), rows)


def _says_something(cell: Cell) -> bool:
    return cell.type is not CellType.EMPTY and bool(tidy_name(cell.text[:50]))


def _by_column(cells: tuple[Cell, ...], header: _Header) -> dict[Column, Cell]:
    return {column: cells[place] for column, place in header.places.items()}


def _find_header(sheet: SheetRows) -> _Header | None:
    for number, cells in enumerate(sheet.rows[:_HEADER_ROWS], start=1):
        places: dict[Column, int] = {}
        for place, cell in enumerate(cells):
            column = _heading(cell)
            if column is not None:
                places.setdefault(column, place)
        if len(places) >= _ENOUGH_HEADINGS:
            return _Header(number, places)
    return None


def _heading(cell: Cell) -> Column | None:
    return column_of(cell.text) if cell.type is CellType.TEXT and len(cell.text) < 50 else None


def _check_header(sheet: SheetRows, header: _Header) -> Iterable[Finding]:
    for column in Column:
        if column.is_required and column not in header.places:
            yield find(Code.COLUMN_MISSING, row=header.row, column=column.value, name=column.value)
    seen: set[Column] = set()
    for cell in sheet.rows[header.row - 1]:
        heading = _heading(cell)
        if heading is None:
            if _says_something(cell):
                name = tidy_name(cell.text[:50])
                yield find(Code.COLUMN_UNKNOWN, row=header.row, column=name, name=name)
        elif heading in seen:
            yield find(Code.COLUMN_TWICE, row=header.row, column=heading.value, name=heading.value)
        else:
            seen.add(heading)
    if any(first <= header.row <= last for first, _c0, last, _c1 in sheet.merged):
        yield find(Code.MERGED_CELLS, row=header.row)


def _check_version(sheet: SheetRows, header: _Header) -> Iterable[Finding]:
    above = (cell.text[:500] for cells in sheet.rows[: header.row - 1] for cell in cells if cell.type is CellType.TEXT)
    found = next((int(match[1]) for text in above if (match := _VERSION.search(text))), None)
    if found is None:
        yield find(Code.TEMPLATE_VERSION, version=TEMPLATE_VERSION)
    elif found != TEMPLATE_VERSION:
        yield find(
            Code.TEMPLATE_VERSION, level=Level.ERROR, words=_OTHER_VERSION, found=found, version=TEMPLATE_VERSION
        )


def _merged_rows(sheet: SheetRows, header: _Header) -> dict[int, tuple[Column, ...]]:
    """Which columns of which rows lie under merged cells."""
    found: dict[int, list[Column]] = {}
    last_row = min(sheet.total_rows, len(sheet.rows))
    for first, left, last, right in sheet.merged:
        columns = [column for column, place in header.places.items() if left <= place + 1 <= right]
        if columns:
            for row in range(max(first, header.row + 1), min(last, last_row) + 1):
                found.setdefault(row, []).extend(columns)
    return {row: tuple(dict.fromkeys(columns)) for row, columns in found.items()}


def _read_row(
    row: int, by_column: Mapping[Column, Cell], regions: Regions, *, limits: IntakeLimits, merged: tuple[Column, ...]
) -> ReadRow:
    cells = RowCells(row, by_column, limits=limits)
    for column in merged:
        cells.findings.append(find(Code.MERGED_CELLS, row=row, column=column.value))
    number = cells.count(Column.NUMBER)
    recommender = _recommender(cells, regions)
    operator = cells.words(Column.OPERATOR)
    if operator.endswith(_BRANCH_WORDS):
        cells.note(Code.BRANCH_OFFICE, Column.OPERATOR)
    uscc = cells.uscc()
    offering_name = cells.words(Column.OFFERING_NAME)
    category = cells.choice(Column.CATEGORY, category_of, "、".join(words[0] for words in CATEGORY_WORDS.values()))
    offering = cells.choice(Column.OFFERING, offering_of, "、".join(words[0] for words in OFFERING_WORDS.values()))
    industry = cells.industry()
    trademarks = cells.trademarks()
    standards = cells.standards()
    contact, phone, remark = cells.words(Column.CONTACT), cells.phone(), cells.words(Column.REMARK)
    rank = cells.count(Column.RANK)
    values = None
    is_whole = worst(cells.findings) is not Level.ERROR
    if is_whole and number is not None and rank is not None and category is not None and offering is not None:
        values = SummaryRow(
            number=number,
            recommender=recommender,
            operator=operator,
            uscc=uscc,
            offering_name=offering_name,
            category=category,
            offering=offering,
            industry=industry,
            trademarks=trademarks,
            standards=standards,
            rank=rank,
            region=recommender.region or regions.city_of_area(Uscc(uscc)) or "",
            contact=contact,
            phone=phone,
            remark=remark,
        )
    return ReadRow(
        row=row,
        findings=tuple(cells.findings),
        number=number,
        recommender=recommender.name,
        operator=operator,
        uscc=uscc,
        offering_name=offering_name,
        values=values,
    )


def _recommender(cells: RowCells, regions: Regions) -> Recommender:
    name = cells.words(Column.RECOMMENDER)
    recommender = regions.recommender(name)
    if name and recommender.type is None:
        cells.note(Code.RECOMMENDER_UNKNOWN, Column.RECOMMENDER, text=name)
    return recommender
