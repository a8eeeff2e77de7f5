"""现场证据记录表 and 不符合项报告: what was found out, how, by whom, and what has to be put right (Art. 14)."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from app.documents.page import PrintedForm
from app.documents.styles import BODY
from app.documents.visit_page import Sheet, box, calendar_day
from app.documents.visit_values import VisitPaper
from app.documents.wording import NOTHING, moment_words
from app.domain.onsite.checklist import Method
from app.domain.onsite.finding import Finding, FindingKind, FindingState
from app.domain.onsite.record import EvidenceRecord, RecordState
from app.domain.onsite.sheet_code import VisitForm
from app.i18n import _
from app.words.onsite import finding_words

_BLANK_RECORDS: Final = 2


def evidence_records(paper: VisitPaper) -> PrintedForm:
    """Every record with all that makes it one; two empty ones on a blank sheet."""
    sheet = Sheet(VisitForm.EVIDENCE, paper)
    flow: list[Flowable] = [*sheet.head(), Spacer(0, 3 * mm)]
    if paper.is_blank:
        for _number in range(_BLANK_RECORDS):
            flow += [_blank_record(sheet), Spacer(0, 4 * mm)]
    elif not paper.records:
        flow.append(sheet.text(_("Nothing has been recorded yet.")))
    for number, record in enumerate(() if paper.is_blank else paper.records, start=1):
        flow += [_record(sheet, record, number), Spacer(0, 4 * mm)]
    return sheet.printed(flow)


def nonconformity_reports(paper: VisitPaper) -> PrintedForm:
    """A page for each nonconformity: fact and evidence, cause and measure, verification."""
    sheet = Sheet(VisitForm.NONCONFORMITY, paper)
    wanted = () if paper.is_blank else tuple(one for one in paper.findings if one.kind.is_nonconformity)
    flow: list[Flowable] = []
    for finding in wanted:
        flow += [*([PageBreak()] if flow else []), *sheet.head(), Spacer(0, 3 * mm), *_nonconformity(sheet, finding)]
    if paper.is_blank:
        flow = [*sheet.head(), Spacer(0, 3 * mm), *_nonconformity(sheet, None)]
    elif not wanted:
        flow = [*sheet.head(), Spacer(0, 3 * mm), sheet.text(_("No nonconformity was found."))]
    return sheet.printed(flow)


def _methods(paper: VisitPaper, chosen: Sequence[Method]) -> str:
    return "　".join(box(label, is_ticked=method in chosen) for method, label in paper.checklist.methods)


def _record(sheet: Sheet, record: EvidenceRecord, number: int) -> Flowable:
    paper = sheet.paper
    item = paper.checklist.item(record.item)
    rows: list[tuple[str, ...]] = [
        (_("No."), f"{number} · {record.id}", _("Item"), f"{item.id} {item.name}"),
        (_("Method"), _methods(paper, record.methods)),
        (_("When"), moment_words(record.at), _("Where"), f"{paper.site_name(record.site)} {record.place}".strip()),
        (_("Who was asked"), record.people or NOTHING, _("Document no."), record.document_number or NOTHING),
        (_("Batch"), record.batch or NOTHING, _("Sample"), _sample(paper, record)),
        (_("Asked"), record.asked or NOTHING),
        (_("Seen"), record.seen),
        (_("Photos"), paper.photos_named(record.photos) or NOTHING),
        (
            _("Finding"),
            paper.checklist.label_of(record.grade) if record.grade else NOTHING,
            _("Assessor"),
            paper.name_of(record.author),
        ),
    ]
    if record.typed_by:
        typed = _("typed by {name} from the paper “{paper}”").format(
            name=paper.name_of(record.typed_by), paper=record.paper
        )
        rows.append((_("From paper"), typed))
    if record.witness:
        rows.append((_("Witness"), paper.name_of(record.witness)))
    if record.state is RecordState.WITHDRAWN:
        rows.append((_("Withdrawn"), record.state_reason))
    elif record.state is RecordState.CORRECTED:
        rows.append((_("Put right on the spot"), record.state_reason))
    return sheet.pairs(rows)


def _sample(paper: VisitPaper, record: EvidenceRecord) -> str:
    if record.sample_size is None and record.population is None:
        return NOTHING
    sizes = _("{size} of {population}").format(
        size=record.sample_size or NOTHING, population=record.population or NOTHING
    )
    drawn = next((one for one in paper.samples if one.id == record.sample), None)
    return sizes + _(" (seed {seed})").format(seed=drawn.seed) if drawn else sizes


def _blank_record(sheet: Sheet) -> Flowable:
    rows = [
        (_("No."), "", _("Item"), ""),
        (_("Method"), _methods(sheet.paper, ())),
        (_("When"), "", _("Where"), ""),
        (_("Who was asked"), "", _("Document no."), ""),
        (_("Batch"), "", _("Sample"), _("______ of ______")),
        (_("Asked"), ""),
        (_("Seen"), ""),
        (_("Photos"), "", _("Finding"), ""),
        (_("Assessor"), "", _("Witness"), ""),
    ]
    return KeepTogether([sheet.pairs(rows, height=7.6, tall=_("Seen"))])


def _nonconformity(sheet: Sheet, finding: Finding | None) -> list[Flowable]:
    paper = sheet.paper
    kinds = "　".join(
        box(finding_words(kind), is_ticked=finding is not None and finding.kind is kind)
        for kind in (FindingKind.MINOR, FindingKind.MAJOR)
    )
    first: list[tuple[str, ...]] = [(_("No."), _number(paper, finding), _("Item"), _item(paper, finding))]
    first += [(_("Grade"), kinds), (_("Clause"), finding.clause if finding else "")]
    evidence = [
        (_("Records"), _records(paper, finding)),
        (_("Photos"), paper.photos_named(finding.photos) or NOTHING if finding else ""),
        (_("Found by"), paper.name_of(finding.author) if finding else "", _("Due on"), _due(finding)),
    ]
    return [
        sheet.pairs(first, height=8.4),
        sheet.heading(_("Fact")),
        _written(sheet, finding.fact if finding else None, height=24),
        Spacer(0, 2 * mm),
        sheet.pairs([*evidence, *_state(finding)], height=8.4),
        Spacer(0, 2 * mm),
        sheet.signatures([_("Team leader"), _("For the applicant")], height=12 * mm),
        sheet.heading(_("Cause, as the applicant sees it")),
        _written(sheet, None, height=16),
        sheet.heading(_("Measure")),
        _written(sheet, finding.rectification.done if finding and finding.rectification else None, height=16),
        sheet.heading(_("Verification")),
        sheet.pairs([(_("Effective"), _effective(finding), _("Verified"), _verified(paper, finding))], height=10),
    ]


def _written(sheet: Sheet, text: str | None, *, height: float) -> Flowable:
    return sheet.text(text, BODY) if text else sheet.room(height)


def _number(paper: VisitPaper, finding: Finding | None) -> str:
    return f"{paper.number_of(finding.id)} · {finding.id}" if finding else ""


def _item(paper: VisitPaper, finding: Finding | None) -> str:
    if finding is None:
        return ""
    item = paper.checklist.item(finding.item)
    return f"{item.id} {item.name}"


def _records(paper: VisitPaper, finding: Finding | None) -> str:
    if finding is None:
        return ""
    numbers = {record.id: number for number, record in enumerate(paper.records, start=1)}
    return ", ".join(str(numbers[one]) for one in finding.records if one in numbers) or NOTHING


def _due(finding: Finding | None) -> str:
    return calendar_day(finding.rectification.due) if finding and finding.rectification else ""


def _state(finding: Finding | None) -> list[tuple[str, ...]]:
    if finding is None or finding.state is FindingState.STANDING:
        return []
    label = _("Withdrawn") if finding.state is FindingState.WITHDRAWN else _("Put right on the spot")
    return [(label, finding.state_reason)]


def _effective(finding: Finding | None) -> str:
    known = finding.rectification.is_effective if finding and finding.rectification else None
    return "　".join((box(_("yes"), is_ticked=known is True), box(_("no"), is_ticked=known is False)))


def _verified(paper: VisitPaper, finding: Finding | None) -> str:
    seen = finding.rectification if finding else None
    if seen is None or seen.verified_on is None:
        return ""
    return f"{paper.name_of(seen.verified_by)} {calendar_day(seen.verified_on)}"
