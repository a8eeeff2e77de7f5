"""One photograph large: turned, walked through, marked on a copy."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.onsite.ids import ItemId
from tests.support.desks import DeskStory, stories
from tests.support.visit_photos import PlannedVisit, picture, plan
from tests.support.visit_tabs import TabWindow
from ui import tokens
from ui.jobs import Workers
from ui.visit.photos_marks import Mark, MarkKind, marked_copy
from ui.visit.photos_tab import PhotosTab
from ui.visit.photos_view import PhotoView

__all__ = ["stories"]


@pytest.fixture
def opened(
    stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot, tmp_path: Path
) -> tuple[PlannedVisit, TabWindow, PhotosTab]:
    planned = plan(stories("assigned").unlock())
    planned.take(*(picture(tmp_path / f"{n}.jpg", seed=n, at=f"2026:12:01 09:0{n}:00") for n in (1, 2)))
    window = TabWindow(planned, workers, qtbot)
    tab = PhotosTab(window.context, planned.visit)
    window.show(tab)
    tab.tray.choose([tab.tray.photos.line(0).sha256])
    QTest.keyClick(tab.tray, Qt.Key.Key_Return)
    window.settle()
    return planned, window, tab


def size(view: PhotoView) -> tuple[int, int]:
    image = view.canvas.image()
    assert image is not None
    return image.width(), image.height()


def test_enter_shows_a_photo_large_with_its_whole_digest_and_escape_leads_back(
    opened: tuple[PlannedVisit, TabWindow, PhotosTab],
) -> None:
    planned, _window, tab = opened
    assert tab.view.isVisible()
    assert size(tab.view) == (320, 240)
    assert planned.sheet.photos[0].photo.sha256 in tab.view.facts.text()
    QTest.keyClick(tab.view.canvas, Qt.Key.Key_Escape)
    assert tab.tray.isVisible()
    assert tab.tray.hasFocus()


def test_keys_turn_the_photo_and_go_to_the_next(opened: tuple[PlannedVisit, TabWindow, PhotosTab]) -> None:
    planned, window, tab = opened
    QTest.keyClick(tab.view.canvas, Qt.Key.Key_R)
    window.settle()
    assert size(tab.view) == (240, 320)
    QTest.keyClick(tab.view.canvas, Qt.Key.Key_PageDown)
    window.settle()
    assert tab.view.shown() == planned.sheet.photos[1].photo.sha256
    assert size(tab.view) == (320, 240)
    QTest.keyClick(tab.view.canvas, Qt.Key.Key_PageDown)
    assert tab.view.shown() == planned.sheet.photos[1].photo.sha256


def test_a_mark_drawn_with_the_mouse_is_kept_on_a_copy_and_the_original_stays(
    opened: tuple[PlannedVisit, TabWindow, PhotosTab], tmp_path: Path
) -> None:
    planned, window, tab = opened
    view = tab.view
    assert not view.keep.isEnabled()
    view.tools[MarkKind.BLACK_OUT].click()
    middle = view.canvas.rect().center()
    QTest.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(view.canvas, middle + QPoint(60, 40))
    QTest.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 40))
    assert [mark.kind for mark in view.canvas.marks()] == [MarkKind.BLACK_OUT]
    view.keep.click()
    window.settle()
    original, copy = (
        one for one in planned.sheet.photos if one.photo.taken_at == planned.sheet.photos[0].photo.taken_at
    )
    assert copy.copy_of == original.photo.sha256
    photos = planned.desk.visits.photos
    assert photos.original(planned.visit, original.photo.sha256) == (tmp_path / "1.jpg").read_bytes()
    drawn = QImage.fromData(photos.original(planned.visit, copy.photo.sha256))
    assert (drawn.width(), drawn.height()) == (320, 240)
    assert abs(drawn.pixelColor(170, 125).lightness() - QColor(tokens.LIGHT.text).lightness()) < 12
    assert view.canvas.marks() == ()
    assert window.failed == []


def test_marks_are_drawn_and_moved_by_keys_alone(opened: tuple[PlannedVisit, TabWindow, PhotosTab]) -> None:
    _planned, _window, tab = opened
    canvas = tab.view.canvas
    tab.view.tools[MarkKind.ARROW].click()
    assert canvas.hasFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    (first,) = canvas.marks()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    (moved,) = canvas.marks()
    assert moved.x1 > first.x1
    assert moved.y1 == first.y1
    assert moved.y2 > first.y2
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.marks() == ()


def test_what_is_drawn_and_not_kept_is_not_lost_by_escape(opened: tuple[PlannedVisit, TabWindow, PhotosTab]) -> None:
    _planned, _window, tab = opened
    tab.view.canvas.add(Mark(MarkKind.BOX, 0.1, 0.1, 0.5, 0.5))
    QTest.keyClick(tab.view.canvas, Qt.Key.Key_Escape)
    assert tab.view.isVisible()
    assert tab.view.note.isVisible()
    assert len(tab.view.canvas.marks()) == 1
    tab.view.discard.click()
    QTest.keyClick(tab.view, Qt.Key.Key_Escape)
    assert not tab.view.isVisible()


def test_a_black_out_leaves_nothing_of_what_was_below(qtbot: QtBot) -> None:
    image = QImage(100, 80, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    data = marked_copy(image, [Mark(MarkKind.BLACK_OUT, 0.0, 0.0, 1.0, 1.0)])
    drawn = QImage.fromData(data)
    darkest = QColor(tokens.LIGHT.text).lightness()
    assert all(abs(drawn.pixelColor(x, y).lightness() - darkest) < 4 for x in range(100) for y in range(80))
    assert image.pixelColor(5, 5) == QColor(Qt.GlobalColor.white)


@pytest.mark.parametrize("right", [-2.0, 2.0])
def test_a_mark_never_leaves_the_picture(right: float) -> None:
    moved = Mark(MarkKind.BOX, 0.2, 0.2, 0.6, 0.6).moved(right, right)
    assert min(moved.x1, moved.y1) >= 0
    assert max(moved.x2, moved.y2) <= 1
    assert moved.x2 - moved.x1 == pytest.approx(0.4)


def test_a_caption_is_saved_while_it_is_typed_and_follows_the_photo_to_the_next_item(
    opened: tuple[PlannedVisit, TabWindow, PhotosTab], type_text: Callable[[QWidget, str], None]
) -> None:
    planned, window, tab = opened
    photo = planned.sheet.photos[0].photo.sha256
    assert not tab.view.caption.isEnabled()
    planned.desk.visits.photos.bind(planned.visit, photo, ItemId("B3"))
    tab.refresh(planned.sheet)
    type_text(tab.view.caption, "示例台账第3页")
    window.saver.flush()
    window.settle()
    assert planned.sheet.photos[0].caption == "示例台账第3页"
    assert tab.view.caption.text() == "示例台账第3页"
    planned.desk.visits.photos.bind(planned.visit, photo, ItemId("B4"))
    planned.desk.visits.photos.unbind(planned.visit, photo, ItemId("B3"))
    assert planned.sheet.photos[0].caption == "示例台账第3页"
    assert window.refused == []
