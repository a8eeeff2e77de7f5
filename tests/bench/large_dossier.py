"""Makes the dossier of ``bench_dossier``: 300 documents and 2 GB, always the same ones.

Its scans have words on each page, as a scanner with text recognition makes them; in between lie letters of a few
pages, and four volumes of some hundred pages. They go straight into the store, because a package of 2 GB would have to
be held by the secretariat of the tests as a whole. What is compared with bare tools lies beside it as plain files.
"""

import hashlib
import io
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.domain.application import Document, MediaType
from app.domain.conflict import Declared
from app.domain.ids import Sha256
from app.services.desk_declaring import DeclarationLine
from tests.support.desks import DeskStory
from tests.support.secretariat import Dossier, dossier

LETTER, SCAN, VOLUME = "letter", "scan", "volume"
PAGES: Final = {LETTER: 3, SCAN: 12, VOLUME: 100}
NUMBERS: Final = {VOLUME: range(1, 5), LETTER: range(5, 101), SCAN: range(101, 301)}
SAMPLES: Final = 13  # of each kind, or as many as there are
RARE: Final = "高强度结构钢"
COMMON: Final = "的是"
CODE: Final = "2026-0001"

_STAND_IN: Final = "高强度连接件"  # takes the place of the rare word in all documents but one; as many bytes
_MARK: Final = b"(document 000 "
_A4_AT_150_DPI: Final = (1240, 1754)
_FONT: Final = "STSong-Light"
_LETTERS: Final = 400  # on a page
_UNSEEN: Final = 3  # as text recognition lays them over a picture


def make(folder: Path) -> None:
    """The desk, its dossier listed by a package of the secretariat, and all documents in its store."""
    rl_config.useA85 = 0
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    story = DeskStory(folder).create().enrol()
    listed = [(_listed(number, kind, data), b"") for number, kind, data in _documents()]
    plain, other = dossier(CODE, files=()), dossier("2026-0002", files=())
    large = Dossier(plain.review, plain.face, tuple(listed))
    # The first part names every document; the second, which would carry them, is never handed over.
    story.dossiers = (large,)
    first, _second = story.secretariat.assignment(folder / "out", story.reader, (other, large), parts=2)
    story.desk.importing.import_files([first])
    story.desk.declaring.declare([DeclarationLine(large.review, Declared.NONE)])
    store = story.desk._store
    for number, kind, data in _documents():
        with store.writing() as work:
            writer = work.blob_writer(listed[number - 1][0].sha256)
            writer.write(data)
            writer.close()
            work.commit_aside()
        if number in NUMBERS[kind][:SAMPLES]:
            sample(folder, number).write_bytes(data)
    story.close()


def sample(folder: Path, number: int) -> Path:
    """Where a document lies that is compared with the bare tools."""
    return folder / f"{number:03}.pdf"


def _documents() -> Iterator[tuple[int, str, bytes]]:
    for kind, numbers in NUMBERS.items():
        template = _template(kind)
        for number in numbers:
            yield number, kind, _document(template, number)


def _listed(number: int, kind: str, data: bytes) -> Document:
    sha256 = Sha256(hashlib.sha256(data).hexdigest())
    return Document(sha256, len(data), MediaType.PDF, f"{number:03d} 材料.pdf", PAGES[kind])


def _document(template: bytes, number: int) -> bytes:
    data = template.replace(_MARK, b"(document %03d " % number)
    if number == NUMBERS[SCAN][-1]:
        data = data.replace(_in_pdf(_STAND_IN), _in_pdf(RARE))
    return data


def _in_pdf(words: str) -> bytes:
    written: str = pdfmetrics.getFont(_FONT).formatForPdf(words)
    return written.encode("latin-1")


@cache
def _template(kind: str) -> bytes:
    """A document 000 whose words are not packed where they stand."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=True, pageCompression=0)
    draw = random.Random(kind)
    grain = _grain(draw)
    for page in range(1, PAGES[kind] + 1):
        if kind != LETTER:
            canvas.drawImage(ImageReader(io.BytesIO(_scan(grain, page))), 0, 0, 595, 842)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 800, f"document 000 page {page} of the application")
        words = [_STAND_IN if page == PAGES[kind] else COMMON]
        words += ["".join(_common_letter(draw) for _ in range(40)) for _line in range(_LETTERS // 40)]
        text = canvas.beginText(50, 780)
        text.setFont(_FONT, 10, leading=15)
        text.setTextRenderMode(0 if kind == LETTER else _UNSEEN)
        text.textLines(words)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _common_letter(draw: random.Random) -> str:
    """A few letters often and many seldom, as in any text."""
    return chr(0x4E00 + min(3_000, int(draw.paretovariate(0.7) * 8)))


def _grain(draw: random.Random) -> Image.Image:
    """Grain over large shapes: packed it is about as long as a page off a scanner."""
    small = _A4_AT_150_DPI[0] // 4, _A4_AT_150_DPI[1] // 4
    grain = Image.frombytes("L", small, draw.randbytes(small[0] * small[1]))
    return grain.resize(_A4_AT_150_DPI).convert("RGB")


def _scan(grain: Image.Image, page: int) -> bytes:
    target = io.BytesIO()
    ImageChops.offset(grain, 37 * page, 53 * page).save(target, "JPEG", quality=86)  # the same picture is kept once
    return target.getvalue()
