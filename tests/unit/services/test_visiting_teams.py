"""Teams travel from the record to the desks of their members, and anew whenever they change (Art. 14)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, ReviewId
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import MemberId, SiteId
from app.domain.onsite.visit import Member, Role, Site
from app.domain.task import TaskState
from app.intake.checklist_file import default_checklist
from app.packages import canonical
from app.packages.payloads import AssignmentPayload
from app.packages.visit_payloads import VisitTeam
from app.services import record_packing
from app.services.desk_declaring import DeclarationLine
from app.services.desk_errors import OnSiteReviewError
from app.services.visit_errors import ChecklistAssignedError, NotLeaderError, TeamAssignedError
from app.services.visit_planning import PlanDraft
from tests.support.onsite_world import OnSiteWorld

SITES = (Site(SiteId("S1"), "示例一厂"),)


def test_every_member_gets_the_review_the_checklist_and_the_team(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    for one in (leader, member):
        team = one.desk.visits.teams.of(application)
        assert team is not None
        assert [(seat.expert, seat.is_leader, len(seat.devices)) for seat in team.members] == [
            (leader.expert, True, 1),
            (member.expert, False, 1),
        ]
        device = team.leader.devices[0]
        assert team.signing(device.certificate_sha256) == (team.leader, device)
    assert leader.on_site(application).state is TaskState.UNSCORED
    assert member.on_site(application).state is TaskState.WITH_LEADER
    assert onsite.record.record.verification.verify().is_ok


def test_visit_of_an_undeclared_application_stays_closed(onsite: OnSiteWorld) -> None:
    leader = onsite.join("组长")
    (application,) = onsite.record.apply()
    onsite.record.record.visits.assign(application, [], leader=leader.expert)
    assert onsite.deliver() == ["new"]
    task = leader.on_site(application)
    assert task.state is TaskState.UNDECLARED
    leader.desk.declaring.declare([DeclarationLine(task.review, Declared.NONE)])
    assert leader.on_site(application).state is TaskState.UNSCORED


def test_nothing_is_sent_twice_and_a_changed_team_is_sent_anew_to_everybody(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    assert onsite.issue() == {}
    third = onsite.join("第三人")
    onsite.record.record.visits.assign(application, [third.expert], leader=member.expert)
    assert onsite.deliver() == ["revision", "revision", "new"]
    for one in onsite.desks:
        team = one.desk.visits.teams.of(application)
        assert team is not None
        assert team.leader.expert == member.expert
        assert len(team.members) == 3
    assert leader.on_site(application).state is TaskState.WITH_LEADER
    assert member.on_site(application).state is TaskState.UNSCORED
    assert onsite.issue() == {}


def test_leader_who_recuses_holds_the_visit_back_until_somebody_else_leads(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.record.apply()
    onsite.record.record.visits.assign(application, [member.expert], leader=leader.expert)
    leader.take(*onsite.issue()[leader.expert])
    task = leader.on_site(application)
    leader.desk.declaring.declare([DeclarationLine(task.review, Declared.ABSTAIN, note="示例")])
    out = onsite.next_file("hand-in")
    leader.desk.sealing.seal([], passphrase="示例 口令 组员 桌面", out=out, declarations=True)
    assert onsite.record.take(out.read_bytes()) == ["new"]
    third = onsite.join("第三人")
    onsite.record.record.assigning.recall(leader.expert, application, reason="示例")
    onsite.record.record.visits.assign(application, [third.expert], leader=third.expert)
    files = onsite.issue()
    assert third.take(*files[third.expert]) == ["new"]
    team = third.desk.visits.teams.of(application)
    assert team is not None
    assert [one.expert for one in team.members] == [member.expert, third.expert]


def test_older_assignment_does_not_bring_an_older_team_back(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.record.apply()
    onsite.record.record.visits.assign(application, [], leader=leader.expert)
    first = onsite.issue()[leader.expert]
    onsite.record.record.visits.assign(application, [member.expert])
    second = onsite.issue()[leader.expert]
    leader.take(*second)
    leader.take(*first)
    team = leader.desk.visits.teams.of(application)
    assert team is not None
    assert len(team.members) == 2


def test_plan_begins_with_the_assigned_team_and_belongs_to_the_on_site_review(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (paper,) = onsite.record.enrol(1)
    (application,) = onsite.record.apply()
    onsite.record.record.assigning.assign([(leader.expert, application)])
    onsite.record.record.visits.assign(application, [member.expert, paper.expert], leader=leader.expert)
    onsite.deliver()
    leader.declare()
    desk_review = next(one for one in leader.desk.tasks.tasks() if one.visit is None and one.full == 1000)
    visit, _changes = leader.desk.visits.planning.create(desk_review.review, PlanDraft(sites=SITES))
    sheet = leader.desk.visits.sheet(visit)
    assert sheet.review == leader.on_site(application).review
    assert leader.on_site(application).visit == visit
    assert leader.on_site(application).state is TaskState.SCORING
    assert [(one.id, one.role, one.has_desk) for one in sheet.plan.team] == [
        (MemberId(leader.expert), Role.LEADER, True),
        (MemberId(member.expert), Role.MEMBER, True),
        (MemberId(paper.expert), Role.MEMBER, True),
    ]
    assert sheet.checklist == default_checklist().for_category(sheet.face.category)


def test_only_the_leader_plans_and_only_the_team_assesses(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    with pytest.raises(NotLeaderError):
        member.desk.visits.planning.create(member.on_site(application).review, PlanDraft(sites=SITES))
    review = leader.on_site(application).review
    mine = Member(MemberId(leader.expert), "组长", Role.LEADER)
    stranger = replace(mine, id=MemberId("P1"), name="示例路人", role=Role.MEMBER)
    with pytest.raises(TeamAssignedError):
        leader.desk.visits.planning.create(review, PlanDraft(sites=SITES, team=(mine, stranger)))
    other = replace(default_checklist(), version="示例")
    with pytest.raises(ChecklistAssignedError):
        leader.desk.visits.planning.create(review, PlanDraft(sites=SITES), checklist=other)
    observer = replace(stranger, role=Role.OBSERVER)
    visit, _changes = leader.desk.visits.planning.create(review, PlanDraft(sites=SITES, team=(mine, observer)))
    assert [one.has_desk for one in leader.desk.visits.sheet(visit).plan.team] == [True, False]


def test_member_who_leaves_the_computer_at_home_writes_on_paper_and_the_leader_types_it(onsite: OnSiteWorld) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    mine = Member(MemberId(leader.expert), "组长", Role.LEADER, has_desk=True)
    at_hand = Member(MemberId(member.expert), "组员", Role.MEMBER, has_desk=False)
    planning = leader.desk.visits.planning
    visit, _changes = planning.create(leader.on_site(application).review, PlanDraft(sites=SITES, team=(mine, at_hand)))
    assert [one.has_desk for one in leader.desk.visits.sheet(visit).plan.team] == [True, False]
    item = leader.desk.visits.sheet(visit).checklist.aspects[0].items[0].id
    leader.desk.visits.notes.grade(visit, item, Grade.CONFORM, author=at_hand.id)
    (grade,) = leader.desk.visits.sheet(visit).grades
    assert grade.author == at_hand.id


def test_on_site_review_is_no_form_to_fill_in(onsite: OnSiteWorld) -> None:
    leader = onsite.join("组长")
    (application,) = onsite.send_team(leader)
    with pytest.raises(OnSiteReviewError):
        leader.desk.scoring.sheet(leader.on_site(application).review)
    assert leader.desk.comparison.tables() == ()


def _without_team(payload: AssignmentPayload) -> AssignmentPayload:
    return replace(payload, teams=())


def _somebody_elses_review(payload: AssignmentPayload) -> AssignmentPayload:
    team = payload.teams[0]
    members = tuple(replace(one, review=ReviewId("示例")) for one in team.members)
    return replace(payload, teams=(VisitTeam(team.application, members, team.checklist_sha256),))


def _other_application(payload: AssignmentPayload) -> AssignmentPayload:
    team = payload.teams[0]
    return replace(payload, teams=(*payload.teams, replace(team, application=ApplicationCode("2026-0099"))))


@pytest.mark.parametrize("change", [_without_team, _somebody_elses_review, _other_application])
def test_team_that_does_not_fit_its_assignment_is_refused_whole(
    onsite: OnSiteWorld, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = onsite.join("组长")
    (application,) = onsite.record.apply()
    onsite.record.record.visits.assign(application, [], leader=leader.expert)
    encode = canonical.encode

    def altered(value: object) -> bytes:
        return encode(change(value) if isinstance(value, AssignmentPayload) else value)

    with monkeypatch.context() as patch:
        patch.setattr(record_packing.canonical, "encode", altered)
        files: list[Path] = onsite.issue()[leader.expert]
    assert leader.take(*files) == ["incomplete"]
    assert leader.desk.tasks.tasks() == ()
    assert leader.desk.visits.teams.all() == ()
