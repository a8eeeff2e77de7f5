"""First page and page turn of a 500-page PDF, out of a desk's encrypted store through the child.

The floor is PDFium in this process on the plain bytes. Each first page is of another file. The desk has just been
opened, so that all of it has to be decrypted; a second line is of the same files when the store has their pages in
memory, as after an import.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

import pypdfium2

from app.decoding.document import Document
from app.domain.conflict import Declared
from app.domain.ids import ReviewId, Sha256
from app.services.desk_declaring import DeclarationLine
from app.services.viewing import ViewingService
from tests.bench.interleaving import folder, medians
from tests.bench.measurement import Measurement
from tests.support import stranger_files
from tests.support.desks import DeskStory
from tests.support.secretariat import dossier

_PAGES: Final = 500
_WIDTH: Final = 1200
_TURNS: Final = 60
_FIRSTS: Final = 9


def measure() -> Iterator[Measurement]:
    """Milliseconds, medians, both sides in turns."""
    line = "Example text that fills a line of the dossier "
    copies = [
        stranger_files.dense_pdf([f"{line}{copy} {number}" for number in range(1, _PAGES + 1)])
        for copy in range(_FIRSTS + 1)
    ]
    with folder() as place:
        story = DeskStory(place).create().enrol()
        story.dossiers = (dossier("2026-0001", files=copies),)
        story.desk.importing.import_files(story.secretariat.assignment(place / "out", story.reader, story.dossiers))
        story.desk.declaring.declare([DeclarationLine(story.review, Declared.NONE)])
        viewing, review = story.reopen().viewing, story.review
        hashes = [view.document.sha256 for view in viewing.documents(review)]
        plain = [data for _document, data in story.dossiers[0].files]
        document, bare = viewing.open(review, hashes[0]), pypdfium2.PdfDocument(plain[0])
        document.render(1, width=_WIDTH)
        numbers = [1 + number * 7 % _PAGES for number in range(_TURNS)]
        value, floor = medians(
            [partial(document.render, number, width=_WIDTH) for number in numbers],
            [partial(_plain_page, bare, number) for number in numbers],
        )
        yield _line("page turn, 500-page PDF out of the store, 1200 px", value, floor)
        document.close()
        name = "first page, 500-page PDF out of the store, child running"
        for line in (name, f"{name} (again)"):
            value, floor = medians(
                [partial(_first_page, viewing, review, sha256) for sha256 in hashes[1:]],
                [partial(_plain_first_page, data) for data in plain[1:]],
            )
            yield _line(line, value, floor)
        story.close()


def _line(name: str, value: float, floor: float) -> Measurement:
    return Measurement(name=name, value=value, floor=floor, unit="ms", goal_ratio=1.5, at_most=True)


def _plain_page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfBitmap:
    page = document[number - 1]
    return page.render(scale=_WIDTH / page.get_width(), prefer_bgrx=True)


def _plain_first_page(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    _plain_page(document, 1)
    document.close()


def _first_page(viewing: ViewingService, review: ReviewId, sha256: Sha256) -> None:
    document: Document = viewing.open(review, sha256)
    document.render(1, width=_WIDTH)
    document.close()
