"""Photographs of a visit in the window: taken in, chosen, put on items, told what there is to remark."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.domain.ids import Sha256
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import ItemId
from tests.support.desks import DeskStory, stories
from tests.support.visit_photos import DRAFT, PAPER, PlannedVisit, picture, plan
from tests.support.visit_tabs import TabWindow
from ui.jobs import Workers
from ui.visit.photos_lines import Flag
from ui.visit.photos_noted import Counted
from ui.visit.photos_tab import PhotosTab
from ui.visit.photos_thumbs import ThumbKey
from ui.visit.photos_tray import MIME
from ui.widgets.aside_delegate import ASIDE

__all__ = ["stories"]


@pytest.fixture
def open_photos(
    stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot
) -> Callable[..., tuple[PlannedVisit, TabWindow, PhotosTab]]:
    def start(*files: Path) -> tuple[PlannedVisit, TabWindow, PhotosTab]:
        planned = plan(stories("assigned").unlock())
        planned.take(*files)
        window = TabWindow(planned, workers, qtbot)
        tab = PhotosTab(window.context, planned.visit)
        window.show(tab)
        return planned, window, tab

    return start


Opened = Callable[..., tuple[PlannedVisit, TabWindow, PhotosTab]]


def card(folder: Path, count: int) -> list[Path]:
    return [picture(folder / f"IMG_{n:04}.JPG", seed=n, at=f"2026:12:01 09:{n:02}:00") for n in range(1, count + 1)]


def flags(tab: PhotosTab) -> dict[int, set[Flag]]:
    rows = (tab.tray.photos.line(row) for row in range(tab.tray.photos.rowCount()))
    return {line.photo.number: set(line.flags) for line in rows}


def row_of(listed: QListWidget, item: str) -> int:
    return next(row for row in range(listed.count()) if listed.item(row).text().startswith(f"{item} "))


def test_a_folder_is_taken_in_sorted_by_time_and_counted(open_photos: Opened, tmp_path: Path) -> None:
    _planned, window, tab = open_photos()
    folder = tmp_path / "存储 卡"
    folder.mkdir()
    picture(folder / "b.jpg", seed=1, at="2026:12:01 10:00:00")
    picture(folder / "a.jpg", seed=2, at="2026:12:01 11:00:00")
    picture(folder / "c.jpg", seed=3, at="2026:12:01 09:00:00")
    (folder / "readme.txt").write_text("示例", encoding="utf-8")
    tab.take([folder])
    window.settle()
    assert [tab.tray.photos.line(row).photo.name for row in range(3)] == ["c.jpg", "b.jpg", "a.jpg"]
    assert tab.loose_count() == 3
    assert "3" in tab.bar.hint.text()
    assert "readme.txt" in tab.bar.hint.text()
    assert not tab.bar.is_busy


def test_files_dropped_on_the_tab_are_taken_in(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "示例 照片.jpg")))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    tab.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier))
    window.settle()
    assert [one.photo.name for one in planned.sheet.photos] == ["示例 照片.jpg"]


def test_an_import_that_is_stopped_keeps_what_was_taken_and_says_so(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos()
    files = card(tmp_path, 12)
    stopped: list[int] = []

    def stop(done: int, _total: int) -> None:
        if done >= 2 and not stopped:
            stopped.append(done)
            tab.bar._on_stop()

    tab.bar._on_progress = stop  # type: ignore[method-assign,assignment]
    tab.take(files)
    window.settle()
    assert 0 < len(planned.sheet.photos) <= 12
    assert tab.tray.photos.rowCount() == len(planned.sheet.photos)
    assert not tab.bar.is_busy


def test_thumbnails_come_from_off_the_gui_thread_upright(open_photos: Opened, tmp_path: Path) -> None:
    _planned, window, tab = open_photos(picture(tmp_path / "a.jpg", orientation=6))
    key = ThumbKey(tab.tray.photos.line(0).sha256, 112)
    window.qtbot.waitUntil(lambda: tab.thumbs.image(key) is not None)
    image = tab.thumbs.image(key)
    assert image is not None
    assert image.height() > image.width()


def test_remarks_tell_of_chat_programs_twins_and_other_visits_and_filter(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos()
    one = picture(tmp_path / "one.jpg", seed=1)
    twin = picture(tmp_path / "twin.jpg", seed=1, quality=50, at="2026:12:01 10:31:00")
    chat = picture(tmp_path / "mmexport.jpg", seed=2, at="")
    abroad = picture(tmp_path / "abroad.jpg", seed=3, at="2026:12:01 11:30:00")
    other, _changes = planned.desk.visits.planning.create(planned.story.review, DRAFT)
    planned.desk.visits.photos.take(other, [abroad])
    planned.take(one, twin, chat, abroad)
    tab.refresh(planned.sheet)
    window.settle()
    found = flags(tab)
    assert {Flag.ALIKE} <= found[1]
    assert {Flag.ALIKE} <= found[2]
    assert found[3] == {Flag.NO_TIME, Flag.LOOSE}
    assert Flag.ELSEWHERE in found[4]
    tab.chips._buttons[Flag.NO_TIME].click()
    assert tab.tray.photos.rowCount() == 1
    tab.tray.choose([tab.tray.photos.line(0).sha256])
    assert tab.facts.remarks.isVisibleTo(tab)


def test_letters_typed_at_the_photos_put_them_on_that_item_and_go_on_to_the_next(
    open_photos: Opened, tmp_path: Path
) -> None:
    planned, window, tab = open_photos(*card(tmp_path, 3))
    tab.tray.setFocus()
    tab.tray.choose([tab.tray.photos.line(0).sha256])
    for item in ("b7", "c1"):
        QTest.keyClicks(tab.tray, item[0])
        assert tab.items.field.hasFocus()
        QTest.keyClicks(tab.items.field, item[1])
        QTest.keyClick(tab.items.field, Qt.Key.Key_Return)
        window.settle()
        assert tab.tray.hasFocus()
    assert [one.items for one in planned.sheet.photos] == [("B7",), ("C1",), ()]
    assert tab.tray.chosen() == (planned.sheet.photos[2].photo.sha256,)
    assert window.refused == []


def test_ticking_an_item_places_every_chosen_photo_and_unticking_takes_them_off(
    open_photos: Opened, tmp_path: Path
) -> None:
    planned, window, tab = open_photos(*card(tmp_path, 3))
    tab.tray.selectAll()
    line = tab.items.list.item(row_of(tab.items.list, "B3"))
    line.setCheckState(Qt.CheckState.Checked)
    window.settle()
    assert [one.items for one in planned.sheet.photos] == [("B3",)] * 3
    assert tab.items.list.item(row_of(tab.items.list, "B3")).data(ASIDE) == "按日程 · 3 张照片"
    tab.items.list.item(row_of(tab.items.list, "B3")).setCheckState(Qt.CheckState.Unchecked)
    window.settle()
    assert [one.items for one in planned.sheet.photos] == [()] * 3


def test_photos_dragged_onto_an_item_are_put_there(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos(*card(tmp_path, 2))
    index = tab.tray.photos.index(0)
    data = tab.tray.photos.mimeData([index, tab.tray.photos.index(1)])
    assert data.hasFormat(MIME)
    listed = tab.items.list
    place = QPointF(listed.visualItemRect(listed.item(1)).center())
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    listed.dropEvent(QDropEvent(place, action, data, button, Qt.KeyboardModifier.NoModifier))
    window.settle()
    assert [one.items for one in planned.sheet.photos] == [("A2",), ("A2",)]


def test_the_timetable_proposes_the_item_and_one_press_takes_it(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos(picture(tmp_path / "a.jpg", at="2026:12:01 11:20:00"))
    tab.tray.choose([tab.tray.photos.line(0).sha256])
    assert tab.proposal.isVisibleTo(tab)
    assert "B7" in tab.proposal.text()
    tab.proposal.click()
    window.settle()
    assert planned.sheet.photos[0].items == ("B7",)
    assert not tab.proposal.isVisibleTo(tab)


def test_a_number_noted_on_paper_finds_the_file_and_a_wrong_one_is_told_in_place(
    open_photos: Opened, tmp_path: Path
) -> None:
    planned, window, tab = open_photos(*card(tmp_path, 3))
    noted = tab.noted
    noted.number.setFocus()
    QTest.keyClicks(noted.number, "2")
    QTest.keyClick(noted.number, Qt.Key.Key_Return)
    assert noted.item.hasFocus()
    QTest.keyClicks(noted.item, "b3")
    QTest.keyClick(noted.item, Qt.Key.Key_Return)
    window.settle()
    assert [one.items for one in planned.sheet.photos] == [(), ("B3",), ()]
    assert noted.number.hasFocus()
    assert noted.number.text() == ""
    QTest.keyClicks(noted.number, "77")
    noted.item.setText("B3")
    noted.put.click()
    window.settle()
    assert noted.number.text() == "77"
    assert "77" in noted.answer.text()
    noted.counted.setCurrentIndex(noted.counted.findData(Counted.TRAY))
    noted.number.setText("3")
    noted.put.click()
    window.settle()
    assert [one.items for one in planned.sheet.photos] == [(), ("B3",), ("B3",)]


def test_photos_of_another_factory_are_proposed_to_its_visit(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos()
    tomorrow = DRAFT.timetable[0]
    begins, ends = tomorrow.starts_at.replace(day=2), tomorrow.ends_at.replace(day=2)
    draft = replace(DRAFT, timetable=(replace(tomorrow, starts_at=begins, ends_at=ends),))
    other, _changes = planned.desk.visits.planning.create(planned.story.review, draft)
    here = picture(tmp_path / "here.jpg", seed=1)
    there = picture(tmp_path / "there.jpg", seed=2, at="2026:12:02 10:00:00")
    chat = picture(tmp_path / "chat.jpg", seed=3, at="")
    tab.take([here, there, chat])
    window.settle()
    assert not planned.sheet.photos
    assert tab.bar.each.isVisibleTo(tab)
    tab.bar.each.click()
    window.settle()
    assert [one.photo.name for one in planned.sheet.photos] == ["here.jpg", "chat.jpg"]
    assert [one.photo.name for one in planned.desk.visits.sheet(other).photos] == ["there.jpg"]


def test_a_concluded_visit_shows_its_photos_and_lets_none_be_moved(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos(*card(tmp_path, 1))
    planned.grade_all()
    planned.desk.visits.meeting.conclude(planned.visit)
    tab.refresh(planned.sheet)
    window.settle()
    tab.tray.choose([tab.tray.photos.line(0).sha256])
    assert not tab.items.field.isEnabled()
    assert not tab.noted.put.isEnabled()
    assert tab.items.list.item(0).data(Qt.ItemDataRole.CheckStateRole) is None


def test_two_hundred_photos_are_shown_at_once_and_only_those_in_view_are_decoded(
    open_photos: Opened, tmp_path: Path
) -> None:
    planned, window, tab = open_photos()
    names = [
        picture(tmp_path / f"{n:04}.jpg", seed=n, size=(64, 48), at=f"2026:12:01 09:{n % 60:02}:{n // 60:02}")
        for n in range(200)
    ]
    planned.take(*names)
    tab.refresh(planned.sheet)
    window.settle()
    assert tab.tray.photos.rowCount() == 200
    assert 0 < len(tab.thumbs._images) < 60
    first = tab.tray.photos.line(0).sha256
    tab.tray.choose([first])
    tab.tray.scrollToBottom()
    window.settle()
    assert tab.tray.chosen() == (first,)
    planned.desk.visits.photos.bind(planned.visit, first, ItemId("B3"))
    place = tab.tray.verticalScrollBar().value()
    tab.refresh(planned.sheet)
    assert tab.tray.verticalScrollBar().value() == place


def test_a_photo_whose_file_is_gone_is_named(open_photos: Opened, tmp_path: Path) -> None:
    planned, _window, tab = open_photos(*card(tmp_path, 1))
    sha256 = planned.sheet.photos[0].photo.sha256
    tab._on_looked(((Sha256(sha256),), ()))
    assert flags(tab)[1] >= {Flag.MISSING}
    tab.tray.choose([sha256])
    assert tab.facts.remarks.isVisibleTo(tab)


def test_a_photo_of_a_member_on_paper_carries_the_members_code_with_its_number(
    open_photos: Opened, tmp_path: Path
) -> None:
    planned, window, tab = open_photos(picture(tmp_path / "mine.jpg", seed=1))
    tab.bar.author.setCurrentIndex(tab.bar.author.findData(PAPER))
    tab.take([picture(tmp_path / "theirs.jpg", seed=2, at="2026:12:01 10:40:00")])
    window.settle()
    assert [tab.tray.photos.line(row).number for row in range(2)] == ["1", "P1-1"]
    assert [one.photo.author for one in planned.sheet.photos] == [planned.sheet.me, PAPER]


def test_a_damaged_file_is_named_and_the_others_are_taken(open_photos: Opened, tmp_path: Path) -> None:
    planned, window, tab = open_photos()
    good = picture(tmp_path / "good.jpg", seed=1)
    torn = tmp_path / "torn.jpg"
    torn.write_bytes(picture(tmp_path / "whole.jpg", seed=2).read_bytes()[:900])
    bomb = tmp_path / "bomb.jpg"
    bomb.write_bytes(b"\xff\xd8\xff" + b"\x00" * 5000)
    tab.take([torn, bomb, good])
    window.settle()
    assert [one.photo.name for one in planned.sheet.photos] == ["good.jpg"]
    assert "torn.jpg" in tab.bar.hint.text()
    assert "bomb.jpg" in tab.bar.hint.text()
    assert window.failed == []


def test_what_is_written_while_photos_come_in_is_saved_as_well(open_photos: Opened, tmp_path: Path) -> None:
    first = picture(tmp_path / "first.jpg", seed=99)
    planned, window, tab = open_photos(first)
    folder = tmp_path / "card"
    folder.mkdir()
    tab.take(card(folder, 15))
    sha256, notes = planned.sheet.photos[0].photo.sha256, planned.desk.visits.notes
    for item in ("A1", "A2", "A3", "A4", "A5", "A6"):
        window.saver.now(partial(planned.desk.visits.photos.bind, planned.visit, sha256, ItemId(item)))
        window.saver.now(partial(notes.grade, planned.visit, ItemId(item), Grade.CONFORM))
    window.settle()
    assert len(planned.sheet.photos) == 16
    assert len(planned.sheet.settled) == 6
    assert len(next(one.items for one in planned.sheet.photos if one.photo.sha256 == sha256)) == 6
    assert (window.refused, window.failed) == ([], [])
