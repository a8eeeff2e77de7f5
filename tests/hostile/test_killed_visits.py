"""The battery dies on site: typing, photographs coming in, colleagues' notes coming and going, a visit being signed.

Nothing shown is lost.

A few times in every run, from a printed seed; ``YOUPIN_FULL=1`` kills 100 times.
"""

import os
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.health import Severity
from app.domain.ids import ApplicationCode, ReviewId
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import EntryId, VisitId
from app.domain.outcome import Group
from app.domain.task import TaskState
from app.services.visit_meeting import AcknowledgementDraft
from tests.support.exchanging import give, note, plan
from tests.support.figures import show
from tests.support.journeys_children import killed_after_saying
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk, onsite
from tests.support.visit_children import (
    GIVEN,
    GRADED,
    GRADED_ITEMS,
    OPENED,
    PHOTOGRAPHED,
    SENT,
    TAKEN,
    TYPED,
    Work,
    visiting,
)
from tests.support.visit_photos import picture

__all__ = ["onsite"]
FULL = bool(os.environ.get("YOUPIN_FULL"))
KILLS = 100 if FULL else 6
SEED = int(os.environ.get("YOUPIN_SEED", "2026"))
MOST = 24  # things that are done before the battery is empty, and so many seconds more
LONGEST = 0.2

pytestmark = pytest.mark.timeout(7200 if FULL else 300)


@dataclass
class Team:
    """A leader on site, a colleague, and the files that the colleague brings one by one.

    Attributes:
        concluded: the application of another visit, which only has to be signed and handed in.
    """

    world: OnSiteWorld
    leader: TeamDesk
    member: TeamDesk
    visit: VisitId
    note: EntryId
    concluded: ApplicationCode
    folder: Path
    arriving: list[Path] = field(default_factory=list)

    @property
    def card(self) -> Path:
        return self.folder / "存储卡"

    @property
    def stick(self) -> Path:
        return self.folder / "盘"

    @property
    def handed_in(self) -> Path:
        return self.folder / "交回"

    @property
    def review(self) -> ReviewId:
        return self.leader.on_site(self.concluded).review

    def work(self, seed: int) -> Work:
        """What the leader does until the battery is empty."""
        first = seed % len(self.arriving)
        arriving = [*self.arriving[first:], *self.arriving[:first]]
        review, path = self.review, self.leader.path
        self.leader.close()
        return Work(
            path, PASSPHRASE, self.visit, self.note, self.card, self.stick, arriving, review, self.handed_in, seed
        )


@pytest.fixture
def team(onsite: OnSiteWorld, tmp_path: Path) -> Team:
    leader, member = onsite.join("组长"), onsite.join("组员")
    application, concluded = onsite.send_team(leader, member, count=2)
    visit = plan(leader, application)
    note(leader, visit, "示例所见")
    (record,) = leader.desk.visits.sheet(visit).records
    member.take(give(leader))
    conclude(leader, concluded)
    made = Team(onsite, leader, member, visit, record.id, concluded, tmp_path)
    for folder in (made.card, made.stick, made.handed_in):
        folder.mkdir()
    for number in range(5):
        note(member, visit, f"示例所见 {number}")
        member.desk.visits.photos.take(visit, [picture(made.card / f"组员 {number}.jpg", seed=90_000 + number)])
        made.arriving.append(give(member))
    return made


def conclude(leader: TeamDesk, application: ApplicationCode) -> None:
    """A visit with one grade for everything, up to the acknowledgement."""
    visit, visits = plan(leader, application), leader.desk.visits
    for item in visits.sheet(visit).checklist.items:
        visits.notes.grade(visit, item.id, Grade.PASS if item.is_veto else Grade.CONFORM)
    visits.meeting.conclude(visit, opinion="示例联合意见")
    visits.meeting.acknowledge(visit, AcknowledgementDraft(outcome=AcknowledgementOutcome.AGREED, signed_by="示例代表"))


def test_whatever_was_shown_as_saved_on_a_visit_outlives_an_empty_battery(team: Team) -> None:
    chance, done, photos = random.Random(SEED), Counter[str](), set[str]()
    for seed in range(1, KILLS + 1):
        count, seconds = chance.randrange(MOST), chance.uniform(0, LONGEST)
        killed = killed_after_saying(count, seconds, visiting, team.work(seed))
        assert killed.was_killed
        done.update(kind for kind, _said in killed.promised)
        photos |= {said for kind, said in killed.promised if kind == PHOTOGRAPHED}
        the_note_is_there(team, dict(killed.promised).get(TYPED, ""))
        the_grades_are_there(team, [said for kind, said in killed.promised if kind == GRADED])
        the_photos_are_there(team, photos)
        the_files_were_taken(team, [said for kind, said in killed.promised if kind == TAKEN])
        the_visit_was_signed(team, killed.promised)
        health = team.leader.desk.checking.check()
        assert health.worst in (Severity.GOOD, Severity.INFO), health.findings
    written = [file for file in team.stick.iterdir() if file.suffix == ".youpin"]
    assert len(written) >= done[GIVEN]
    outcomes = team.member.desk.importing.import_files(written).packages
    assert {one.outcome.group for one in outcomes} <= {Group.TAKEN, Group.NOTHING_TO_DO}
    # As they were written: more of them than one batch takes come out of order by name, and wait for each other.
    handed_in = sorted(team.handed_in.glob("*.youpin"), key=lambda file: int(file.stem))
    assert len(handed_in) >= done[SENT]
    record = team.world.record.record
    report = record.importing.import_files(handed_in, receipts=team.folder / "回执")
    assert {one.outcome for one in report.packages if one.outcome.group is Group.HELD} == set()
    assert {one.outcome.group for one in report.packages} <= {Group.TAKEN, Group.NOTHING_TO_DO}
    assert record.tray.entries() == ()
    assert record.verification.verify().is_ok
    show(f"visits killed {KILLS}: {dict(done)}; lost 0, torn files 0, held 0 (seed {SEED})")


def the_note_is_there(team: Team, promised: str) -> None:
    """The note as it was shown last, or with one more letter."""
    records = {one.id: one.seen for one in team.leader.desk.visits.sheet(team.visit).records}
    there = records[team.note]
    assert not promised or promised in (there, there[:-1]) or there[:-1] == promised[1:]


def the_grades_are_there(team: Team, promised: list[str]) -> None:
    """The last grade of every item, but for the item whose turn it was when the light went out."""
    standing = {one.item: one.grade for one in team.leader.desk.visits.sheet(team.visit).grades}
    last = dict(one.split("=") for one in promised)
    last.pop(GRADED_ITEMS[len(promised) % len(GRADED_ITEMS)], None)
    assert last.items() <= {item: str(grade) for item, grade in standing.items()}.items()


def the_photos_are_there(team: Team, names: set[str]) -> None:
    """Every photograph that was shown, byte for byte."""
    visits = team.leader.desk.visits
    assert visits.photos.missing(team.visit) == ()
    here = {one.photo.name: one.photo.sha256 for one in visits.sheet(team.visit).photos}
    assert names <= here.keys()
    for name in names:
        assert visits.photos.original(team.visit, here[name]) == (team.card / name).read_bytes()


def the_files_were_taken(team: Team, names: list[str]) -> None:
    """Whatever a colleague's file brought is there, and is known when the file comes again."""
    files = [file for file in team.arriving if file.name in names]
    outcomes = {one.outcome.group for one in team.leader.desk.importing.import_files(files).packages}
    assert outcomes <= {Group.NOTHING_TO_DO}


def the_visit_was_signed(team: Team, promised: Sequence[tuple[str, str]]) -> None:
    """Every package that was shown is whole and known as written; the review is signed, or open and as it was."""
    written = {one.file_name for one in team.leader.desk.sealing.packages() if one.is_exported}
    here = {file.name for file in team.handed_in.glob("*.youpin")}
    assert {said for kind, said in promised if kind == SENT} <= written & here
    assert here <= written
    task = team.leader.on_site(team.concluded)
    assert task.state in (TaskState.COMPLETE, TaskState.SEALED, TaskState.SENT)
    opened = [int(said) for kind, said in promised if kind == OPENED]
    assert task.revision >= max(opened, default=1)
