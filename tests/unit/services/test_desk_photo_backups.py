"""Photographs of visits lie once beside all backups, and come back with any of them."""

import shutil
from pathlib import Path
from random import Random

import pytest

from app.bootstrap.desk_restoring import RestoredDesk, restore_desk
from app.domain.health import Finding, Severity
from app.domain.ids import Sha256
from app.services.desk_backups import BackupFile
from tests.support.desks import PASSPHRASE
from tests.support.visit_photos import PlannedVisit, picture, plan


@pytest.fixture
def visiting(stories) -> PlannedVisit:
    return plan(stories("complete", "2026-0001"))


def large(file: Path, *, seed: int) -> Path:
    """A photograph of two megabytes and a bit, with the short film that telephones append."""
    picture(file, seed=seed)
    with file.open("ab") as appended:
        appended.write(Random(seed).randbytes(2 << 20))
    return file


@pytest.fixture
def photos(visiting: PlannedVisit, tmp_path: Path) -> tuple[Sha256, ...]:
    return visiting.take(large(tmp_path / "IMG_0001.JPG", seed=1), picture(tmp_path / "IMG_0002.JPG", seed=2))


def back_up(visiting: PlannedVisit, *, folder: Path | None = None, is_thorough: bool = False) -> BackupFile:
    visiting.story.clock.forward(minutes=1)
    return visiting.desk.backups.back_up(folder=folder, is_thorough=is_thorough)


def copies(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("photos-*/*")}


def restore(visiting: PlannedVisit, backup: Path, name: str = "恢复") -> RestoredDesk:
    folder = visiting.story.folder / name
    return restore_desk(backup, folder / "x.desk", PASSPHRASE, clock=visiting.story.clock)


def finding(findings: tuple[Finding, ...], code: str) -> Finding:
    return next(one for one in findings if one.code == code)


def test_five_backups_keep_each_photograph_once(visiting: PlannedVisit, photos: tuple[Sha256, ...]) -> None:
    for _day in range(5):
        newest = back_up(visiting)
    kept = copies(visiting.desk.backups.folder)
    assert len(kept) == len(photos)
    assert newest.size < 2 << 20
    assert len(visiting.desk.backups.list()) == 5


def test_copies_and_their_names_say_nothing(visiting: PlannedVisit, photos: tuple[Sha256, ...], tmp_path: Path) -> None:
    back_up(visiting)
    plain = (tmp_path / "IMG_0001.JPG").read_bytes()
    for name, data in copies(visiting.desk.backups.folder).items():
        assert not any(photo[:16] in name for photo in photos)
        assert plain[:64] not in data
        assert plain[-64:] not in data


def test_restored_desk_has_every_photograph_and_its_own_first_backup_too(
    visiting: PlannedVisit, photos: tuple[Sha256, ...], tmp_path: Path
) -> None:
    backup = back_up(visiting)
    visiting.story.close()
    restored = restore(visiting, backup.path)
    assert restored.lost_photos == ()
    assert finding(restored.health.findings, "photos").severity is Severity.GOOD
    assert finding(restored.health.findings, "backup_photos").severity is Severity.GOOD
    with restored.workspace as desk:
        files = [tmp_path / "IMG_0001.JPG", tmp_path / "IMG_0002.JPG"]
        for photo, file in zip(photos, files, strict=True):
            assert desk.visits.photos.original(visiting.visit, photo) == file.read_bytes()
        assert len(copies(desk.backups.folder)) == len(photos)


def test_backup_of_one_file_as_it_was_before_brings_its_photographs_back(
    visiting: PlannedVisit, photos: tuple[Sha256, ...], tmp_path: Path
) -> None:
    old = tmp_path / "20261120T101500Z-000000042.desk"
    visiting.desk._store.copy_without_documents(old)
    shutil.copyfile(_key(visiting), f"{old}.key")
    visiting.story.close()
    restored = restore(visiting, old)
    with restored.workspace as desk:
        assert restored.lost_photos == ()
        assert desk.visits.photos.original(visiting.visit, photos[0]) == (tmp_path / "IMG_0001.JPG").read_bytes()


def _key(visiting: PlannedVisit) -> Path:
    return visiting.story.path.with_name(visiting.story.path.name + ".key")


@pytest.mark.parametrize("harm", ["missing", "damaged", "cut", "swapped"])
def test_copy_that_is_not_what_it_was_is_named_and_the_others_come_back(
    visiting: PlannedVisit, photos: tuple[Sha256, ...], harm: str
) -> None:
    backup = back_up(visiting)
    store = visiting.desk._store
    folder = next(visiting.desk.backups.folder.glob("photos-*"))
    files = {photo: folder / f"{store.kept.name(photo)}.photo" for photo in photos}
    victim, other = files[photos[0]], files[photos[1]]
    data = victim.read_bytes()
    match harm:
        case "missing":
            victim.unlink()
        case "damaged":
            victim.write_bytes(data[:1000] + bytes([data[1000] ^ 1]) + data[1001:])
        case "cut":
            victim.write_bytes(data[: -(len(data) % ((1 << 20) + 29)) + 8])
        case _:
            victim.write_bytes(other.read_bytes())
    checked = visiting.desk.checking.check(deep=True)
    said = finding(checked.findings, "backup_photos")
    assert said.severity is Severity.WARN
    assert "IMG_0001.JPG" in said.sentence
    assert "IMG_0002.JPG" not in said.sentence
    visiting.story.close()
    restored = restore(visiting, backup.path)
    restored.workspace.close()
    assert len(restored.lost_photos) == 1
    assert "IMG_0001.JPG" in restored.lost_photos[0]
    said = finding(tuple(one for one in restored.health.findings if one.severity is Severity.WARN), "backup_photos")
    assert "IMG_0001.JPG" in said.sentence
    assert folder.name in said.sentence
    assert not any(one.code == "photos_missing" for one in restored.health.findings), "said twice"
    back_up(visiting, is_thorough=True)
    assert finding(visiting.desk.checking.check(deep=True).findings, "backup_photos").severity is Severity.GOOD


def test_copy_goes_with_the_last_backup_that_names_it_and_no_sooner(
    visiting: PlannedVisit, photos: tuple[Sha256, ...]
) -> None:
    folder = visiting.desk.backups.folder
    back_up(visiting)
    with visiting.desk._store.writing() as work:
        work.photos.remove(photos[0])
        work.commit()
    for _day in range(4):
        back_up(visiting)
    assert len(copies(folder)) == 2
    back_up(visiting)
    assert len(copies(folder)) == 1


def test_two_desks_back_up_to_one_stick_and_leave_each_others_alone(
    visiting: PlannedVisit, photos: tuple[Sha256, ...], stories, tmp_path: Path
) -> None:
    stick = tmp_path / "盘"
    mine = back_up(visiting, folder=stick)
    other = stories("created")
    for _day in range(6):
        other.clock.forward(days=1)
        other.desk.backups.back_up(folder=stick)
    assert mine.path.exists()
    assert len(copies(stick)) == len(photos)
    visiting.story.close()
    restored = restore(visiting, mine.path)
    restored.workspace.close()
    assert restored.lost_photos == ()
