"""Backups of one's own work."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap.desk import open_desk
from app.domain.health import Severity
from app.file_errors import WriteRefusedError
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory

Stories = Callable[..., DeskStory]


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return stories("complete", "2026-0001")


def test_opening_makes_one_a_day(story: DeskStory) -> None:
    assert len(story.desk.backups.list()) == 1
    story.reopen()
    assert len(story.desk.backups.list()) == 1
    story.clock.forward(hours=21)
    story.reopen()
    assert len(story.desk.backups.list()) == 2


def test_five_are_kept_with_their_key_files(story: DeskStory) -> None:
    for _day in range(7):
        story.clock.forward(days=1)
        story.desk.backups.back_up()
    kept = story.desk.backups.list()
    assert len(kept) == 5
    assert [backup.made_at for backup in kept] == sorted((b.made_at for b in kept), reverse=True)
    assert len(list(story.desk.backups.folder.iterdir())) == 10


def test_a_clock_that_was_set_back_costs_no_backup(story: DeskStory) -> None:
    for day in range(8):
        story.desk.scoring.set_reason(story.review, INDICATOR, f"第 {day} 天")
        story.clock.forward(days=1 if day < 5 else -30)
        made = story.desk.backups.back_up()
        assert made.path.exists()
    newest = sorted((backup.counter for backup in story.desk.backups.list()), reverse=True)
    assert (len(newest), newest[0]) == (5, made.counter)
    assert newest == list(range(made.counter, made.counter - 5, -1))


def test_a_backup_opens_with_the_same_passphrase_and_holds_the_work(story: DeskStory, tmp_path: Path) -> None:
    story.desk.scoring.set_reason(story.review, INDICATOR, "没有丢")
    made = story.desk.backups.back_up()
    restored = tmp_path / "restored.desk"
    restored.write_bytes(made.path.read_bytes())
    restored.with_name("restored.desk.key").write_bytes(made.path.with_name(made.path.name + ".key").read_bytes())
    with open_desk(restored, PASSPHRASE, clock=story.clock) as desk:
        assert desk.scoring.sheet(story.review).draft.entry(INDICATOR).reason == "没有丢"
        assert desk.tasks.task(story.review).documents_here == 0, "documents can be sent again"
        assert desk.checking.check().worst in (Severity.GOOD, Severity.INFO, Severity.WARN)


def test_a_backup_holds_nothing_in_the_clear(story: DeskStory) -> None:
    story.desk.scoring.set_reason(story.review, INDICATOR, "CANARY-金丝雀-7f3a")
    data = story.desk.backups.back_up().path.read_bytes()
    assert not data.startswith(b"SQLite format 3")
    for canary in ("CANARY", "金丝雀", "示例"):
        assert canary.encode() not in data
        assert canary.encode("utf-16-le") not in data


def test_a_second_medium_is_offered(story: DeskStory, tmp_path: Path) -> None:
    made = story.desk.backups.back_up(folder=tmp_path / "U 盘")
    assert made.path.parent == tmp_path / "U 盘"
    assert made.path.stat().st_mode & 0o077 == 0


def test_a_backup_that_cannot_be_written_does_not_stop_the_work(
    story: DeskStory, monkeypatch: pytest.MonkeyPatch, expected_logs
) -> None:
    from app.services.desk_backups import BackupService

    def refuse(_self: BackupService) -> None:
        raise WriteRefusedError(file="x")

    monkeypatch.setattr(BackupService, "back_up", refuse)
    expected_logs.allow("app.bootstrap.desk", "no backup")
    assert story.seal().exists()
