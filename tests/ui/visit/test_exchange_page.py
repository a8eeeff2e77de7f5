"""Notes for the team onto a stick, and a member's notes dropped on the window."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId
from app.i18n import _
from tests.support.exchanging import give, note, plan, state
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk, onsite
from tests.support.visit_photos import picture
from ui.clipboard import Clipboard
from ui.desk.window import ON_SITE, TASKS, DeskWindow
from ui.errors import Teller
from ui.message import Message
from ui.remembered import Remembered
from ui.visit.visit_frame import MEETING
from ui.visit.visit_place import VisitPlace

__all__ = ["onsite"]


class TeamWindow:
    """The window of one member of a team."""

    def __init__(self, who: TeamDesk, qtbot: QtBot) -> None:
        self.who, self.said, self._qtbot = who, list[Message](), qtbot
        teller = Teller(self.said.append)
        self.window = DeskWindow(who.desk, teller=teller, remembered=Remembered(), clipboard=Clipboard())
        qtbot.addWidget(self.window)
        self.window.resize(1366, 690)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.place.message_raised.connect(self.said.append)
        self.settle()

    @property
    def place(self) -> VisitPlace:
        place = self.window.show_place(ON_SITE)
        assert isinstance(place, VisitPlace)
        return place

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.window.context.workers.jobs and self.window.saver.is_idle)

    def take(self, *files: Path) -> list[str]:
        """Drop *files* on the window; what it says of each."""
        self.window.import_files(files)
        self.settle()
        return [one.sentence for one in self.window.imported.files()]

    def button(self, words: str) -> QPushButton:
        (found,) = [one for one in self.window.imported.findChildren(QPushButton) if one.text() == words]
        return found

    def close(self) -> None:
        self.window.close()
        self.who._desk = None


Open = Callable[[TeamDesk], TeamWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    windows: list[TeamWindow] = []

    def start(who: TeamDesk) -> TeamWindow:
        windows.append(TeamWindow(who, qtbot))
        return windows[-1]

    yield start
    for one in windows:
        one.close()


def test_ticked_visits_go_onto_the_stick_after_the_passphrase(
    onsite: OnSiteWorld, opened: Open, tmp_path: Path
) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    first, second = (plan(leader, code) for code in onsite.send_team(leader, member, count=2))
    leader.desk.visits.photos.take(first, [picture(tmp_path / "1.jpg", seed=1)])
    site = opened(leader)
    site.place.give_action.trigger()
    site.settle()
    page = site.place.giving
    assert site.place.screen_code() == "D47"
    (section,) = page.sections
    assert "组员" in section.title.text()
    section.boxes[second].setChecked(False)
    stick = tmp_path / "盘"
    stick.mkdir()
    page.sign.set_target(stick)
    page.sign._passphrase._edit.setText("falsch")
    page.sign._go.click()
    site.settle()
    assert page.sign.problem()
    assert list(stick.iterdir()) == []
    page.sign._passphrase._edit.setText(PASSPHRASE)
    page.sign._go.click()
    site.settle()
    (file,) = stick.iterdir()
    assert file.name in site.said[-1].text
    assert site.place.screen_code() == "D40"
    assert member.take(file) == ["new"]
    assert [one.visit for one in member.desk.visits.all()] == [first]


def test_notes_dropped_anywhere_show_what_came_and_lead_to_the_meeting(onsite: OnSiteWorld, opened: Open) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    visit = plan(leader, application)
    member.take(give(leader))
    leader.desk.visits.notes.grade(visit, ItemId("A1"), Grade.CONFORM)
    member.desk.visits.notes.grade(visit, ItemId("A1"), Grade.MINOR)
    note(member, visit, "示例所见")
    site = opened(leader)
    site.window.show_place(TASKS)
    (sentence,) = site.take(give(member))
    assert "组员" in sentence
    assert "2" in sentence
    assert site.window.frame.current_code() == ON_SITE
    site.button(_("Go to the meeting")).click()
    site.settle()
    frame = site.place.visit
    assert frame is not None
    assert frame.bar.currentIndex() == MEETING
    assert len(frame.meeting.differences.lines) == 1
    assert not site.window.imported.isVisible()


def test_visit_that_came_from_the_leader_appears_and_opens(onsite: OnSiteWorld, opened: Open) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    visit = plan(leader, application)
    site = opened(member)
    assert site.place._rows == ()
    site.take(give(leader))
    assert [row.line.visit for row in site.place._rows] == [visit]
    site.button(_("Open the visit")).click()
    site.settle()
    assert site.place.visit is not None
    assert site.place.visit.visit == visit


def test_nobody_to_give_to_is_said_on_the_page(onsite: OnSiteWorld, opened: Open) -> None:
    leader = onsite.join("组长")
    (application,) = onsite.send_team(leader)
    plan(leader, application)
    site = opened(leader)
    site.place.give()
    site.settle()
    page = site.place.giving
    assert page.sections == ()
    assert not page.sign._go.isEnabled()
    assert application in page._left_out[0].text()
    assert page.findChildren(QCheckBox) == []


def test_author_keeps_one_of_two_values_at_the_own_desk(onsite: OnSiteWorld, opened: Open) -> None:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    visit = plan(leader, application)
    member.take(give(leader))
    member.close()
    for name, grade in (("副本一", Grade.CONFORM), ("副本二", Grade.MINOR)):
        shutil.copytree(member.folder, onsite.folder / name)
        copy = TeamDesk(onsite, member.name, onsite.folder / name, member.expert)
        copy.desk.visits.notes.grade(visit, ItemId("A1"), grade)
        leader.take(give(copy))
        copy.close()
    theirs = opened(leader)
    theirs.place.open_visit(visit, is_meeting=True)
    theirs.settle()
    assert theirs.place.visit is not None
    assert theirs.place.visit.meeting.forks.keep == []
    member.take(give(leader))
    site = opened(member)
    site.place.open_visit(visit, is_meeting=True)
    site.settle()
    assert site.place.visit is not None
    forks = site.place.visit.meeting.forks
    assert len(forks.keep) == 2
    forks.keep[0].click()
    site.settle()
    assert not forks.isVisible()
    assert member.desk.visits.sheet(visit).forks == ()
    leader.take(give(member))
    assert state(leader, visit) == state(member, visit)
