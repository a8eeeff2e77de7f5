"""What all forms of a visit share: head with the code of the sheet, tables, boxes to tick, room to sign."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, LongTable, Spacer, Table

from app.documents.page import PageNotes, PrintedForm, Words, draw_qr, print_form
from app.documents.plain_text import PlainText
from app.documents.styles import BODY, CELL, CENTRED, HEADING, LABEL, SMALL, TITLE, Cell, grid
from app.documents.visit_values import VisitPaper
from app.documents.wording import NOTHING, category_words
from app.domain.onsite.sheet_code import SheetCode, VisitForm
from app.domain.onsite.visit import Role
from app.i18n import N_, _
from app.words.onsite_forms import form_words

TICKED: Final = "■"
OPEN_BOX: Final = "□"
_QR_SIDE: Final = 28 * mm
_SIGN_HEIGHT: Final = 16 * mm
_LABEL_WIDTH: Final = 24 * mm
_BELOW_A_HEADING: Final = 26  # mm
_HEADING_HEIGHT: Final = 10 * mm
_HEAD_TEXT: Final = 140  # characters: the code beside it must not leave the page
_AIR: Final = 2 * mm
_PADDING: Final = 7  # points above and below what stands in a cell
_ROLES: Final = {
    Role.LEADER: N_("team leader"),
    Role.MEMBER: N_("team member"),
    Role.LIAISON: N_("liaison"),
    Role.OBSERVER: N_("observer"),
}


def role_words(role: Role) -> str:
    """Who somebody is on a visit."""
    return _(_ROLES[role])


class _CodeMark(Flowable):
    """A QR code large enough for a telephone."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self._content = content
        self.width = self.height = _QR_SIDE

    def draw(self) -> None:
        canvas: Canvas = self.canv
        draw_qr(canvas, self._content, x=0, y=0, side=_QR_SIDE)


class _Text(PlainText):
    """Text that a cell may be split in the middle of."""

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - names of Flowable
        """Two pieces or none: a table splits a cell by a hair's breadth where its text still fits."""
        pieces = super().split(aW, aH)
        return pieces if len(pieces) > 1 else []


class _Roomy(Flowable):
    """Something in a cell that leaves room for a pen below it."""

    def __init__(self, inner: Flowable, least: float) -> None:
        super().__init__()
        self._inner, self._least = inner, least

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - names of Flowable
        _width, self._needed = self._inner.wrap(aW, aH)
        self.width, self.height = aW, max(self._needed, self._least)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 - names of Flowable
        return self._inner.split(aW, aH) if self._inner.wrap(aW, aH)[1] > aH else []

    def draw(self) -> None:
        self._inner.drawOn(self.canv, 0, self.height - self._needed)


class Sheet:
    """One form in the making: its words, its width, and the pieces it is put together from."""

    def __init__(self, form: VisitForm, paper: VisitPaper) -> None:
        self.paper = paper
        self.words = Words()
        is_bound_to_facts = form is VisitForm.ACKNOWLEDGEMENT
        content = paper.facts if is_bound_to_facts else paper.content
        self.code = SheetCode.of(form, paper.visit, None if paper.is_blank else content)
        self.notes = PageNotes(
            title=form_words(form),
            heading=paper.campaign,
            reference=paper.code,
            about=_about(paper),
            notice=paper.checklist.status_notice(),
            hash=paper.content if paper.is_blank else content,
            code=self.code.text(),
        )
        self.width = self.notes.text_width

    def text(self, text: str, style: ParagraphStyle = BODY) -> Flowable:
        """A paragraph."""
        return _Text(self.words(text), style)

    def heading(self, text: str) -> Flowable:
        """A heading of one line."""
        return self.text(text, HEADING)

    def head(self) -> list[Flowable]:
        """Title, who and what it is about, and the code by which a photograph of the sheet is found again."""
        face = self.paper.face
        rows = [
            (_("Visit"), self.paper.code),
            (_("Operator"), face.operator),
            (_("Product or service"), f"{face.offering_name}（{category_words(face.category, face.offering)}）"),
            (_("Sites"), _("; ").join(site.name for site in self.paper.plan.sites)),
        ]
        marked = 31 * mm
        facts = self.fields([(label, clipped(said, _HEAD_TEXT)) for label, said in rows], width=self.width - marked)
        both = Table([[facts, _CodeMark(self.code.text())]], colWidths=[self.width - marked, marked])
        both.setStyle([(name, (0, 0), (-1, -1), 0) for name in ("LEFTPADDING", "TOPPADDING", "BOTTOMPADDING")])
        both.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (-1, -1), 0)])
        both.setStyle([("LEFTPADDING", (1, 0), (1, 0), 3 * mm)])
        return [self.text(self.notes.title, TITLE), both]

    def fields(self, rows: Sequence[tuple[str, str]], *, width: float = 0.0) -> Flowable:
        """Labels with what is said under them, one below the other."""
        width = width or self.width
        cells: list[list[Cell]] = [[self.text(label, LABEL), self.text(said or NOTHING)] for label, said in rows]
        return Table(cells, colWidths=[_LABEL_WIDTH, width - _LABEL_WIDTH], style=grid(), splitInRow=1)

    def pairs(self, rows: Sequence[tuple[str, ...]], *, height: float = 0, tall: str = "") -> Flowable:
        """Rows of one or two labels with what is said, at least *height* mm high; thrice that where *tall* names it."""
        half = self.width / 2 - _LABEL_WIDTH
        cells: list[list[Cell | str]] = []
        spans: list[tuple[object, ...]] = []
        for number, row in enumerate(rows):
            if len(row) == 2:
                spans.append(("SPAN", (1, number), (3, number)))
            line: list[Cell | str] = [
                self.text(said, LABEL)
                if place % 2 == 0
                else self.roomy(said, BODY, height * (3 if row[0] == tall else 1))
                for place, said in enumerate(row)
            ]
            cells.append(line + [""] * (4 - len(line)))
        widths = [_LABEL_WIDTH, half, _LABEL_WIDTH, half]
        return Table(cells, colWidths=widths, style=grid(*spans), splitInRow=1)

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        *,
        style: ParagraphStyle = CELL,
        height: float = 0,
    ) -> Flowable:
        """A table whose head repeats on each page, rows at least *height* mm high; of *widths* a 0 takes the rest."""
        cells: list[list[Cell]] = [[self.text(one, LABEL) for one in head]]
        cells += [[self.roomy(one, style, height) for one in row] for row in rows]
        return LongTable(cells, colWidths=self.columns(widths), style=grid(), repeatRows=1, splitInRow=1)

    def empty_table(self, head: Sequence[str], rows: int, widths: Sequence[float], *, height: float) -> Flowable:
        """The same to be filled by hand."""
        return self.table(head, [[""] * len(head)] * rows, widths, height=height)

    def room(self, height: float) -> Flowable:
        """A box to write in, *height* in mm."""
        return Table([[""]], colWidths=[self.width], rowHeights=[height * mm], style=grid())

    def roomy(self, text: str, style: ParagraphStyle, height: float) -> Flowable:
        """Text with room for a pen below it; *height* in mm."""
        inner = self.text(text, style)
        return _Roomy(inner, height * mm - _PADDING) if height else inner

    def columns(self, widths: Sequence[float]) -> list[float]:
        """Widths in points; every 0 takes an equal part of what is left."""
        left = self.width - sum(widths) * mm
        spread = sum(width == 0 for width in widths) or 1
        return [width * mm or left / spread for width in widths]

    def signatures(self, labels: Sequence[str], *, height: float = _SIGN_HEIGHT) -> Flowable:
        """Room for a pen: a name and a date each."""
        rows: list[list[Cell | str]] = [[self.text(one, LABEL), "", self.text(_("Date"), LABEL), ""] for one in labels]
        widths = [34 * mm, self.width - 34 * mm - 16 * mm - 40 * mm, 16 * mm, 40 * mm]
        return Table(rows, colWidths=widths, rowHeights=[height] * len(rows), style=grid())

    def small(self, text: str) -> Flowable:
        """A remark."""
        return self.text(text, SMALL)

    def printed(self, flow: Sequence[Flowable], *, below: float = _BELOW_A_HEADING) -> PrintedForm:
        """All of *flow*, with air around tables; a heading goes to the next page unless *below* mm are left for it."""
        return print_form(self.notes, list(_spaced(flow, below * mm)), self.words)

    def centred(self, text: str) -> Flowable:
        """In the middle of its cell."""
        return self.text(text, CENTRED)


def box(label: str, *, is_ticked: bool = False) -> str:
    """A box with its word."""
    return f"{TICKED if is_ticked else OPEN_BOX} {label}"


def clipped(text: str, most: int) -> str:
    """*text*, or as much of it as there is room for with a sign that there is more."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def calendar_day(day: date) -> str:
    """The day as Chinese documents write it."""
    return _("{day}/{month}/{year}").format(year=day.year, month=day.month, day=day.day)


def first_fitting(pages: int, variants: Iterable[Callable[[], PrintedForm]]) -> PrintedForm:
    """The first of *variants* on at most so many *pages*; the last one where none is."""
    made: PrintedForm | None = None
    for variant in variants:
        made = variant()
        if made.pages <= pages:
            break
    if made is None:
        raise ValueError("no variant")
    return made


def _spaced(flow: Sequence[Flowable], below: float) -> Iterator[Flowable]:
    before: Flowable | None = None
    for one, after in zip(flow, [*flow[1:], None], strict=True):
        is_heading = _is_heading(one)
        if is_heading and not _is_heading(before):
            yield CondPageBreak(below + (_HEADING_HEIGHT if _is_heading(after) else 0))
        elif isinstance(before, Table) and isinstance(one, Table | PlainText) and not is_heading:
            yield Spacer(0, _AIR)
        yield one
        before = one


def _is_heading(flowable: Flowable | None) -> bool:
    return isinstance(flowable, PlainText) and flowable.style.name.startswith(HEADING.name)


def _about(paper: VisitPaper) -> str:
    version = _("Checklist {id} {version}").format(id=paper.checklist.id, version=paper.checklist.version)
    if paper.is_blank:
        state = _("blank form")
    elif paper.result is None:
        state = _("visit not concluded")
    else:
        state = _("visit concluded")
    return f"{version} · {state}"
