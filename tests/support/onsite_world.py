"""A record and several real desks: a team is assigned, sent out, and visits (Art. 14)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.bootstrap.desk import DeskWorkspace, create_desk, open_desk
from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, ExpertCode
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.services.desk_declaring import DeclarationLine
from app.services.desk_enrolment import Profile
from app.services.desk_views import Task
from tests.support.record_world import NOBODY, RecordWorld, begin_world
from tests.support.record_world import PASSPHRASE as SECRETARIAT

PASSPHRASE = "示例 口令 组员 桌面"


@dataclass
class TeamDesk:
    """One expert's computer."""

    world: "OnSiteWorld"
    name: str
    folder: Path
    expert: ExpertCode = NOBODY
    _desk: DeskWorkspace | None = None

    @property
    def path(self) -> Path:
        return self.folder / f"{self.name}.desk"

    @property
    def desk(self) -> DeskWorkspace:
        if self._desk is None:
            self._desk = open_desk(self.path, PASSPHRASE, clock=self.world.record.clock)
        return self._desk

    def take(self, *files: Path) -> list[str]:
        """Import what came; the outcome of each file."""
        return [str(one.outcome) for one in self.desk.importing.import_files(files).packages]

    def on_site(self, application: ApplicationCode) -> Task:
        """The on-site review of *application* on the task list."""
        (task,) = (
            one for one in self.desk.tasks.tasks() if (one.application, one.kind) == (application, ReviewKind.ONSITE)
        )
        return task

    def declare(self) -> None:
        """No conflict with anybody."""
        open_tasks = [one.review for one in self.desk.tasks.tasks() if one.state is TaskState.UNDECLARED]
        self.desk.declaring.declare([DeclarationLine(review, Declared.NONE) for review in open_tasks])

    def close(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None


@dataclass
class OnSiteWorld:
    """The record, its experts, and the files between them."""

    folder: Path
    record: RecordWorld
    desks: list[TeamDesk] = field(default_factory=list)
    count: int = 0

    def join(self, name: str) -> TeamDesk:
        """An expert with a real desk, enrolled."""
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        made = TeamDesk(self, name, folder)
        created = create_desk(made.path, name=name, passphrase=PASSPHRASE, clock=self.record.clock)
        made._desk = created.workspace
        invitation = self.record.record.inviting.invite(self.next_file("invitation"))
        request = self.next_file("request")
        made.desk.enrolment.enrol(
            invitation.file,
            profile=Profile(name, "024-0000000", "示例大学", "教授"),
            passphrase=PASSPHRASE,
            out=request,
            fingerprint=invitation.fingerprint,
        )
        (line,) = self.record.record.enrolment.enrol([request], everything=True).enrolments
        assert line.expert is not None
        made.expert = line.expert
        self.desks.append(made)
        return made

    def next_file(self, name: str) -> Path:
        """A name nobody has used."""
        self.count += 1
        return self.folder / f"{self.count:03d} {name}.youpin"

    def issue(self) -> dict[ExpertCode, list[Path]]:
        """Send what is new, to whom, in files."""
        self.count += 1
        issued = self.record.record.issuing.issue(self.folder / f"{self.count:03d} out").packages
        files: dict[ExpertCode, list[Path]] = {}
        for package in issued:
            files.setdefault(package.expert, []).append(package.file)
        return files

    def deliver(self) -> list[str]:
        """Send and take what is new; the outcomes."""
        files = self.issue()
        return [outcome for one in self.desks for outcome in one.take(*files.get(one.expert, []))]

    def send_team(self, leader: TeamDesk, *members: TeamDesk, count: int = 1) -> list[ApplicationCode]:
        """Applications with the same team, assigned, delivered and declared on every desk."""
        codes = self.record.apply(count)
        for code in codes:
            self.record.record.visits.assign(code, [one.expert for one in members], leader=leader.expert)
        assert set(self.deliver()) <= {"new", "revision"}
        for one in (leader, *members):
            one.declare()
        return codes


@pytest.fixture
def onsite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OnSiteWorld]:
    """Nobody enrolled yet."""
    monkeypatch.setenv("YOUPIN_TEST_KDF", "lowest")
    folder = tmp_path / "世界"
    folder.mkdir()
    made = OnSiteWorld(folder, begin_world(tmp_path))
    yield made
    for one in made.desks:
        one.close()
    made.record.record.close()


__all__ = ["PASSPHRASE", "SECRETARIAT", "OnSiteWorld", "TeamDesk", "onsite"]
