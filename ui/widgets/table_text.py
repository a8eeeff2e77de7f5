"""Rows as text that a spreadsheet takes, with nothing in it that the spreadsheet would calculate."""

from collections.abc import Sequence
from typing import Any, Final

from ui.models.table_model import TableModel

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_text(model: TableModel[Any], columns: Sequence[int], lines: Sequence[int]) -> str:
    """Heads and *lines*, cells divided by tabs."""
    heads = [model.spec(number).title for number in columns]
    rows = [[model.spec(number).text(model.row_at(line)) for number in columns] for line in lines]
    return "\n".join("\t".join(cell(text) for text in texts) for texts in [heads, *rows])


def cell(text: str) -> str:
    """One cell: on one line, and a quote before what would be read as a formula unless it is a plain number."""
    flat = " ".join(text.split())
    if not flat.startswith(_FORMULA):
        return flat
    return flat if _is_number(flat) else f"'{flat}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
