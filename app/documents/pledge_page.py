"""The page an expert prints and signs when enrolling: pledge, and the request code that the secretariat compares."""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer, Table

from app.documents.form_values import PledgePage
from app.documents.page import PageNotes, PrintedForm, Words, draw_qr, print_form
from app.documents.review_forms import signature_box
from app.documents.styles import BODY, CELL, HEADING, LABEL, TITLE, grid, paragraph
from app.documents.wording import NOTHING, moment_words
from app.i18n import _

_QR_SIDE = 38 * mm


class _Code(Flowable):
    """A QR code in the flow of a page."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self._content = content
        self.width = self.height = _QR_SIDE

    def draw(self) -> None:
        canvas: Canvas = self.canv
        draw_qr(canvas, self._content, x=0, y=0, side=_QR_SIDE)


def pledge_page(page: PledgePage) -> PrintedForm:
    """One page: who asks, what is promised, the 25 digits, and room for the signature."""
    notes = PageNotes(
        title=_("Expert enrolment and pledge"),
        heading=page.campaign,
        reference=page.name,
        about=moment_words(page.made_at),
        notice="",
        hash=page.request,
    )
    words = Words()
    rows = [
        (_("Name"), page.name, _("Telephone"), page.phone),
        (_("Employer"), page.employer or NOTHING, _("Relations"), _("; ").join(page.relations) or NOTHING),
    ]
    label = 22 * mm
    width = notes.text_width
    person = Table(
        [[paragraph(words, text, LABEL if i % 2 == 0 else CELL) for i, text in enumerate(row)] for row in rows],
        colWidths=[label, width / 2 - label, label, width / 2 - label],
        style=grid(),
    )
    code = Table(
        [[_Code(page.qr), paragraph(words, page.code, TITLE)]],
        colWidths=[_QR_SIDE + 6 * mm, width - _QR_SIDE - 6 * mm],
        style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )
    flow: list[Flowable] = [
        paragraph(words, notes.title, TITLE),
        person,
        paragraph(words, _("Request code"), HEADING),
        code,
        paragraph(words, _("I pledge"), HEADING),
        *(paragraph(words, f"{number}. {text}", BODY) for number, text in enumerate(_promises(), start=1)),
        Spacer(0, 8 * mm),
        signature_box(words, width),
    ]
    return print_form(notes, flow, words)


def _promises() -> tuple[str, ...]:
    return (
        _("to follow the regulation and the rubric, and to judge by myself and fairly;"),
        _(
            "to declare every relation to an applicant before I open its dossier, "
            "and to step back where there is a conflict;"
        ),
        _("to keep dossiers, scores and opinions secret, and to copy nothing out of the program;"),
        _("to accept no gift and no request, and to report any attempt;"),
        _(
            "that the request code above was made on my own computer, "
            "and that my signature stands for what is signed with it."
        ),
    )
