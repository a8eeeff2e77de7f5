"""A sheet that somebody else can type into for an expert: numbers and names of the indicators, and nothing else.

It carries no operator, no text of the dossier and no score, so that it may lie on any table. The hash of the rubric
stands in it, so that a sheet made for other rules is noticed when it is read.
"""

import io
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.ids import ApplicationCode, Sha256
from app.domain.rubric import Rubric
from app.i18n import _

_WIDTHS: Final = (8, 34, 10, 12, 16, 60)
_FIRST_ROW: Final = 4
_MARKS: Final = ("na", "unjudged")


def typing_sheet(rubric: Rubric, application: ApplicationCode, *, rubric_sha256: Sha256) -> bytes:
    """The sheet as XLSX bytes; every cell is text or a number, never a formula."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    try:
        sheet = book.add_worksheet(_("Scores"))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        open_cell = book.add_format({"locked": False, "border": 1, "valign": "top", "text_wrap": True})
        _head(sheet, application, rubric, rubric_sha256, bold=bold)
        last = _rows(sheet, rubric, wrapped=wrapped, open_cell=open_cell)
        _restrict(sheet, rubric, last=last)
        sheet.freeze_panes(_FIRST_ROW, 2)
        sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_FIRST_ROW - 1)
    finally:
        book.close()
    return target.getvalue()


def _head(
    sheet: Worksheet, application: ApplicationCode, rubric: Rubric, rubric_sha256: Sha256, *, bold: Format
) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, _("Scores to be typed in"), bold)
    sheet.write_string(0, 2, application, bold)
    sheet.write_string(1, 0, _("Rubric {id} {version}").format(id=rubric.id, version=rubric.version))
    sheet.write_string(1, 2, rubric_sha256)
    sheet.write_string(2, 0, rubric.status_notice())
    titles = (
        _("No."),
        _("Indicator"),
        _("Points at most"),
        _("Per cent"),
        _("na / unjudged"),
        _("Reason"),
    )
    for column, title in enumerate(titles):
        sheet.write_string(_FIRST_ROW - 1, column, title, bold)


def _rows(sheet: Worksheet, rubric: Rubric, *, wrapped: Format, open_cell: Format) -> int:
    row = _FIRST_ROW
    for indicator in rubric.indicators:
        sheet.write_string(row, 0, indicator.number, wrapped)
        sheet.write_string(row, 1, indicator.name, wrapped)
        sheet.write_number(row, 2, indicator.weight, wrapped)
        for column in (3, 4, 5):
            sheet.write_blank(row, column, None, open_cell)
        row += 1
    return row - 1


def _restrict(sheet: Worksheet, rubric: Rubric, *, last: int) -> None:
    steps = [str(step) for step in range(0, 101, rubric.step_percent)]
    sheet.data_validation(
        _FIRST_ROW,
        3,
        last,
        3,
        {
            "validate": "list",
            "source": steps,
            "error_title": _("Not a step"),
            "error_message": _("Scores are given in steps of {step} per cent.").format(step=rubric.step_percent),
        },
    )
    sheet.data_validation(_FIRST_ROW, 4, last, 4, {"validate": "list", "source": list(_MARKS)})
