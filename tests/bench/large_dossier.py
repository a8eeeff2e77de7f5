"""Makes and reads the large dossier of ``bench_dossier``: ``python -m tests.bench.large_dossier make|read FOLDER``.

Its documents are scans with a line of text on each page, as a scanner with text recognition makes them: twelve pages of
some 580 kB. They go straight into the store, because a package of 2 GB would have to be held by the secretariat of the
tests as a whole.
"""

import hashlib
import io
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.bootstrap.desk import DeskWorkspace, open_desk
from app.domain.application import Document, MediaType
from app.domain.conflict import Declared
from app.domain.ids import ReviewId, Sha256
from app.progress import NoProgress
from app.services.desk_declaring import DeclarationLine
from tests.bench.bench_search import bare_search
from tests.bench.interleaving import medians
from tests.bench.measurement import Measurement
from tests.support.desks import PASSPHRASE, DeskStory
from tests.support.secretariat import Dossier, dossier

DOCUMENTS: Final = 300
PAGES: Final = 12
_SCAN: Final = (1240, 1754)  # A4 at 150 dpi
_WIDTH: Final = 1200
_SIDE: Final = 112
_TURNS: Final = 60
_FIRSTS: Final = 12
_MARK: Final = b"(document 000 "
_AT_ONCE_MS: Final = 100.0
_MOST_MB: Final = 500.0
_MB: Final = 1024 * 1024


def make(folder: Path) -> None:
    """The desk, its dossier listed by a package of the secretariat, and 2 GB of documents in its store."""
    story = DeskStory(folder).create().enrol()
    template = _template()
    plain, other = dossier("2026-0001", files=()), dossier("2026-0002", files=())
    listed = []
    for number in range(1, DOCUMENTS + 1):
        data = _document(template, number)
        sha256 = Sha256(hashlib.sha256(data).hexdigest())
        listed.append((Document(sha256, len(data), MediaType.PDF, f"{number:03d} 材料.pdf", PAGES), b""))
    large = Dossier(plain.review, plain.face, tuple(listed))
    # The first part names every document; the second, which would carry them, is never handed over.
    story.dossiers = (large,)
    first, _second = story.secretariat.assignment(folder / "out", story.reader, (other, large), parts=2)
    story.desk.importing.import_files([first])
    story.desk.declaring.declare([DeclarationLine(large.review, Declared.NONE)])
    store = story.desk._store
    for number in range(1, DOCUMENTS + 1):
        data = _document(template, number)
        with store.writing() as work:
            writer = work.blob_writer(listed[number - 1][0].sha256)
            writer.write(data)
            writer.close()
            work.commit_aside()
    story.close()


def read(folder: Path) -> list[Measurement]:
    """What a person who opens it waits for."""
    story = DeskStory(folder)
    desk, review = open_desk(story.path, PASSPHRASE), dossier("2026-0001", files=()).review
    lines = list(_listing(desk, review))
    hashes = [view.document.sha256 for view in desk.viewing.documents(review)]
    plain = [desk.viewing._read(review, sha256) for sha256 in hashes[: _FIRSTS + 1]]
    lines += _pages(desk, review, hashes, plain)
    begun = time.perf_counter()
    desk.searching.index(review, NoProgress())
    seconds = time.perf_counter() - begun
    lines += _search(desk, review, seconds)
    del plain
    for sha256 in hashes[:40]:  # somebody leafs through a good part of it
        with desk.viewing.open(review, sha256) as document:
            for page in range(1, PAGES + 1):
                document.render(page, width=_WIDTH)
    lines.append(
        _line("memory of the program after reading, most", _peak_mb(), _MOST_MB, unit="MB", goal=1, at_most=True)
    )
    desk.close()
    return lines


def _listing(desk: DeskWorkspace, review: ReviewId) -> list[Measurement]:
    times = []
    for _time in range(5):
        begun = time.perf_counter()
        if sum(view.is_here for view in desk.viewing.documents(review)) != DOCUMENTS:
            raise RuntimeError("documents are missing")
        times.append((time.perf_counter() - begun) * 1000)
    return [
        _line("list of 300 documents, 2 GB, the first time", times[0], _AT_ONCE_MS, unit="ms", goal=1, at_most=True)
    ]


def _pages(desk: DeskWorkspace, review: ReviewId, hashes: list[Sha256], plain: list[bytes]) -> list[Measurement]:
    def first(sha256: Sha256) -> None:
        with desk.viewing.open(review, sha256) as document:
            document.render(1, width=_WIDTH)

    def plain_first(data: bytes) -> None:
        document = pypdfium2.PdfDocument(data)
        _plain_page(document, 1, width=_WIDTH)
        document.close()

    first(hashes[0])
    value, floor = medians(
        [partial(first, sha256) for sha256 in hashes[1 : _FIRSTS + 1]],
        [partial(plain_first, data) for data in plain[1:]],
    )
    lines = [_line("first page of a scan of 7 MB out of 2 GB", value, floor, unit="ms", goal=1.5, at_most=True)]
    opened, bare = desk.viewing.open(review, hashes[0]), pypdfium2.PdfDocument(plain[0])
    numbers = [1 + number * 5 % PAGES for number in range(_TURNS)]
    value, floor = medians(
        [partial(opened.render, number, width=_WIDTH) for number in numbers],
        [partial(_plain_page, bare, number, width=_WIDTH) for number in numbers],
    )
    lines.append(_line("page turn in it", value, floor, unit="ms", goal=1.5, at_most=True))
    turn = count()
    value, floor = medians(
        [lambda: opened.thumbnail(1 + next(turn) % PAGES, side=_SIDE)] * _TURNS,
        [partial(_plain_page, bare, number, width=_SIDE) for number in numbers],
    )
    lines.append(_line("thumbnails per second of its pages", 1000 / value, 1000 / floor, unit="1/s", goal=0.6))
    opened.close()
    return lines


def _search(desk: DeskWorkspace, review: ReviewId, seconds: float) -> list[Measurement]:
    def search(wanted: str) -> None:
        if not desk.searching.search(review, wanted).hits:
            raise RuntimeError("nothing was found")

    lines = [
        _line("pages of it taken in for the search, per second", DOCUMENTS * PAGES / seconds, 1, unit="1/s", goal=None)
    ]
    for name, wanted in (("one page", f"document {DOCUMENTS * 2 // 3:03d} page 7"), ("every page", "document")):
        value, floor = medians([partial(search, wanted)] * 9, [partial(bare_search, desk._store, wanted)] * 9)
        lines.append(_line(f"search across it, words of {name}", value, floor, unit="ms", goal=None))
    return lines


def _plain_page(document: pypdfium2.PdfDocument, number: int, *, width: int) -> pypdfium2.PdfBitmap:
    page = document[number - 1]
    return page.render(scale=width / page.get_width(), prefer_bgrx=True)


def _line(
    name: str, value: float, floor: float, *, unit: str, goal: float | None, at_most: bool = False
) -> Measurement:
    return Measurement(name=name, value=value, floor=floor, unit=unit, goal_ratio=goal, at_most=at_most)


def _template() -> bytes:
    """A scan whose lines name a document 000, uncompressed where they stand."""
    rl_config.useA85 = 0
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=True, pageCompression=0)
    for page in range(1, PAGES + 1):
        canvas.drawImage(ImageReader(io.BytesIO(_scan(page))), 0, 0, 595, 842)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 800, f"document 000 page {page} of the application")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _document(template: bytes, number: int) -> bytes:
    return template.replace(_MARK, b"(document %03d " % number)


def _scan(seed: int) -> bytes:
    """Grain over large shapes: about as long as a page off a scanner."""
    small = Image.frombytes("L", (_SCAN[0] // 4, _SCAN[1] // 4), os.urandom(_SCAN[0] // 4 * (_SCAN[1] // 4)))
    target = io.BytesIO()
    small.resize(_SCAN).convert("RGB").save(target, "JPEG", quality=86, comment=f"page {seed}")
    return target.getvalue()


def _peak_mb() -> float:
    """The most memory this process had at any time; a child's is its own."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (_MB if sys.platform == "darwin" else 1024)


def main() -> int:
    """Make, or read and print the lines as JSON."""
    act, place = sys.argv[1], Path(sys.argv[2])
    work: dict[str, Callable[[Path], object]] = {"make": make, "read": read}
    done = work[act](place)
    if isinstance(done, list):
        print(json.dumps([asdict(one) for one in done]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
