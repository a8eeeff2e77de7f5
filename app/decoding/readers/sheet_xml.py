"""A worksheet's XML as it is stored: how far it reaches and the exact digits of its numbers.

The sheet reader allocates the full rectangle between the outermost cells, so one cell in the last corner of a
sheet would ask for 17 thousand million cells; and it answers numbers as binary floats, which no longer show
whether a credit code was typed as a number.
"""

from typing import Final

from app.decoding.limits import Limits
from app.decoding.protocol import Refused
from app.decoding.readers.archive import OfficeArchive
from app.decoding.readers.xml_events import attribute, feed, local

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_MAX_DIGITS: Final = 64
_MAX_NAMES: Final = 100_000


class _Sheets:
    """Sheet names and relation ids of a workbook, in order."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet" and len(self.found) < _MAX_NAMES:
            self.found.append((attributes.get("name", ""), attribute(attributes, "id") or ""))

    def end(self, tag: str) -> None:
        """Nothing to do."""

    def data(self, text: str) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


class _Relations(_Sheets):
    """Relation ids and the parts they lead to."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and len(self.found) < _MAX_NAMES:
            self.found.append((attributes.get("Id", ""), attributes.get("Target", "")))


class SheetExtent:
    """Outermost cells that hold something, the stored digits of numbers and where errors stand."""

    def __init__(self, limits: Limits) -> None:
        self.rows = self.columns = 0
        self.numbers: dict[tuple[int, int], str] = {}
        self.errors: dict[tuple[int, int], str] = {}
        self._limits = limits
        self._row = self._column = 0
        self._type = "n"
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Rows and cells may leave out their number and then follow the one before."""
        name = local(tag)
        if name == "row":
            self._row = _whole(attributes.get("r")) or self._row + 1
            self._column = 0
        elif name == "c":
            self._place(attributes.get("r"))
            self._type = attributes.get("t", "n")
        elif name == "v":
            self._text = []
        elif name == "is":
            self._reach()

    def end(self, tag: str) -> None:
        """A value is complete."""
        if self._text is None or local(tag) != "v":
            return
        text, self._text = "".join(self._text).strip(), None
        if not text:
            return
        self._reach()
        if self._type == "n":
            self.numbers[self._row, self._column] = text[:_MAX_DIGITS]
        elif self._type == "e":
            self.errors[self._row, self._column] = text[:_MAX_DIGITS]

    def data(self, text: str) -> None:
        """Only what stands in a value matters."""
        if self._text is not None:
            self._text.append(text)

    def close(self) -> None:
        """Nothing is left open."""

    def _place(self, reference: str | None) -> None:
        if reference:
            letters = reference.rstrip("0123456789")
            self._column = _column(letters)
            self._row = _whole(reference[len(letters) :]) or self._row
        else:
            self._column += 1

    def _reach(self) -> None:
        self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
        within = self.rows <= self._limits.sheet_rows and self.columns <= self._limits.sheet_columns
        if not within or self.rows * self.columns > self._limits.sheet_cells:
            raise Refused("over_limit")


def sheet_parts(archive: OfficeArchive) -> dict[str, str]:
    """Sheet name -> part of the archive."""
    sheets, relations = _Sheets(), _Relations()
    feed(archive.read(_WORKBOOK), sheets)
    if archive.has(_RELATIONS):
        feed(archive.read(_RELATIONS), relations)
    targets = dict(relations.found)
    paths = {name: targets.get(relation, "") for name, relation in sheets.found}
    return {name: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for name, path in paths.items() if path}


def measure(archive: OfficeArchive, part: str, limits: Limits) -> SheetExtent:
    """What :class:`SheetExtent` tells about one worksheet.

    Raises:
        Refused: ``damaged``, or ``over_limit`` as soon as a cell lies too far out.
    """
    extent = SheetExtent(limits)
    feed(archive.read(part), extent)
    return extent


def _whole(text: str | None) -> int:
    return int(text) if text and len(text) <= 9 and text.isascii() and text.isdigit() else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:8].upper():
        if not "A" <= letter <= "Z":
            raise Refused("damaged")
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
