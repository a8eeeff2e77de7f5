"""Plain text on a form: one font, one colour, Chinese line breaks.

ReportLab's own paragraph reads markup and looks up every character anew each time it is asked how high it is, which a
table does three times for each cell. Words on a form are never markup, and their widths do not change in between.
"""

from collections.abc import Iterator, Sequence
from typing import Self

from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.textsplit import dumbSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

_FUZZ = 1e-6
# Marks of Chinese that ReportLab would begin a line with: for breaking they count as one that it hangs in the margin.
_HANGING = str.maketrans(dict.fromkeys("，；：！？”’》", "、"))


class PlainText(Flowable):
    """Lines broken as ReportLab breaks Chinese, none begun with a closing mark; a line feed begins a new one."""

    def __init__(self, text: str, style: ParagraphStyle) -> None:
        super().__init__()
        self.style = style
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter  # names of Flowable
        self._text = [" ".join(line.split()) for line in text.strip().split("\n")]  # spaces in a row are one
        self._lines: Sequence[tuple[float, str]] = ()
        self._broken_for: float | None = None
        self._is_piece = False

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - names of Flowable
        """Width and height needed, in points."""
        self.width = aW
        if aW != self._broken_for and not self._is_piece:
            self._lines, self._broken_for = self._broken(aW), aW
        self.height = len(self._lines) * self.style.leading
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - names of Flowable
        """What still fits on the page, at least two lines of it, and the rest."""
        self.wrap(aW, aH)
        fitting = int((aH + _FUZZ) / self.style.leading)
        if fitting >= len(self._lines):
            return [self]
        return [self._piece(self._lines[:fitting]), self._piece(self._lines[fitting:])] if fitting > 1 else []

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 - names of Flowable
        """At (*x*, *y*) of the page itself: there is nothing around the text to be turned or moved with it."""
        style = self.style
        written = canvas.beginText(x, y + self.height - style.fontSize)
        written.setFillColor(style.textColor)
        written.setFont(style.fontName, style.fontSize, style.leading)
        if style.alignment == TA_LEFT:
            for _spare, line in self._lines:
                written.textLine(line)
        else:
            part = 0.5 if style.alignment == TA_CENTER else 1.0
            for number, (spare, line) in enumerate(self._lines):
                written.setTextOrigin(x + part * spare, y + self.height - style.fontSize - number * style.leading)
                written.textOut(line)
        canvas.drawText(written)

    def _piece(self, lines: Sequence[tuple[float, str]]) -> Self:
        piece = type(self)("", self.style)
        piece._lines, piece._is_piece = lines, True
        return piece

    def _broken(self, width: float) -> list[tuple[float, str]]:
        size = self.style.fontSize * 0.001
        face = pdfmetrics.getFont(self.style.fontName).face  # type: ignore[attr-defined]  # every embedded font has one
        known, usual = face.charWidths, face.defaultWidth
        lines: list[tuple[float, str]] = []
        for text in self._text if any(self._text) else ():
            widths = [known.get(ord(character), usual) * size for character in text]
            spare = width - sum(widths)
            if spare >= 0:
                lines.append((spare, text))
            else:
                lines += _pieces(
                    text, [(left, line) for left, line in dumbSplit(text.translate(_HANGING), widths, width)]
                )
        return lines


def _pieces(text: str, broken: Sequence[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """The lines of *text* as they were *broken* with other marks in their places."""
    at = 0
    for spare, line in broken:
        while text[at] == " " != line[:1]:  # spaces at a break are left out
            at += 1
        yield spare, text[at : at + len(line)]
        at += len(line)
