"""A document's own table of contents beside its pages, as honest and as hostile documents write it."""

import io
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from reportlab.pdfgen.canvas import Canvas

from tests.ui.viewing.conftest import Shelf
from ui.viewing.viewer import Viewer

FIXTURES = Path(__file__).parents[2] / "fixtures" / "documents"
LEFT = Qt.MouseButton.LeftButton
_CHAPTERS = (
    ("一、企业概况", 0, 1),
    ("1.1 沿革", 1, 1),
    ("1.2 产品\u202e", 1, 3),
    ("二、质量管理", 0, 5),
    ("附件", 0, 8),
)


@pytest.fixture(scope="session")
def report() -> bytes:
    """Eight pages; chapters begin on pages 1, 3, 5 and 8."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842), invariant=True)
    for page in range(1, 9):
        for title, level, start in _CHAPTERS:
            if start == page:
                canvas.bookmarkPage(title)
                canvas.addOutlineEntry(title, title, level=level)
        canvas.drawString(72, 742, f"page {page}")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _open(qtbot, viewer: Viewer, shelf: Shelf, data: bytes) -> None:
    with qtbot.waitSignal(viewer.loader.outline_ready):
        viewer.open_document(shelf.put(data))


def _current(viewer: Viewer) -> str | None:
    line = viewer.contents.currentItem()
    return line.text(0) if line is not None else None


def test_chapters_are_nested_and_a_click_or_enter_goes_there(
    qtbot, viewer: Viewer, shelf: Shelf, report: bytes
) -> None:
    _open(qtbot, viewer, shelf, report)
    assert not viewer.contents.isVisible()
    viewer.bar._contents.click()
    assert viewer.contents.isVisible()
    tops = [viewer.contents.topLevelItem(number) for number in range(viewer.contents.topLevelItemCount())]
    assert [(top.text(0), top.childCount()) for top in tops] == [("一、企业概况", 2), ("二、质量管理", 0), ("附件", 0)]
    assert tops[0].child(1).text(0) == "1.2 产品\N{REPLACEMENT CHARACTER}"  # what would turn the line round is shown
    qtbot.mouseClick(viewer.contents.viewport(), LEFT, pos=viewer.contents.visualItemRect(tops[1]).center())
    assert viewer.canvas.page() == 5
    viewer.contents.setFocus()
    qtbot.keyClick(viewer.contents, Qt.Key.Key_Down)
    qtbot.keyClick(viewer.contents, Qt.Key.Key_Return)
    assert viewer.canvas.page() == 8


def test_the_chapter_in_view_is_marked_as_pages_are_turned(qtbot, viewer: Viewer, shelf: Shelf, report: bytes) -> None:
    _open(qtbot, viewer, shelf, report)
    viewer.bar._contents.click()
    seen = {}
    for page in range(1, 9):
        viewer.canvas.go_to(page)
        seen[page] = _current(viewer)
    assert [seen[page] for page in (1, 2, 5, 7, 8)] == [
        "一、企业概况",
        "一、企业概况",
        "二、质量管理",
        "二、质量管理",
        "附件",
    ]
    assert seen[3] == seen[4] == "1.2 产品\N{REPLACEMENT CHARACTER}"


def test_a_document_without_contents_offers_none_and_the_next_one_shows_its_own(
    qtbot, viewer: Viewer, shelf: Shelf, report: bytes, long_pdf: bytes, photograph: bytes
) -> None:
    _open(qtbot, viewer, shelf, report)
    viewer.bar._contents.click()
    _open(qtbot, viewer, shelf, long_pdf)
    assert not viewer.contents.isVisible()
    assert not viewer.bar._contents.isVisible()
    with qtbot.waitSignal(viewer.document_shown):
        viewer.open_document(shelf.put(photograph))
    assert not viewer.bar._contents.isVisible()
    _open(qtbot, viewer, shelf, report)
    assert viewer.contents.isVisible()


def test_contents_and_thumbnails_take_turns(qtbot, viewer: Viewer, shelf: Shelf, report: bytes) -> None:
    _open(qtbot, viewer, shelf, report)
    viewer.bar._thumbnails.click()
    viewer.bar._contents.click()
    assert (viewer.contents.isVisible(), viewer.thumbnails.isVisible()) == (True, False)
    viewer.bar._thumbnails.click()
    assert (viewer.contents.isVisible(), viewer.thumbnails.isVisible()) == (False, True)
    viewer.bar._thumbnails.click()
    assert (viewer.contents.isVisible(), viewer.thumbnails.isVisible()) == (False, False)


@pytest.mark.parametrize("name", ["qpdf-outlines-with-loop.pdf", "pdfium-bookmarks_circular.pdf"])
def test_contents_that_go_in_circles_are_cut_and_say_so(qtbot, viewer: Viewer, shelf: Shelf, name: str) -> None:
    _open(qtbot, viewer, shelf, (FIXTURES / name).read_bytes())
    viewer.bar._contents.click()
    lines = viewer.contents._seen()
    assert 1 < len(lines) < 200
    assert lines[-1].text(0) == "（其余不再显示）"
    assert viewer.canvas.page() == 1
    viewer.contents.itemClicked.emit(lines[-1], 0)
    assert viewer.canvas.page() == 1


def test_tools_that_find_no_room_are_in_a_menu(qtbot, viewer: Viewer, shelf: Shelf, report: bytes) -> None:
    _open(qtbot, viewer, shelf, report)
    assert not viewer.bar._rest.isVisible()
    viewer.bar.setMaximumWidth(380)
    qtbot.waitUntil(viewer.bar._rest.isVisible)
    viewer.bar._rest_menu.aboutToShow.emit()
    folded = {action.text(): action for action in viewer.bar._rest_menu.actions()}
    assert {"目录", "缩略图", "旋转 90°", "适合整页", "适合宽度"} <= folded.keys()
    folded["目录"].trigger()
    assert viewer.contents.isVisible()
    viewer.bar._rest_menu.aboutToShow.emit()
    assert next(action for action in viewer.bar._rest_menu.actions() if action.text() == "目录").isChecked()
    viewer.bar.setMaximumWidth(10_000)
    qtbot.waitUntil(lambda: not viewer.bar._rest.isVisible())
