"""现场评价报告: everything a visit found out, with its photographs (Art. 14)."""

from collections.abc import Iterable, Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer

from app.documents.page import PrintedForm
from app.documents.styles import HEADING, paragraph
from app.documents.visit_opinion import agreed_table, conclusions, score_table
from app.documents.visit_page import Sheet, calendar_day, role_words
from app.documents.visit_photo_annex import photo_annex
from app.documents.visit_plan_form import timetable
from app.documents.visit_values import HASH_TAIL, VisitPaper
from app.documents.wording import NOTHING, category_words, moment_words
from app.domain.hues import ON_PAPER
from app.domain.onsite.checklist import Aspect, ChecklistItem
from app.domain.onsite.finding import Finding, FindingKind, FindingState
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.record import EvidenceRecord, RecordState
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.visit import ASSESSING
from app.i18n import _
from app.words.onsite import acknowledgement_words, conclusion_words, finding_words
from app.words.onsite_forms import form_words

CONSISTENCY = "consistency"


def visit_report(paper: VisitPaper) -> PrintedForm:
    """The report; a blank one has its headings and room to write."""
    sheet = Sheet(VisitForm.REPORT, paper)
    flow: list[Flowable] = [*sheet.head(), *_basis(sheet), *_visited(sheet)]
    flow += _aspects(sheet)
    flow += _consistency(sheet)
    flow += _findings(sheet)
    flow += _questions(sheet)
    flow += _conclusion(sheet)
    flow += _confirmation(sheet)
    if not paper.is_blank and paper.photos:
        flow += [PageBreak(), *photo_annex(sheet)]
    return sheet.printed(flow)


def _basis(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    methods = _("; ").join(label for _method, label in paper.checklist.methods)
    return [
        sheet.heading(_("1. Basis and scope")),
        sheet.text(
            _(
                "Article 14 of the measures; {aspects}. Product or service: {offering} ({category}); "
                "standards: {standards}; trademark: {trademark}."
            ).format(
                aspects=_("; ").join(aspect.name for aspect in paper.checklist.aspects),
                offering=paper.face.offering_name,
                category=category_words(paper.face.category, paper.face.offering),
                standards=_("; ").join(paper.face.standards) or NOTHING,
                trademark=paper.face.trademark or NOTHING,
            )
        ),
        sheet.text(
            _("Methods: {methods}. Evidence is a sample; samples were drawn at random with a recorded seed.").format(
                methods=methods
            )
        ),
    ]


def _visited(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    team = [(one.id, one.name, role_words(one.role), one.employer or NOTHING) for one in paper.plan.team]
    sites = [(one.id, one.name, one.address or NOTHING) for one in paper.plan.sites]
    return [
        sheet.heading(_("2. Sites, team and timetable")),
        sheet.table([_("No."), _("Site"), _("Address")], sites, [14, 60, 0]),
        Spacer(0, 2 * mm),
        sheet.table([_("Member no."), _("Name"), _("Role"), _("Employer")], team, [20, 40, 30, 0]),
        sheet.small(_("Everybody on the team declared before the visit whether a conflict of interest exists.")),
        timetable(sheet),
        sheet.heading(_("3. People met")),
        *_meetings(sheet),
        sheet.heading(_("4. Samples")),
        _samples(sheet),
    ]


def _meetings(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    rows = []
    for meeting in () if paper.is_blank else paper.plan.meetings:
        people = (f"{one.name}（{one.post or one.organisation or NOTHING}）" for one in meeting.attendees)
        rows.append((moment_words(meeting.at), meeting.place or NOTHING, _("; ").join(people) or NOTHING))
    asked = {record.people for record in paper.records if record.people}
    if asked:
        rows.append((_("interviews"), NOTHING, _("; ").join(sorted(asked))))
    head, widths = [_("When"), _("Place"), _("By whom")], [42.0, 42.0, 0.0]
    return [sheet.table(head, rows, widths) if rows else sheet.empty_table(head, 2, widths, height=9)]


def _samples(sheet: Sheet) -> Flowable:
    head = [_("Item"), _("Drawn from"), _("Sample"), _("Numbers drawn"), _("Seed")]
    widths = [14, 50, 24, 0, 36]
    if sheet.paper.is_blank:
        return sheet.empty_table(head, 3, widths, height=9)
    if not sheet.paper.samples:
        return sheet.text(_("None."))
    rows = [
        (
            one.item,
            one.of,
            _("{size} of {population}").format(size=len(one.numbers), population=one.population),
            ", ".join(map(str, one.numbers)),
            one.seed,
        )
        for one in sheet.paper.samples
    ]
    return sheet.table(head, rows, widths)


def _aspects(sheet: Sheet) -> list[Flowable]:
    flow: list[Flowable] = [sheet.heading(_("5. Findings by aspect"))]
    for position, aspect in enumerate(sheet.paper.checklist.aspects):
        hue = ON_PAPER[position % len(ON_PAPER)]
        flow.append(paragraph(sheet.words, f"{aspect.name}（{aspect.full}）", HEADING, hue=hue))
        flow.append(_aspect(sheet, aspect))
    return flow


def _aspect(sheet: Sheet, aspect: Aspect) -> Flowable:
    rows = [_line(sheet.paper, item) for item in aspect.items]
    head = [_("No."), _("Item"), _("Grade"), _("What was found"), _("Photos")]
    return sheet.table(head, rows, [12, 42, 22, 0, 26], height=8 if sheet.paper.is_blank else 0)


def _line(paper: VisitPaper, item: ChecklistItem) -> Sequence[str]:
    if paper.is_blank:
        return (item.id, item.name, "", "", "")
    grade = dict(paper.settled).get(item.id)
    photos = paper.numbers_of(one.facts.sha256 for one in paper.photos_of(item.id))
    return (
        item.id,
        item.name,
        paper.checklist.label_of(grade) if grade else NOTHING,
        "\n".join(_found(paper, record) for record in paper.records_of(item.id)) or NOTHING,
        photos or NOTHING,
    )


def _found(paper: VisitPaper, record: EvidenceRecord) -> str:
    methods = "".join(record.methods)
    parts = [f"[{methods}] {record.seen}"]
    parts += [part for part in (record.document_number, record.batch) if part]
    if record.sample_size:
        parts.append(
            _("{size} of {population}").format(size=record.sample_size, population=record.population or NOTHING)
        )
    if record.typed_by:
        parts.append(_("from the paper “{paper}”").format(paper=record.paper))
    if record.state is not RecordState.STANDING:
        label = _("withdrawn") if record.state is RecordState.WITHDRAWN else _("put right on the spot")
        parts.append(f"{label}：{record.state_reason}")
    told = _("; ").join(parts)
    return f"{told}（{paper.name_of(record.author)}）"


def _consistency(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    aspect = next((one for one in paper.checklist.aspects if one.id == CONSISTENCY), None)
    if aspect is None:
        return []
    face, standing = paper.face, dict(paper.settled)
    declared = [
        (_("Operator"), f"{face.operator} {face.uscc}"),
        (_("Product or service"), face.offering_name),
        (_("Trademark"), f"{face.trademark} {face.trademark_holder}".strip() or NOTHING),
        (_("Executed standard"), _("; ").join(face.standards) or NOTHING),
        (_("Sites"), _("; ").join(f"{one.name} {one.address}".strip() for one in paper.plan.sites)),
    ]
    graded = (
        f"{item.id} {paper.checklist.label_of(standing[item.id])}" for item in aspect.items if item.id in standing
    )
    heading = sheet.heading(_("6. Consistency with the application"))
    if paper.is_blank:
        rows = [(label, text, "") for label, text in declared]
        return [heading, sheet.table([_("What"), _("As declared"), _("As found")], rows, [34, 0, 56], height=8)]
    return [
        heading,
        sheet.table([_("What"), _("As declared")], declared, [34, 0]),
        sheet.text(_("Result by item: {result}").format(result=_("; ").join(graded) or NOTHING)),
    ]


def _findings(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    flow: list[Flowable] = []
    for heading, kinds in (
        (_("7. Strengths"), (FindingKind.STRENGTH,)),
        (_("8. Opportunities for improvement"), (FindingKind.OPPORTUNITY,)),
        (_("9. Nonconformities"), (FindingKind.MINOR, FindingKind.MAJOR)),
    ):
        flow.append(sheet.heading(heading))
        found = [] if paper.is_blank else [one for one in paper.findings if one.kind in kinds]
        if paper.is_blank:
            flow.append(sheet.room(22))
        elif not found:
            flow.append(sheet.text(_("None.")))
        elif kinds[0].is_nonconformity:
            flow.append(_nonconformities(sheet, found))
        else:
            rows = [(one.item, one.fact, paper.numbers_of(one.photos) or NOTHING) for one in found]
            flow.append(sheet.table([_("Item"), _("Fact"), _("Photos")], rows, [14, 0, 30]))
    return flow


def _nonconformities(sheet: Sheet, found: Iterable[Finding]) -> Flowable:
    paper = sheet.paper
    rows = []
    for one in found:
        fact = one.fact
        if one.state is not FindingState.STANDING:
            label = _("withdrawn") if one.state is FindingState.WITHDRAWN else _("put right on the spot")
            fact += f"（{label}：{one.state_reason}）"
        rows.append(
            (str(paper.number_of(one.id)), f"{one.item} {one.clause}", finding_words(one.kind), fact, _due(one))
        )
    head = [_("No."), _("Item and clause"), _("Grade"), _("Fact"), _("Rectification")]
    return sheet.table(head, rows, [10, 36, 24, 0, 34])


def _due(finding: Finding) -> str:
    asked = finding.rectification
    if asked is None or not finding.counts:
        return NOTHING
    if asked.verified_on is None:
        return _("due {day}").format(day=calendar_day(asked.due))
    words = _("effective, verified {day}") if asked.is_effective else _("not effective, looked at {day}")
    return words.format(day=calendar_day(asked.verified_on))


def _questions(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    heading = sheet.heading(_("10. Questions of the desk review"))
    if not paper.questions:
        return [heading, sheet.text(_("None."))]
    rows = []
    for question, answers in paper.questions:
        said = (f"{one.text}（{paper.name_of(one.author)}）" for one in answers)
        rows.append((question.item or NOTHING, question.text, "\n".join(said) or ("" if paper.is_blank else NOTHING)))
    head = [_("Item"), _("Question"), _("What was found out")]
    return [heading, sheet.table(head, rows, [14, 70, 0], height=12 if paper.is_blank else 0)]


def _conclusion(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    opinion = paper.result.opinion if paper.result and not paper.is_blank else ""
    head: list[Flowable] = [sheet.heading(_("11. Score and conclusion"))]
    if not paper.is_blank:
        head += [score_table(sheet), Spacer(0, 2 * mm)]
    head += [sheet.text(conclusions(paper)), *(sheet.small(line) for line in _rules(paper))]
    if not opinion:  # the boxes to tick and the room to write belong on one page
        head += [Spacer(0, 2 * mm), sheet.room(30)]
    flow: list[Flowable] = [KeepTogether(head), *([sheet.text(opinion)] if opinion else [])]
    if paper.result and paper.result.approval and not paper.is_blank:
        flow.append(sheet.text(_("Items that do not apply, approved by the leader: ") + paper.result.approval))
    if not paper.is_blank and paper.agreed:
        flow += [sheet.heading(_("Agreed in the team meeting")), agreed_table(sheet)]
    for one in () if paper.is_blank else paper.dissents:
        where = one.item or _("whole opinion")
        flow.append(
            sheet.text(
                _("Other view of {name} ({item}): ").format(name=paper.name_of(one.author), item=where) + one.text
            )
        )
    limits = "" if paper.is_blank else paper.limits or _("None.")
    flow += [sheet.heading(_("12. Limitations")), sheet.text(limits) if limits else sheet.room(16)]
    return flow


def _rules(paper: VisitPaper) -> Iterator[str]:
    words = {one.value: conclusion_words(one) for one in Conclusion}
    for name, text in paper.checklist.conclusion.texts:
        yield f"{words.get(name, name)}：{text}"


def _confirmation(sheet: Sheet) -> list[Flowable]:
    paper = sheet.paper
    made = None if paper.is_blank else paper.acknowledgement
    flow: list[Flowable] = [sheet.heading(_("13. Acknowledgement by the applicant"))]
    if made is None:
        flow.append(sheet.room(16) if paper.is_blank else sheet.text(_("Not recorded yet.")))
    else:
        said = [acknowledgement_words(made.outcome), f"{made.signed_by} {made.post}".strip(), made.remark]
        if made.witness:
            said.append(_("Witness: {name}").format(name=paper.name_of(made.witness)))
        if made.is_seal_pending and made.seal_due:
            said.append(_("seal due {day}").format(day=calendar_day(made.seal_due)))
        if made.sealed_on:
            said.append(_("sealed sheet attached {day}").format(day=calendar_day(made.sealed_on)))
        said.append(_("code {digits}").format(digits=made.code))
        if paper.is_acknowledgement_stale:
            said.append(_("facts have changed since it was signed"))
        flow.append(sheet.text(_("; ").join(part for part in said if part)))
    names = [f"{one.name}（{role_words(one.role)}）" for one in paper.plan.team if one.role in ASSESSING]
    signing = [sheet.heading(_("14. Signatures")), sheet.signatures(names)]
    return [KeepTogether([*flow, Spacer(0, 3 * mm), *signing]), *_scans(sheet)]  # nobody signs an empty page


def _scans(sheet: Sheet) -> list[Flowable]:
    """Sheets that carry ink already."""
    rows = [
        (
            form_words(one.form) + (_(" (sealed)") if one.is_sealed else ""),
            moment_words(one.at),
            f"…{one.scan[-HASH_TAIL:]}",
        )
        for one in (() if sheet.paper.is_blank else sheet.paper.scans)
    ]
    head = [_("Signed sheet"), _("Came back"), "SHA-256"]
    return [Spacer(0, 2 * mm), sheet.table(head, rows, [0, 44, 40])] if rows else []
