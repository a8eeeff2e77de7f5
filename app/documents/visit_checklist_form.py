"""现场检查表 for the clipboard: every item with its boxes, room for photo numbers and notes, four pages at most.

A checklist that does not fit is set tighter step by step; what is asked and seen is left out only at the last of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, Spacer

from app.documents.page import PrintedForm
from app.documents.styles import CELL, CENTRED, HEADING, LABEL, SMALL, Cell, grid, paragraph
from app.documents.visit_page import OPEN_BOX, TICKED, Sheet, clipped, first_fitting
from app.documents.visit_values import VisitPaper, photo_number
from app.domain.hues import ON_PAPER
from app.domain.onsite.checklist import PLAIN_GRADES, Aspect, ChecklistItem, Grade
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.visit import Question
from app.i18n import _

MOST_PAGES: Final = 4
_WIDTHS: Final = (13.0, 52.0, *(10.0,) * len(PLAIN_GRADES), 18.0, 0.0)
_VETO_BOXES: Final = {Grade.CONFORM: Grade.PASS, Grade.MAJOR: Grade.FAIL}


@dataclass(frozen=True, slots=True)
class _Setting:
    """How tightly items are set.

    Attributes:
        height: of a row in mm, at least. name, text: how many characters of a name and of other texts are printed.
        has_hints: what to ask and which proof to look for. questions: how many of the desk review.
    """

    height: float
    name: int
    text: int
    questions: int
    has_hints: bool = True

    @property
    def style(self) -> ParagraphStyle:
        """Small where there are no hints to tell names from."""
        return CELL if self.has_hints else SMALL


_SETTINGS: Final = (
    _Setting(26, name=200, text=400, questions=100),
    _Setting(23, name=200, text=400, questions=100),
    _Setting(20, name=60, text=120, questions=40),
    _Setting(13, name=40, text=60, questions=20),
    _Setting(9, name=34, text=40, questions=12, has_hints=False),
    _Setting(6, name=17, text=18, questions=4, has_hints=False),
    _Setting(6, name=17, text=18, questions=0, has_hints=False),
)


def visit_checklist(paper: VisitPaper) -> PrintedForm:
    """The checklist, blank or as it stands, on at most four pages."""
    return first_fitting(MOST_PAGES, (partial(_drawn, paper, setting) for setting in _SETTINGS))


def _drawn(paper: VisitPaper, setting: _Setting) -> PrintedForm:
    sheet = Sheet(VisitForm.CHECKLIST, paper)
    flow: list[Flowable] = [
        *sheet.head(),
        Spacer(0, 2 * mm),
        sheet.pairs([(_("Assessor"), "", _("Date and site"), "")], height=9),
        sheet.small(_legend(paper)),
    ]
    questions = [one for one, _answers in paper.questions]
    shown = questions[: setting.questions]
    for position, aspect in enumerate(paper.checklist.aspects):
        hue = ON_PAPER[position % len(ON_PAPER)]
        flow.append(paragraph(sheet.words, f"{aspect.name}（{aspect.full}）", HEADING, hue=hue))
        flow.append(_aspect(sheet, aspect, setting, shown))
    flow += _loose(sheet, [one for one in shown if one.item is None], setting, left_out=len(questions) - len(shown))
    return sheet.printed(flow, below=20 + setting.height)


def _legend(paper: VisitPaper) -> str:
    methods = _("; ").join(f"{method.value} {label}" for method, label in paper.checklist.methods)
    veto = _("“Veto” items only conform or do not. Photos: the last digits of the file name on the telephone.")
    return f"{methods}。{veto}"


def _aspect(sheet: Sheet, aspect: Aspect, setting: _Setting, questions: Sequence[Question]) -> Flowable:
    labels = [sheet.paper.checklist.label_of(grade) for grade in PLAIN_GRADES]
    head = [_("No."), _("Item"), *labels, _("Photos"), _("What was asked and seen")]
    rows: list[list[Cell]] = [[sheet.text(label, SMALL if 2 <= at < 7 else LABEL) for at, label in enumerate(head)]]
    spans: list[tuple[object, ...]] = []
    for item in aspect.items:
        rows.append(_row(sheet, item, setting))
        for question in questions:
            if question.item == item.id:
                spans.append(("SPAN", (1, len(rows)), (-1, len(rows))))
                rows.append([_words_only(sheet, "？"), _words_only(sheet, _asked(question, setting)), *_nothing(7)])
    widths = sheet.columns(_WIDTHS)
    return LongTable(rows, colWidths=widths, style=grid(*spans), repeatRows=1, splitInRow=1)


def _nothing(count: int) -> list[Cell]:
    return [[] for _cell in range(count)]


def _words_only(sheet: Sheet, text: str) -> Flowable:
    return sheet.text(text, CELL)


def _asked(question: Question, setting: _Setting) -> str:
    return _("To be verified: {text}").format(text=clipped(question.text, setting.text))


def _row(sheet: Sheet, item: ChecklistItem, setting: _Setting) -> list[Cell]:
    paper = sheet.paper
    given = None if paper.is_blank else dict(paper.settled).get(item.id)
    number = "\n".join((item.id, _("veto"))) if item.is_veto else item.id
    name: list[Flowable] = [sheet.text(clipped(item.name, setting.name), setting.style)]
    methods = "".join(method.value for method in item.methods)
    if setting.has_hints:
        name.append(sheet.small(f"[{methods}] {clipped(item.ask, setting.text)}"))
        name.append(sheet.small(clipped(item.evidence, setting.text)))
    photos = "" if paper.is_blank else ", ".join(photo_number(one.facts) for one in paper.photos_of(item.id))
    return [
        sheet.roomy(number, CENTRED, setting.height),
        name,
        *(sheet.centred(_box(item, grade, given)) for grade in PLAIN_GRADES),
        sheet.text(clipped(photos, setting.text), SMALL),
        sheet.text(_seen(paper, item, setting), SMALL),
    ]


def _box(item: ChecklistItem, grade: Grade, given: Grade | None) -> str:
    meant = _VETO_BOXES.get(grade) if item.is_veto else grade
    if meant is None:
        return ""
    return TICKED if meant is given else OPEN_BOX


def _seen(paper: VisitPaper, item: ChecklistItem, setting: _Setting) -> str:
    if paper.is_blank:
        return ""
    return clipped(" ".join(record.seen for record in paper.records_of(item.id)), setting.text)


def _loose(sheet: Sheet, questions: Sequence[Question], setting: _Setting, *, left_out: int) -> list[Flowable]:
    flow: list[Flowable] = []
    if questions:
        rows = [(clipped(one.text, setting.text), "") for one in questions]
        head = [_("Question"), _("What was found out")]
        flow.append(
            KeepTogether([sheet.heading(_("To be verified from the desk review")), sheet.table(head, rows, [0, 80])])
        )
    if left_out:
        flow.append(sheet.small(_("{count} more questions stand in the plan of the visit.").format(count=left_out)))
    return flow
