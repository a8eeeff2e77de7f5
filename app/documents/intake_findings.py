"""What was found in one intake, as one spreadsheet per recommender to be sent back.

Whatever strangers typed is written as text, and what looks like a formula gets an apostrophe in front, because the
sheet may be saved as CSV and opened again by somebody who never saw this program.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import xlsxwriter

from app.i18n import N_, _

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_FORBIDDEN_IN_NAMES: Final = '<>:"/\\|?*'
_LONGEST_NAME: Final = 60
_CELL_LIMIT: Final = 32_767  # characters; the format allows no more
_LEVELS: Final = {"error": N_("Not taken"), "warning": N_("Taken with a remark"), "ok": N_("Fine")}
_HEADINGS: Final = (
    (N_("Row"), 6),
    (N_("Operator"), 30),
    (N_("Product or service"), 26),
    (N_("Column or file"), 36),
    (N_("Result"), 14),
    (N_("What was found and what to do"), 80),
    (N_("Code"), 18),
)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of the sheet.

    Attributes:
        recommender: whose sheet it goes into; empty for what belongs to no row.
        level: “error”, “warning” or “ok”.
        place: the column's heading or the file's shown path.
    """

    recommender: str
    row: int | None
    operator: str
    offering_name: str
    place: str
    level: str
    code: str
    sentence: str


def write_findings(lines: Iterable[FindingLine], folder: Path) -> list[Path]:
    """Write one XLSX per recommender into *folder*, which exists; returns the files in the order of the lines."""
    by_recommender: dict[str, list[FindingLine]] = defaultdict(list)
    for line in lines:
        by_recommender[line.recommender].append(line)
    written: list[Path] = []
    taken: set[str] = set()
    for recommender, own in by_recommender.items():
        path = folder / _free_name(recommender or _("Without a recommender"), taken)
        _write_sheet(path, recommender, own)
        written.append(path)
    return written


def harmless(text: str) -> str:
    """*text* that no spreadsheet program takes for a formula, neither in XLSX nor after saving as CSV."""
    cut = text[: _CELL_LIMIT - 1]
    return f"'{cut}" if cut.lstrip(" \u3000\ufeff").startswith(_FORMULA_STARTS) else cut


def _free_name(recommender: str, taken: set[str]) -> str:
    """A file name that every system allows; two recommenders never share one."""
    plain = "".join("_" if c in _FORBIDDEN_IN_NAMES or not c.isprintable() else c for c in recommender)
    stem = plain.strip(" .")[:_LONGEST_NAME] or "_"
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number})"
    taken.add(name.casefold())
    return _("Findings {recommender}").format(recommender=name) + ".xlsx"


def _write_sheet(path: Path, recommender: str, lines: Sequence[FindingLine]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(_("Findings"))
        bold = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, harmless(recommender), book.add_format({"bold": True, "font_size": 14}))
        for place, (heading, width) in enumerate(_HEADINGS):
            sheet.set_column(place, place, width, text)
            sheet.write_string(1, place, _(heading), bold)
        for number, line in enumerate(lines, start=2):
            row = "" if line.row is None else str(line.row)
            level = _(_LEVELS.get(line.level, line.level))
            values = (row, line.operator, line.offering_name, line.place, level, line.sentence, line.code)
            for place, value in enumerate(values):
                sheet.write_string(number, place, harmless(value), text)
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, max(len(lines) + 1, 2), len(_HEADINGS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
