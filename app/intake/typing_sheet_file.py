"""A sheet that somebody else typed into, opened in the decoding child like any other stranger's file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.decoding.kinds import FileKind
from app.decoding.pool import DecodingPool
from app.decoding.replies import Cell, CellType
from app.domain.ids import Sha256
from app.domain.typed_form import TypedRow
from app.errors import UserFacingError
from app.i18n import N_
from app.intake.documents import read_file

LARGEST: Final = 4_000_000  # bytes; an honest sheet has some twenty thousand
_MOST_ROWS: Final = 400
_FIRST_ROW: Final = 5  # from 1, below the title line
_COLUMNS: Final = 6
_APPLICATION: Final = (1, 3)
_RUBRIC: Final = (2, 3)
_NO_VALUE: Final = frozenset({CellType.ERROR, CellType.DATE, CellType.BOOLEAN})


class TypedFormUnreadableError(UserFacingError):
    """Not there, or no permission."""

    code = "typed_form_unreadable"
    message = N_("The sheet {file} could not be read. Check that it is there and close it in WPS or Excel.")


class TypedFormUnknownError(UserFacingError):
    """Another table, or no table."""

    code = "typed_form_unknown"
    message = N_("{file} is not a sheet for typing scores. Write one with “form” and fill in that one.")


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """What stands in the sheet: for which application and which rules it was made, and its rows."""

    application: str
    rubric: str
    rows: tuple[TypedRow, ...]


def read_typing_sheet(path: Path, *, decoder: DecodingPool) -> TypedSheet:
    """Read the first worksheet of *path*.

    Raises:
        TypedFormUnreadableError, TypedFormUnknownError, DecodingError: as their sentences say.
    """
    try:
        data = read_file(path, at_most=LARGEST)
    except OSError:
        raise TypedFormUnreadableError(file=path.name) from None
    if data is None:
        raise TypedFormUnknownError(file=path.name)
    content: bytes = data
    with decoder.open(lambda: content, Sha256(hashlib.sha256(content).hexdigest())) as document:
        if document.kind is not FileKind.XLSX:
            raise TypedFormUnknownError(file=path.name)
        window = document.sheet(1, limit=_MOST_ROWS)
    rows = window.rows
    if window.columns < _COLUMNS or len(rows) < _FIRST_ROW or window.total_rows > _MOST_ROWS:
        raise TypedFormUnknownError(file=path.name)
    rubric = _at(rows, _RUBRIC)
    if len(rubric) != len(hashlib.sha256().hexdigest()):
        raise TypedFormUnknownError(file=path.name)
    typed = (_row(number, cells) for number, cells in enumerate(rows[_FIRST_ROW - 1 :], start=_FIRST_ROW))
    return TypedSheet(_at(rows, _APPLICATION), rubric, tuple(row for row in typed if not row.is_blank))


def _row(number: int, cells: tuple[Cell, ...]) -> TypedRow:
    first, name, _weight, percent, mark, reason = cells[:_COLUMNS]
    return TypedRow(number, first.text, name.text, _number(percent), mark.text.strip(), reason.text.strip())


def _number(cell: Cell) -> str:
    """What is stored, not what is shown: a date or a truth value must not pass for a number."""
    if cell.type in _NO_VALUE:
        return cell.text or "#"
    return (cell.raw or cell.text).strip()


def _at(rows: tuple[tuple[Cell, ...], ...], place: tuple[int, int]) -> str:
    row, column = place
    return rows[row - 1][column - 1].text.strip()
