"""The hand-out list: who gets which file, by which way, with the words that go along. One XLSX beside the packages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter

from app.i18n import N_, _
from app.words.days import deadline_words

_MEGABYTE: Final = 1_000_000
_HEADINGS: Final = (
    (N_("Name"), 12),
    (N_("Telephone"), 16),
    (N_("File"), 34),
    (N_("Part"), 8),
    (N_("Size in MB"), 12),
    (N_("Fits on"), 18),
    (N_("Applications"), 14),
    (N_("Text of the message"), 90),
)
_MEDIA: Final = {
    "mail": N_("mail, chat, CD or stick"),
    "chat": N_("chat, CD or stick"),
    "cd": N_("CD or stick"),
    "stick": N_("stick"),
}
_MESSAGE: Final = N_(
    "Dear {name}, attached is {file} for the review “{campaign}” ({count} applications). Open it with the review "
    "program, declare conflicts first, and hand in by {deadline}. Please do not rename or unpack it, and tell us when "
    "it has arrived."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOutLine:
    """One file for one expert; ``medium`` is the smallest it fits on: mail, chat, cd or stick."""

    name: str
    phone: str
    file: str
    part: str
    size: int
    medium: str
    applications: int
    campaign: str
    deadline_at: datetime


def write_hand_out(path: Path, lines: Sequence[HandOutLine]) -> None:
    """Write the list to *path*. Names are written as text: a cell that looks like a formula stays what it is."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(_("Hand-out list"))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        number = book.add_format({"valign": "top", "num_format": "0.0"})
        for column, (heading, width) in enumerate(_HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, _(heading), head)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line.name, text)
            sheet.write_string(row, 1, line.phone, text)
            sheet.write_string(row, 2, line.file, text)
            sheet.write_string(row, 3, line.part, text)
            sheet.write_number(row, 4, line.size / _MEGABYTE, number)
            sheet.write_string(row, 5, _(_MEDIA[line.medium]), text)
            sheet.write_number(row, 6, line.applications, text)
            sheet.write_string(row, 7, message(line), text)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)


def message(line: HandOutLine) -> str:
    """The words to send along with the file."""
    return _(_MESSAGE).format(
        name=line.name,
        file=line.file,
        campaign=line.campaign,
        count=line.applications,
        deadline=deadline_words(line.deadline_at),
    )
