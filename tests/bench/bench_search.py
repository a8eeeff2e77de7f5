"""Search across a large dossier: the service's answer, with its snippets and places, against the bare FTS5 statement.

The floor is the same statement on the same encrypted file without decompressing, folding or placing anything.
"""

import random
from collections.abc import Iterator
from functools import partial
from typing import Final

from sqlalchemy import text

from app.domain.conflict import Declared
from app.domain.folding import folded
from app.domain.ids import ReviewId
from app.progress import NoProgress
from app.services.desk_declaring import DeclarationLine
from app.services.desk_searching import SearchingService
from app.storage.desk.search_repository import IndexedDocument, SearchPart, phrase
from app.storage.desk.store import DeskStore
from tests.bench.interleaving import folder, medians
from tests.bench.measurement import Measurement
from tests.support import stranger_files
from tests.support.desks import DeskStory
from tests.support.secretariat import dossier

_DOCUMENTS: Final = 100
_PAGES: Final = 50  # of each
_LETTERS: Final = 800
_RARE: Final = "高强度结构钢"
_BARE: Final = text(
    "SELECT p.id FROM search_words JOIN search_part p ON p.id = search_words.rowid WHERE search_words MATCH :pairs"
    " LIMIT 501"
)


def measure() -> Iterator[Measurement]:
    """Milliseconds, medians, both sides in turns; then pages indexed in a second, the decoding child included."""
    with folder() as place:
        story = DeskStory(place).create().enrol()
        files = [stranger_files.pdf([f"{number}"]) for number in range(_DOCUMENTS)]
        story.dossiers = (dossier("2026-0001", files=files),)
        story.desk.importing.import_files(story.secretariat.assignment(place / "out", story.reader, story.dossiers))
        story.desk.declaring.declare([DeclarationLine(story.review, Declared.NONE)])
        store = story.desk._store
        _fill(story, store)
        for name, wanted in (("a rare word", _RARE), ("two common characters", "的的"), ("one character", "钢")):
            value, floor = medians(
                [partial(_search, story.desk.searching, story.review, wanted)] * 15,
                [partial(bare_search, store, wanted)] * 15,
            )
            yield Measurement(
                name=f"search of {name} in {_DOCUMENTS * _PAGES:,} pages", value=value, floor=floor, unit="ms"
            )
        story.close()


def _fill(story: DeskStory, store: DeskStore) -> None:
    draw = random.Random(7)
    letters = [chr(0x4E00 + min(3_000, int(draw.paretovariate(0.7) * 8))) for _ in range(50_000)] + ["的"] * 2_000
    for document in story.dossiers[0].documents:
        parts = []
        for page in range(1, _PAGES + 1):
            words = "".join(draw.choices(letters, k=_LETTERS))
            parts.append(SearchPart(document.sha256, page, None, 0, words + (_RARE if page == _PAGES else "")))
        with store.writing() as work:
            work.words.add(parts)
            work.words.note(IndexedDocument(document.sha256, _PAGES, _PAGES, is_settled=True))
            work.commit_aside()
    if story.desk.searching.index(story.review, NoProgress()):
        raise RuntimeError("everything was indexed already")


def _search(searching: SearchingService, review: ReviewId, wanted: str) -> None:
    if not searching.search(review, wanted).hits:
        raise RuntimeError("nothing was found")


def bare_search(store: DeskStore, wanted: str) -> None:
    with store.engine.connect() as connection:
        if not connection.execute(_BARE, {"pairs": phrase(folded(wanted))}).all():
            raise RuntimeError("nothing was found")
