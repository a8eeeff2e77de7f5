"""Noto Sans SC and Noto Serif SC for ReportLab, which refuses their CFF outlines.

Only the characters at hand are converted to quadratic outlines, one glyph once per process, and put together into a
small TrueType font. ReportLab then embeds the subset that a document uses, so paper looks the same on every machine.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as SourceFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfbase.ttfonts import TTFontFace

rl_config.useA85 = 0  # streams as bytes and not as letters: a fifth smaller, and quicker

_LARGEST_ERROR: Final = 1.0  # units of 1/1000 em between the cubic outline and ours: not visible at 100 pt
_ALWAYS: Final = "".join(map(chr, range(0x20, 0x7F))) + "〓"
_MADE_AT: Final = 3_850_000_000  # seconds since 1904; January 2026
SUBSTITUTE: Final = "〓"  # what Chinese printers set where a character is missing


class Face(StrEnum):
    """Sans for the form, serif for what somebody wrote. The value is the name ReportLab knows it by."""

    SANS = "YoupinSans"
    SERIF = "YoupinSerif"


@dataclass(frozen=True, slots=True)
class _Glyph:
    """One converted glyph, compiled: putting a font together again costs nothing but joining bytes."""

    compiled: bytes
    advance: int
    left: int


@cache
def _source(face: Face) -> SourceFont:
    path: Path = pylopdf_fonts_zh_cn.sans_path() if face is Face.SANS else pylopdf_fonts_zh_cn.serif_path()
    return SourceFont(path, lazy=True)


class FontBook:
    """The converted glyphs of one face, growing as documents need them."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._glyphs: dict[str, _Glyph] = {}
        self._lacking: set[str] = set()
        self._is_current = False
        self._embedded: EmbeddedFont | None = None

    def add(self, text: str) -> set[str]:
        """Convert what is new in *text* and return its characters that the face lacks."""
        fresh = set(text) - self._glyphs.keys() - self._lacking
        if fresh:
            self._convert(fresh)
            self._is_current = False
        return self._lacking.intersection(text)

    def register(self) -> None:
        """Let ReportLab know every glyph converted so far."""
        if not self._is_current:
            self.add(_ALWAYS)
            self._hand_over(self._assembled())
            self._is_current = True

    def _hand_over(self, data: BytesIO) -> None:
        # ReportLab keeps the first font it was given under a name, so a larger one has to move into that one's place.
        if self._embedded is None:
            self._embedded = EmbeddedFont(self._face.value, data)
            pdfmetrics.registerFont(self._embedded)
        else:
            self._embedded.face = TTFontFace(data)

    def _convert(self, characters: set[str]) -> None:
        source = _source(self._face)
        names, glyph_set, metrics = source.getBestCmap(), source.getGlyphSet(), source["hmtx"]
        for character in sorted(characters):
            name = names.get(ord(character))
            if name is None:
                self._lacking.add(character)
                continue
            pen = TTGlyphPen(None)
            glyph_set[name].draw(Cu2QuPen(pen, _LARGEST_ERROR, reverse_direction=True))
            advance, left = metrics[name]
            self._glyphs[character] = _Glyph(_compiled(pen.glyph()), advance, left)

    def _assembled(self) -> BytesIO:
        source = _source(self._face)
        names = {character: f"u{ord(character):05X}" for character in sorted(self._glyphs)}
        builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
        builder.setupGlyphOrder([".notdef", *names.values()])
        builder.setupCharacterMap({ord(character): name for character, name in names.items()})
        outlines = {".notdef": _ready(b"")} | {name: _ready(self._glyphs[c].compiled) for c, name in names.items()}
        builder.setupGlyf(outlines, calcGlyphBounds=False)
        builder.setupHorizontalMetrics(
            {".notdef": (1000, 0)}
            | {name: (self._glyphs[c].advance, self._glyphs[c].left) for c, name in names.items()}
        )
        header, windows = source["hhea"], source["OS/2"]
        builder.setupHorizontalHeader(ascent=header.ascent, descent=header.descent)
        builder.setupNameTable({"familyName": self._face.value, "styleName": "Regular", "psName": self._face.value})
        builder.setupOS2(
            sTypoAscender=windows.sTypoAscender, sTypoDescender=windows.sTypoDescender, sCapHeight=windows.sCapHeight
        )
        builder.setupPost()
        # The same text gives the same bytes on every day.
        builder.font.recalcTimestamp = False
        builder.font.recalcBBoxes = False  # would take every glyph apart again
        builder.font["head"].created = builder.font["head"].modified = _MADE_AT
        data = BytesIO()
        builder.save(data)
        data.seek(0)
        return data


def _compiled(outline: Glyph) -> bytes:
    outline.recalcBounds(None)
    return bytes(outline.compile(None, recalcBBoxes=False, optimizeSize=False))


def _ready(compiled: bytes) -> Glyph:
    glyph = Glyph(compiled)
    glyph.numberOfContours = 0  # looked at by the builder for curves that we never write; the bytes are what is kept
    return glyph


_BOOKS: Final = {face: FontBook(face) for face in Face}
_IN_BOTH: Final[set[str]] = set()  # characters that need no second look


def add_text(text: str) -> set[str]:
    """Make *text* printable in both faces; returns the characters that either lacks (rare ones of Extension B)."""
    if _IN_BOTH.issuperset(text):
        return set()
    lacking = _BOOKS[Face.SANS].add(text) | _BOOKS[Face.SERIF].add(text)
    _IN_BOTH.update(set(text) - lacking)
    return lacking


def register_fonts() -> None:
    """To be called before the first paragraph is made and again when all text is known."""
    for book in _BOOKS.values():
        book.register()
