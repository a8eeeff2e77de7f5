"""The first page is shown before the others are measured, and nothing jumps or is misplaced when they are."""

import io
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from reportlab.pdfgen.canvas import Canvas

from app.decoding.pieces import PIECE_BYTES, Pieces, piece_count
from app.decoding.pool import DecodingPool, Document
from app.domain.evidence import Anchor
from app.domain.ids import Sha256
from app.storage.blobs import BlobDamagedError
from tests.support.stranger_files import scanned_pdf
from tests.ui.viewing.conftest import Shelf
from ui.jobs import Workers
from ui.viewing.page_loader import MEASURED_AT_ONCE
from ui.viewing.viewer import Viewer

_PAGES = 3 * MEASURED_AT_ONCE
_UPRIGHT, _LYING = (595, 842), (842, 595)
_SCANNED = 8


class Watched:
    """A document that notes what it is asked, in order."""

    def __init__(self, document: Document, calls: list[tuple[str, int]]) -> None:
        self._document, self._calls = document, calls

    def __getattr__(self, name: str) -> Any:
        return getattr(self._document, name)

    def page_sizes(self, *, first: int = 1, count: int | None = None) -> object:
        self._calls.append(("sizes", count or self._document.overview.pages))
        return self._document.page_sizes(first=first, count=count)

    def render(self, page: int, *, width: int, rotation: int = 0) -> object:
        self._calls.append(("page", page))
        return self._document.render(page, width=width, rotation=rotation)


@pytest.fixture(scope="module")
def mixed_pdf() -> bytes:
    """Every third page lies on its side."""
    data = io.BytesIO()
    canvas = Canvas(data, invariant=True)
    for page in range(1, _PAGES + 1):
        canvas.setPageSize(_UPRIGHT if page % 3 else _LYING)
        canvas.drawString(72, 300, f"page {page}")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _is_measured(viewer: Viewer) -> bool:
    opened = viewer.canvas._opened
    return opened is not None and not opened.guessed


def test_the_first_page_is_asked_for_before_the_sizes_of_the_others(
    qtbot, shelf: Shelf, workers: Workers, long_pdf: bytes
) -> None:
    calls: list[tuple[str, int]] = []
    viewer = Viewer(lambda sha256: Watched(shelf.open(sha256), calls), workers)
    qtbot.addWidget(viewer)
    viewer.show()
    viewer.open_document(shelf.put(long_pdf))
    qtbot.waitUntil(lambda: _is_measured(viewer))
    assert calls[:2] == [("sizes", 1), ("page", 1)]
    assert max(count for name, count in calls if name == "sizes") == MEASURED_AT_ONCE


def test_pages_of_other_shapes_take_their_place_and_the_one_in_view_stays(
    qtbot, viewer: Viewer, shelf: Shelf, mixed_pdf: bytes
) -> None:
    sha256 = shelf.put(mixed_pdf)
    wanted = _PAGES - 3  # lies on its side, and so do many before it
    viewer.go_to(Anchor(sha256, page=wanted, box=(1000, 1000, 3000, 2000)))
    qtbot.waitUntil(lambda: _is_measured(viewer))
    assert viewer.canvas.page() == wanted
    with shelf.open(sha256) as document:
        real = tuple((size.width, size.height) for size in document.page_sizes())
    layout = viewer.canvas._layout
    assert layout is not None
    assert layout.sizes == real
    top = viewer.canvas.verticalScrollBar().value()
    assert viewer.canvas._visible().start <= wanted < viewer.canvas._visible().stop
    assert layout.rects[wanted - 1].intersects(viewer.canvas.viewport().rect().translated(0, top).toRectF())
    shapes = [viewer.thumbnails._pages.shape(row) for row in range(_PAGES)]
    assert [shape.width() > shape.height() for shape in shapes] == [not page % 3 for page in range(1, _PAGES + 1)]


def test_a_page_that_could_not_be_measured_is_shown_and_nothing_can_be_marked_on_it(
    qtbot, pool: DecodingPool, workers: Workers
) -> None:
    data = scanned_pdf(_SCANNED)
    last = piece_count(len(data)) - 1

    def read(number: int) -> bytes:
        if number == last - 1:
            raise BlobDamagedError(short="00000000")
        return data[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]

    def pieces() -> Pieces:
        return Pieces(len(data), read(0), read(last), read)

    viewer = Viewer(partial(pool.open, pieces), workers)
    qtbot.addWidget(viewer)
    viewer.resize(900, 640)
    viewer.show()
    viewer.open_document(Sha256("0" * 64))
    qtbot.waitUntil(lambda: viewer.loader._measure_from > _SCANNED and not viewer.loader._asked)
    viewer.canvas.go_to(2)
    qtbot.waitUntil(lambda: viewer.loader.stand_in(2, 0) is not None)
    _drag(viewer, 2)
    assert viewer.canvas.marked() is None
    viewer.canvas.go_to(1)
    _drag(viewer, 1)
    assert viewer.canvas.marked() is not None


def _drag(viewer: Viewer, page: int) -> None:
    canvas = viewer.canvas
    layout = canvas._layout
    assert layout is not None
    start = layout.rects[page - 1].topLeft() + QPointF(120, 120)
    at = (start - QPointF(canvas.horizontalScrollBar().value(), canvas.verticalScrollBar().value())).toPoint()
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(canvas.viewport(), at + QPoint(200, 200))
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(200, 200))
