"""评分汇总表: all experts of one application, with mean and spread; what is missing is shown as such."""

from collections.abc import Mapping
from fractions import Fraction

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Spacer

from app.documents.form_values import ExpertColumn, SummarySheet
from app.documents.page import PageNotes, PrintedForm, Words, print_form
from app.documents.styles import BODY, CELL, CENTRED, FIGURE, LABEL, TITLE, grid, paragraph
from app.documents.wording import NOTHING, figure
from app.domain.hues import ON_PAPER
from app.domain.ids import IndicatorId
from app.domain.rubric import Indicator
from app.i18n import _

_NUMBER = 11 * mm
_NAME = 52 * mm
_WEIGHT = 14 * mm


def summary_sheet(sheet: SummarySheet) -> PrintedForm:
    """One wide table: a row per indicator and dimension, a column per expert, then mean and range."""
    notes = PageNotes(
        title=_("Summary of scores"),
        heading=sheet.campaign,
        reference=f"{sheet.face.application} · {sheet.face.operator} · {sheet.face.offering_name}",
        about=_("Rubric {id} {version}").format(id=sheet.rubric.id, version=sheet.rubric.version),
        notice=sheet.rubric.status_notice(),
        hash=sheet.content,
        is_wide=True,
    )
    words = Words()
    flow: list[Flowable] = [
        paragraph(words, notes.title, TITLE),
        paragraph(words, notes.reference, BODY),
        Spacer(0, 2 * mm),
        _table(sheet, words, notes.text_width),
        Spacer(0, 3 * mm),
        paragraph(words, _method(sheet), LABEL),
    ]
    return print_form(notes, flow, words)


def _table(sheet: SummarySheet, words: Words, width: float) -> LongTable:
    head = [_("No."), _("Indicator"), _("Weight"), *(column.expert for column in sheet.columns), _("Mean"), _("Range")]
    rows: list[list[Flowable]] = [[paragraph(words, text, LABEL) for text in head]]
    for position, dimension in enumerate(sheet.rubric.dimensions):
        mean = figure(sheet.dimension_means.get(dimension.id))
        title = [
            paragraph(words, "", CELL),
            paragraph(words, dimension.name, CELL, hue=ON_PAPER[position % len(ON_PAPER)]),
        ]
        blank = [paragraph(words, "", CELL) for _column in sheet.columns]
        ends = [paragraph(words, mean, FIGURE), paragraph(words, "", CELL)]
        rows.append([*title, paragraph(words, str(dimension.weight), FIGURE), *blank, *ends])
        rows += [_row(sheet, indicator, words) for indicator in dimension.indicators]
    rows.append(_total_row(sheet, words))
    count = len(sheet.columns) + 2
    rest = (width - _NUMBER - _NAME - _WEIGHT) / count
    return LongTable(rows, colWidths=[_NUMBER, _NAME, _WEIGHT, *[rest] * count], style=grid(), repeatRows=1)


def _row(sheet: SummarySheet, indicator: Indicator, words: Words) -> list[Flowable]:
    return [
        paragraph(words, indicator.number, CENTRED),
        paragraph(words, indicator.name, CELL),
        paragraph(words, str(indicator.weight), FIGURE),
        *(paragraph(words, _percent(column, indicator.id), CENTRED) for column in sheet.columns),
        paragraph(words, _percentage(sheet.indicator_means, indicator.id), FIGURE),
        paragraph(words, _percentage(sheet.indicator_ranges, indicator.id), FIGURE),
    ]


def _total_row(sheet: SummarySheet, words: Words) -> list[Flowable]:
    return [
        paragraph(words, "", CELL),
        paragraph(words, _("Total"), CELL),
        paragraph(words, str(sheet.rubric.total), FIGURE),
        *(paragraph(words, figure(c.total) if c.total is not None else c.status, CENTRED) for c in sheet.columns),
        paragraph(words, figure(sheet.mean), FIGURE),
        paragraph(words, figure(sheet.total_range), FIGURE),
    ]


def _percent(column: ExpertColumn, indicator: IndicatorId) -> str:
    value = column.percents.get(indicator)
    return NOTHING if value is None else f"{value} %"


def _percentage(values: Mapping[IndicatorId, Fraction | None], indicator: IndicatorId) -> str:
    value = values.get(indicator)
    return NOTHING if value is None else f"{figure(value)} %"


def _method(sheet: SummarySheet) -> str:
    trimmed = (
        figure(sheet.trimmed_mean)
        if sheet.trimmed_mean is not None
        else _("not formed below {count} values").format(count=sheet.rubric.spread.trim_from)
    )
    return _(
        "Mean over present values; missing, recused and abstained scores are left out and never count as zero. "
        "Trimmed mean: {trimmed}."
    ).format(trimmed=trimmed)
