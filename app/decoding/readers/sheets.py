"""XLSX through calamine, after the wrapping and the extent of each sheet have been checked."""

import datetime as dt
import io
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.protocol import Refused
from app.decoding.readers.archive import OfficeArchive
from app.decoding.readers.base import Reader
from app.decoding.readers.sheet_xml import SheetExtent, measure, sheet_parts
from app.decoding.replies import Cell, CellType, Overview, SheetRows

_EMPTY: Final = Cell(CellType.EMPTY)
_MAX_MERGED: Final = 10_000
_MAX_NAME: Final = 255
_Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


class Workbook(Reader):
    """One open workbook; the sheet asked for last is kept as values."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._archive = OfficeArchive(data, limits)
        self._archive.prove()
        self._parts = sheet_parts(self._archive)
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except CalamineError:
            raise Refused("damaged") from None
        self._names = list(self._book.sheet_names)
        if not self._names:
            raise Refused("damaged")
        if len(self._names) > limits.sheets:
            raise Refused("over_limit")
        self._loaded: tuple[int, _Sheet] | None = None
        self.overview = Overview(kind=FileKind.XLSX, sheets=tuple(name[:_MAX_NAME] for name in self._names))

    def close(self) -> None:
        """Forget the values."""
        self._loaded = None

    def rows(self, sheet: int, *, first: int, limit: int) -> SheetRows:
        """A window of the sheet, from row *first* on."""
        if not 1 <= sheet <= len(self._names):
            raise Refused("damaged")
        loaded = self._sheet(sheet)
        shown = loaded.values[first - 1 : first - 1 + limit]
        rows = tuple(
            tuple(self._cell(value, loaded.extent, (row, column)) for column, value in enumerate(line, 1))
            for row, line in enumerate(shown, first)
        )
        return SheetRows(
            name=self.overview.sheets[sheet - 1],
            first=first,
            total_rows=len(loaded.values),
            columns=loaded.columns,
            rows=rows,
            merged=loaded.merged,
        )

    def _sheet(self, sheet: int) -> "_Sheet":
        if self._loaded is None or self._loaded[0] != sheet:
            self._loaded = None
            self._loaded = (sheet, self._load(self._names[sheet - 1]))
        return self._loaded[1]

    def _load(self, name: str) -> "_Sheet":
        part = self._parts.get(name, "")
        if "worksheets/" not in part or not self._archive.has(part):
            return _Sheet([], SheetExtent(self._limits), ())  # a sheet that is only a chart
        extent = measure(self._archive, part, self._limits)
        try:
            read = self._book.get_sheet_by_name(name)
            merged = read.merged_cell_ranges or []
            values: list[list[_Value]] = read.to_python(skip_empty_area=False)
        except CalamineError:
            raise Refused("damaged") from None
        if len(values) > self._limits.sheet_rows:
            raise Refused("over_limit")
        areas = tuple((r0 + 1, c0 + 1, r1 + 1, c1 + 1) for (r0, c0), (r1, c1) in merged[:_MAX_MERGED])
        return _Sheet(values, extent, areas)

    def _cell(self, value: _Value, extent: SheetExtent, place: tuple[int, int]) -> Cell:
        error = extent.errors.get(place)
        if error is not None:
            return Cell(CellType.ERROR, error)
        if isinstance(value, str):
            text = value[: self._limits.cell_characters]
            return Cell(CellType.TEXT, text) if text else _EMPTY
        if isinstance(value, bool):
            return Cell(CellType.BOOLEAN, "TRUE" if value else "FALSE")
        if isinstance(value, int | float):
            text = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
            return Cell(CellType.NUMBER, text, extent.numbers.get(place) or repr(value))
        if isinstance(value, dt.timedelta):
            return Cell(CellType.DATE, str(value))
        return Cell(CellType.DATE, value.isoformat())


class _Sheet:
    """Values of a sheet as a full rectangle from A1."""

    def __init__(
        self, values: list[list[_Value]], extent: SheetExtent, merged: tuple[tuple[int, int, int, int], ...]
    ) -> None:
        self.values, self.extent, self.merged = values, extent, merged
        self.columns = max((len(line) for line in values), default=0)
        for line in values:
            line.extend([""] * (self.columns - len(line)))
