"""现场评价计划 and 首次/末次会议签到表: who comes, when, where, and who was there (Art. 14)."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.clock import BEIJING
from app.documents.page import PrintedForm
from app.documents.visit_page import Sheet, role_words
from app.documents.visit_values import VisitPaper
from app.documents.wording import NOTHING, date_words, moment_words
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.visit import Meeting, MeetingKind, Slot
from app.i18n import N_, _

_ROWS_ON_A_PAGE: Final = 15
_ROWS_BESIDE_NOTES: Final = 12
_SPARE_ROWS: Final = 6
_MEETINGS: Final = {MeetingKind.OPENING: N_("Opening meeting"), MeetingKind.CLOSING: N_("Closing meeting")}
# What the leader says, in the tradition of GB/T 19011.
_OPENING: Final = (
    N_("introductions; purpose, scope and basis of the visit"),
    N_("timetable, sites, guides and safety rules"),
    N_("methods: interview, records, observation, samples; evidence is a sample"),
    N_("how findings are graded, acknowledged and put right; how to object"),
    N_("impartiality, recusal and secrecy; photographs; no gifts, meals or fees"),
)
_CLOSING: Final = (
    N_("what was looked at and what could not be looked at"),
    N_("strengths, opportunities and nonconformities, each with its evidence"),
    N_("evidence that disproves a finding; what was put right on the spot stays recorded"),
    N_("the acknowledgement of facts: its four outcomes"),
    N_("rectification, its due date and how it is verified; no result is announced"),
)


def visit_plan(paper: VisitPaper) -> PrintedForm:
    """The plan: purpose, sites, team, timetable, meetings, and what the desk review wants to be verified."""
    sheet = Sheet(VisitForm.PLAN, paper)
    flow: list[Flowable] = [
        *sheet.head(),
        sheet.heading(_("Purpose and basis")),
        sheet.text(
            _(
                "On-site evaluation by Article 14 of the measures: overall quality management, quality control, "
                "consistency of product or service, after-sales service; by the checklist named below."
            )
        ),
        sheet.heading(_("Sites")),
        _sites(sheet),
        sheet.heading(_("Team")),
        _team(sheet),
        sheet.heading(_("Timetable")),
        timetable(sheet),
        sheet.heading(_("Meetings")),
        _meetings(sheet),
        sheet.heading(_("To be verified from the desk review")),
        _questions(sheet),
        KeepTogether(  # nobody signs a page that says nothing
            [
                sheet.heading(_("Limitations")),
                _limitations(sheet),
                Spacer(0, 5 * mm),
                sheet.text(
                    _("The team members declare that nothing binds them to the applicant that would ask for recusal.")
                ),
                Spacer(0, 2 * mm),
                sheet.signatures([_("Team leader"), _("For the applicant")]),
            ]
        ),
    ]
    return sheet.printed(flow)


def sign_in_sheet(paper: VisitPaper, kind: MeetingKind) -> PrintedForm:
    """Who is at a meeting: the names known so far, and rows for everybody else; each signs."""
    is_opening = kind is MeetingKind.OPENING
    form = VisitForm.OPENING if is_opening else VisitForm.CLOSING
    sheet = Sheet(form, paper)
    held = None if paper.is_blank else next((one for one in paper.plan.meetings if one.kind is kind), None)
    agenda = _OPENING if is_opening else _CLOSING
    flow: list[Flowable] = [
        *sheet.head(),
        Spacer(0, 2 * mm),
        sheet.pairs(
            [(_("Time"), moment_words(held.at) if held else "", _("Place"), held.place if held else "")], height=8
        ),
        sheet.heading(_("Agenda")),
        sheet.text(_("; ").join(f"{number}. " + _(line) for number, line in enumerate(agenda, start=1))),
        sheet.heading(_("Present at the meeting")),
        _attendance(sheet, held),
    ]
    if held and held.notes:
        flow += [sheet.heading(_("Notes")), sheet.text(held.notes)]
    return sheet.printed(flow)


def _attendance(sheet: Sheet, held: Meeting | None) -> Flowable:
    paper = sheet.paper
    rows: list[tuple[str, str, str]] = []
    if not paper.is_blank:
        rows = [(one.name, one.employer, role_words(one.role)) for one in paper.plan.team]
        known = {name for name, _employer, _role in rows}
        guests = held.attendees if held else ()
        rows += [(one.name, one.organisation, one.post) for one in guests if one.name not in known]
    room = _ROWS_BESIDE_NOTES if held and held.notes else _ROWS_ON_A_PAGE
    spare = max(_SPARE_ROWS, room - len(rows))
    head = [_("No."), _("Name"), _("Organisation"), _("Post or role"), _("Signature")]
    lines: list[Sequence[str]] = [(str(number), *row, "") for number, row in enumerate(rows, start=1)]
    lines += [(str(len(rows) + number), "", "", "", "") for number in range(1, spare + 1)]
    return sheet.table(head, lines, [10, 32, 0, 34, 42], height=8.6)


def _sites(sheet: Sheet) -> Flowable:
    head, widths = [_("No."), _("Site"), _("Address")], [14, 60, 0]
    rows = [(site.id, site.name, site.address or NOTHING) for site in sheet.paper.plan.sites]
    return sheet.table(head, rows, widths)


def _team(sheet: Sheet) -> Flowable:
    head = [_("Member no."), _("Name"), _("Role"), _("Employer"), _("Keeps notes")]
    rows = [
        (
            one.id,
            one.name,
            role_words(one.role),
            one.employer or NOTHING,
            _("at a desk") if one.has_desk else _("on paper"),
        )
        for one in sheet.paper.plan.team
    ]
    return sheet.table(head, rows, [20, 34, 26, 0, 26])


def timetable(sheet: Sheet) -> Flowable:
    """When what is looked at, and who goes there."""
    head = [_("Time"), _("Site"), _("What is looked at"), _("Items"), _("By whom")]
    widths = [44, 34, 0, 26, 34]
    slots = () if sheet.paper.is_blank else sheet.paper.plan.timetable
    if not slots:
        return sheet.empty_table(head, 8, widths, height=9)
    return sheet.table(head, [_slot(sheet.paper, slot) for slot in slots], widths)


def _slot(paper: VisitPaper, slot: Slot) -> tuple[str, ...]:
    start, end = slot.starts_at.astimezone(BEIJING), slot.ends_at.astimezone(BEIJING)
    time = f"{date_words(start)} {start:%H:%M}–{end:%H:%M}"
    who = _("; ").join(paper.name_of(member) for member in slot.members) or NOTHING
    return time, paper.site_name(slot.site), slot.what, ", ".join(slot.items) or NOTHING, who


def _meetings(sheet: Sheet) -> Flowable:
    held = () if sheet.paper.is_blank else sheet.paper.plan.meetings
    rows = []
    for kind, words in _MEETINGS.items():
        found = next((one for one in held if one.kind is kind), None)
        rows.append((_(words), moment_words(found.at) if found else "", found.place if found else ""))
    return sheet.table([_("Meeting"), _("Time"), _("Place")], rows, [40, 60, 0], height=8)


def _questions(sheet: Sheet) -> Flowable:
    if sheet.paper.is_blank:
        return sheet.empty_table([_("Item"), _("Question")], 4, [20, 0], height=9)
    if not sheet.paper.questions:
        return sheet.text(_("None."))
    rows = [(one.item or NOTHING, one.about or NOTHING, one.text) for one, _answers in sheet.paper.questions]
    return sheet.table([_("Item"), _("Belongs to"), _("Question")], rows, [16, 36, 0])


def _limitations(sheet: Sheet) -> Flowable:
    if sheet.paper.is_blank:
        return sheet.pairs([(_("What and why"), "")], height=16)
    return sheet.text(sheet.paper.limits or _("None."))
