"""评审表 (score sheet) and 资质评价意见 (qualification opinion) of one application, blank and filled (Art. 13)."""

from collections.abc import Sequence
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, Spacer, Table

from app.documents.form_values import ReviewForm
from app.documents.page import PageNotes, PrintedForm, Words, print_form
from app.documents.styles import BODY, CELL, CENTRED, FIGURE, HEADING, LABEL, SMALL, TITLE, Cell, grid, paragraph
from app.documents.wording import (
    NOTHING,
    category_words,
    conclusion_words,
    evidence_words,
    figure,
    moment_words,
    percent_words,
    rules_words,
)
from app.domain.application import Document, FaceSheet
from app.domain.citing import text_of
from app.domain.hues import ON_PAPER
from app.domain.review import Assessment, Opinion, OpinionPart
from app.domain.rubric import Dimension, Indicator
from app.i18n import _

_QUOTED = 24  # characters; enough to find the sentence above
_SIGN_HEIGHT = 26 * mm
_WRITE_HEIGHT = 34 * mm


def score_sheet(form: ReviewForm) -> PrintedForm:
    """The score sheet: every indicator with percent, points, reason and evidence; totals per dimension."""
    notes = _notes(form, _("Score sheet"))
    words = Words()
    flow: list[Flowable] = [paragraph(words, notes.title, TITLE), _identity(form, words, notes.text_width)]
    for position, dimension in enumerate(form.rubric.dimensions):
        hue = ON_PAPER[position % len(ON_PAPER)]
        flow += [
            paragraph(words, _dimension_line(form, dimension), HEADING, hue=hue),
            _indicator_table(form, dimension, words, width=notes.text_width),
        ]
    flow += [
        Spacer(0, 4 * mm),
        KeepTogether(
            [_totals_table(form, words, notes.text_width), Spacer(0, 4 * mm), signature_box(words, notes.text_width)]
        ),
    ]
    return print_form(notes, flow, words)


def qualification_opinion(form: ReviewForm) -> PrintedForm:
    """The opinion: conclusion, totals, strengths, concerns, the written text, veto findings and room to sign."""
    notes = _notes(form, _("Qualification opinion"))
    words = Words()
    assessment = form.assessment
    opinion = assessment.opinion if assessment else Opinion()
    flow: list[Flowable] = [
        paragraph(words, notes.title, TITLE),
        _identity(form, words, notes.text_width),
        Spacer(0, 3 * mm),
        _totals_table(form, words, notes.text_width),
        paragraph(words, _("Conclusion"), HEADING),
        paragraph(words, _conclusion(form, opinion), BODY),
    ]
    for heading, part in (
        (_("Strengths"), OpinionPart.STRENGTHS),
        (_("Concerns"), OpinionPart.CONCERNS),
        (_("Opinion"), OpinionPart.TEXT),
    ):
        text = text_of(opinion, part)
        flow.append(paragraph(words, heading, HEADING))
        flow.append(paragraph(words, text or NOTHING, BODY) if assessment else ruled(notes.text_width))
        flow += [paragraph(words, line, SMALL) for line in cited_lines(assessment, part, form.documents)]
    if assessment and assessment.vetoes:
        texts = {veto.id: veto.text for veto in form.rubric.vetoes}
        flow.append(paragraph(words, _("Veto facts found (to be confirmed by a second person)"), HEADING))
        flow += [paragraph(words, f"{v.veto} {texts.get(v.veto, '')}：{v.fact}", BODY) for v in assessment.vetoes]
    flow += [Spacer(0, 6 * mm), signature_box(words, notes.text_width)]
    return print_form(notes, flow, words)


def cited_lines(assessment: Assessment | None, part: OpinionPart, documents: Sequence[Document]) -> list[str]:
    """Where the sentences of one text rest: the first words of each, and “document, page”."""
    return [
        _("Evidence for “{sentence}”: {places}").format(
            sentence=_shortened(each.sentence), places=evidence_words(each.evidence, documents)
        )
        for each in (assessment.citations if assessment else ())
        if each.part is part
    ]


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= _QUOTED else f"{sentence[:_QUOTED]}…"


def _notes(form: ReviewForm, title: str) -> PageNotes:
    return PageNotes(
        title=title,
        heading=form.campaign,
        reference=f"{form.face.application} · {form.expert}",
        about=f"{rules_words(form.rubric)} · {state_words(form.assessment, form.revision)}",
        notice=form.rubric.status_notice(),
        hash=form.content,
    )


def state_words(assessment: Assessment | None, revision: int | None) -> str:
    """Blank, a draft, or which revision; a form that is not signed says so on every page."""
    if assessment is None:
        return _("blank form")
    return _("draft, not signed") if revision is None else _("revision {number}").format(number=revision)


def _identity(form: ReviewForm, words: Words, width: float) -> Table:
    return identity_table(form.face, f"{form.expert} {form.expert_name}", form.sealed_at, words=words, width=width)


def identity_table(face: FaceSheet, expert: str, sealed_at: datetime | None, *, words: Words, width: float) -> Table:
    """What a form is about, who filled it in, and when it was signed."""
    lines = (
        (_("Application"), face.application, _("Operator"), face.operator),
        (_("Product or service"), face.offering_name, _("Category"), category_words(face.category, face.offering)),
        (_("Executed standard"), _("; ").join(face.standards) or NOTHING, _("Trademark"), face.trademark or NOTHING),
        (_("Expert"), expert, _("Signed at"), moment_words(sealed_at) if sealed_at else NOTHING),
    )
    rows = [
        [paragraph(words, text, LABEL if column % 2 == 0 else CELL) for column, text in enumerate(line)]
        for line in lines
    ]
    label = 22 * mm
    return Table(rows, colWidths=[label, width / 2 - label, label, width / 2 - label], style=grid())


def _dimension_line(form: ReviewForm, dimension: Dimension) -> str:
    earned = form.totals.dimensions.get(dimension.id) if form.totals else None
    if form.assessment is None:
        return f"{dimension.name}（{dimension.weight}）"
    points = _("{earned} of {full} points").format(earned=figure(earned), full=dimension.weight)
    return f"{dimension.name}　{points}"


def _indicator_table(form: ReviewForm, dimension: Dimension, words: Words, *, width: float) -> LongTable:
    head = [_("No."), _("Indicator"), _("Weight"), _("Score"), _("Points"), _("Reason and evidence")]
    rows: list[list[Cell]] = [[paragraph(words, text, LABEL) for text in head]]
    rows += [_indicator_row(form, indicator, words) for indicator in dimension.indicators]
    fixed = [10 * mm, 38 * mm, 12 * mm, 17 * mm, 12 * mm]
    return LongTable(rows, colWidths=[*fixed, width - sum(fixed)], style=grid(), repeatRows=1)


def _indicator_row(form: ReviewForm, indicator: Indicator, words: Words) -> list[Cell]:
    score = form.assessment.score_of(indicator.id) if form.assessment else None
    points = score.points(indicator) if score else None
    said: list[Flowable] = []
    if score:
        capped = _("cap applied")
        reason = f"{score.reason}　［{capped}］" if score.at_cap else score.reason
        said.append(paragraph(words, reason, CELL))
        if score.evidence:
            said.append(paragraph(words, _("Evidence: ") + evidence_words(score.evidence, form.documents), SMALL))
    name: list[Flowable] = [paragraph(words, indicator.name, CELL)]
    if indicator.cap and form.assessment is None:
        cap = _("cap: {condition}, at most {percent} %").format(
            condition=indicator.cap.condition, percent=indicator.cap.max_percent
        )
        name.append(paragraph(words, cap, SMALL))
    return [
        paragraph(words, indicator.number, CENTRED),
        name,
        paragraph(words, str(indicator.weight), FIGURE),
        paragraph(words, "" if form.assessment is None else percent_words(score), CENTRED),
        paragraph(words, "" if points is None else str(points), FIGURE),
        said,
    ]


def _totals_table(form: ReviewForm, words: Words, width: float) -> Table:
    names = [
        paragraph(words, d.name, CENTRED, hue=ON_PAPER[i % len(ON_PAPER)]) for i, d in enumerate(form.rubric.dimensions)
    ]
    names.append(paragraph(words, _("Total"), CENTRED))
    totals = form.totals
    earned = [(totals.dimensions.get(d.id), d.weight) for d in form.rubric.dimensions] if totals else []
    if totals:
        earned.append((totals.total, form.rubric.total))
    values = [paragraph(words, f"{figure(value)} / {full}", CENTRED) for value, full in earned]
    if not values:
        full = [*(d.weight for d in form.rubric.dimensions), form.rubric.total]
        values = [paragraph(words, f"　　　 / {points}", CENTRED) for points in full]
    return Table([names, values], colWidths=[width / len(names)] * len(names), style=grid())


def _conclusion(form: ReviewForm, opinion: Opinion) -> str:
    return conclusion_words(opinion.recommend) if form.assessment else _("□ Recommend　□ Do not recommend")


def ruled(width: float) -> Table:
    """An empty frame to write into."""
    return Table([[""]], colWidths=[width], rowHeights=[_WRITE_HEIGHT], style=grid())


def signature_box(words: Words, width: float) -> Table:
    """Room for one signature and its date, high enough for a pen."""
    row = [paragraph(words, _("Signature of the expert"), LABEL), "", paragraph(words, _("Date"), LABEL), ""]
    return Table(
        [row],
        colWidths=[30 * mm, width / 2 - 12 * mm, 18 * mm, width / 2 - 36 * mm],
        rowHeights=[_SIGN_HEIGHT],
        style=grid(),
    )
