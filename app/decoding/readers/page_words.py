"""The words of a PDF page and where they stand, for quoting, searching and pointing at evidence."""

import ctypes
import unicodedata
from typing import Final

import pypdfium2_raw as pdfium

from app.decoding.limits import Limits
from app.decoding.replies import COORDINATE_BOUND, Box, PageSize, PageWords, Word

_HUNDREDTHS: Final = 100
# Scripts written without gaps between words; there each character is selectable by itself.
_GAPLESS: Final = (
    (0x2E80, 0x303F),
    (0x3040, 0x30FF),
    (0x31C0, 0x31EF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x323AF),
)
_MAX_WORD: Final = 200


class _Frame:
    """From PDF coordinates (origin bottom left, y upwards, before /Rotate) to the displayed page in 1/100 pt."""

    def __init__(self, page: object) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self._left, self._right = box.left, box.right
        self._bottom, self._top = min(box.bottom, box.top), max(box.bottom, box.top)
        self._turns = pdfium.FPDFPage_GetRotation(page) % 4

    def box(self, first: tuple[float, float], second: tuple[float, float]) -> Box:
        """Two opposite corners, in order and in whole numbers."""
        (xa, ya), (xb, yb) = self._point(*first), self._point(*second)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def _point(self, x: float, y: float) -> tuple[int, int]:
        across, down = (
            (x - self._left, self._top - y),
            (y - self._bottom, x - self._left),
            (self._right - x, y - self._bottom),
            (self._top - y, self._right - x),
        )[self._turns]
        return _bounded(across), _bounded(down)


class _Gatherer:
    """Characters in, words out."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._text = ""
        self._box: Box = (0, 0, 0, 0)
        self._space = self._line = False

    def add(self, character: str, box: Box) -> None:
        """One visible character."""
        alone = _is_gapless(character)
        if self._text and (alone or len(self._text) >= _MAX_WORD):
            self.end()
        if self._text:
            x0, y0, x1, y1 = self._box
            self._box = (min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3]))
            self._text += character
        else:
            self._text, self._box = character, box
        if alone:
            self.end()

    def gap(self, *, is_line_end: bool) -> None:
        """A blank or the end of a line."""
        self.end()
        self._space = True
        self._line = self._line or is_line_end

    def end(self) -> None:
        """The word under way is complete."""
        if self._text:
            begins = bool(self.words) and self._line
            self.words.append(Word(self._text, self._box, begins, self._space and not begins and bool(self.words)))
            self._text, self._space, self._line = "", False, False


def read_words(page: object, size: PageSize, limits: Limits) -> PageWords:
    """All words of *page* up to the limits."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return PageWords(size, ())
    try:
        frame, gatherer = _Frame(page), _Gatherer()
        count = pdfium.FPDFText_CountChars(text)
        is_cut = count > limits.characters_per_page
        corners = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = corners
        references = [ctypes.byref(corner) for corner in corners]
        for index in range(min(count, limits.characters_per_page)):
            character = _character(pdfium.FPDFText_GetUnicode(text, index))
            if character in "\r\n":
                gatherer.gap(is_line_end=True)
            elif character.isspace():
                gatherer.gap(is_line_end=False)
            elif pdfium.FPDFText_GetCharBox(text, index, *references):
                gatherer.add(character, frame.box((left.value, bottom.value), (right.value, top.value)))
            if len(gatherer.words) >= limits.words_per_page:
                is_cut = True
                break
        gatherer.end()
        return PageWords(size, tuple(gatherer.words), is_cut)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _character(code: int) -> str:
    """A printable character, a blank, or a line end; everything that could steer a display becomes a blank."""
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return " "
    character = chr(code)
    if character in "\r\n":
        return "\n"
    if character in "\ufffe\u00ad":  # a hyphen PDFium noticed at the end of a line
        return "-"
    return character if unicodedata.category(character)[0] not in "CZ" else " "


def _is_gapless(character: str) -> bool:
    code = ord(character)
    return code >= 0x2E80 and any(first <= code <= last for first, last in _GAPLESS)


def _bounded(points: float) -> int:
    if not -COORDINATE_BOUND < points * _HUNDREDTHS < COORDINATE_BOUND:
        return 0
    return round(points * _HUNDREDTHS)
