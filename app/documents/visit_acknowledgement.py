"""现场事实确认书: findings and sampled facts put before the applicant's representative, never a grade or a score.

Two pages at most, to be signed with a pen, sealed, and found again by its code. What does not fit is counted and stands
in the report; the eight digits cover all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.documents.page import PrintedForm
from app.documents.styles import BODY, CELL, LABEL, grid
from app.documents.visit_page import Sheet, box, calendar_day, clipped, first_fitting
from app.documents.visit_values import VisitPaper
from app.documents.wording import NOTHING
from app.domain.onsite.acknowledgement import Acknowledgement, AcknowledgementOutcome
from app.domain.onsite.finding import Finding, FindingState
from app.domain.onsite.sampling import Sample
from app.domain.onsite.sheet_code import VisitForm
from app.i18n import N_, _, ngettext

MOST_PAGES: Final = 2
_LONGEST: Final = 240
_SIGNER: Final = 60
_EMPTY_ROWS: Final = 10
_OUTCOMES: Final = (
    (AcknowledgementOutcome.AGREED, N_("The facts above and the photographs are as stated.")),
    (AcknowledgementOutcome.RESERVED, N_("As stated, with this reservation:")),
    (AcknowledgementOutcome.SEAL_PENDING, N_("As stated; the seal is put on this sheet until:")),
    (AcknowledgementOutcome.REFUSED, N_("Signature refused. Reason written down by the leader, and witness:")),
)


@dataclass(frozen=True, slots=True)
class _Fact:
    """One line: where, what, and what shows it."""

    item: str
    text: str
    photos: str


def acknowledgement_sheet(paper: VisitPaper) -> PrintedForm:
    """The sheet with as many facts as two pages hold, or one to be filled by hand."""
    facts = () if paper.is_blank else (*_findings(paper), *_samples(paper))
    whole = first_fitting(
        MOST_PAGES, (partial(_drawn, paper, facts, left_out=0, style=style) for style in (BODY, CELL))
    )
    if whole.pages <= MOST_PAGES:
        return whole
    fits, too_many = 0, len(facts)
    best = _drawn(paper, (), left_out=len(facts))
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        tried = _drawn(paper, facts[:middle], left_out=len(facts) - middle)
        if tried.pages <= MOST_PAGES:
            fits, best = middle, tried
        else:
            too_many = middle
    return best


def _findings(paper: VisitPaper) -> tuple[_Fact, ...]:
    return tuple(_finding(paper, one) for one in paper.findings if one.counts)


def _finding(paper: VisitPaper, finding: Finding) -> _Fact:
    said = f"{finding.clause}：{finding.fact}"
    if finding.state is FindingState.CORRECTED:
        said += _(" (put right on the spot: {how})").format(how=finding.state_reason)
    return _Fact(finding.item, _short(said), paper.numbers_of(finding.photos) or NOTHING)


def _samples(paper: VisitPaper) -> tuple[_Fact, ...]:
    return tuple(_Fact(one.item, _short(_sampled(one)), NOTHING) for one in paper.samples)


def _sampled(sample: Sample) -> str:
    return _("{of}: {size} of {population} looked at, numbers {numbers}").format(
        of=sample.of,
        size=len(sample.numbers),
        population=sample.population,
        numbers=", ".join(map(str, sample.numbers)),
    )


def _short(text: str) -> str:
    more = _("continued in the report")
    return text if len(text) <= _LONGEST else f"{clipped(text, _LONGEST)}（{more}）"


def _drawn(paper: VisitPaper, facts: Sequence[_Fact], *, left_out: int, style: ParagraphStyle = CELL) -> PrintedForm:
    sheet = Sheet(VisitForm.ACKNOWLEDGEMENT, paper)
    flow: list[Flowable] = [*sheet.head(), Spacer(0, 2 * mm), sheet.text(_statement(sheet)), Spacer(0, 2 * mm)]
    head, widths = [_("No."), _("Item"), _("Fact"), _("Photos")], [11.0, 14.0, 0.0, 34.0]
    if paper.is_blank:
        flow.append(sheet.empty_table(head, _EMPTY_ROWS, widths, height=9.5))
    elif facts or left_out:
        rows = [(str(number), fact.item, fact.text, fact.photos) for number, fact in enumerate(facts, start=1)]
        flow.append(sheet.table(head, rows, widths, style=style))
    else:
        flow.append(sheet.text(_("No nonconformity was found and no sample was drawn.")))
    flow.append(Spacer(0, 2 * mm))
    if left_out:
        words = ngettext(
            "{count} more fact does not fit on this sheet; continued in the report.",
            "{count} more facts do not fit on this sheet; continued in the report.",
            left_out,
        )
        flow.append(sheet.text(words.format(count=left_out)))
    if not paper.is_blank and (bound := sum(bool(one.items) for one in paper.photos)):
        flow.append(sheet.small(_("Photographs on items of the checklist: {count}").format(count=bound)))
    flow += [Spacer(0, 3 * mm), KeepTogether([_outcomes(sheet), Spacer(0, 2 * mm), _signatures(sheet)])]
    return sheet.printed(flow)


def _statement(sheet: Sheet) -> str:
    said = _(
        "This sheet names facts that were found on site. It holds no grade and no score, and whoever signs it agrees "
        "to the facts alone."
    )
    if sheet.code.digits:
        said += " " + _("Code of these facts: {digits}").format(digits=sheet.code.digits)
    return said


def _outcomes(sheet: Sheet) -> Flowable:
    made = sheet.paper.signed
    rows = []
    for outcome, words in _OUTCOMES:
        is_it = made is not None and made.outcome is outcome
        rows.append(
            [sheet.text(box(_(words), is_ticked=is_it)), sheet.roomy(_said(sheet, made) if is_it else "", BODY, 9)]
        )
    return Table(rows, colWidths=[84 * mm, sheet.width - 84 * mm], style=grid(), splitInRow=1)


def _said(sheet: Sheet, made: Acknowledgement | None) -> str:
    if made is None:
        return ""
    parts = [clipped(made.remark, _LONGEST)] if made.remark else []
    if made.witness:
        parts.append(_("Witness: {name}").format(name=sheet.paper.name_of(made.witness)))
    if made.seal_due:
        parts.append(calendar_day(made.seal_due))
    return " ".join(parts)


def _signatures(sheet: Sheet) -> Flowable:
    made = sheet.paper.signed
    signer = clipped(f"{made.signed_by} {made.post}".strip(), _SIGNER) if made else ""
    labels = (_("For the applicant: signature and post"), _("Seal of the applicant"), _("Team leader: signature"))
    texts = (signer, "", "")
    row = [
        [sheet.text(label, LABEL), sheet.roomy(text, BODY, 20), sheet.text(_("Date:"), LABEL)]
        for label, text in zip(labels, texts, strict=True)
    ]
    return Table([row], colWidths=[sheet.width / 3] * 3, style=grid())
