"""Putting a backup back at a new place: checked, whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap.desk_restoring import (
    BackupKeyMissingError,
    BackupUnreadableError,
    look_at_backup,
    restore_desk,
)
from app.crypto.vault_errors import HeaderDamagedError, WrongPassphraseError
from app.domain.health import Severity
from app.domain.outcome import Outcome
from app.errors import UserFacingError
from app.services.desk_errors import DeskExistsError, NoCredentialError, RestoredDeskError
from app.storage.engine import StoreKeyError
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory
from tests.support.secretariat import dossier
from tests.unit.cli.test_desk_commands import youpin


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    return stories("complete", "2026-0001")


@pytest.fixture
def backup(story: DeskStory) -> Path:
    story.desk.scoring.set_reason(story.review, INDICATOR, "没有丢")
    made = story.desk.backups.back_up()
    story.close()
    return made.path


def test_a_backup_says_when_it_was_made_before_anything_is_typed(story: DeskStory, backup: Path) -> None:
    facts = look_at_backup(backup)
    assert facts.size == backup.stat().st_size
    assert facts.made_at is not None


def test_a_restored_desk_holds_the_work_and_is_checked(story: DeskStory, backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "另一处 (1)" / "恢复.desk"
    restored = restore_desk(backup, target, PASSPHRASE, clock=story.clock)
    with restored.workspace as desk:
        assert desk.scoring.sheet(story.review).draft.entry(INDICATOR).reason == "没有丢"
        assert restored.without_documents == ("2026-0001",)
        assert restored.health.worst is not Severity.CRITICAL
        assert any(finding.code == "documents" for finding in restored.health.findings)
    assert backup.exists()


def test_nothing_that_exists_is_written_over(story: DeskStory, backup: Path) -> None:
    before = story.path.read_bytes()
    with pytest.raises(DeskExistsError):
        restore_desk(backup, story.path, PASSPHRASE, clock=story.clock)
    assert story.path.read_bytes() == before


def test_a_wrong_passphrase_leaves_nothing_behind(story: DeskStory, backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "恢复.desk"
    with pytest.raises(WrongPassphraseError):
        restore_desk(backup, target, "不是这个口令 correct horse", clock=story.clock)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("恢复")] == []


def test_a_backup_without_its_key_file_is_refused_by_name(backup: Path) -> None:
    backup.with_name(backup.name + ".key").unlink()
    with pytest.raises(BackupKeyMissingError) as refusal:
        look_at_backup(backup)
    assert f"{backup.name}.key" in refusal.value.sentence()


def test_a_damaged_key_file_is_told_before_the_passphrase(backup: Path) -> None:
    backup.with_name(backup.name + ".key").write_bytes(b"x" * 300)
    with pytest.raises(HeaderDamagedError):
        look_at_backup(backup)


@pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\x00" + b"\0" * 9000])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.desk"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BackupUnreadableError):
        look_at_backup(file)


def test_a_backup_of_another_key_leaves_nothing_behind(story: DeskStory, backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(b"\xaa" * 8192)
    with pytest.raises((StoreKeyError, UserFacingError)):
        restore_desk(backup, tmp_path / "恢复.desk", PASSPHRASE, clock=story.clock)
    assert not (tmp_path / "恢复.desk").exists()


def test_restoring_by_a_command_ends_in_a_check(backup: Path, tmp_path: Path) -> None:
    said = youpin("desk", "restore", tmp_path / "恢复.desk", "--from", backup, "--json")
    assert said.status == 0
    assert said.json["without_documents"] == ["2026-0001"]
    assert said.json["lost_photos"] == []
    assert {"pages", "chains"} <= {finding["code"] for finding in said.json["findings"]}
    assert youpin("desk", "restore", tmp_path / "恢复.desk", "--from", backup).status == 1


def restored(story: DeskStory, backup: Path) -> DeskStory:
    """The same story at the desk that was put back."""
    folder = story.folder / "恢复"
    folder.mkdir(mode=0o700)
    again = replace(story, folder=folder, _desk=None)
    restore_desk(backup, again.path, PASSPHRASE, clock=story.clock).workspace.close()
    return again


def test_documents_come_back_with_the_packages_they_came_in(story: DeskStory, backup: Path) -> None:
    again = restored(story, backup)
    files = story.secretariat.assignment(again.folder / "out", story.reader, story.dossiers)
    assert again.desk.tasks.task(story.review).documents_here == 0
    again.desk.importing.import_files(files)
    assert again.desk.tasks.task(story.review).documents_here == 2
    again.close()


def test_the_very_package_that_is_known_brings_its_documents_back(stories: Callable[..., DeskStory]) -> None:
    story = stories("enrolled")
    story.dossiers = (dossier("2026-0001"),)
    files = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers)
    story.desk.importing.import_files(files)
    backup = story.desk.backups.back_up().path
    story.close()
    again = restored(story, backup)
    again.desk.importing.import_files(files)
    assert again.desk.tasks.task(story.review).documents_here == 2
    assert again.desk.importing.import_files(files).packages[0].outcome is Outcome.ALREADY_IMPORTED
    again.close()


def test_a_restored_desk_signs_only_after_it_has_enrolled_anew(story: DeskStory, backup: Path) -> None:
    again = restored(story, backup)
    with pytest.raises(RestoredDeskError):
        again.seal()
    assert any(finding.code == "restored" for finding in again.desk.checking.check().findings)
    invitation = again.secretariat.invitation(again.folder / "out")
    assert again.desk.importing.import_files([invitation]).packages[0].outcome is Outcome.WRONG_KIND
    old = again.reader
    again.enrol(device="E0001-D2")
    assert again.reader.certificate != old.certificate
    assert again.reader.credential.recipient != old.credential.recipient
    with pytest.raises(NoCredentialError):
        again.seal()
    again.secretariat.seq = 0  # of another device, so that it counts from one
    files = again.secretariat.assignment(again.folder / "out", again.reader, again.dossiers)
    again.desk.importing.import_files(files)
    package = again.secretariat.read(again.seal())
    assert (package.description.seq, package.signature.device) == (1, "E0001-D2")
    assert not any(finding.code == "restored" for finding in again.desk.checking.check().findings)
    again.close()


def test_a_desk_that_never_enrolled_has_nothing_to_do_anew(stories: Callable[..., DeskStory]) -> None:
    story = stories("created")
    made = story.desk.backups.back_up()
    story.close()
    found = restore_desk(made.path, story.folder / "恢复.desk", PASSPHRASE, clock=story.clock)
    with found.workspace:
        assert not found.must_enrol
        assert not any(finding.code == "restored" for finding in found.health.findings)
