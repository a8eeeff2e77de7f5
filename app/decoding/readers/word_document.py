"""DOCX as words and tables: nothing is laid out, linked, calculated or run; pictures are counted.

Read by a streaming parser, so that neither a deep nor a long document costs more than its text. What an author
deleted or moved away with changes tracked is left out, as a reader would see it.
"""

from typing import Final

from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.protocol import Refused
from app.decoding.readers.archive import OfficeArchive
from app.decoding.readers.base import Reader
from app.decoding.readers.xml_events import attribute, feed, local
from app.decoding.replies import DocumentText, Overview, TextBlock

_RELATIONS: Final = "_rels/.rels"
_USUAL_PLACE: Final = "word/document.xml"
_HIDDEN: Final = frozenset({"Fallback", "del", "moveFrom"})
_PICTURES: Final = frozenset({"blip", "imagedata"})
_CHARACTERS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_MAX_HEADING: Final = 9
_MAX_CELLS_IN_ROW: Final = 256


class WordDocument(Reader):
    """One open document; its text is read when it is asked for."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._archive = OfficeArchive(data, limits)
        self._part = _main_part(self._archive)
        if not self._archive.has(self._part):
            raise Refused("damaged")
        self.overview = Overview(kind=FileKind.DOCX)

    def close(self) -> None:
        """Nothing outside Python is held."""

    def text(self) -> DocumentText:
        """Paragraphs and tables in order."""
        folder = self._part.rpartition("/")[0]
        styles = _Styles()
        if self._archive.has(f"{folder}/styles.xml"):
            feed(self._archive.read(f"{folder}/styles.xml"), styles)
        body = _Body(styles.levels, self._limits)
        feed(self._archive.read(self._part), body)
        return DocumentText(tuple(body.blocks), body.pictures, body.is_cut)


class _Handler:
    """A parser target that ignores everything."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Characters."""

    def close(self) -> None:
        """The end."""


class _MainPart(_Handler):
    """The part the package names as its document."""

    def __init__(self) -> None:
        self.target = _USUAL_PLACE

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            self.target = attributes.get("Target", "").lstrip("/")


class _Styles(_Handler):
    """Style id -> heading level, from the outline level of each style."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "style":
            self._style = attribute(attributes, "styleId") or ""
        elif name == "outlineLvl" and self._style:
            self.levels[self._style] = _heading(attributes)


class _Body(_Handler):
    """Paragraphs and tables out of the running XML."""

    def __init__(self, levels: dict[str, int], limits: Limits) -> None:
        self.blocks: list[TextBlock] = []
        self.pictures = 0
        self.is_cut = False
        self._levels, self._limits = levels, limits
        self._characters = 0
        self._hidden = 0
        self._is_text = False
        self._paragraphs: list[list[str]] = []
        self._heading = 0
        self._tables = 0
        self._rows: list[tuple[str, ...]] = []
        self._row: list[str] = []
        self._cell: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self._hidden or name in _HIDDEN:
            self._hidden += 1
        elif name == "p":
            self._paragraphs.append([])
            self._heading = 0
        elif name == "t":
            self._is_text = True
        elif name == "pStyle":
            self._heading = self._levels.get(attribute(attributes, "val") or "", 0)
        elif name == "outlineLvl":
            self._heading = _heading(attributes)
        elif name in _PICTURES:
            self.pictures += 1
        elif name == "tbl":
            self._tables += 1
        elif name in _CHARACTERS and self._paragraphs and (name != "tab" or not attributes):
            # Tab stops in paragraph properties carry a "val", tab characters carry nothing.
            self._put(_CHARACTERS[name])

    def data(self, text: str) -> None:
        if self._is_text and not self._hidden and self._paragraphs:
            self._put(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        if self._hidden:
            self._hidden -= 1
        elif name == "t":
            self._is_text = False
        elif name == "p" and self._paragraphs:
            self._end_paragraph("".join(self._paragraphs.pop()))
        elif name == "tc" and self._tables == 1:
            self._row.append("\n".join(self._cell))
            self._cell = []
        elif name == "tr" and self._tables == 1:
            if self._row:
                self._rows.append(tuple(self._row[:_MAX_CELLS_IN_ROW]))
            self._row = []
        elif name == "tbl" and self._tables:
            self._tables -= 1
            if not self._tables and self._rows:
                self._add(TextBlock(rows=tuple(self._rows)))
                self._rows = []

    def _put(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > self._limits.text_characters:
            self.is_cut = True
        else:
            self._paragraphs[-1].append(text)

    def _end_paragraph(self, text: str) -> None:
        if self._tables:
            self._cell.append(text)
        else:
            self._add(TextBlock(text=text, heading=self._heading))
        self._heading = 0

    def _add(self, block: TextBlock) -> None:
        if len(self.blocks) < self._limits.text_blocks:
            self.blocks.append(block)
        else:
            self.is_cut = True


def _main_part(archive: OfficeArchive) -> str:
    found = _MainPart()
    if archive.has(_RELATIONS):
        feed(archive.read(_RELATIONS), found)
    return found.target


def _heading(attributes: dict[str, str]) -> int:
    value = attribute(attributes, "val") or ""
    level = int(value) + 1 if value.isascii() and value.isdigit() and len(value) == 1 else 0
    return level if level <= _MAX_HEADING else 0
