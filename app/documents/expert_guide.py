"""The two pages that go to every expert with the invitation: cards on both sides, written like a page of the help."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer, Table

from app.documents.fonts import Face
from app.documents.page import PageNotes, PrintedForm, Words, print_form
from app.documents.styles import CELL, LABEL, TITLE, Cell, grid, paragraph
from app.i18n import _
from app.words.help_marks import Block, Kind, Manner

CARDS_IN_FRONT: Final = 6
"""So many cards stand on the first side, in two columns; the next one fills the left column of the second."""
_GAP: Final = 5 * mm
_NUMBER: Final = 6.5 * mm
_INK: Final = HexColor("#1f4e79")
_HEAD: Final = ParagraphStyle("card", fontName=Face.SANS, fontSize=13.5, leading=20, textColor=_INK, wordWrap="CJK")
_LINE: Final = ParagraphStyle("card-line", parent=CELL, fontName=Face.SANS, fontSize=11, leading=16.5)
_CODE: Final = ParagraphStyle("guide-code", parent=CELL, fontName=Face.SANS, fontSize=12, leading=18, alignment=TA_LEFT)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_BEFORE_A_QUOTE: Final = re.compile(r"(?<=[\u4e00-\u9fff]) “")
_BEHIND_A_QUOTE: Final = re.compile(r"” (?=[\u4e00-\u9fff])")
_FLAT: Final = (
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
)


@dataclass(frozen=True, slots=True)
class GuideFacts:
    """What is filled in. Empty places are left to be written by hand.

    Attributes:
        campaign: its name as the letter says it.
        fingerprint: eight groups of five digits.
    """

    campaign: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class _Card:
    title: str
    lines: tuple[Block, ...]


def expert_guide(blocks: Sequence[Block], facts: GuideFacts) -> PrintedForm:
    """Two sides of A4.

    Args:
        blocks: a page of the help: a title, one line about it, and a heading with lines for each card.
        facts: what is known when it is printed.
    """
    title = next(block.text for block in blocks if block.kind is Kind.TITLE)
    about = next(block.text for block in blocks if block.kind is Kind.TEXT)
    content = "\n".join([facts.campaign, facts.fingerprint, *(block.text for block in blocks)])
    notes = PageNotes(
        title=title,
        heading=facts.campaign,
        reference=about,
        about="",
        notice="",
        hash=sha256(content.encode()).hexdigest(),
    )
    words = Words()
    cards = _cards(blocks)
    column = (notes.text_width - _GAP) / 2
    drawn = [_drawn(words, card, number, width=column) for number, card in enumerate(cards, start=1)]
    front, site, back = drawn[:CARDS_IN_FRONT], drawn[CARDS_IN_FRONT], drawn[CARDS_IN_FRONT + 1 :]
    half = (len(front) + 1) // 2
    flow: list[Flowable] = [
        paragraph(words, title, TITLE),
        _facts(words, facts, notes.text_width),
        Spacer(0, _GAP),
        _beside(_stack(front[:half]), _stack(front[half:]), width=column),
        PageBreak(),
        _beside(_stack([site]), _stack(back), width=column),
    ]
    return print_form(notes, flow, words)


def _cards(blocks: Sequence[Block]) -> list[_Card]:
    cards: list[_Card] = []
    for block in blocks:
        if block.kind is Kind.HEADING:
            cards.append(_Card(block.text, ()))
        elif cards:
            cards[-1] = _Card(cards[-1].title, (*cards[-1].lines, block))
    return cards


def _facts(words: Words, facts: GuideFacts, width: float) -> Table:
    rows = (
        (_("Fingerprint of the invitation"), facts.fingerprint),
        (_("Telephone of the secretariat"), ""),
        (_("Hand in until"), ""),
    )
    label = 52 * mm
    return Table(
        [[paragraph(words, name, LABEL), paragraph(words, value, _CODE)] for name, value in rows],
        colWidths=[label, width - label],
        style=grid(("VALIGN", (0, 0), (-1, -1), "MIDDLE")),
        rowHeights=[8.5 * mm] * len(rows),
    )


def _drawn(words: Words, card: _Card, number: int, *, width: float) -> list[Flowable]:
    lines = [
        [
            paragraph(words, f"{line.number}." if line.kind is Kind.STEP else "•", _LINE),
            paragraph(words, _in_print(line), _LINE),
        ]
        for line in card.lines
    ]
    head = Table(
        [[paragraph(words, f"{number}　{card.title}", _HEAD)]],
        colWidths=[width],
        style=[*_FLAT, ("LINEBELOW", (0, 0), (-1, -1), 0.8, _INK)],
    )
    body = Table(lines, colWidths=[_NUMBER, width - _NUMBER], style=[*_FLAT])
    return [head, Spacer(0, 1.5 * mm), body]


def _in_print(line: Block) -> str:
    """Words of a button stand in quotation marks: wide ones in Chinese, where they need no spaces around them."""
    if not _CHINESE.search(line.text):
        return "".join(f'"{span.text}"' if span.manner is Manner.STRONG else span.text for span in line.spans)
    text = "".join(f"“{span.text}”" if span.manner is Manner.STRONG else span.text for span in line.spans)
    return _BEFORE_A_QUOTE.sub("“", _BEHIND_A_QUOTE.sub("”", text))


def _stack(cards: Sequence[list[Flowable]]) -> Cell:
    flow: list[Flowable] = []
    for card in cards:
        flow += [*card, Spacer(0, _GAP)]
    return flow


def _beside(left: Cell, right: Cell, *, width: float) -> Table:
    return Table([[left, "", right]], colWidths=[width, _GAP, width], style=[*_FLAT])
