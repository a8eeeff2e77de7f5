"""卷宗清除确认书: what was removed from an expert's computer after the receipts, to be signed."""

from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, Spacer

from app.documents.page import PageNotes, PrintedForm, Words, print_form
from app.documents.review_forms import signature_box
from app.documents.styles import BODY, CELL, CENTRED, LABEL, TITLE, grid, paragraph
from app.documents.wording import moment_words
from app.domain.application import FaceSheet
from app.domain.ids import ExpertCode, Sha256
from app.i18n import _


@dataclass(frozen=True, slots=True)
class ClearedLine:
    """One dossier: its documents removed, their size in words, and the code of the review that is kept."""

    face: FaceSheet
    documents: int
    size: str
    cleared_at: datetime
    revision: int
    code: str


@dataclass(frozen=True, slots=True)
class ClearingPage:
    """A confirmation; *content* is the hash of its lines."""

    campaign: str
    expert: ExpertCode
    expert_name: str
    lines: tuple[ClearedLine, ...]
    content: Sha256
    made_at: datetime


def clearing_page(page: ClearingPage) -> PrintedForm:
    """The page to print, sign and hand in."""
    notes = PageNotes(
        title=_("Confirmation that dossiers were removed"),
        heading=page.campaign,
        reference=f"{page.expert} · {moment_words(page.made_at)}",
        about="",
        notice="",
        hash=page.content,
    )
    words = Words()
    flow: list[Flowable] = [
        paragraph(words, notes.title, TITLE),
        paragraph(words, _statement(page), BODY),
        Spacer(0, 3 * mm),
        _lines(page, words, notes.text_width),
        Spacer(0, 8 * mm),
        KeepTogether([signature_box(words, notes.text_width)]),
    ]
    return print_form(notes, flow, words)


def _statement(page: ClearingPage) -> str:
    return _(
        "I, {name} ({expert}), removed the documents of the applications below from my computer after the "
        "secretariat confirmed my reviews. My own signed reviews are kept. I hold no other copy of the documents, "
        "on paper or on any medium, and will not disclose their content."
    ).format(name=page.expert_name, expert=page.expert)


def _lines(page: ClearingPage, words: Words, width: float) -> LongTable:
    head = [
        _("No."),
        _("Application"),
        _("Operator"),
        _("Product or service"),
        _("Documents"),
        _("Size"),
        _("Removed at"),
        _("Rev."),
        _("Code"),
    ]
    rows = [[paragraph(words, text, LABEL) for text in head]]
    for number, line in enumerate(page.lines, start=1):
        cells = (
            (str(number), CENTRED),
            (line.face.application, CENTRED),
            (line.face.operator, CELL),
            (line.face.offering_name, CELL),
            (str(line.documents), CENTRED),
            (line.size, CENTRED),
            (moment_words(line.cleared_at), CENTRED),
            (str(line.revision), CENTRED),
            (line.code, CENTRED),
        )
        rows.append([paragraph(words, text, style) for text, style in cells])
    fixed = [11 * mm, 21 * mm, 13 * mm, 17 * mm, 24 * mm, 11 * mm, 20 * mm]
    rest = (width - sum(fixed)) / 2
    return LongTable(rows, colWidths=[fixed[0], fixed[1], rest, rest, *fixed[2:]], style=grid(), repeatRows=1)
