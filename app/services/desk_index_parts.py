"""The words of an open document, part by part: a page, a sheet by some rows, a text by some paragraphs."""

from collections.abc import Iterator
from typing import Final, Protocol

from app.decoding.document import Document
from app.domain.ids import Sha256
from app.storage.desk.search_repository import SearchPart

_ROWS: Final = 200
_MOST_ROWS: Final = 20_000  # of one sheet; what lies beyond is shown but not searched
_LONGEST: Final = 4_000  # characters of a text that are one part, more or less: parts end with a paragraph


class PartReader(Protocol):
    """Asks the child for one numbered part after the other, from 1."""

    total: int
    has_pages: bool

    def read(self, number: int) -> Iterator[SearchPart]:
        """The words of one of them. Raises the decoding errors."""


class _Pages:
    has_pages = True

    def __init__(self, document: Document, sha256: Sha256) -> None:
        self._document, self._sha256 = document, sha256
        overview = document.overview
        self._is_picture = overview.kind.is_image
        self.total = overview.pages

    def read(self, number: int) -> Iterator[SearchPart]:
        words = "" if self._is_picture else self._document.words(number).text()
        if words.strip():
            yield SearchPart(self._sha256, number, None, 0, words)


class _Sheets:
    has_pages = False

    def __init__(self, document: Document, sha256: Sha256) -> None:
        self._document, self._sha256 = document, sha256
        self.total = len(document.overview.sheets)

    def read(self, number: int) -> Iterator[SearchPart]:
        name = self._document.overview.sheets[number - 1]
        first, total = 1, 1
        while first <= min(total, _MOST_ROWS):
            window = self._document.sheet(number, first=first, limit=_ROWS)
            total = window.total_rows
            rows = ("\t".join(_clean(cell.text) for cell in row) for row in window.rows)
            text = "\x1e".join(rows)
            if text.strip("\t\x1e "):
                yield SearchPart(self._sha256, None, name, first, text)
            first += max(1, len(window.rows))


class _Text:
    has_pages = False
    total = 1

    def __init__(self, document: Document, sha256: Sha256) -> None:
        self._document, self._sha256 = document, sha256

    def read(self, number: int) -> Iterator[SearchPart]:
        text = self._document.text().plain()
        first = 0
        while first < len(text):
            end = text.find("\n", first + _LONGEST)
            last = len(text) if end < 0 else end + 1
            yield SearchPart(self._sha256, None, None, first, text[first:last])
            first = last


def reader_of(document: Document, sha256: Sha256) -> PartReader:
    """What fits the kind of *document*."""
    if document.overview.sheets:
        return _Sheets(document, sha256)
    return _Pages(document, sha256) if document.overview.pages else _Text(document, sha256)


def _clean(text: str) -> str:
    """What divides cells and rows must not stand within one."""
    return text.replace("\t", " ").replace("\x1e", " ").replace("\x1f", " ")
