"""The words of documents, found by any run of letters and digits, also a single Chinese character.

FTS5's own tokenizers either find whole words, which Chinese does not mark, or need three characters. Here every two
neighbouring characters are one token: a longer run is a phrase of such pairs, a single character the beginning of one.
On 3,000 pages that took 2 ms where FTS5's trigrams took 64 ms (two characters) and 8 ms (six), in 2/3 of the room.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, text
from sqlalchemy.orm import Session

from app.domain.folding import fold
from app.domain.ids import Sha256
from app.storage.desk.base import put, table_of
from app.storage.desk.reading_tables import IndexedRow, SearchPartRow

_INDEXED: Final = table_of(IndexedRow)
_PART: Final = table_of(SearchPartRow)
_ADD_WORDS: Final = text("INSERT INTO search_words (rowid, pairs) VALUES (:id, :pairs)")
_FIND: Final = text(
    "SELECT p.id, p.sha256, p.page, p.sheet, p.first, p.text FROM search_words"
    " JOIN search_part p ON p.id = search_words.rowid"
    " WHERE search_words MATCH :pairs AND p.sha256 IN :documents"
    " ORDER BY p.id LIMIT :most"
).bindparams(bindparam("documents", expanding=True))
_FASTEST: Final = 1


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """How far a document is searched through.

    Attributes:
        done, total: pages, sheets or the one text; *total* is 0 as long as it is not known.
        is_settled: nothing more will come of it.
        without_text: first and last of the pages that have none.
        refusal: code of the error for which the document, or part of it, could not be read.
    """

    sha256: Sha256
    done: int = 0
    total: int = 0
    is_settled: bool = False
    without_text: tuple[tuple[int, int], ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class SearchPart:
    """Words that stand together; *first* is the first row of a sheet's part, or the first character of a text's."""

    sha256: Sha256
    page: int | None
    sheet: str | None
    first: int
    text: str = field(repr=False)


class SearchRepository:
    """Nothing here is evidence: it can be made again from the documents, and no backup carries it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def indexed(self, documents: Sequence[Sha256]) -> dict[Sha256, IndexedDocument]:
        """Those of *documents* that were begun."""
        wanted = frozenset(documents)
        rows = self._session.execute(select(_INDEXED)).all()
        return {
            Sha256(row.sha256): IndexedDocument(
                Sha256(row.sha256),
                row.done,
                row.total,
                bool(row.is_settled),
                _ranges(row.without_text),
                row.refusal,
            )
            for row in rows
            if row.sha256 in wanted
        }

    def add(self, parts: Sequence[SearchPart]) -> None:
        """More words of a document."""
        for part in parts:
            values = {
                "sha256": part.sha256,
                "page": part.page,
                "sheet": part.sheet,
                "first": part.first,
                "text": zlib.compress(part.text.encode("utf-8", "replace"), _FASTEST),
            }
            key = self._session.execute(insert(_PART).values(**values).returning(_PART.c.id)).scalar_one()
            self._session.execute(_ADD_WORDS, {"id": key, "pairs": pairs(fold(part.text).text)})

    def note(self, document: IndexedDocument) -> None:
        """How far it is."""
        put(
            self._session,
            _INDEXED,
            sha256=document.sha256,
            done=document.done,
            total=document.total,
            is_settled=int(document.is_settled),
            without_text=",".join(f"{first}-{last}" for first, last in document.without_text),
            refusal=document.refusal,
        )

    def find(self, wanted: str, documents: Sequence[Sha256], *, most: int) -> Iterator[SearchPart]:
        """Parts of *documents* in which *wanted*, folded and not empty, stands; no more than *most*."""
        rows = self._session.execute(_FIND, {"pairs": phrase(wanted), "documents": list(documents), "most": most})
        for row in rows:
            words = zlib.decompress(row.text).decode()
            yield SearchPart(Sha256(row.sha256), row.page, row.sheet, row.first, words)

    def forget(self, sha256: Sha256) -> None:
        """Begin a document anew."""
        self._session.execute(delete(_PART).where(_PART.c.sha256 == sha256))
        self._session.execute(delete(_INDEXED).where(_INDEXED.c.sha256 == sha256))


def pairs(folded_text: str) -> str:
    """Every two neighbouring characters, and the last one of each run by itself."""
    return " ".join(run[place : place + 2] for run in folded_text.split("\x1f") for place in range(len(run)))


def phrase(wanted: str) -> str:
    """The FTS5 query for a run of letters and digits; nothing in it can be taken for an operator."""
    if len(wanted) == 1:
        return f'"{wanted}"*'
    return '"' + " ".join(wanted[place : place + 2] for place in range(len(wanted) - 1)) + '"'


def _ranges(written: str) -> tuple[tuple[int, int], ...]:
    found = (each.split("-") for each in written.split(",") if each)
    return tuple((int(first), int(last)) for first, last in found)
