"""A full disk, a pulled stick, a dead battery in the middle of an exchange: nothing half there, nothing lost.

A few kills every time, from a printed seed; ``YOUPIN_FULL=1`` kills 100 of each.
"""

import os
import random
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.health import Severity
from app.domain.onsite.ids import VisitId
from app.errors import Cancelled
from app.file_errors import DiskFullError, FolderMissingError
from app.progress import Progress
from app.storage.engine import StorageUnavailableError
from tests.support import journeys_children
from tests.support.exchanging import give, note, plan, state
from tests.support.faults import Pulled, Stopped, room_for
from tests.support.figures import show
from tests.support.journeys_children import killed_after
from tests.support.onsite_world import PASSPHRASE, OnSiteWorld, TeamDesk, onsite
from tests.support.visit_photos import picture

__all__ = ["onsite"]
FULL = bool(os.environ.get("YOUPIN_FULL"))
KILLS = 100 if FULL else 3
SEED = int(os.environ.get("YOUPIN_SEED", "2026"))
posix = pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")

pytestmark = pytest.mark.timeout(3600 if FULL else 180)


@dataclass
class Team:
    """A leader with photographs, a member who knows the visit, and an empty stick."""

    leader: TeamDesk
    member: TeamDesk
    visit: VisitId
    stick: Path

    def files(self) -> set[str]:
        return {one.name for one in self.stick.iterdir()}


@pytest.fixture
def team(onsite: OnSiteWorld, tmp_path: Path) -> Team:
    leader, member = onsite.join("组长"), onsite.join("组员")
    (application,) = onsite.send_team(leader, member)
    visit = plan(leader, application)
    member.take(give(leader))
    note(leader, visit, "示例所见")
    pictures = [picture(tmp_path / f"{n}.jpg", seed=n, size=(1200, 900), quality=100) for n in range(4)]
    leader.desk.visits.photos.take(visit, pictures)
    stick = tmp_path / "盘"
    stick.mkdir()
    return Team(leader, member, visit, stick)


def give_to(team: Team, progress: Progress | None = None) -> list[Path]:
    written = team.leader.desk.exchange.give(team.stick, passphrase=PASSPHRASE, progress=progress)
    return [one.file for one in written.files]


@posix
def test_full_stick_leaves_no_half_file_and_another_one_takes_all(team: Team) -> None:
    team.leader.close()  # folds the log of what was written into the file
    assert team.leader.desk.exchange.offers().offers
    with room_for(100_000), pytest.raises(DiskFullError):
        give_to(team)
    assert team.files() == set()
    assert team.member.take(*give_to(team)) == ["new"]
    assert state(team.member, team.visit) == state(team.leader, team.visit)


def test_pulled_stick_and_a_pressed_stop_change_nothing(team: Team) -> None:
    before = state(team.leader, team.visit)
    with pytest.raises(FolderMissingError):
        give_to(team, Pulled(team.stick))
    team.stick.mkdir()
    with pytest.raises(Cancelled):
        give_to(team, Stopped())
    assert team.files() == set()
    assert state(team.leader, team.visit) == before
    assert team.member.take(*give_to(team)) == ["new"]


@posix
def test_full_disk_of_the_reader_takes_all_or_nothing(team: Team) -> None:
    files, before = give_to(team), state(team.member, team.visit)
    with room_for(400_000), pytest.raises(StorageUnavailableError):
        team.member.take(*files)
    assert state(team.member, team.visit) == before
    assert team.member.take(*files) == ["new"]
    assert state(team.member, team.visit) == state(team.leader, team.visit)


def test_stopped_reading_takes_nothing(team: Team) -> None:
    files, before = give_to(team), state(team.member, team.visit)
    with pytest.raises(Cancelled):
        team.member.desk.importing.import_files(files, progress=Stopped())
    assert state(team.member, team.visit) == before
    assert team.member.take(*files) == ["new"]


def test_killed_givers_leave_only_whole_files(team: Team) -> None:
    chance = random.Random(SEED)
    begun = time.monotonic()
    give_to(team)
    whole = time.monotonic() - begun
    team.leader.close()
    promised = set(team.files())
    for _number in range(KILLS):
        done = killed_after(
            chance.uniform(0, 2 * whole), journeys_children.giving, team.leader.path, PASSPHRASE, team.stick
        )
        assert done.was_killed
        promised |= set(done.promised)
        assert team.leader.desk.checking.check().worst is not Severity.CRITICAL
        team.leader.close()
    files = [file for file in team.stick.iterdir() if file.suffix == ".youpin"]
    assert promised <= {file.name for file in files}
    assert set(team.member.take(*files)) <= {"new", "already_imported"}
    assert state(team.member, team.visit) == state(team.leader, team.visit)
    show(f"givers killed {KILLS}, files written {len(files)}, torn 0 (seed {SEED})")


def test_killed_takers_have_all_of_a_file_or_nothing(team: Team) -> None:
    chance, files = random.Random(SEED), give_to(team)
    before, after = state(team.member, team.visit), state(team.leader, team.visit)
    team.member.close()
    kept = team.member.folder
    halves = 0
    for number in range(KILLS):
        team.member.folder = kept.with_name(f"{kept.name} {number}")
        shutil.copytree(kept, team.member.folder)
        done = killed_after(chance.uniform(0, 0.3), journeys_children.taking, team.member.path, PASSPHRASE, files)
        now = state(team.member, team.visit)
        assert now in ({after} if done.promised else {before, after})
        halves += now == before
        assert team.member.desk.checking.check().worst is not Severity.CRITICAL
        assert set(team.member.take(*files)) <= {"new", "already_imported"}
        assert state(team.member, team.visit) == after
        team.member.close()
    show(f"takers killed {KILLS}, before {halves}, half taken 0 (seed {SEED})")
