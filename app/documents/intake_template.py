"""The empty summary table for recommenders: 01_推荐汇总表 as XLSX.

Every column is formatted as text, because a spreadsheet program turns an 18-character code into a number and loses
digits of it. The headings and hints are Chinese in every language of the program: the form is.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.domain.summary_table import (
    CATEGORY_WORDS,
    EXAMPLE_SHEET_NAME,
    OFFERING_WORDS,
    REQUIRED_MARK,
    SHEET_NAME,
    TEMPLATE_VERSION,
    VERSION_LABEL,
    Column,
)

PREPARED_ROWS: Final = 500
HEADING_ROW: Final = 3  # as the spreadsheet counts; a title and the notes stand above
_TITLE: Final = "“辽宁优品”推荐汇总表"
_NOTES: Final = (
    f"{VERSION_LABEL}：{TEMPLATE_VERSION}　带 {REQUIRED_MARK} 的必填。一行一个产品或服务，不合并单元格，不增删列。"
    "材料放入文件夹，每行一个子文件夹，名称以序号开头。多个商标或标准之间用顿号分开。"
)
_WIDTHS: Final = {
    Column.NUMBER: 6,
    Column.RECOMMENDER: 26,
    Column.OPERATOR: 30,
    Column.USCC: 22,
    Column.OFFERING_NAME: 26,
    Column.CATEGORY: 12,
    Column.OFFERING: 10,
    Column.INDUSTRY: 10,
    Column.TRADEMARK: 16,
    Column.STANDARD: 24,
    Column.CONTACT: 10,
    Column.PHONE: 16,
    Column.RANK: 10,
    Column.REMARK: 24,
}
_HINTS: Final = {
    Column.NUMBER: "从 1 起的整数，不重复；子文件夹的名称以它开头。",
    Column.RECOMMENDER: "市、沈抚示范区市场监管部门或省级行业部门的全称。",
    Column.OPERATOR: "与营业执照一致的全称。",
    Column.USCC: "18 位，与营业执照一致，没有字母 I、O、S、V、Z。",
    Column.OFFERING_NAME: "一个产品或一项服务；多个请分行填写。",
    Column.CATEGORY: "从下拉列表中选择。",
    Column.OFFERING: "从下拉列表中选择。",
    Column.INDUSTRY: "GB/T 4754 的代码，2 至 4 位数字，保留开头的 0。",
    Column.TRADEMARK: "1 至 8 位数字，可带一个字母；国际注册以 G 开头。",
    Column.STANDARD: "须带年份，如 GB/T 19001-2016、T/ABC 001-2024。",
    Column.CONTACT: "选填。",
    Column.PHONE: "选填，手机或带区号的座机。",
    Column.RANK: "本单位推荐的先后，从 1 起的整数，不重复。",
    Column.REMARK: "选填。",
}
# Clearly invented; the code has correct check characters so that the sheet passes its own rules.
EXAMPLE: Final = {
    Column.NUMBER: "1",
    Column.RECOMMENDER: "沈阳市市场监督管理局",
    Column.OPERATOR: "示例甲食品有限公司",
    Column.USCC: "91210103MA00001540",
    Column.OFFERING_NAME: "示例牌苹果汁",
    Column.CATEGORY: "农业品牌",
    Column.OFFERING: "产品",
    Column.INDUSTRY: "1523",
    Column.TRADEMARK: "10000001",
    Column.STANDARD: "GB/T 31121-2014、Q/SLJ 0001S-2024",
    Column.CONTACT: "示例联系人",
    Column.PHONE: "024-20000000",
    Column.RANK: "1",
    Column.REMARK: "此行是填写示例",
}


def write_template(path: Path, *, rows: Sequence[Mapping[Column, str]] = ()) -> None:
    """Write the table to *path*: a sheet to fill in, or filled in with *rows*, and a sheet with an invented example."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": _TITLE, "comments": f"{VERSION_LABEL} {TEMPLATE_VERSION}"})
        formats = _Formats(book)
        _write_sheet(book.add_worksheet(SHEET_NAME), formats, rows=rows)
        _write_sheet(book.add_worksheet(EXAMPLE_SHEET_NAME), formats, rows=[EXAMPLE])


class _Formats:
    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.note: Format = book.add_format({"font_color": "#555555"})
        self.heading: Format = book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED", "text_wrap": True})
        self.text: Format = book.add_format({"num_format": "@", "valign": "top"})


def _write_sheet(sheet: Worksheet, formats: _Formats, *, rows: Sequence[Mapping[Column, str]]) -> None:
    sheet.write_string(0, 0, _TITLE, formats.title)
    sheet.write_string(1, 0, _NOTES, formats.note)
    sheet.set_row(1, 20, formats.note)
    for place, column in enumerate(Column):
        sheet.set_column(place, place, _WIDTHS[column], formats.text)
        mark = REQUIRED_MARK if column.is_required else ""
        sheet.write_string(HEADING_ROW - 1, place, f"{mark}{column.value}", formats.heading)
        sheet.write_comment(HEADING_ROW - 1, place, _HINTS[column], {"author": "", "x_scale": 1.6})
        for number, row in enumerate(rows, start=HEADING_ROW):
            sheet.write_string(number, place, row[column], formats.text)
    _offer(sheet, Column.CATEGORY, [words[0] for words in CATEGORY_WORDS.values()])
    _offer(sheet, Column.OFFERING, [words[0] for words in OFFERING_WORDS.values()])
    sheet.freeze_panes(HEADING_ROW, 3)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW - 1)


def _offer(sheet: Worksheet, column: Column, choices: list[str]) -> None:
    place = list(Column).index(column)
    sheet.data_validation(
        HEADING_ROW,
        place,
        HEADING_ROW + PREPARED_ROWS - 1,
        place,
        {"validate": "list", "source": choices, "error_title": column.value, "error_message": _HINTS[column]},
    )
