"""审查意见表: the examination of one application by one expert (Art. 9), blank and filled. It has no points."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, Spacer

from app.documents.page import PageNotes, PrintedForm, Words, print_form
from app.documents.review_forms import cited_lines, identity_table, ruled, signature_box, state_words
from app.documents.styles import BODY, CELL, CENTRED, HEADING, LABEL, SMALL, TITLE, Cell, grid, paragraph
from app.documents.wording import NOTHING, evidence_words, rules_words
from app.domain.application import Document, FaceSheet
from app.domain.examination import ExaminationForm, Question
from app.domain.ids import ExpertCode, Sha256
from app.domain.review import Answer, Assessment, OpinionPart, Recommendation, Verdict
from app.i18n import _
from app.words.examination import conclusion_word, verdict_word

_BOX: Final = "□"
_WRITE_HEIGHT: Final = 13 * mm


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationPaper:
    """One expert's examination of one application.

    Attributes:
        assessment: ``None`` prints a blank form to be filled by hand.
        content: SHA-256 of the sealed ``review.json``; of the form for a blank one; of the draft for a preview.
        revision: ``None`` until it is sealed; a form that is not sealed says so on every page.
        documents: for naming evidence as “document, page”.
    """

    campaign: str
    face: FaceSheet
    form: ExaminationForm
    expert: ExpertCode
    expert_name: str
    content: Sha256
    assessment: Assessment | None = None
    revision: int | None = None
    sealed_at: datetime | None = None
    documents: tuple[Document, ...] = ()


def examination_opinion(paper: ExaminationPaper) -> PrintedForm:
    """Every question with its answer, the reason and the places it rests on; the conclusion, why, and room to sign."""
    notes = PageNotes(
        title=_("Examination opinion"),
        heading=paper.campaign,
        reference=f"{paper.face.application} · {paper.expert}",
        about=f"{rules_words(paper.form)} · {state_words(paper.assessment, paper.revision)}",
        notice=paper.form.status_notice(),
        hash=paper.content,
    )
    words, width = Words(), notes.text_width
    expert = f"{paper.expert} {paper.expert_name}"
    flow: list[Flowable] = [
        paragraph(words, notes.title, TITLE),
        identity_table(paper.face, expert, paper.sealed_at, words=words, width=width),
        Spacer(0, 4 * mm),
        _answers(paper, words, width),
        paragraph(words, _("Conclusion"), HEADING),
        paragraph(words, _conclusion(paper.assessment), BODY),
        paragraph(words, _("Reasons"), HEADING),
        *_grounds(paper, words, width),
        Spacer(0, 6 * mm),
        KeepTogether([signature_box(words, width)]),
    ]
    return print_form(notes, flow, words)


def _answers(paper: ExaminationPaper, words: Words, width: float) -> LongTable:
    head = [_("No."), _("Question"), _("Answer"), _("Reason and evidence")]
    rows: list[list[Cell]] = [[paragraph(words, text, LABEL) for text in head]]
    given = {answer.question: answer for answer in paper.assessment.answers} if paper.assessment else {}
    for number, question in enumerate(paper.form.questions, start=1):
        answer = given.get(question.id)
        rows.append(
            [
                paragraph(words, str(number), CENTRED),
                _asked(question, words),
                paragraph(words, _said(paper, answer), CENTRED),
                _why(paper, answer, words),
            ]
        )
    fixed = [10 * mm, 62 * mm, 18 * mm]
    return LongTable(rows, colWidths=[*fixed, width - sum(fixed)], style=grid(), repeatRows=1)


def _asked(question: Question, words: Words) -> list[Flowable]:
    asked: list[Flowable] = [paragraph(words, question.text, CELL)]
    hints = [question.hint] if question.hint else []
    if question.article:
        hints.append(_("Article {number}").format(number=question.article))
    if hints:
        asked.append(paragraph(words, "　".join(hints), SMALL))
    return asked


def _said(paper: ExaminationPaper, answer: Answer | None) -> str:
    if paper.assessment is None:
        return "\n".join(f"{_BOX} {verdict_word(verdict)}" for verdict in Verdict)
    return verdict_word(answer.verdict) if answer and answer.verdict else NOTHING


def _why(paper: ExaminationPaper, answer: Answer | None, words: Words) -> list[Flowable]:
    if paper.assessment is None:
        return [Spacer(0, _WRITE_HEIGHT)]
    said: list[Flowable] = []
    if answer and answer.reason:
        said.append(paragraph(words, answer.reason, CELL))
    if answer and answer.evidence:
        said.append(paragraph(words, _("Evidence: ") + evidence_words(answer.evidence, paper.documents), SMALL))
    return said or [paragraph(words, NOTHING, CELL)]


def _conclusion(assessment: Assessment | None) -> str:
    if assessment is None:
        return "　".join(f"{_BOX} {conclusion_word(one)}" for one in Recommendation)
    recommend = assessment.opinion.recommend
    return conclusion_word(recommend) if recommend else NOTHING


def _grounds(paper: ExaminationPaper, words: Words, width: float) -> list[Flowable]:
    if paper.assessment is None:
        return [ruled(width)]
    text = paper.assessment.opinion.text
    cited = cited_lines(paper.assessment, OpinionPart.TEXT, paper.documents)
    return [paragraph(words, text or NOTHING, BODY), *(paragraph(words, line, SMALL) for line in cited)]
