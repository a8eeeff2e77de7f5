"""The cells of one row, read without guessing: what a spreadsheet program did to a code is noticed, never undone."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeVar

from app.decoding.replies import Cell, CellType
from app.domain.identifiers import (
    PhoneInvalidError,
    StandardInvalidError,
    TrademarkInvalidError,
    divided,
    read_phone,
    read_standard,
    read_trademark,
)
from app.domain.summary_table import Column
from app.domain.typed_text import has_unseen_characters, tidy_code, tidy_name
from app.domain.uscc import Uscc, UsccInvalidError
from app.i18n import N_
from app.intake.finding import Code, Finding, Level, find, find_error
from app.intake.limits import IntakeLimits

T = TypeVar("T")

_EMPTY: Final = Cell(CellType.EMPTY)
_SURE_DIGITS: Final = 15  # what a binary floating-point number keeps of a decimal one
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_INDUSTRY: Final = re.compile(r"[A-T]?[0-9]{2,4}")
_FULL_INDUSTRY_DIGITS: Final = 4
_MOBILE_DIGITS: Final = 11
_MOST_NUMBERS: Final = 20  # trademarks or standards in one cell
_TOO_LONG: Final = N_("{size} characters, more than the {limit} allowed. Shorten it.")


class RowCells:
    """One row by columns; every ``read`` method returns a value or notes a finding, and often both."""

    def __init__(self, row: int, cells: Mapping[Column, Cell], *, limits: IntakeLimits) -> None:
        self.findings: list[Finding] = []
        self._row = row
        self._cells = cells
        self._limits = limits

    def note(self, code: Code, column: Column, *, words: str = "", level: Level | None = None, **facts: Any) -> None:
        """A finding at *column*; nothing in an optional column is graver than a warning."""
        if not column.is_required:
            level = Level.WARNING
        self.findings.append(find(code, row=self._row, column=column.value, words=words, level=level, **facts))

    def words(self, column: Column) -> str:
        """A name or another text; empty where there is none or it cannot be one."""
        cell = self._present(column)
        if cell is None:
            return ""
        if len(cell.text) > self._limits.name_characters:
            self.note(Code.OVER_LIMIT, column, words=_TOO_LONG, size=len(cell.text), limit=self._limits.name_characters)
            return ""
        text = tidy_name(cell.text)
        if not text:
            self._missing(column)
        elif has_unseen_characters(cell.text):
            self.note(Code.NORMALISED, column, text=text)
        return text

    def choice(self, column: Column, choose: Callable[[str], T | None], choices: str) -> T | None:
        """One of a closed list."""
        text = self.words(column)
        chosen = choose(text) if text else None
        if text and chosen is None:
            self.note(Code.NOT_IN_LIST, column, text=text, choices=choices)
        return chosen

    def count(self, column: Column) -> int | None:
        """A whole number from 1 on."""
        cell = self._present(column)
        if cell is None:
            return None
        text = tidy_code(cell.text[:20])
        if not text.isdecimal() or not text.isascii() or not 1 <= int(text) < 10**9:
            self.note(Code.NUMBER_INVALID, column, text=cell.text[:20])
            return None
        return int(text)

    def uscc(self) -> str:
        """The credit code, 18 characters that nothing was lost of."""
        column = Column.USCC
        cell = self._present(column)
        if cell is None or self._has_lost_digits(column, cell):
            return ""
        if cell.type is CellType.NUMBER:  # 15 digits or fewer cannot be such a code
            self.note(Code.DIGITS_LOST, column, text=cell.raw)
            return ""
        try:
            code = Uscc.read(cell.text)
        except UsccInvalidError as error:
            self.findings.append(find_error(error, Code.USCC_INVALID, row=self._row, column=column.value))
            return ""
        if code.text != cell.text.strip():
            self.note(Code.NORMALISED, column, text=code.text)
        if not code.is_of_liaoning:
            self.note(Code.OTHER_PROVINCE, column)
        return code.text

    def trademarks(self) -> tuple[str, ...]:
        """One or several registration numbers."""
        column = Column.TRADEMARK
        cell = self._present(column)
        if cell is None or self._has_lost_digits(column, cell):
            return ()
        if cell.type is CellType.NUMBER:
            self.note(Code.NUMBER_CELL, column, text=_whole(cell))
            return self._several(column, _whole(cell), read_trademark)
        return self._several(column, cell.text, read_trademark)

    def standards(self) -> tuple[str, ...]:
        """One or several standard numbers."""
        cell = self._present(Column.STANDARD)
        if cell is None:
            return ()
        return self._several(Column.STANDARD, cell.text, read_standard)

    def industry(self) -> str:
        """A code of GB/T 4754; classes have four digits and may begin with a zero."""
        column = Column.INDUSTRY
        cell = self._present(column)
        if cell is None or self._has_lost_digits(column, cell):
            return ""
        text = tidy_code(cell.text[:20])
        if cell.type is CellType.NUMBER:
            text = _whole(cell)
            if len(text) < _FULL_INDUSTRY_DIGITS:
                self.note(Code.LEADING_ZERO, column, text=text)
                return ""
            self.note(Code.NUMBER_CELL, column, text=text)
        elif has_unseen_characters(cell.text):
            self.note(Code.NORMALISED, column, text=text)
        if not _INDUSTRY.fullmatch(text):
            self.note(Code.INDUSTRY_INVALID, column, text=cell.text[:20])
            return ""
        return text

    def phone(self) -> str:
        """A telephone number, or nothing; never a reason to refuse a row."""
        column = Column.PHONE
        cell = self._present(column)
        if cell is None or self._has_lost_digits(column, cell):
            return ""
        text = cell.text
        if cell.type is CellType.NUMBER:
            text = _whole(cell)
            if len(text) != _MOBILE_DIGITS:
                self.note(Code.LEADING_ZERO, column, text=text)
                return ""
        try:
            return read_phone(text)
        except PhoneInvalidError as error:
            self.findings.append(
                find_error(error, Code.PHONE_INVALID, level=Level.WARNING, row=self._row, column=column.value)
            )
            return ""

    def _present(self, column: Column) -> Cell | None:
        """The cell if it holds something that can be read at all."""
        cell = self._cells.get(column, _EMPTY)
        if cell.type is CellType.EMPTY or not cell.text.strip():
            self._missing(column)
            return None
        if cell.type is CellType.DATE:
            self.note(Code.DATE_CELL, column, text=cell.text)
            return None
        if cell.type in (CellType.ERROR, CellType.BOOLEAN):
            self.note(Code.CELL_ERROR, column, text=cell.text[:20])
            return None
        return cell

    def _missing(self, column: Column) -> None:
        if column.is_required:
            self.note(Code.MISSING, column)

    def _has_lost_digits(self, column: Column, cell: Cell) -> bool:
        """A number too long or broken for a number cell, or a text that was copied from such a cell."""
        if cell.type is CellType.NUMBER:
            value = Decimal(cell.raw)
            lost = not value.is_finite() or value != value.to_integral_value() or len(_digits(value)) > _SURE_DIGITS
        else:
            lost = _SCIENTIFIC.fullmatch(tidy_code(cell.text[:40])) is not None
        if lost:
            self.note(Code.DIGITS_LOST, column, text=(cell.raw or cell.text)[:40])
        return lost

    def _several(self, column: Column, text: str, read: Callable[[str], str]) -> tuple[str, ...]:
        parts = divided(text[: self._limits.name_characters + 1])
        if len(parts) > _MOST_NUMBERS or len(text) > self._limits.name_characters:
            self.note(Code.OVER_LIMIT, column, words=_TOO_LONG, size=len(text), limit=self._limits.name_characters)
            return ()
        found: dict[str, None] = {}
        failed = False
        for part in parts:
            try:
                found[read(part)] = None
            except (TrademarkInvalidError, StandardInvalidError) as error:
                failed = True
                self.findings.append(find_error(error, Code(error.code), row=self._row, column=column.value))
        if not parts:
            self._missing(column)
        if found and not failed and has_unseen_characters(text):
            self.note(Code.NORMALISED, column, text="、".join(found))
        return () if failed else tuple(found)


def _digits(value: Decimal) -> str:
    return f"{value:f}".lstrip("-").partition(".")[0]


def _whole(cell: Cell) -> str:
    return _digits(Decimal(cell.raw))
