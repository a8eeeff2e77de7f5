"""A visiting team at work: the leader at the window, a member at the command line, and one on paper."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.clock import system_clock
from app.domain.ids import ApplicationCode
from app.domain.onsite.ids import MemberId, VisitId
from app.services.visit_sheet import VisitSheet
from tests.support.at_the_window import Person
from tests.support.journeys import Answer, youpin
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk
from ui.desk.window import ON_SITE
from ui.visit.visit_frame import VisitFrame
from ui.visit.visit_place import VisitPlace


@dataclass
class Team:
    """The leader at the window, the member at the command line, and the one on paper."""

    world: OnSiteWorld
    leader: TeamDesk
    member: TeamDesk
    paper: TeamDesk
    applications: list[ApplicationCode]
    person: Person

    @property
    def paper_id(self) -> MemberId:
        """The member without a computer, as the plan names them."""
        return MemberId(self.paper.expert)

    @property
    def place(self) -> VisitPlace:
        place = self.person.window.show_place(ON_SITE)
        assert isinstance(place, VisitPlace)
        self.person.settle()
        return place

    @property
    def frame(self) -> VisitFrame:
        assert self.place.visit is not None
        return self.place.visit

    def sheet(self, visit: VisitId) -> VisitSheet:
        return self.person.desk.visits.sheet(visit)

    def open(self, visit: VisitId, tab: int) -> VisitFrame:
        """Out of the list into the visit, to one of its tabs."""
        place = self.place
        if place.visit is None or place.visit.visit != visit:
            place.show_list()
            self.person.settle()
            place.list.table.select(visit)
            place.list.table.view.setFocus()
            self.person.press(Qt.Key.Key_Return)
            self.person.settle()
        self.person.click(self.frame.bar, self.frame.bar.tabRect(tab).center())
        assert self.frame.bar.currentIndex() == tab
        return self.frame

    def run(self, *arguments: object) -> Answer:
        """``youpin desk …`` at the member's desk."""
        command, *more = arguments
        words = [str(one) for one in str(command).split()]
        self.member.close()
        environment = {"YOUPIN_PASSPHRASE": PASSPHRASE}
        return youpin("desk", *words, self.member.path, *map(str, more), "--json", environment=environment)

    def file(self, name: str) -> Path:
        return self.world.next_file(name)


@pytest.fixture
def team(onsite: OnSiteWorld, qtbot: QtBot) -> Team:
    """A team is assigned to two factories and has declared; one of the three has no computer any more."""
    onsite.record.clock.now = system_clock()
    leader, member, paper = (onsite.join(name) for name in ("示例组长", "示例组员", "示例纸上组员"))
    roster = onsite.record.record.roster
    (device,) = next(one.devices for one in roster.experts() if one.expert == paper.expert)
    roster.revoke(device.device, reason="示例：电脑已退回")
    applications = onsite.send_team(leader, member, count=2)
    for application in applications:
        onsite.record.record.visits.assign(application, [paper.expert])
    assert set(onsite.deliver()) <= {"new", "revision"}
    member.close()
    return Team(onsite, leader, member, paper, applications, Person(leader.desk, qtbot))
