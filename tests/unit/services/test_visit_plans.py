"""Plans as people in a hurry write them, and what happens to what was written when a plan changes."""

import codecs
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.ids import ItemId, MemberId, SiteId
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.visit import Attendee, Meeting, MeetingKind, Member, Role, Site, VisitInvalidError
from app.services.visit_errors import MomentImpossibleError, SiteInUseError, VisitAmbiguousError
from app.services.visit_notes import RecordDraft
from app.services.visit_planning import read_plan
from tests.support.desks import DeskStory
from tests.support.paper import pages_of
from tests.support.secretariat import rubric
from tests.support.visit_photos import DRAFT, NINE, SITE, PlannedVisit, plan

CLOSING = Meeting(MeetingKind.CLOSING, NINE)


@pytest.fixture
def planned(stories: Callable[..., DeskStory]) -> PlannedVisit:
    return plan(stories("assigned").unlock())


@pytest.mark.parametrize(
    "changes",
    [
        {"sites": (Site(SITE, " "),)},
        {"sites": (Site(SiteId("S 1"), "示例"), *DRAFT.sites)},
        {"sites": (*DRAFT.sites, Site(SiteId("S1@E0001"), "示例"))},
        {"sites": (*DRAFT.sites, Site(SiteId("S\x1b"), "示例"))},
        {"team": (*DRAFT.team, Member(MemberId("P2"), "", Role.MEMBER))},
        {"team": (*DRAFT.team, Member(MemberId("P" * 41), "示例", Role.MEMBER))},
        {"meetings": (replace(CLOSING, attendees=(Attendee(" ", "厂长"),)),)},
        {"timetable": tuple(replace(one, number=one.number - 1) for one in DRAFT.timetable)},
    ],
)
def test_plan_in_which_something_cannot_be_named_changes_nothing(
    planned: PlannedVisit, changes: dict[str, Any]
) -> None:
    before = planned.sheet.plan
    with pytest.raises(VisitInvalidError):
        planned.desk.visits.planning.change(planned.visit, replace(DRAFT, **changes))
    assert planned.sheet.plan == before


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "1999-12-31T09:00:00", "9999-12-31T23:59:59-10:00"])
def test_year_that_no_visit_is_in_is_refused_in_plans_and_records(planned: PlannedVisit, moment: str) -> None:
    at = datetime.fromisoformat(moment)
    with pytest.raises(MomentImpossibleError):
        planned.desk.visits.planning.change(planned.visit, replace(DRAFT, meetings=(replace(CLOSING, at=at),)))
    record = RecordDraft(item=ItemId("A2"), methods=(Method.RECORD,), seen="示例", at=at)
    with pytest.raises(MomentImpossibleError):
        planned.desk.visits.notes.record(planned.visit, record)
    assert (planned.sheet.plan.meetings, planned.sheet.records) == ((), ())


def test_plan_that_an_editor_began_with_its_mark_is_read() -> None:
    data = '{"sites": [{"id": "S1", "name": "示例一厂"}]}'.encode()
    assert read_plan(codecs.BOM_UTF8 + data) == read_plan(data)


def test_site_that_something_was_written_at_stays_in_the_plan(planned: PlannedVisit) -> None:
    second = Site(SiteId("S2"), "示例二厂")
    planned.desk.visits.planning.change(planned.visit, replace(DRAFT, sites=(*DRAFT.sites, second)))
    planned.desk.visits.notes.grade(planned.visit, ItemId("A1"), Grade.MINOR, site=second.id)
    with pytest.raises(SiteInUseError) as refused:
        planned.desk.visits.planning.change(planned.visit, DRAFT)
    assert "示例二厂" in refused.value.sentence()
    planned.desk.visits.notes.grade(planned.visit, ItemId("A1"), None, site=second.id)
    planned.desk.visits.planning.change(planned.visit, DRAFT)
    assert planned.sheet.plan.sites == DRAFT.sites


def test_application_with_two_visits_names_both_of_them(planned: PlannedVisit) -> None:
    other = plan(planned.story)
    with pytest.raises(VisitAmbiguousError) as refused:
        planned.desk.visits.named(planned.sheet.application)
    assert all(code in refused.value.sentence() for code in (planned.sheet.code, other.sheet.code))
    assert planned.desk.visits.named(planned.sheet.code) == planned.visit


def test_question_asked_after_the_conclusion_waits_for_the_next_visit(planned: PlannedVisit) -> None:
    planned.grade_all()
    planned.desk.visits.meeting.conclude(planned.visit)
    _question, changes = planned.desk.visits.planning.ask(planned.story.review, "示例问题")
    assert changes.visits == frozenset()
    assert planned.sheet.questions == ()
    assert [one.question.text for one in plan(planned.story).sheet.questions] == ["示例问题"]


def test_printed_plan_calls_what_a_question_belongs_to_by_its_name(planned: PlannedVisit) -> None:
    dimension = rubric().dimensions[0]
    planned.desk.visits.planning.ask(planned.story.review, "示例问题", about=dimension.id)
    printed = "".join(pages_of(planned.desk.visits.forms.draw(planned.visit, VisitForm.PLAN).pdf))
    assert dimension.name in printed
    assert dimension.id not in printed
