"""Reading strangers' documents through the real decoding child."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QImage

from app.decoding.errors import DecoderCrashedError
from app.domain.evidence import Anchor
from tests.ui.viewing.conftest import PAGES, Shelf
from ui.jobs import Workers
from ui.viewing.document_list import DocumentEntry, EntryKind
from ui.viewing.page_layout import Fit
from ui.viewing.viewer import Viewer

LEFT = Qt.MouseButton.LeftButton


def _is_drawn(viewer: Viewer, page: int) -> bool:
    layout = viewer.canvas._layout
    return layout is not None and viewer.loader.image(viewer.canvas._key(layout, page)) is not None


def _open(qtbot, viewer: Viewer, shelf: Shelf, data: bytes) -> str:
    sha256 = shelf.put(data)
    with qtbot.waitSignal(viewer.document_shown):
        viewer.open_document(sha256)
    return sha256


def _at(viewer: Viewer, page: int, x: int, y: int) -> QPoint:
    place = viewer.canvas._layout.to_view(page, (x, y, x, y)).topLeft()
    bars = viewer.canvas.horizontalScrollBar(), viewer.canvas.verticalScrollBar()
    return (place - QPointF(bars[0].value(), bars[1].value())).toPoint()


@pytest.fixture
def pdf(qtbot, viewer: Viewer, shelf: Shelf, long_pdf: bytes) -> str:
    sha256 = _open(qtbot, viewer, shelf, long_pdf)
    qtbot.waitUntil(lambda: _is_drawn(viewer, 1))
    return sha256


def test_the_page_in_view_is_drawn_and_so_is_the_next(qtbot, viewer: Viewer, pdf: str) -> None:
    picture: QImage = viewer.loader.image(viewer.canvas._key(viewer.canvas._layout, 1))
    assert any(picture.pixelColor(x, y).lightness() < 128 for x in range(0, picture.width(), 2) for y in range(40, 120))
    qtbot.waitUntil(lambda: _is_drawn(viewer, 2))


def test_only_pages_near_the_one_in_view_are_asked_for(qtbot, viewer: Viewer, pdf: str) -> None:
    viewer.canvas.go_to(30)
    qtbot.waitUntil(lambda: _is_drawn(viewer, 30))
    assert not _is_drawn(viewer, 15)


def test_keys_turn_pages_and_the_page_in_view_is_told(qtbot, viewer: Viewer, pdf: str) -> None:
    shown: list[int] = []
    viewer.page_shown.connect(lambda _document, page: shown.append(page))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(viewer.canvas, key)
    assert shown == [2, 3, 2, PAGES, 1]


def test_a_page_number_typed_goes_there(qtbot, viewer: Viewer, pdf: str) -> None:
    viewer.bar._page.setFocus()
    viewer.bar._page.selectAll()
    qtbot.keyClicks(viewer.bar._page, "17")
    qtbot.keyClick(viewer.bar._page, Qt.Key.Key_Return)
    assert viewer.canvas.page() == 17


def test_citing_attaches_the_page_in_view(qtbot, viewer: Viewer, pdf: str) -> None:
    viewer.canvas.go_to(12)
    with qtbot.waitSignal(viewer.cited) as cited:
        viewer.bar._cite.click()
    assert cited.args == [Anchor(pdf, page=12)]


def test_marked_words_are_attached_with_their_box(qtbot, viewer: Viewer, pdf: str) -> None:
    qtbot.waitUntil(lambda: bool(viewer.loader.words(1)))
    words = viewer.loader.words(1)
    first, last = words[0], words[2]
    viewport = viewer.canvas.viewport()
    qtbot.mousePress(viewport, LEFT, pos=_at(viewer, 1, *_middle(first.box)))
    qtbot.mouseMove(viewport, _at(viewer, 1, *_middle(last.box)))
    qtbot.mouseRelease(viewport, LEFT, pos=_at(viewer, 1, *_middle(last.box)))
    anchor = viewer.current_anchor()
    assert anchor is not None
    assert (anchor.page, anchor.words) == (1, "Report page 1")
    assert anchor.box == (first.box[0], min(w.box[1] for w in words[:3]), last.box[2], max(w.box[3] for w in words[:3]))


def _middle(box: tuple[int, int, int, int]) -> tuple[int, int]:
    return (box[0] + box[2]) // 2, (box[1] + box[3]) // 2


def test_where_there_are_no_words_a_region_is_marked(qtbot, viewer: Viewer, pdf: str) -> None:
    viewport = viewer.canvas.viewport()
    qtbot.mousePress(viewport, LEFT, pos=_at(viewer, 1, 10_000, 40_000))
    qtbot.mouseMove(viewport, _at(viewer, 1, 30_000, 50_000))
    qtbot.mouseRelease(viewport, LEFT, pos=_at(viewer, 1, 30_000, 50_000))
    anchor = viewer.current_anchor()
    assert anchor is not None
    assert anchor.words is None
    assert anchor.box == pytest.approx((10_000, 40_000, 30_000, 50_000), abs=200)
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert viewer.current_anchor() == Anchor(pdf, page=1)


def test_an_anchor_brings_its_page_and_box_into_view(qtbot, viewer: Viewer, shelf: Shelf, long_pdf: bytes) -> None:
    sha256 = shelf.put(long_pdf)
    with qtbot.waitSignal(viewer.document_shown):
        viewer.go_to(Anchor(sha256, page=25, box=(7_000, 70_000, 20_000, 72_000)))
    assert viewer.canvas.page() == 25
    box = viewer.canvas._layout.to_view(25, (7_000, 70_000, 20_000, 72_000))
    top = viewer.canvas.verticalScrollBar().value()
    assert top < box.top() < box.bottom() < top + viewer.canvas.viewport().height()


def test_zoom_and_rotation_change_what_is_asked_for(qtbot, viewer: Viewer, pdf: str) -> None:
    viewer.bar._whole.click()
    assert viewer.canvas.zoom().fit is Fit.PAGE
    viewer.bar._percent.click()
    assert viewer.canvas.factor() == pytest.approx(1)
    viewer.bar._in.click()
    assert viewer.canvas.factor() == pytest.approx(1.1)
    viewer.bar._turn.click()
    assert viewer.canvas.rotation() == 90
    qtbot.waitUntil(lambda: _is_drawn(viewer, 1))
    picture = viewer.loader.image(viewer.canvas._key(viewer.canvas._layout, 1))
    assert picture.width() > picture.height()


def test_thumbnails_are_drawn_and_choose_a_page(qtbot, viewer: Viewer, pdf: str) -> None:
    viewer.bar._thumbnails.click()
    from ui.viewing.thumbnails import thumbnail_key

    qtbot.waitUntil(lambda: viewer.loader.image(thumbnail_key(2, viewer.devicePixelRatioF())) is not None)
    viewer.thumbnails.clicked.emit(viewer.thumbnails.model().index(2))
    assert viewer.canvas.page() == 3


def test_a_photograph_is_cited_in_pixels_without_a_page(qtbot, viewer: Viewer, shelf: Shelf, photograph: bytes) -> None:
    sha256 = _open(qtbot, viewer, shelf, photograph)
    qtbot.waitUntil(lambda: _is_drawn(viewer, 1))
    assert viewer.current_anchor() == Anchor(sha256)
    viewport = viewer.canvas.viewport()
    qtbot.mousePress(viewport, LEFT, pos=_at(viewer, 1, 20, 30))
    qtbot.mouseMove(viewport, _at(viewer, 1, 120, 90))
    qtbot.mouseRelease(viewport, LEFT, pos=_at(viewer, 1, 120, 90))
    anchor = viewer.current_anchor()
    assert anchor is not None
    assert anchor.page is None
    assert anchor.box == pytest.approx((20, 30, 120, 90), abs=2)
    assert viewer.loader.words(1) is None


def test_a_region_of_a_photograph_taken_in_the_dark_has_an_edge_that_is_seen(
    qtbot, viewer: Viewer, shelf: Shelf
) -> None:
    dark = io.BytesIO()
    Image.new("RGB", (200, 200), "black").save(dark, "PNG")
    _open(qtbot, viewer, shelf, dark.getvalue())
    qtbot.waitUntil(lambda: _is_drawn(viewer, 1))
    viewport = viewer.canvas.viewport()
    before = viewport.grab().toImage()
    first, last = _at(viewer, 1, 20, 30), _at(viewer, 1, 120, 90)
    qtbot.mousePress(viewport, LEFT, pos=first)
    qtbot.mouseMove(viewport, last)
    qtbot.mouseRelease(viewport, LEFT, pos=last)
    after = viewport.grab().toImage()
    middle = (first.x() + last.x()) // 2
    lighter = {after.pixelColor(middle, y).lightness() for y in range(first.y() - 5, first.y())}
    assert before.pixelColor(middle, first.y()).lightness() == 0
    assert max(lighter) > 200, "the line of paper"


def test_a_sheet_is_a_table_that_fetches_rows_as_needed(qtbot, viewer: Viewer, shelf: Shelf, workbook: bytes) -> None:
    sha256 = _open(qtbot, viewer, shelf, workbook)
    model = viewer.sheets._model
    qtbot.waitUntil(lambda: model.rowCount() >= 200)
    assert model.index(3, 0).data() == "示例 3"
    assert model.index(3, 2).data() == "<b>x</b>"
    assert viewer.current_anchor() == Anchor(sha256, sheet="汇总")
    model.fetchMore(model.index(-1, -1))
    qtbot.waitUntil(lambda: model.rowCount() >= 400)
    chooser = viewer.sheets._table.selectionModel()
    for row, column in ((1, 0), (2, 1)):
        chooser.select(model.index(row, column), QItemSelectionModel.SelectionFlag.Select)
    assert viewer.current_anchor() == Anchor(sha256, sheet="汇总", range="A2:B3")
    viewer.go_to(Anchor(sha256, sheet="附表"))
    qtbot.waitUntil(lambda: model.rowCount() == 1)


def test_a_damaged_file_is_told_in_words_and_the_next_one_opens(
    qtbot, viewer: Viewer, shelf: Shelf, photograph: bytes
) -> None:
    with qtbot.waitSignal(viewer.loader.refused) as refused:
        viewer.open_document(shelf.put(b"%PDF-1.7\nbroken"))
    assert viewer.empty._reason.text() == refused.args[0].sentence()
    assert viewer.current_anchor() is None
    _open(qtbot, viewer, shelf, photograph)


def test_a_page_that_kills_the_decoder_shows_a_tile_and_the_next_page_works(
    qtbot, viewer: Viewer, shelf: Shelf, long_pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_well = shelf.open

    class Fragile:
        def __init__(self, document) -> None:
            self._document = document

        def __getattr__(self, name: str):
            return getattr(self._document, name)

        def render(self, page: int, *, width: int, rotation: int = 0):
            if page == 2 and is_broken:
                raise DecoderCrashedError
            return self._document.render(page, width=width, rotation=rotation)

    is_broken = True
    monkeypatch.setattr(viewer.loader, "_source", lambda sha256: Fragile(open_well(sha256)))
    _open(qtbot, viewer, shelf, long_pdf)
    qtbot.waitUntil(lambda: viewer.loader.failure(2) is not None)
    viewer.canvas.go_to(2)
    viewer.grab()
    viewer.canvas.go_to(3)
    qtbot.waitUntil(lambda: _is_drawn(viewer, 3))
    is_broken = False
    viewer.canvas.go_to(2)
    qtbot.mouseClick(viewer.canvas.viewport(), LEFT, pos=QPoint(300, 300))
    qtbot.waitUntil(lambda: _is_drawn(viewer, 2))


def test_turning_quickly_to_another_document_shows_only_the_last(
    qtbot, viewer: Viewer, shelf: Shelf, long_pdf: bytes, photograph: bytes, workbook: bytes
) -> None:
    shown: list[str] = []
    viewer.document_shown.connect(shown.append)
    asked = [shelf.put(data) for data in (long_pdf, workbook, photograph)]
    for sha256 in asked:
        viewer.open_document(sha256)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [asked[-1]]


def test_closing_forgets_every_picture(viewer: Viewer, pdf: str) -> None:
    viewer.close_document()
    assert viewer.loader._cache.held_bytes == 0
    assert viewer.current_anchor() is None


def test_the_list_opens_what_is_here_and_nothing_else(
    qtbot, viewer: Viewer, shelf: Shelf, photograph: bytes, workbook: bytes
) -> None:
    here, missing = shelf.put(photograph), shelf.put(workbook)
    viewer.show_documents(
        [
            DocumentEntry(here, "01", "照片 <img src=x>", EntryKind.PICTURE, is_cited=True),
            DocumentEntry(missing, "02", "表", EntryKind.SHEET, is_here=False),
        ]
    )
    model = viewer.documents.model()
    assert model.index(0).data() == "01 照片 <img src=x> ✓"
    viewer.documents.activated.emit(model.index(1))
    with qtbot.waitSignal(viewer.document_shown) as shown:
        viewer.documents.activated.emit(model.index(0))
    assert shown.args == [here]
    assert shelf.opened == [here]


def test_closing_the_window_while_pages_are_on_their_way_ends_cleanly(
    qtbot, shelf: Shelf, workers: Workers, long_pdf: bytes
) -> None:
    viewer = Viewer(shelf.open, workers)
    viewer.show()
    sha256 = shelf.put(long_pdf)
    with qtbot.waitSignal(viewer.document_shown):
        viewer.open_document(sha256)
    viewer.close()
    del viewer
    assert workers.close()
