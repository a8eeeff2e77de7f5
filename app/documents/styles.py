"""Paragraph and table styles of the forms: hairlines, 10.5-point text, room to sign."""

from functools import cache
from typing import Any, Final, TypeAlias

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, TableStyle

from app.documents.fonts import Face
from app.documents.page import GREY, HAIRLINE, INK, Words
from app.documents.plain_text import PlainText

_CJK: Final[dict[str, Any]] = {"wordWrap": "CJK", "textColor": INK, "splitLongWords": True}

TITLE: Final = ParagraphStyle(
    "title", fontName=Face.SANS, fontSize=18, leading=27, alignment=TA_CENTER, spaceAfter=6, **_CJK
)
HEADING: Final = ParagraphStyle(
    "heading", fontName=Face.SANS, fontSize=12, leading=18, spaceBefore=8, spaceAfter=3, **_CJK
)
BODY: Final = ParagraphStyle("body", fontName=Face.SERIF, fontSize=10.5, leading=16, **_CJK)
CELL: Final = ParagraphStyle("cell", fontName=Face.SERIF, fontSize=9, leading=13, **_CJK)
SMALL: Final = ParagraphStyle("small", fontName=Face.SANS, fontSize=8, leading=11.5, **(_CJK | {"textColor": GREY}))
LABEL: Final = ParagraphStyle("label", fontName=Face.SANS, fontSize=9, leading=13, **(_CJK | {"textColor": GREY}))
FIGURE: Final = ParagraphStyle("figure", parent=CELL, fontName=Face.SANS, alignment=TA_RIGHT)
CENTRED: Final = ParagraphStyle("centred", parent=CELL, fontName=Face.SANS, alignment=TA_CENTER)


Cell: TypeAlias = Flowable | list[Flowable]  # what stands in one cell of a table


def paragraph(words: Words, text: str, style: ParagraphStyle, *, hue: str | None = None) -> PlainText:
    """Plain text as a paragraph: nothing in *text* is ever read as markup, line breaks are kept."""
    return PlainText(words(text), style if hue is None else _in_hue(style, hue))


@cache
def _in_hue(style: ParagraphStyle, hue: str) -> ParagraphStyle:
    return ParagraphStyle(f"{style.name}-{hue}", parent=style, textColor=HexColor(hue))


def grid(*extra: tuple[Any, ...]) -> TableStyle:
    """Hairlines between all cells, content at the top, with *extra* commands."""
    return TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.4, HAIRLINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            *extra,
        ]
    )
