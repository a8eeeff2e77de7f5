"""The file of the summary table, opened in the decoding child like any other stranger's file."""

import hashlib
from pathlib import Path
from typing import Final

from app.decoding.errors import DecoderUnavailableError, DecodingError
from app.decoding.kinds import FileKind
from app.decoding.pool import DecodingPool
from app.decoding.replies import SheetRows
from app.domain.ids import Sha256
from app.domain.summary_table import SHEET_NAME
from app.i18n import N_
from app.intake.documents import decoding_finding, read_file, too_large_advice
from app.intake.finding import Code, Finding, find
from app.intake.limits import MEGABYTE, IntakeLimits
from app.intake.natural import shown_name

_SHEET_WINDOW: Final = 200
_NOT_A_TABLE: Final = N_("This is not an Excel table (XLSX). Fill in the template and hand that in.")


def read_sheet(table: Path, *, decoder: DecodingPool, limits: IntakeLimits) -> SheetRows | Finding:
    """The sheet of the summary table with all its rows, or why it cannot be read."""
    path = shown_name(table.name)
    try:
        data = read_file(table, at_most=limits.table_bytes)
    except OSError:
        return find(Code.UNREADABLE, path=path)
    if data is None:
        limit = f"{limits.table_bytes / MEGABYTE:g}"
        advice = too_large_advice(limits.table_bytes, 0)
        return find(Code.OVER_LIMIT, path=path, size=f"> {limit}", limit=limit, advice=advice)
    content: bytes = data
    try:
        with decoder.open(lambda: content, Sha256(hashlib.sha256(content).hexdigest())) as document:
            if document.kind is not FileKind.XLSX:
                return find(Code.NOT_ACCEPTED, path=path, words=_NOT_A_TABLE)
            sheets = document.overview.sheets
            place = sheets.index(SHEET_NAME) + 1 if SHEET_NAME in sheets else 1
            window = document.sheet(place, limit=_SHEET_WINDOW)
            rows = list(window.rows)
            while window.rows and len(rows) < min(window.total_rows, limits.rows + _SHEET_WINDOW):
                window = document.sheet(place, first=len(rows) + 1, limit=_SHEET_WINDOW)
                rows.extend(window.rows)
    except DecoderUnavailableError:
        raise
    except DecodingError as error:
        return decoding_finding(error, path)
    return SheetRows(window.name, 1, window.total_rows, window.columns, tuple(rows), window.merged)
