"""Summary tables and dossier folders as recommenders hand them in: real XLSX files, real folders."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from app.domain.summary_table import SHEET_NAME, TEMPLATE_VERSION, VERSION_LABEL, Column
from app.domain.uscc import check_character, organisation_check_character

CellValue = str | int | float | date | bool | None
Row = Mapping[Column, CellValue]

HEADING_ROW = 3  # as the spreadsheet counts
FIRST_ROW = 4
HEADINGS = tuple(one.value for one in Column)


def uscc(number: int, *, area: str = "210103") -> str:
    """The credit code of an invented enterprise."""
    organisation = f"MA0{number:05}"
    first = "91" + area + organisation + organisation_check_character(organisation)
    return first + check_character(first)


def row(number: int = 1, /, **changed: CellValue) -> Row:
    """A row without faults; *changed* goes by the names of :class:`Column` in lower case."""
    values: dict[Column, CellValue] = {
        Column.NUMBER: str(number),
        Column.RECOMMENDER: "沈阳市市场监督管理局",
        Column.OPERATOR: f"示例{number}号食品有限公司",
        Column.USCC: uscc(number),
        Column.OFFERING_NAME: f"示例牌果汁{number}型",
        Column.CATEGORY: "农业品牌",
        Column.OFFERING: "产品",
        Column.INDUSTRY: "1523",
        Column.TRADEMARK: str(10_000_000 + number),
        Column.STANDARD: "GB/T 31121-2014",
        Column.CONTACT: "示例联系人",
        Column.PHONE: "13900000000",
        Column.RANK: str(number),
        Column.REMARK: "",
    }
    return values | {Column[name.upper()]: value for name, value in changed.items()}


def write_table(
    path: Path,
    rows: Sequence[Row],
    *,
    headings: Sequence[str] = HEADINGS,
    version: int | None = TEMPLATE_VERSION,
    merged: Sequence[tuple[int, int, int, int]] = (),
    sheet_name: str = SHEET_NAME,
) -> Path:
    """Write *rows* below *headings*; *merged* are first row, first column, last row, last column from 0."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(sheet_name)
        sheet.write_string(0, 0, "“辽宁优品”推荐汇总表")
        if version is not None:
            sheet.write_string(1, 0, f"{VERSION_LABEL}：{version}")
        for place, heading in enumerate(headings):
            sheet.write_string(HEADING_ROW - 1, place, heading)
        for number, values in enumerate(rows, start=HEADING_ROW):
            for place, column in enumerate(Column):
                value = values[column]
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
        for area in merged:
            sheet.merge_range(*area, None)
    return path


def write_files(root: Path, files: Mapping[str, bytes]) -> Path:
    """Write *files* below *root*; slashes make folders."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root
