"""One A4 page of any form: margins, head line, and a foot that says page m/n, what it is about and its hash.

Everything that is not official says so on every page. The QR code holds the full hash of the content printed.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any, Final

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from app.documents.fonts import SUBSTITUTE, Face, add_text, register_fonts
from app.i18n import _

INK: Final = HexColor("#1c2430")
GREY: Final = HexColor("#5b6675")
HAIRLINE: Final = HexColor("#9aa5b1")
SIDE_MARGIN: Final = 18 * mm
_TOP: Final = 22 * mm
_BOTTOM: Final = 24 * mm
_QR_SIDE: Final = 14 * mm
_SMALL: Final = 8
_HASH_TAIL: Final = 12
_NOT_PRINTED: Final = dict.fromkeys(code for code in range(0x20) if chr(code) != "\n")
PRINTING: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class PageNotes:
    """What head and foot of every page say.

    Attributes:
        title: name of the form; heading: campaign or record it belongs to.
        reference: application number, or who hands in; about: rubric version and the like.
        notice: what an unofficial rubric has to say; empty for an official one.
        hash: full SHA-256 in hex of the content that is printed.
        code: what the QR code holds in place of the hash, on sheets that are to be found again by it.
    """

    title: str
    heading: str
    reference: str
    about: str
    notice: str
    hash: str
    is_wide: bool = False
    code: str = ""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        return landscape(A4) if self.is_wide else A4

    @property
    def text_width(self) -> float:
        """Width between the margins in points."""
        return self.size[0] - 2 * SIDE_MARGIN


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A finished PDF, the characters that the fonts lack, which print as “〓”, and how many pages it has."""

    pdf: bytes
    missing_characters: tuple[str, ...]
    pages: int = 1


class Words:
    """Turns text into text that the fonts can print, remembering what they lack. One per form."""

    def __init__(self) -> None:
        register_fonts()
        self._missing: set[str] = set()

    def __call__(self, text: str) -> str:
        """*text* with every missing character replaced, and no control characters."""
        plain = text.translate(_NOT_PRINTED)
        lacking = add_text(plain.replace("\n", ""))
        self._missing |= lacking
        return plain.translate(dict.fromkeys(map(ord, lacking), SUBSTITUTE)) if lacking else plain

    @property
    def missing(self) -> tuple[str, ...]:
        """Characters that were replaced, sorted."""
        return tuple(sorted(self._missing))


def print_form(notes: PageNotes, flow: Sequence[Flowable], words: Words) -> PrintedForm:
    """Lay *flow* out on as many pages as it needs. The same content gives the same bytes."""
    edges = _edges(notes, words)
    with PRINTING:  # ReportLab keeps registered fonts in a module-wide table
        register_fonts()
        pdf, pages = _built(notes, flow, edges)
        return PrintedForm(pdf, words.missing, pages)


@dataclass(frozen=True, slots=True)
class _Edges:
    """The lines of head and foot, known before the fonts are put together; ``page`` still wants its numbers."""

    heading: str
    title: str
    about: str
    notice: str
    tail: str
    lacking: str
    page: str


def _edges(notes: PageNotes, words: Words) -> _Edges:
    points = " ".join(f"U+{ord(character):04X}" for character in words.missing)
    return _Edges(
        heading=words(notes.heading),
        title=words(notes.title),
        about=words(f"{notes.reference}　{notes.about}"),
        notice=words(notes.notice),
        tail=words(_("Content hash …{tail}").format(tail=notes.hash[-_HASH_TAIL:])),
        lacking=words(_("Characters without a glyph: {points}").format(points=points)) if points else "",
        page=words(_("Page {number} of {count}")),
    )


def _built(notes: PageNotes, flow: Sequence[Flowable], edges: _Edges) -> tuple[bytes, int]:
    width, height = notes.size
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=notes.size,
        title=edges.title,
        author="",
        subject=edges.about,
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(
        SIDE_MARGIN, _BOTTOM, width - 2 * SIDE_MARGIN, height - _TOP - _BOTTOM,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build(list(flow), canvasmaker=lambda *args, **named: _NumberedCanvas(notes, edges, *args, **named))
    return target.getvalue(), document.page


class _NumberedCanvas(Canvas):
    """Holds the pages back until their number is known."""

    def __init__(self, notes: PageNotes, edges: _Edges, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._notes, self._edges = notes, edges
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # missing from the stubs; what showPage() itself calls

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            _draw_head(self, self._notes, self._edges)
            _draw_foot(self, self._notes, self._edges, number=number, of=len(self._pages))
            super().showPage()
        super().save()


def _draw_head(canvas: Canvas, notes: PageNotes, edges: _Edges) -> None:
    width, height = notes.size
    canvas.setFont(Face.SANS, _SMALL)
    canvas.setFillColor(GREY)
    y = height - 14 * mm
    canvas.drawString(SIDE_MARGIN, y, edges.heading)
    canvas.drawRightString(width - SIDE_MARGIN, y, edges.title)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.4)
    canvas.line(SIDE_MARGIN, y - 2 * mm, width - SIDE_MARGIN, y - 2 * mm)


def _draw_foot(canvas: Canvas, notes: PageNotes, edges: _Edges, *, number: int, of: int) -> None:
    width, _height = notes.size
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.4)
    canvas.line(SIDE_MARGIN, 21 * mm, width - SIDE_MARGIN, 21 * mm)
    draw_qr(canvas, notes.code or notes.hash, x=width - SIDE_MARGIN - _QR_SIDE, y=5 * mm, side=_QR_SIDE)
    canvas.setFont(Face.SANS, _SMALL)
    canvas.setFillColor(GREY)
    for line, y in ((edges.about, 17.0), (edges.notice, 12.6), (edges.tail, 8.2), (edges.lacking, 4.2)):
        canvas.drawString(SIDE_MARGIN, y * mm, line)
    page = edges.page.format(number=number, count=of)
    canvas.drawRightString(width - SIDE_MARGIN - _QR_SIDE - 4 * mm, 8.2 * mm, page)


def draw_qr(canvas: Canvas, content: str, *, x: float, y: float, side: float) -> None:
    """A QR code of *content* with its quiet zone, as filled squares; lengths in points."""
    side_count, runs = _qr_runs(content)
    module = side / side_count
    canvas.setFillColor(INK)
    path = canvas.beginPath()
    for line, column, length in runs:
        path.rect(x + column * module, y + side - (line + 1) * module, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=16)  # every page of a form carries the same one
def _qr_runs(content: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Modules along a side, quiet zone included, and the dark ones as (line, column, length)."""
    rows = list(segno.make(content, error="m", micro=False).matrix_iter(scale=1, border=2))
    runs = []
    for line, row in enumerate(rows):
        column = 0
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                runs.append((line, column, length))
            column += length
    return len(rows), tuple(runs)
