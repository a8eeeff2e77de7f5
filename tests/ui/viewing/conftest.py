"""Documents of every kind, opened by the real decoding child."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import openpyxl
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.decoding.pool import DecodingPool, Document
from app.domain.ids import Sha256
from ui.jobs import Workers
from ui.viewing.viewer import Viewer

PAGES = 40
_PAPER = (595, 842)


@dataclass
class Shelf:
    """Bytes by their hash, opened by the pool; whoever asks for the same hash gets what lies there now."""

    pool: DecodingPool
    files: dict[Sha256, bytes] = field(default_factory=dict)
    opened: list[Sha256] = field(default_factory=list)

    def put(self, data: bytes) -> Sha256:
        sha256 = Sha256(hashlib.sha256(data).hexdigest())
        self.files[sha256] = data
        return sha256

    def open(self, sha256: Sha256) -> Document:
        self.opened.append(sha256)
        return self.pool.open(lambda: self.files[sha256], sha256)


@pytest.fixture(scope="session")
def pool() -> Iterator[DecodingPool]:
    with DecodingPool() as pool:
        yield pool


@pytest.fixture
def shelf(pool: DecodingPool) -> Shelf:
    return Shelf(pool)


@pytest.fixture(scope="session")
def long_pdf() -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=_PAPER, invariant=True)
    for page in range(PAGES):
        canvas.setFont("Helvetica", 20)
        canvas.drawString(72, 742, f"Report page {page + 1}")
        canvas.drawString(72, 642, "second line")
        canvas.showPage()
    canvas.save()
    return data.getvalue()


@pytest.fixture(scope="session")
def workbook() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "汇总"
    for number in range(450):
        first.append([f"示例 {number}", number, "<b>x</b>"])
    book.create_sheet("附表").append(["a"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.fixture(scope="session")
def photograph() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (320, 200), (90, 140, 180)).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def viewer(qtbot, shelf: Shelf, workers: Workers) -> Viewer:
    viewer = Viewer(shelf.open, workers)
    qtbot.addWidget(viewer)
    viewer.resize(900, 640)
    viewer.show()
    return viewer
