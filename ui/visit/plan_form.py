"""The plan of a visit as a form: sites, team, timetable, the two meetings."""

from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from app.clock import BEIJING, system_clock
from app.domain.onsite.ids import MemberId, SiteId
from app.domain.onsite.visit import Meeting, MeetingKind, Member, Role, Site, Slot, VisitPlan
from app.i18n import _
from app.services.visit_planning import ME, PlanDraft
from ui.layouts import column
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.meeting_parts import labelled
from ui.visit.plan_lines import MemberLine, PlanLines, SiteLine, SlotLine, day_after
from ui.visit.plan_meeting import MeetingForm

_WIDEST: Final = 2
_NINE, _HALF_PAST, _FOUR, _FIVE = time(9), time(9, 30), time(16), time(17)
_HOUR: Final = timedelta(hours=1)


class PlanForm(QScrollArea):
    """Nothing is written here: :meth:`draft` says what was filled in.

    Signals:
        edited: a person changed something.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = MemberId(ME)
        self._days: tuple[date, date] | None = None  # first and last of the timetable, as the meetings know it
        self.sites = PlanLines(_("Sites"), _("Add a site"), SiteLine)
        self.team = PlanLines(_("Team"), _("Add somebody"), MemberLine)
        self.slots = PlanLines(_("Timetable"), _("Add an hour"), self._next_slot)
        self.meetings = tuple(MeetingForm(kind) for kind in MeetingKind)
        self.limitations = QLineEdit()
        self.limitations.setAccessibleName(_("Limitations of the visit"))
        self.page = QWidget()
        self.page.setLayout(
            column(
                self.sites,
                self.team,
                self.slots,
                *self.meetings,
                labelled(_("Limitations of the visit, if there are any"), self.limitations),
                None,
                margin=Space.BETWEEN,
                gap=Space.BETWEEN,
            )
        )
        set_role(self.page, "page")
        self.page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page.setMaximumWidth(px(Size.READING_WIDTH) * _WIDEST + px(Size.RAIL))
        self.setWidget(self.page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.slots.edited.connect(self._on_slots)
        for lines in (self.sites, self.team, self.slots):
            lines.edited.connect(self.edited)
        self.sites.edited.connect(self._on_sites)
        for meeting in self.meetings:
            meeting.edited.connect(self.edited)
        self.limitations.textEdited.connect(self.edited)

    def propose(self, operator: str, me: str, *, team: tuple[Member, ...] = ()) -> None:
        """A plan for one day at *operator*, led by the expert at this desk, called *me*; *team* if one is assigned."""
        members = team or (Member(MemberId(ME), me, Role.LEADER, has_desk=True),)
        self._me = next(one.id for one in members if one.role is Role.LEADER)
        day = day_after(system_clock())
        slot = Slot(
            1, SiteId("S1"), _at(day, _HALF_PAST), _at(day, _FOUR), _("Assessment by the checklist"),
            members=tuple(one.id for one in members),
        )  # fmt: skip
        self._fill(
            (Site(SiteId("S1"), operator),), members, slots=(slot,),
            meetings=(Meeting(MeetingKind.OPENING, _at(day, _NINE)), Meeting(MeetingKind.CLOSING, _at(day, _FOUR))),
        )  # fmt: skip

    def show_plan(self, plan: VisitPlan, me: MemberId) -> None:
        """The plan as it stands."""
        self._me = me
        self._fill(plan.sites, plan.team, slots=plan.timetable, meetings=plan.meetings)
        self.limitations.setText(plan.limitations)

    def show_draft(self, draft: PlanDraft) -> None:
        """What was filled in before, in place of the plan or the proposal that is shown."""
        self._fill(draft.sites, draft.team, slots=draft.timetable, meetings=draft.meetings)
        self.limitations.setText(draft.limitations)

    def draft(self) -> PlanDraft:
        """What was filled in; lines that say nothing are left out."""
        sites = tuple(line.site(number) for line, number in zip(self.sites.filled(), self._numbers(), strict=True))
        team: list[Member] = []
        taken = {one.member(MemberId("")).id for one in self.team.filled()}
        papers = (MemberId(f"P{number}") for number in range(1, 100) if f"P{number}" not in taken)
        for line in self.team.filled():
            member = line.member(MemberId(""))
            team.append(member if member.id else line.member(next(papers)))
        assessing = [one.id for one in team if one.role in (Role.LEADER, Role.MEMBER)]
        return PlanDraft(
            sites=sites,
            team=tuple(team),
            timetable=tuple(line.slot(number, assessing) for number, line in enumerate(self.slots.filled(), 1)),
            meetings=tuple(filter(None, (one.meeting() for one in self.meetings))),
            limitations=self.limitations.text().strip(),
        )

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Somebody else leads, or the visit is concluded."""
        self.page.setEnabled(not is_read_only)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Whatever the keyboard comes to is brought into view."""
        is_moved = super().focusNextPrevChild(is_next)
        part = self.window().focusWidget()
        if is_moved and self.isAncestorOf(part):
            self.ensureWidgetVisible(part)
        return is_moved

    def _fill(
        self, sites: tuple[Site, ...], team: tuple[Member, ...], *, slots: tuple[Slot, ...],
        meetings: tuple[Meeting, ...],
    ) -> None:  # fmt: skip
        self.sites.show_lines([SiteLine(one) for one in sites])
        self.team.show_lines([MemberLine(one, me=self._me) for one in team])
        names = self._site_names()
        self.slots.show_lines([SlotLine(one, names) for one in slots])
        first = slots[0].starts_at if slots else _at(day_after(system_clock()), _HALF_PAST)
        last = slots[-1].ends_at if slots else _at(day_after(system_clock()), _FIVE)
        proposed = {MeetingKind.OPENING: first - _HOUR / 2, MeetingKind.CLOSING: last}
        known = {one.kind: one for one in meetings}
        for form in self.meetings:
            form.show_meeting(known.get(form.kind), proposed=proposed[form.kind])
        self._days = self._first_and_last()

    def _numbers(self) -> list[int]:
        """A number for every filled site that no other one has."""
        taken = {str(line.id) for line in self.sites.filled() if line.id}
        free = (number for number in range(1, 1000) if f"S{number}" not in taken)
        return [0 if line.id else next(free) for line in self.sites.filled()]

    def _site_names(self) -> list[tuple[SiteId, str]]:
        found = zip(self.sites.filled(), self._numbers(), strict=True)
        return [(site.id, site.name) for site in (line.site(number) for line, number in found)]

    def _next_slot(self) -> SlotLine:
        """An hour after the last one."""
        last = self.slots.lines[-1] if self.slots.lines else None
        start = last.slot(0, ()).ends_at if last else _at(day_after(system_clock()), _HALF_PAST)
        site = SiteId(str(last.site.currentData())) if last else SiteId("S1")
        return SlotLine(Slot(0, site, start, start + _HOUR, ""), self._site_names())

    def _first_and_last(self) -> tuple[date, date] | None:
        days = [line.day.day() for line in self.slots.lines]
        return (min(days), max(days)) if days else None

    def _on_slots(self) -> None:
        """The opening meeting is on the first day, the closing one on the last, unless they were set apart."""
        before, now = self._days, self._first_and_last()
        if before is not None and now is not None:
            for form in self.meetings:
                place = 0 if form.kind is MeetingKind.OPENING else 1
                form.follow(before[place], now[place])
        self._days = now or before

    def _on_sites(self) -> None:
        for line in self.slots.lines:
            line.show_sites(self._site_names())


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, BEIJING)
