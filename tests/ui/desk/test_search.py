"""Search beside the dossier: by keys alone, from a place to the page, and told what cannot be searched."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from app.domain.application import MediaType
from tests.support import stranger_files
from tests.support.desks import DeskStory
from tests.support.searchable import chinese_pdf, with_files
from tests.ui.desk.conftest import OpenWindow
from ui.desk.review_screen import ReviewScreen
from ui.desk.search_line import SearchLine, around_hit
from ui.theme import look

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FILES = (
    ("01 申请书.pdf", MediaType.PDF, chinese_pdf(["第一页", "", "创新驱动发展", "末页"])),
    ("02 数据.xlsx", MediaType.XLSX, stranger_files.workbook([[f"行 {n}"] for n in range(1, 450)] + [["创新专利"]])),
    ("03 说明.pdf", MediaType.PDF, chinese_pdf(["创新人才，创新平台"])),
)


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Callable[[DeskStory], OpenWindow]) -> OpenWindow:
    return open_window(with_files(stories, FILES))


def search(opened: OpenWindow, words: str) -> ReviewScreen:
    review = opened.review()
    opened.press(Qt.Key.Key_F, CONTROL | SHIFT)
    assert opened.window.focusWidget() is review.search.field
    review.search.field.setText(words)
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    return review


def test_words_are_found_across_the_dossier_and_each_place_is_one_key_away(opened: OpenWindow) -> None:
    review = search(opened, "创新")
    assert review.search.list.count() == 4
    opened.press(Qt.Key.Key_F3)
    opened.settle()
    assert (review.viewer.sha256(), review.viewer.canvas.page()) == (opened.story.dossiers[0].documents[0].sha256, 3)
    assert review.viewer.canvas._places(3)
    opened.press(Qt.Key.Key_F3)
    opened.settle()
    assert review.viewer.sheets.place() == ("申报表", "A450")
    opened.press(Qt.Key.Key_F3)
    opened.press(Qt.Key.Key_F3)
    opened.settle()
    cited = review.viewer.canvas._cited
    assert cited is not None
    first, second = review.viewer.canvas._places(1)
    assert first[0][0] < cited[1][0] == second[0][0]
    opened.press(Qt.Key.Key_F3)
    opened.settle()
    assert review.search.list.currentRow() == 0  # round again
    opened.press(Qt.Key.Key_F3, SHIFT)
    opened.settle()
    assert review.search.list.currentRow() == 3


def test_pages_without_text_are_told_beside_the_places(opened: OpenWindow) -> None:
    review = search(opened, "创新")
    assert "01" in review.search.status.text()
    assert "2" in review.search.status.text().splitlines()[1]


def test_ctrl_f_searches_the_document_in_view(opened: OpenWindow) -> None:
    review = search(opened, "创新")
    opened.press(Qt.Key.Key_F, CONTROL)
    opened.settle()
    assert review.search.only_here.isChecked()
    assert review.search.list.count() == 1


def test_an_emptied_field_puts_the_lights_out(opened: OpenWindow) -> None:
    review = search(opened, "创新")
    opened.press(Qt.Key.Key_Escape)
    opened.settle()
    assert review.search.list.count() == 0
    assert review.search.list.isHidden()
    assert review.viewer.canvas._places(3) == ()


def test_leaving_the_review_ends_the_search(opened: OpenWindow) -> None:
    review = search(opened, "创新")
    review.close_review()
    opened.settle()
    assert review.search.field.text() == ""
    assert review.search.list.count() == 0


def test_a_narrow_row_shows_the_words_that_were_found_with_what_fits_on_both_sides() -> None:
    line = SearchLine("01", "零一二三四五六七八九创新甲乙丙丁戊己庚辛", 10, 12)
    assert around_hit(line, 9, len) == ("…七八九", "创新", "甲乙…")
    assert around_hit(line, 3, len) == ("", "创新", "")
    assert around_hit(line, 99, len) == ("零一二三四五六七八九", "创新", "甲乙丙丁戊己庚辛")
    at_the_edge = SearchLine("01", "创新甲乙丙丁戊己庚辛", 0, 2)
    assert around_hit(at_the_edge, 7, len) == ("", "创新", "甲乙丙丁…")


def test_what_was_found_is_lit_up_in_its_row(opened: OpenWindow) -> None:
    review = search(opened, "创新")
    places = review.search.list
    row = places.viewport().grab(places.visualItemRect(places.item(0))).toImage()
    ground, seen = QImage(1, 1, QImage.Format.Format_RGB32), set[str]()
    ground.fill(look().colour("surface"))
    painter = QPainter(ground)
    painter.fillRect(0, 0, 1, 1, look().colour("found"))
    painter.end()
    for x in range(row.width()):
        seen |= {row.pixelColor(x, y).name() for y in range(row.height())}
    assert ground.pixelColor(0, 0).name() in seen
