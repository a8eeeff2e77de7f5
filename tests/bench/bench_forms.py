"""Printed forms, warm, against ReportLab's canvas drawing the same words in the same fonts on as many pages."""

import io
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import Face
from app.documents.page import PrintedForm
from app.documents.review_forms import qualification_opinion, score_sheet
from app.documents.visit_forms import visit_form
from app.domain.onsite.sheet_code import VisitForm
from tests.bench.hand_ins import sample_form
from tests.bench.interleaving import medians
from tests.bench.measurement import Measurement
from tests.support.visit_paper import paper

_ROUNDS: Final = 25
_SIZE: Final = 9
_LINE: Final = 12


def measure() -> Iterator[Measurement]:
    """Forms a second of the processor's, medians."""
    form, visit = sample_form(), paper(photos=())
    forms: tuple[tuple[str, Callable[[], PrintedForm], float], ...] = (
        ("score sheet", partial(score_sheet, form), 0.7),
        ("opinion", partial(qualification_opinion, form), 0.7),
        ("visit report", partial(visit_form, VisitForm.REPORT, visit), 0.5),  # many small cells, which the bare
        ("visit checklist", partial(visit_form, VisitForm.CHECKLIST, visit), 0.5),  # canvas neither measures nor rules
    )
    for name, draw, goal in forms:
        pages = _words(draw().pdf)
        value, floor = medians([draw] * _ROUNDS, [partial(_bare, pages)] * _ROUNDS, clock=time.process_time)
        yield Measurement(
            name=f"printed {name}, {len(pages)} pages, to a bare canvas", value=1000 / value, floor=1000 / floor,
            unit="1/s", goal_ratio=goal,
        )  # fmt: skip


def _words(pdf: bytes) -> list[list[str]]:
    """The lines of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded().split("\r\n") for page in document]
    finally:
        document.close()


def _bare(pages: list[list[str]]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=1)
    for lines in pages:
        canvas.setFont(Face.SANS, _SIZE)
        for number, line in enumerate(lines):
            if number == len(lines) // 2:
                canvas.setFont(Face.SERIF, _SIZE)
            canvas.drawString(40, A4[1] - 40 - number * _LINE % (A4[1] - 80), line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
