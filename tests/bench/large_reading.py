"""Reads the dossier of ``bench_dossier``: ``python -m tests.bench.large_reading make|compare|use FOLDER``.

Each act is a process of its own. The first makes it; the second compares single answers with bare tools; the third
does what an evening's work does, and nothing else counts as its memory.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import app.decoding.readers.pdf  # noqa: F401 - before pypdfium2, so that the floor draws with the same letters

# isort: split
import pypdfium2

from app.bootstrap.desk import DeskWorkspace, open_desk
from app.domain.ids import ReviewId, Sha256
from app.progress import NoProgress
from tests.bench import large_dossier
from tests.bench.bench_search import bare_search
from tests.bench.interleaving import medians
from tests.bench.large_dossier import CODE, COMMON, LETTER, NUMBERS, PAGES, RARE, SAMPLES, SCAN, VOLUME
from tests.bench.measurement import Measurement
from tests.support.desks import PASSPHRASE, DeskStory
from tests.support.secretariat import dossier

_WIDTH: Final = 1200
_SIDE: Final = 112
_TURNS: Final = 60
_AT_ONCE_MS: Final = 100.0
_MOST_MB: Final = 500.0
_MB: Final = 1024 * 1024
_LEAFED: Final = 40  # documents that are looked at from their first page to their last


def compare(folder: Path) -> Iterator[Measurement]:
    """Single answers, each side in turns; what is opened has not been opened before."""
    desk, review = _open(folder)
    yield _listing(desk, review)
    hashes = [view.document.sha256 for view in desk.viewing.documents(review)]
    desk.viewing.warm_up()
    for kind in (LETTER, SCAN, VOLUME):
        yield _first_pages(desk, review, hashes, folder=folder, kind=kind)
    yield from _pages(desk, review, hashes, folder=folder)
    desk.close()


def use(folder: Path) -> Iterator[Measurement]:
    """Take in the words of all of it, search, leaf through a good part, and say how much memory that took at most."""
    desk, review = _open(folder)
    pages = sum(PAGES[kind] * len(numbers) for kind, numbers in NUMBERS.items())
    begun = time.perf_counter()
    desk.searching.index(review, NoProgress())
    yield _line("pages of it taken in for the search, per second", pages / (time.perf_counter() - begun), 1, unit="1/s")
    yield from _search(desk, review)
    hashes = [view.document.sha256 for view in desk.viewing.documents(review)]
    for number in NUMBERS[SCAN][:_LEAFED]:
        with desk.viewing.open(review, hashes[number - 1]) as document:
            for page in range(1, PAGES[SCAN] + 1):
                document.render(page, width=_WIDTH)
    yield _line("memory of the program after reading, most", _peak_mb(), _MOST_MB, unit="MB", goal=1, at_most=True)
    desk.close()


def _open(folder: Path) -> tuple[DeskWorkspace, ReviewId]:
    return open_desk(DeskStory(folder).path, PASSPHRASE), dossier(CODE, files=()).review


def _listing(desk: DeskWorkspace, review: ReviewId) -> Measurement:
    begun = time.perf_counter()
    views = desk.viewing.documents(review)
    took = (time.perf_counter() - begun) * 1000
    if not all(view.is_here for view in views):
        raise RuntimeError("documents are missing")
    size = sum(view.document.size for view in views) / 1e9
    return _line(
        f"list of {len(views)} documents, {size:.1f} GB, the first time",
        took,
        _AT_ONCE_MS,
        unit="ms",
        goal=1,
        at_most=True,
    )


def _first_pages(
    desk: DeskWorkspace, review: ReviewId, hashes: Sequence[Sha256], *, folder: Path, kind: str
) -> Measurement:
    def first(number: int) -> None:
        with desk.viewing.open(review, hashes[number - 1]) as document:
            document.render(1, width=_WIDTH)

    def plain_first(data: bytes) -> None:
        document = pypdfium2.PdfDocument(data)
        _plain_page(document, 1, width=_WIDTH)
        document.close()

    numbers = NUMBERS[kind][:SAMPLES]
    plain = [large_dossier.sample(folder, number).read_bytes() for number in numbers]
    first(numbers[0])
    value, floor = medians(
        [partial(first, number) for number in numbers[1:]], [partial(plain_first, data) for data in plain[1:]]
    )
    name = f"first page of a {kind} of {len(plain[0]) / 1e6:.2g} MB in it"
    return _line(name, value, floor, unit="ms", goal=1.5, at_most=True)


def _pages(desk: DeskWorkspace, review: ReviewId, hashes: Sequence[Sha256], *, folder: Path) -> Iterator[Measurement]:
    number = NUMBERS[SCAN][0]
    plain = large_dossier.sample(folder, number).read_bytes()
    opened, bare = desk.viewing.open(review, hashes[number - 1]), pypdfium2.PdfDocument(plain)
    pages = [1 + turn * 5 % PAGES[SCAN] for turn in range(_TURNS)]
    value, floor = medians(
        [partial(opened.render, page, width=_WIDTH) for page in pages],
        [partial(_plain_page, bare, page, width=_WIDTH) for page in pages],
    )
    yield _line("page turn in a scan", value, floor, unit="ms", goal=1.5, at_most=True)
    turn = count()
    value, floor = medians(
        [lambda: opened.thumbnail(1 + next(turn) % PAGES[SCAN], side=_SIDE)] * _TURNS,
        [partial(_plain_page, bare, page, width=_SIDE) for page in pages],
    )
    yield _line("thumbnails per second of the pages of a scan", 1000 / value, 1000 / floor, unit="1/s", goal=0.6)
    opened.close()


def _search(desk: DeskWorkspace, review: ReviewId) -> Iterator[Measurement]:
    def search(wanted: str) -> None:
        if not desk.searching.search(review, wanted).hits:
            raise RuntimeError("nothing was found")

    if {hit.number for hit in desk.searching.search(review, RARE).hits} != {NUMBERS[SCAN][-1]}:
        raise RuntimeError("the rare word stands in one document")
    one_page = f"document {NUMBERS[SCAN][50]:03d} page 7"
    named = {"a rare word": RARE, "one page": one_page, "two common characters": COMMON}
    for name, wanted in named.items():
        value, floor = medians([partial(search, wanted)] * 9, [partial(bare_search, desk._store, wanted)] * 9)
        yield _line(f"search across it, {name}", value, floor, unit="ms")


def _plain_page(document: pypdfium2.PdfDocument, number: int, *, width: int) -> pypdfium2.PdfBitmap:
    page = document[number - 1]
    return page.render(scale=width / page.get_width(), prefer_bgrx=True)


def _line(
    name: str, value: float, floor: float, *, unit: str, goal: float | None = None, at_most: bool = False
) -> Measurement:
    return Measurement(name=name, value=value, floor=floor, unit=unit, goal_ratio=goal, at_most=at_most)


def _peak_mb() -> float:
    """The most memory this process had at any time; a child's is its own."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (_MB if sys.platform == "darwin" else 1024)


def main() -> int:
    """Make, or read and print each line as JSON."""
    act, place = sys.argv[1], Path(sys.argv[2])
    if act == "make":
        large_dossier.make(place)
        return 0
    acts: dict[str, Callable[[Path], Iterator[Measurement]]] = {"compare": compare, "use": use}
    for line in acts[act](place):
        print(json.dumps(asdict(line)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
