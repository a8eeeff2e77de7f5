"""Putting a backup back: the steps by themselves, and the page that draws them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap.desk import DeskWorkspace
from app.bootstrap.desk_restoring import BackupUnreadableError
from app.domain.health import Severity
from app.progress import NoProgress
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory, stories
from ui.jobs import Workers
from ui.start.recent import Workspace
from ui.start.restore_page import RestorePage
from ui.start.restoring import (
    NoBackupChosenError,
    PlaceMissingError,
    PlaceTakenError,
    Restoring,
    Step,
    find_backups,
)

__all__ = ["stories"]


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    """A desk with work in it and two backups, closed."""
    begun = stories("complete", "2026-0001")
    begun.desk.scoring.set_reason(begun.review, INDICATOR, "没有丢")
    begun.desk.backups.back_up()
    begun.clock.forward(days=1)
    begun.desk.backups.back_up()
    begun.close()
    return begun


def test_backups_are_found_beside_the_desk_the_newest_first(story: DeskStory) -> None:
    found = find_backups([story.path, story.folder / "没有.desk"])
    assert len(found) == 2 + 1  # one was made when the desk was opened
    moments = [one.made_at for one in found]
    assert moments == sorted(moments, reverse=True)
    assert {one.desk for one in found} == {story.path.stem}


def test_every_step_asks_for_what_it_needs(story: DeskStory, tmp_path: Path) -> None:
    steps = Restoring(tmp_path, found=find_backups([story.path]))
    with pytest.raises(NoBackupChosenError):
        steps.go_on()
    assert not steps.go_back()
    with pytest.raises(BackupUnreadableError):
        steps.choose(tmp_path / "没有.desk")
    steps.choose(steps.found[0].path)
    assert steps.go_on() is Step.PLACE
    with pytest.raises(PlaceMissingError):
        steps.place("  ")
    with pytest.raises(PlaceTakenError):
        steps.place(str(story.path))
    assert steps.place(str(tmp_path / "新")) == tmp_path / "新.desk"
    assert steps.go_on() is Step.PASSPHRASE
    assert steps.go_back()
    assert steps.step is Step.PLACE


def test_a_proposed_place_is_never_one_that_exists(story: DeskStory, tmp_path: Path) -> None:
    steps = Restoring(tmp_path, found=find_backups([story.path]))
    steps.choose(steps.found[0].path)
    first = steps.target
    assert first is not None
    first.write_bytes(b"x")
    steps.choose(steps.found[0].path)
    assert steps.target not in (None, first)


def test_the_steps_end_in_a_check_and_what_is_left_to_do(story: DeskStory, tmp_path: Path) -> None:
    steps = Restoring(tmp_path, found=find_backups([story.path]))
    steps.choose(steps.found[0].path)
    for expected in (Step.PLACE, Step.PASSPHRASE, Step.RUNNING):
        assert steps.go_on() is expected
    assert not steps.go_back()
    steps.done(steps.work(PASSPHRASE, NoProgress()))
    assert steps.step is Step.RESULT
    assert steps.result is not None
    with steps.result.workspace as desk:
        assert desk.scoring.sheet(story.review).draft.entry(INDICATOR).reason == "没有丢"
        assert len(steps.next_steps()) == 2
        assert steps.result.health.worst is not Severity.CRITICAL


def test_the_page_leads_from_the_list_into_the_restored_desk(story: DeskStory, tmp_path: Path, qtbot: QtBot) -> None:
    workers = Workers()
    page = RestorePage(workers)
    qtbot.addWidget(page)
    page.show()
    opened: list[tuple[object, Workspace]] = []
    page.opened.connect(lambda desk, place: opened.append((desk, place)))
    page.begin_with((story.path,))
    qtbot.waitUntil(lambda: not workers.jobs)
    assert page.list.count() == 3
    page.submit()
    page._target.setText(str(tmp_path / "恢复.desk"))
    page.submit()
    page._passphrase._edit.setText("不是这个口令")
    page.submit()
    qtbot.waitUntil(lambda: not workers.jobs)
    assert page.steps.step is Step.PASSPHRASE
    assert not (tmp_path / "恢复.desk").exists()
    page._passphrase._edit.setText(PASSPHRASE)
    page.submit()
    qtbot.waitUntil(lambda: not workers.jobs, timeout=60_000)
    assert page.steps.step is Step.RESULT
    assert "1." in page._next.text()
    assert "2." in page._next.text()
    assert page._findings.text()
    page.submit()
    ((desk, place),) = opened
    assert place.location == str(tmp_path / "恢复.desk")
    assert isinstance(desk, DeskWorkspace)
    desk.close()
    workers.close()
