"""First page and page turn of a 500-page PDF: through the child, against PDFium in this process on the plain bytes."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator

import pypdfium2

from app.decoding.pool import DecodingPool
from app.domain.ids import Sha256
from tests.bench.measurement import Measurement
from tests.support import stranger_files as files

_PAGES = 500
_WIDTH = 1200
_TURNS = 60
_FIRSTS = 9


def measure() -> Iterator[Measurement]:
    """Milliseconds, medians, both sides in turns so that a busy moment of the machine meets both."""
    line = "Example text that fills a line of the dossier "
    data = files.dense_pdf([f"{line}{number}" for number in range(1, _PAGES + 1)])
    with DecodingPool() as pool:
        pool.start()
        plain = pypdfium2.PdfDocument(data)
        document = pool.open(lambda: data, Sha256("bench"))
        numbers = [1 + number * 7 % _PAGES for number in range(_TURNS)]
        floor, value = _in_turns(
            [lambda number=number: _plain_page(plain, number) for number in numbers],
            [lambda number=number: document.render(number, width=_WIDTH) for number in numbers],
        )
        yield _line("page turn, 500-page PDF, 1200 px", value, floor)
        firsts = range(_FIRSTS)
        floor, value = _in_turns(
            [lambda: _plain_page(pypdfium2.PdfDocument(data), 1) for _ in firsts],
            [lambda number=number: _first_page(pool, data, number) for number in firsts],
        )
        yield _line("first page, 500-page PDF, child running", value, floor)


def _line(name: str, value: float, floor: float) -> Measurement:
    return Measurement(name=name, value=value, floor=floor, unit="ms", goal_ratio=1.5, at_most=True)


def _plain_page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfBitmap:
    page = document[number - 1]
    return page.render(scale=_WIDTH / page.get_width(), prefer_bgrx=True)


def _first_page(pool: DecodingPool, data: bytes, number: int) -> None:
    pool.open(lambda: data, Sha256(f"first {number}")).render(1, width=_WIDTH)


def _in_turns(floors: list[Callable[[], object]], values: list[Callable[[], object]]) -> tuple[float, float]:
    gc.collect()
    times: tuple[list[float], list[float]] = ([], [])
    for pair in zip(floors, values, strict=True):
        for kept, work in zip(times, pair, strict=True):
            started = time.perf_counter()
            work()
            kept.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])
