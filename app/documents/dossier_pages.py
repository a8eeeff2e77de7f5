"""Pages of a dossier on paper: pictures of them, with who printed them and when written across and below.

Nothing but pixels comes from the document. What could not be shown is a page with the sentence in its place.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Final

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import Face, register_fonts
from app.documents.page import GREY, HAIRLINE, INK, PRINTING, Words
from app.documents.wording import moment_words
from app.i18n import _

_SIDE: Final = 8 * mm
_TOP: Final = 8 * mm
_BOTTOM: Final = 15 * mm
_SMALL: Final = 7.5
_LEADING: Final = 3.6 * mm
_ACROSS: Final = 15  # points
_FAINT: Final = Color(0.35, 0.38, 0.42, alpha=0.22)  # the page is read through it
_LIGHT: Final = Color(1, 1, 1, alpha=0.35)  # beside it, so that it is seen on a dark photograph, too
_SENTENCE: Final = 11
_SLOPE: Final = 32  # degrees
_STEP_ACROSS: Final = 92 * mm
_STEP_DOWN: Final = 52 * mm
_TITLE: Final = 120
_HASH_TAIL: Final = 12


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One page: a JPEG of so many pixels, or the *sentence* that stands in its place."""

    number: int
    jpeg: bytes = field(repr=False, default=b"")
    width: int = 0
    height: int = 0
    sentence: str = field(repr=False, default="")

    def __post_init__(self) -> None:
        if bool(self.jpeg) == bool(self.sentence) or bool(self.jpeg) != (self.width > 0 < self.height):
            raise ValueError("page")


@dataclass(frozen=True, slots=True)
class DossierCopy:
    """Some pages of one document.

    Attributes:
        expert, application: whose copy it is, and of which dossier.
        title: number and name of the document; *sha256* its bytes, *count* how many pages it has.
        at: when it was printed, by the clock of the desk.
    """

    expert: str
    application: str
    title: str
    sha256: str
    count: int
    at: datetime
    pages: tuple[DossierPage, ...]


def dossier_copy(copy: DossierCopy) -> bytes:
    """The PDF. The same copy gives the same bytes."""
    words = Words()
    when = moment_words(copy.at)
    mark = words(_("{expert} · {application} · {time}").format(
        expert=copy.expert, application=copy.application, time=when
    ))  # fmt: skip
    title = words(copy.title[:_TITLE])
    about = words(_("For this review only. Do not hand it on; destroy it when the review is over."))
    tail = words(_("SHA-256 …{tail}").format(tail=copy.sha256[-_HASH_TAIL:]))
    numbers = {page.number: words(_("Page {number} of {count}").format(number=page.number, count=copy.count))
               for page in copy.pages}  # fmt: skip
    sentences = {page.number: words(page.sentence) for page in copy.pages if page.sentence}
    target = BytesIO()
    with PRINTING:  # ReportLab keeps registered fonts in a module-wide table
        register_fonts()
        canvas = Canvas(target, pagesize=A4, invariant=True, pageCompression=1)
        canvas.setTitle(title)
        canvas.setAuthor("")
        for page in copy.pages:
            size = landscape(A4) if page.width > page.height else A4
            canvas.setPageSize(size)
            if page.jpeg:
                _draw_picture(canvas, page, size)
            else:
                _draw_sentence(canvas, sentences[page.number], size)
            _draw_across(canvas, mark, size)
            _draw_foot(canvas, size, first=(mark, numbers[page.number]), second=(f"{title}　{tail}", about))
            canvas.showPage()
        canvas.save()
    return target.getvalue()


def _draw_picture(canvas: Canvas, page: DossierPage, size: tuple[float, float]) -> None:
    across, down = size[0] - 2 * _SIDE, size[1] - _TOP - _BOTTOM
    scale = min(across / page.width, down / page.height)
    wide, high = page.width * scale, page.height * scale
    left, bottom = _SIDE + (across - wide) / 2, size[1] - _TOP - high
    canvas.drawImage(ImageReader(BytesIO(page.jpeg)), left, bottom, wide, high)
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.3)
    canvas.rect(left, bottom, wide, high)


def _draw_sentence(canvas: Canvas, sentence: str, size: tuple[float, float]) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(Face.SANS, _SENTENCE)
    top = size[1] * 0.6
    for place, line in enumerate(_lines(sentence, size[0] - 60 * mm)):
        canvas.drawCentredString(size[0] / 2, top - place * _SENTENCE * 1.5, line)


def _lines(sentence: str, room: float) -> list[str]:
    """Broken between words, and between characters where there are no words."""
    lines = [""]
    for part in re.findall(r"[!-~]+ ?|.", sentence):
        if lines[-1] and stringWidth(lines[-1] + part.rstrip(), Face.SANS, _SENTENCE) > room:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]


def _draw_across(canvas: Canvas, mark: str, size: tuple[float, float]) -> None:
    """Over the whole page, so that no part of it can be copied without."""
    canvas.saveState()
    canvas.setFont(Face.SANS, _ACROSS)
    down, row = _STEP_DOWN / 2, 0
    while down < size[1]:
        across = (_STEP_ACROSS / 2) * (row % 2)
        while across < size[0] + _STEP_ACROSS / 2:
            canvas.saveState()
            canvas.translate(across, down)
            canvas.rotate(_SLOPE)
            for colour, shift in ((_LIGHT, 0.7), (_FAINT, 0)):
                canvas.setFillColor(colour)
                canvas.drawCentredString(shift, -shift, mark)
            canvas.restoreState()
            across += _STEP_ACROSS
        down, row = down + _STEP_DOWN, row + 1
    canvas.restoreState()


def _draw_foot(
    canvas: Canvas, size: tuple[float, float], *, first: tuple[str, str], second: tuple[str, str]
) -> None:  # fmt: skip
    canvas.setFillColor(GREY)
    canvas.setFont(Face.SANS, _SMALL)
    for place, (left, right) in enumerate((first, second)):
        y = _BOTTOM - 5 * mm - place * _LEADING
        canvas.drawString(_SIDE, y, _fitting(left, size[0] - 2 * _SIDE - canvas.stringWidth(right, Face.SANS, _SMALL)))
        canvas.drawRightString(size[0] - _SIDE, y, right)


def _fitting(text: str, room: float) -> str:
    if stringWidth(text, Face.SANS, _SMALL) <= room - 2 * mm:
        return text
    while text and stringWidth(text + "…", Face.SANS, _SMALL) > room - 2 * mm:
        text = text[:-1]
    return text + "…"
