"""Desks in every state a test may want to begin with, made by the real services at the lowest cost of keys."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest

from app.bootstrap.desk import DeskWorkspace, create_desk, open_desk
from app.domain.conflict import Declared
from app.domain.ids import IndicatorId, ReviewId
from app.domain.review import Opinion, Recommendation, ReviewKind
from app.services.desk_declaring import DeclarationLine
from app.services.desk_enrolment import Profile
from tests.support.secretariat import Dossier, FakeClock, Reader, Secretariat, dossier, rubric

PASSPHRASE = "示例 口令 for one desk"


@dataclass
class DeskStory:
    """A desk, its secretariat, and what happened between them so far."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    secretariat: Secretariat = field(default_factory=Secretariat)
    dossiers: tuple[Dossier, ...] = ()
    recovery_code: str = ""
    _reader: Reader | None = None
    _desk: DeskWorkspace | None = None

    @property
    def path(self) -> Path:
        return self.folder / "示例 专家.desk"

    @property
    def desk(self) -> DeskWorkspace:
        if self._desk is None:
            self._desk = open_desk(self.path, PASSPHRASE, clock=self.clock)
        return self._desk

    @property
    def reader(self) -> Reader:
        assert self._reader is not None
        return self._reader

    def create(self) -> "DeskStory":
        created = create_desk(self.path, name="示例专家", passphrase=PASSPHRASE, clock=self.clock)
        self._desk, self.recovery_code = created.workspace, created.recovery_code
        return self

    def enrol(self, *, device: str = "E0001-D1") -> "DeskStory":
        invitation = self.secretariat.invitation(self.folder / "out")
        request = self.folder / "request.youpin"
        self.desk.enrolment.enrol(
            invitation,
            profile=Profile("示例专家", "024-0000000", "示例大学", "教授"),
            passphrase=PASSPHRASE,
            out=request,
            fingerprint=self.secretariat.fingerprint,
        )
        self._reader = self.secretariat.enrol(request, device=device)
        return self

    def assign(self, *codes: str, parts: int = 1) -> "DeskStory":
        self.dossiers = tuple(dossier(code) for code in codes or ("2026-0001",))
        files = self.secretariat.assignment(self.folder / "out", self.reader, self.dossiers, parts=parts)
        result = self.desk.importing.import_files(files)
        assert all(item.outcome == "new" for item in result.packages), result.packages
        return self

    def assign_examination(self, code: str, *, besides: str) -> "DeskStory":
        """*code* to be examined (Art. 9), and *besides* to be evaluated."""
        self.dossiers = (replace(dossier(code), kind=ReviewKind.EXAMINATION), dossier(besides))
        for one in self.dossiers:
            files = self.secretariat.assignment(self.folder / "out", self.reader, (one,))
            result = self.desk.importing.import_files(files)
            assert all(item.outcome == "new" for item in result.packages), result.packages
        return self

    def unlock(self) -> "DeskStory":
        lines = [DeclarationLine(one.review, Declared.NONE) for one in self.dossiers]
        self.desk.declaring.declare(lines)
        return self

    def score(self, *reviews: ReviewId, percent: int = 75) -> "DeskStory":
        for review in reviews or [one.review for one in self.dossiers]:
            for indicator in rubric().indicators:
                self.desk.scoring.set_score(review, indicator.id, percent=percent)
            self.desk.scoring.set_opinion(review, Opinion(Recommendation.YES, "示例意见", "优势一", "不足一"))
        return self

    def seal(self, *reviews: ReviewId, name: str = "hand-in.youpin") -> Path:
        out = self.folder / name
        wanted = reviews or [one.review for one in self.dossiers]
        self.desk.sealing.seal(wanted, passphrase=PASSPHRASE, out=out)
        return out

    def close(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def reopen(self) -> DeskWorkspace:
        self.close()
        return self.desk

    @property
    def review(self) -> ReviewId:
        return self.dossiers[0].review


INDICATOR = IndicatorId("rd_platform")


@cache
def _template(codes: tuple[str, ...], stage: str) -> tuple[dict[str, bytes], DeskStory]:
    """The files of a desk that came that far, made once for a whole run."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("YOUPIN_TEST_KDF", "lowest")
        made = DeskStory(Path(folder)).create()
        if stage != "created":
            made.enrol()
        if stage in ("assigned", "complete"):
            made.assign(*codes)
        if stage == "complete":
            made.unlock().score()
        made.close()
        made.reopen()  # as every test does, so that the backup of the day is made already
        made.close()
        top = Path(folder)
        return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}, made


def begin(folder: Path, stage: str, *codes: str) -> DeskStory:
    """A desk that is ``created``, ``enrolled``, ``assigned`` or ``complete`` (declared, scored, not signed)."""
    files, made = _template(codes or ("2026-0001", "2026-0002"), stage)
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.write_bytes(data)
        target.chmod(0o600)
    world = made.secretariat
    return replace(
        made,
        folder=folder,
        clock=FakeClock(made.clock.now),
        secretariat=replace(world, enrolments=list(world.enrolments)),
        _desk=None,
    )


@pytest.fixture
def stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., DeskStory]]:
    """``stories("assigned", "2026-0001")`` begins a story at that stage, in a folder of its own."""
    monkeypatch.setenv("YOUPIN_TEST_KDF", "lowest")
    begun: list[DeskStory] = []

    def start(stage: str = "assigned", *codes: str) -> DeskStory:
        folder = tmp_path / f"桌 {len(begun)}"
        folder.mkdir(mode=0o700)
        if stage == "nothing":
            begun.append(DeskStory(folder))
        else:
            begun.append(begin(folder, stage, *codes))
        return begun[-1]

    yield start
    for story in begun:
        story.close()
