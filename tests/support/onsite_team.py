"""A team of two with desks that has visited one applicant (Art. 14), up to the conclusion."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.ids import ApplicationCode, DeviceCode
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId, SiteId, VisitId
from app.domain.onsite.returned import SignedBy
from app.domain.onsite.visit import Site
from app.domain.results import OnSiteResult
from app.services.desk_sealing import HandedIn
from app.services.visit_meeting import AcknowledgementDraft
from app.services.visit_planning import PlanDraft
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk
from tests.support.visit_photos import picture


@dataclass
class Visiting:
    """A leader and a member with desks, one application, a visit that is graded and has a photograph."""

    world: OnSiteWorld
    leader: TeamDesk
    member: TeamDesk
    application: ApplicationCode
    visit: VisitId
    passphrase: str = PASSPHRASE

    def conclude(self) -> None:
        self.leader.desk.visits.meeting.conclude(self.visit, opinion="示例联合意见")
        self.acknowledge()

    def acknowledge(self, outcome: AcknowledgementOutcome = AcknowledgementOutcome.AGREED) -> None:
        draft = AcknowledgementDraft(outcome=outcome, signed_by="示例代表")
        meeting, before = self.leader.desk.visits.meeting, self.leader.desk.visits.sheet(self.visit).acknowledgement
        meeting.acknowledge(self.visit, draft, replacing="示例：已补签" if before else "")

    def exchange(self, source: TeamDesk, target: TeamDesk) -> None:
        bundle = source.desk.visits.merging.bundle(self.visit)
        target.desk.visits.merging.take(bundle, sender=source.desk.visits.sheet(self.visit).me)

    def hand_in(self, desk: TeamDesk, *, is_sealing: bool = False) -> HandedIn:
        reviews = [desk.on_site(self.application).review] if is_sealing else []
        out = self.world.next_file("hand-in")
        return desk.desk.sealing.seal(reviews, passphrase=PASSPHRASE, out=out)

    def take(self, *handed_in: HandedIn) -> list[str]:
        report = self.world.record.record.importing.import_files(
            [one.file for one in handed_in], receipts=self.world.folder / f"receipts {self.world.count}"
        )
        for receipt in report.receipts:
            for desk in self.world.desks:
                desk.take(receipt)
        return [str(one.outcome) for one in report.packages]

    def result(self) -> OnSiteResult:
        (result,) = self.world.record.record.results.results(self.application)
        assert result.onsite is not None
        return result.onsite

    def device(self, desk: TeamDesk) -> DeviceCode:
        """The code of the computer of *desk*."""
        team = desk.desk.visits.teams.of(self.application)
        assert team is not None
        member = team.member(desk.expert)
        assert member is not None
        return member.devices[0].device

    def signed(self) -> list[SignedBy]:
        return [one.signed for one in self.result().members]


@pytest.fixture
def visiting(onsite: OnSiteWorld, tmp_path: Path) -> Visiting:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    review = leader.on_site(application).review
    plan = PlanDraft(sites=(Site(SiteId("S1"), "示例一厂"),))
    visit, _changes = leader.desk.visits.planning.create(review, plan)
    for item in leader.desk.visits.sheet(visit).checklist.items:
        leader.desk.visits.notes.grade(visit, item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
    (taken,) = leader.desk.visits.photos.take(visit, [picture(tmp_path / "IMG_0001.JPG")]).photos
    assert taken.photo is not None
    leader.desk.visits.photos.bind(visit, taken.photo.sha256, ItemId("A1"))
    made = Visiting(onsite, leader, member, application, visit)
    made.exchange(leader, member)
    return made
