"""A full disk or an empty battery while photographs come in and are backed up: what was shown as saved is there."""

import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from app.bootstrap.desk_restoring import restore_desk
from app.domain.health import Severity
from app.errors import UserFacingError
from app.file_errors import DiskFullError
from app.services.photo_copies import PhotoCopies
from app.services.visit_photos import PhotoOutcome
from app.storage.engine import StorageUnavailableError
from tests.support.desks import PASSPHRASE, stories
from tests.support.faults import room_for
from tests.support.figures import show
from tests.support.journeys_children import killed_after_saying
from tests.support.visit_children import backing_up
from tests.support.visit_photos import PlannedVisit, picture, plan

__all__ = ["stories"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
SIZE = (1600, 1200)
KILLS = 50 if os.environ.get("YOUPIN_FULL") else 4
SEED = int(os.environ.get("YOUPIN_SEED", "2026"))


@pytest.fixture
def visiting(stories) -> PlannedVisit:
    return plan(stories("complete", "2026-0001"))


@pytest.fixture
def card(tmp_path: Path) -> list[Path]:
    """Photographs of 300 kB and more each."""
    folder = tmp_path / "存储卡"
    folder.mkdir()
    return [picture(folder / f"IMG_{n:04}.JPG", seed=n, size=SIZE, quality=100) for n in range(6)]


def largest(visiting: PlannedVisit) -> int:
    """Bytes of the largest file of the desk, its log among them."""
    return max(file.stat().st_size for file in visiting.story.folder.rglob("*") if file.is_file())


def test_photographs_that_were_shown_as_taken_are_there_and_the_others_are_named_with_the_reason(
    visiting: PlannedVisit, card: list[Path]
) -> None:
    visiting.take(card.pop())  # starts the decoding child, whose memory for pixels would not fit either
    each = card[0].stat().st_size
    with room_for(largest(visiting) + each * 3):
        brought = visiting.desk.visits.photos.take(visiting.visit, card)
    outcomes = [one.outcome for one in brought.photos]
    taken = outcomes.count(PhotoOutcome.TAKEN)
    assert 0 < taken < len(card)
    assert outcomes == [PhotoOutcome.TAKEN] * taken + [PhotoOutcome.REFUSED] * (len(card) - taken)
    assert [one.file for one in brought.photos] == [file.name for file in card]
    assert {one.error for one in brought.photos[taken:]} == {StorageUnavailableError.code}
    assert brought.changes.visits == {visiting.visit}
    visiting.story.reopen()
    there = {one.photo.name: one.photo.sha256 for one in visiting.sheet.photos}
    assert {file.name for file in card} & set(there) == {file.name for file in card[:taken]}
    for file in card[:taken]:
        assert visiting.desk.visits.photos.original(visiting.visit, there[file.name]) == file.read_bytes()
    assert visiting.desk.checking.check().worst is not Severity.CRITICAL
    again = visiting.desk.visits.photos.take(visiting.visit, card)
    assert [one.outcome for one in again.photos] == [PhotoOutcome.KNOWN] * taken + [PhotoOutcome.TAKEN] * (
        len(card) - taken
    )


@pytest.mark.parametrize("room", [20_000, 100_000, 2_000_000])
def test_backup_on_a_full_disk_is_not_there_at_all_and_the_next_one_is_whole(
    visiting: PlannedVisit, tmp_path: Path, room: int
) -> None:
    photo = picture(tmp_path / "IMG_0001.JPG", size=(4000, 3000), quality=100)
    with photo.open("ab") as appended:
        appended.write(bytes(3 << 20))
    visiting.take(photo)
    visiting.story.close()
    stick = tmp_path / "盘"
    assert visiting.desk.backups.list()
    with room_for(room), pytest.raises(UserFacingError) as problem:
        visiting.desk.backups.back_up(folder=stick)
    assert isinstance(problem.value, StorageUnavailableError | DiskFullError)
    assert [file for file in stick.rglob("*") if file.is_file()] == []
    made = visiting.desk.backups.back_up(folder=stick)
    visiting.story.close()
    restored = restore_desk(made.path, tmp_path / "恢复.desk", PASSPHRASE, clock=visiting.story.clock)
    restored.workspace.close()
    assert restored.lost_photos == ()


def test_review_stays_handed_in_where_the_backup_after_it_finds_no_room(stories, tmp_path: Path, expected_logs) -> None:
    expected_logs.allow("app.bootstrap.desk", "no backup")
    story = stories("complete", "2026-0001")
    story.desk.tasks.tasks()
    database = story.path.stat().st_size
    stick = tmp_path / "盘"
    with room_for(database // 8), pytest.raises(StorageUnavailableError):
        story.desk.backups.back_up(folder=stick)
    assert list(stick.iterdir()) == []
    before = story.desk.backups.list()
    blocked = story.desk.backups.folder
    shutil.move(blocked, tmp_path / "weg")
    blocked.write_bytes(b"")  # a file where the folder was: no backup can be made there
    handed_in = story.seal()
    assert handed_in.exists()
    blocked.unlink()
    shutil.move(tmp_path / "weg", blocked)
    assert story.desk.backups.list() == before
    assert [one.is_exported for one in story.desk.sealing.packages()] == [True]


def test_restoring_onto_a_full_disk_leaves_nothing_behind(visiting: PlannedVisit, tmp_path: Path) -> None:
    photo = picture(tmp_path / "IMG_0001.JPG")
    with photo.open("ab") as appended:
        appended.write(bytes(3 << 20))
    visiting.take(photo)
    made = visiting.desk.backups.back_up()
    visiting.story.close()
    target = tmp_path / "恢复" / "x.desk"
    with room_for(made.size + (1 << 20)), pytest.raises(StorageUnavailableError):
        restore_desk(made.path, target, PASSPHRASE, clock=visiting.story.clock)
    assert [path.name for path in target.parent.iterdir() if ".lock" not in path.name] == []


def test_no_backup_names_a_photograph_that_is_not_beside_it_whenever_its_maker_is_killed(
    visiting: PlannedVisit, tmp_path: Path
) -> None:
    chance, promised = random.Random(SEED), set[str]()
    card = tmp_path / "存储卡"
    card.mkdir()
    for _number in range(KILLS):
        visiting.story.close()
        begun = (visiting.story.path, PASSPHRASE, visiting.visit, card)
        killed = killed_after_saying(chance.randrange(4), chance.uniform(0, 0.4), backing_up, *begun)
        assert killed.was_killed
        promised |= set(killed.promised)
        made = visiting.desk.backups.list()
        assert promised & {one.path.name for one in made} or not promised
        store = visiting.desk._store
        copies = PhotoCopies(next(visiting.desk.backups.folder.glob("photos-*"), card), store.kept)
        for one in made:
            named = store.photos_beside(one.path)
            assert named is not None
            assert all(copies.holds(photo, size) and copies.is_sound(photo) for photo, size in named.items())
        assert visiting.desk.checking.check().worst is not Severity.CRITICAL
    newest = visiting.desk.backups.back_up().path
    assert not list(visiting.desk.backups.folder.rglob("*.part*"))
    visiting.story.close()
    restored = restore_desk(newest, tmp_path / "恢复.desk", PASSPHRASE, clock=visiting.story.clock)
    restored.workspace.close()
    assert restored.lost_photos == ()
    show(f"makers of backups killed {KILLS}, backups promised {len(promised)}, photographs missing 0 (seed {SEED})")
