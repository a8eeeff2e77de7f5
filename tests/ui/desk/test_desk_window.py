"""Places, files dropped anywhere, enrolment, locking, settings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QSpinBox

from app.bootstrap.desk import open_desk
from app.domain.outcome import Outcome
from app.domain.task import TaskState
from tests.support.desks import INDICATOR, PASSPHRASE, DeskStory
from tests.support.outside import opened_outside
from tests.support.secretariat import dossier
from tests.ui.desk.conftest import OpenWindow
from ui.desk.window import HAND_IN, SETTINGS, TASKS

Opener = Callable[[DeskStory], OpenWindow]
Stories = Callable[..., DeskStory]


def drop(opened: OpenWindow, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(300, 300).toPoint(), action, data, button, key)
    opened.window.dragEnterEvent(entering)
    assert entering.isAccepted()
    opened.window.dropEvent(QDropEvent(QPointF(300, 300), action, data, button, key))
    opened.settle()


def test_dropped_assignment_brings_the_declarations(stories: Stories, open_window: Opener) -> None:
    story = stories("enrolled")
    opened = open_window(story)
    assert opened.tasks.screen_code() == "D10"
    story.dossiers = (dossier("2026-0001"), dossier("2026-0002"))
    drop(opened, *story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers))
    assert opened.tasks.screen_code() == "D11"
    assert [file.outcome for file in opened.window.imported.files()] == [Outcome.NEW]


def test_each_dropped_file_has_its_line_and_the_worst_comes_first(stories: Stories, open_window: Opener) -> None:
    story = stories("enrolled")
    opened = open_window(story)
    story.dossiers = (dossier("2026-0001"),)
    good = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers)[0]
    bad = story.folder / "坏 文件.youpin"
    bad.write_bytes(b"not a package")
    drop(opened, good, bad, good)
    outcomes = [file.outcome for file in opened.window.imported.files()]
    assert outcomes == [Outcome.NOT_A_PACKAGE, Outcome.ALREADY_IMPORTED, Outcome.NEW]
    assert not opened.window.imported.isHidden()


def test_missing_part_is_named_and_arrives_later(stories: Stories, open_window: Opener) -> None:
    story = stories("enrolled")
    opened = open_window(story)
    story.dossiers = (dossier("2026-0001"), dossier("2026-0002"))
    first, second = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers, parts=2)
    drop(opened, first)
    opened.tasks.declaring._later.click()
    story.unlock()
    opened.tasks.reload()
    opened.settle()
    states = {task.application: task.state for task in story.desk.tasks.tasks()}
    assert states == {"2026-0001": TaskState.UNSCORED, "2026-0002": TaskState.PART_MISSING}
    drop(opened, second)
    assert {task.state for task in story.desk.tasks.tasks()} == {TaskState.UNSCORED}


def test_what_was_taken_in_is_told_until_the_first_review_is_opened(stories: Stories, open_window: Opener) -> None:
    story = stories("enrolled")
    opened = open_window(story)
    story.dossiers = (dossier("2026-0001"),)
    bad = story.folder / "坏 文件.youpin"
    bad.write_bytes(b"not a package")
    drop(opened, *story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers), bad)
    opened.tasks.declaring._later.click()
    opened.settle()
    assert len(opened.window.imported.files()) == 2
    story.unlock()
    opened.review()
    assert [file.file.name for file in opened.window.imported.files()] == [bad.name]


def test_invitation_on_a_new_desk_leads_through_enrolment(stories: Stories, open_window: Opener) -> None:
    story = stories("created")
    opened = open_window(story)
    assert opened.tasks.screen_code() == "D10"
    drop(opened, story.secretariat.invitation(story.folder / "out"))
    page = opened.tasks.enrolling
    assert page._fingerprint.text() == story.secretariat.fingerprint
    page.sign._passphrase._edit.setText(PASSPHRASE)
    page.sign.set_target(story.folder / "登记.youpin")
    page.sign._go.click()
    opened.settle()
    assert (story.folder / "登记.youpin").exists()
    assert (story.folder / "登记.pdf").read_bytes().startswith(b"%PDF")
    status = story.desk.enrolment.status()
    assert status.is_enrolled
    assert not status.has_credential
    with opened_outside() as shown:  # on the day after, too: the page says where the files lie
        page.files.folder.click()
        page.files.page.click()
    assert shown == [story.folder, story.folder / "登记.pdf"]


def test_header_always_says_how_many_are_handed_in(stories: Stories, open_window: Opener, english: None) -> None:
    story = stories("complete")
    story.seal(story.review)
    opened = open_window(story)
    assert opened.tasks.about().startswith("1 of 2 handed in")


def test_enter_opens_and_selection_survives_the_way_back(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned").unlock())
    tasks = opened.tasks
    second = opened.story.dossiers[1].review
    tasks.list.select(second)
    tasks.list.table.view.activated.emit(tasks.list.table.view.currentIndex())
    opened.settle()
    assert tasks.review.editor.review == second
    tasks.review.back_asked.emit()
    opened.settle()
    assert [task.review for task in tasks.list.table.selected_rows()] == [second]


def test_search_and_chips_narrow_the_list(stories: Stories, open_window: Opener) -> None:
    story = stories("complete")
    story.seal(story.review)
    tasks = open_window(story).tasks
    tasks.search("示例02")
    assert tasks.list.table.model.rowCount() == 1
    tasks.search("")
    tasks.list.chips._buttons[TaskState.SENT].click()
    assert [row.state for row in (tasks.list.table.model.row_at(0),)] == [TaskState.SENT]
    assert tasks.list.table.model.rowCount() == 1


def test_passphrase_changed_in_the_settings_opens_the_desk(stories: Stories, open_window: Opener) -> None:
    story = stories("assigned")
    opened = open_window(story)
    keys = opened.settings.keys
    new = "示例 全新 口令 一二三"
    keys.old._edit.setText(PASSPHRASE)
    keys.new._first._edit.setText(new)
    keys.new._second._edit.setText(new)
    keys.change.click()
    opened.settle()
    assert not keys.old.passphrase()
    opened.close()
    with open_desk(story.path, new, clock=story.clock) as desk:
        assert len(desk.tasks.tasks()) == 2


def test_new_recovery_code_is_shown_until_somebody_goes_elsewhere(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("created"))
    keys = opened.settings.keys
    keys.old._edit.setText(PASSPHRASE)
    keys.renew.click()
    opened.settle()
    assert keys.code.text()
    opened.window.show_place(TASKS)
    assert not keys.code.text()


def test_idle_minutes_hold_at_once_and_stay(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("created"))
    look = opened.settings.look
    opened.settle()
    look.minutes.setCurrentIndex(0)
    look.minutes.activated.emit(0)
    opened.settle()
    assert opened.story.desk.settings.all().idle_minutes == 5
    assert opened.window.idle._limit == 300


def test_backup_and_check_answer_in_the_settings(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned"))
    before = len(opened.story.desk.backups.list())
    opened.story.clock.forward(minutes=1)
    settings = opened.settings
    settings.backup.back_up()
    settings.health.check.click()
    opened.settle()
    assert len(opened.story.desk.backups.list()) == before + 1
    assert opened.settings.health.findings()


def test_every_control_has_a_name_for_people_who_hear_the_screen(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("complete"))
    opened.review()
    nameless: list[str] = []
    for code in (TASKS, HAND_IN, SETTINGS):
        place = opened.window.show_place(code)
        opened.settle()
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QSpinBox):
            for control in place.findChildren(kind):
                if (
                    control.objectName().startswith("qt_")
                    or control.isHidden()
                    or isinstance(control.parent(), QComboBox | QSpinBox)
                ):
                    continue
                words = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
                if not words:
                    nameless.append(f"{code} {type(control).__name__} in {type(control.parent()).__name__}")
    assert not nameless


def test_a_locked_screen_locks_the_desk_and_keeps_what_was_typed(stories: Stories, open_window: Opener) -> None:
    opened = open_window(stories("assigned").unlock())
    review = opened.review()
    review.form.reason.setFocus()
    opened.type("half a word")
    with opened.qtbot.waitSignal(opened.window.lock_requested):
        opened.window.session.on_lock()
    assert opened.sheet().draft.entry(INDICATOR).reason == "half a word"


def test_files_are_looked_for_where_downloads_lie_and_then_where_the_last_one_was(
    stories: Stories, open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = stories("enrolled")
    story.dossiers = (dossier("2026-0001"),)
    package = story.secretariat.assignment(story.folder / "out", story.reader, story.dossiers)[0]
    opened = open_window(story)
    asked: list[str] = []

    def choose(_parent: object, _title: str, folder: str, _pattern: str) -> tuple[list[str], str]:
        asked.append(folder)
        return ([str(package)] if len(asked) == 1 else []), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    opened.tasks.file_asked.emit()
    opened.settle()
    opened.tasks.file_asked.emit()
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    assert asked == [downloads, str(package.parent)]
    assert opened.tasks.screen_code() == "D11"
