"""Search in the documents of a dossier: the words go from the decoding child into the encrypted store, and stay there.

Indexing begins by itself, goes on where it stopped, and takes the store's write lock only for the words of a few pages
at a time, so that nobody who types waits for it. It has a decoding child of its own, so that nobody who reads does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from app.decoding import errors as decoding
from app.decoding.document import Document
from app.decoding.pool import DecodingPool
from app.domain.evidence import Anchor
from app.domain.folding import fold, folded
from app.domain.ids import ReviewId, Sha256
from app.domain.text_pages import joined
from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.desk_editing import find_review, require_unlocked
from app.services.desk_index_parts import PartReader, reader_of
from app.services.viewing import ViewingService
from app.storage.desk.records import ListedDocument
from app.storage.desk.search_repository import IndexedDocument, SearchPart
from app.storage.desk.store import DeskStore

_PAGES_AT_ONCE: Final = 20
_FAILURES: Final = 3  # parts of one document that may end the child or be refused before the rest is given up
_MOST_HITS: Final = 500
_BEFORE: Final = 24  # characters of a snippet
_AFTER: Final = 60
_REFUSALS: Final = {
    error.code: error
    for error in (
        decoding.EmptyFileError,
        decoding.DamagedFileError,
        decoding.PasswordProtectedError,
        decoding.DecodingTimeoutError,
        decoding.OverLimitError,
        decoding.DecoderCrashedError,
    )
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand.

    Attributes:
        number, name: of the document in the dossier.
        anchor: the page, the cell or the characters.
        snippet, start, end: one line around the place, and which characters of it were searched for.
        occurrence: counts the places on the same page, from 0.
    """

    number: int
    name: str = field(repr=False)
    anchor: Anchor = field(repr=False)
    snippet: str = field(repr=False)
    start: int
    end: int
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Unsearchable:
    """A document, or pages of it, in which nothing can be found.

    Attributes:
        pages: first and last of each run of pages without text; empty if the whole document is meant.
        reason: the sentence.
    """

    number: int
    name: str = field(repr=False)
    document: Sha256
    pages: tuple[tuple[int, int], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave, and what it could not look at.

    Attributes:
        is_cut: there are more places than these.
        waiting: documents that are not indexed to their end yet, of so many that are here.
    """

    hits: tuple[Hit, ...]
    is_cut: bool
    unsearchable: tuple[Unsearchable, ...]
    waiting: int
    documents: int


class SearchingService:
    """Full text of the dossiers that may be read. *pool* is this service's own."""

    def __init__(self, store: DeskStore, pool: DecodingPool) -> None:
        self._store, self._pool = store, pool
        self._viewing = ViewingService(store, pool)

    def index(self, review: ReviewId, progress: Progress) -> int:
        """Take in the words of every document of *review* that is here; how many documents were not known before.

        What was taken in stays when this is cancelled, or the power fails, between two steps.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
            DecoderUnavailableError: the child cannot be started; nothing is held against a document.
        """
        listed = self._listed(review)
        with self._store.reading() as work:
            known = work.words.indexed([each.document.sha256 for each in listed])
        todo = [sha for sha in dict.fromkeys(each.document.sha256 for each in listed) if not _is_settled(known, sha)]
        total = len({each.document.sha256 for each in listed})
        for number, sha256 in enumerate(todo):
            progress.step(total - len(todo) + number, total)
            self._index(review, known.get(sha256) or IndexedDocument(sha256), progress, (total - len(todo), total))
        progress.step(total, total)
        return len(todo)

    def waiting(self, review: ReviewId) -> int:
        """How many documents of *review* are here and not indexed to their end."""
        return self.search(review, "").waiting

    def search(self, review: ReviewId, text: str, *, document: Sha256 | None = None) -> Found:
        """Every place where *text* stands, in the order of the dossier; blanks and punctuation do not count.

        Args:
            document: look only there.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
        """
        listed = self._listed(review)
        if document is not None:
            listed = tuple(each for each in listed if each.document.sha256 == document)
        shas = [each.document.sha256 for each in listed]
        wanted = folded(text)
        hits: list[Hit] = []
        with self._store.reading() as work:
            known = work.words.indexed(shas)
            by_document: dict[Sha256, list[SearchPart]] = {}
            if wanted:
                for part in work.words.find(wanted, shas, most=_MOST_HITS + 1):
                    by_document.setdefault(part.sha256, []).append(part)
        for each in listed:
            for part in by_document.get(each.document.sha256, ()):
                if len(hits) <= _MOST_HITS:
                    hits += _hits_in(part, each, wanted)
        return Found(
            tuple(hits[:_MOST_HITS]),
            len(hits) > _MOST_HITS,
            tuple(lack for each in listed if (lack := _lack(each, known.get(each.document.sha256))) is not None),
            sum(not _is_settled(known, sha) for sha in set(shas)),
            len(set(shas)),
        )

    def _listed(self, review: ReviewId) -> tuple[ListedDocument, ...]:
        with self._store.reading() as work:
            require_unlocked(find_review(work, review))
            return tuple(each for each in work.assignments.documents(review) if each.is_here)

    def _index(self, review: ReviewId, state: IndexedDocument, progress: Progress, of: tuple[int, int]) -> None:
        try:
            document = self._viewing.open(review, state.sha256)
        except decoding.DecoderUnavailableError:
            raise
        except UserFacingError as problem:
            self._save(review, replace(state, is_settled=True, refusal=problem.code), ())
            return
        with document:
            self._index_open(review, state, document, partial(progress.step, *of))

    def _index_open(
        self, review: ReviewId, state: IndexedDocument, document: Document, pause: Callable[[], None]
    ) -> None:
        reader = reader_of(document, state.sha256)
        state = replace(state, total=reader.total)
        failures = 0
        while state.done < state.total and failures < _FAILURES:
            pause()
            last = min(state.done + _PAGES_AT_ONCE, state.total)
            parts: list[SearchPart] = []
            empty: list[int] = []
            refusal = state.refusal
            for number in range(state.done + 1, last + 1):
                try:
                    found = _read(reader, number)
                except decoding.DecoderUnavailableError:
                    raise
                except UserFacingError as problem:
                    failures += 1
                    refusal = problem.code
                    found = ()
                parts += found
                if not any(part.text.strip() for part in found):
                    empty.append(number)
                if failures == _FAILURES:
                    empty += range(number + 1, state.total + 1)
                    break
            without = joined(state.without_text, empty) if reader.has_pages else ()
            state = replace(state, done=last, without_text=without, refusal=refusal)
            is_last = last == state.total or failures >= _FAILURES
            state = replace(state, is_settled=is_last)
            if not self._save(review, state, parts):
                return

    def _save(self, review: ReviewId, state: IndexedDocument, parts: Sequence[SearchPart]) -> bool:
        """Whether the document is still wanted: the dossier may have been closed meanwhile."""
        with self._store.writing() as work:
            record = find_review(work, review)
            if not record.is_unlocked or not work.blobs.has(state.sha256):
                return False
            work.words.add(parts)
            work.words.note(state)
            work.commit_aside()
        return True


def _read(reader: PartReader, number: int) -> tuple[SearchPart, ...]:
    return tuple(reader.read(number))


def _is_settled(known: dict[Sha256, IndexedDocument], sha256: Sha256) -> bool:
    return sha256 in known and known[sha256].is_settled


def _hits_in(part: SearchPart, listed: ListedDocument, wanted: str) -> list[Hit]:
    return [
        _hit(part, listed, start, end=end, occurrence=number)
        for number, (start, end) in enumerate(fold(part.text).find_all(wanted))
    ]


def _hit(part: SearchPart, listed: ListedDocument, start: int, *, end: int, occurrence: int) -> Hit:
    text = part.text
    before, after = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    snippet = "".join(letter if letter.isprintable() else " " for letter in text[before:after])
    lead = "…" if before else ""
    shift = len(lead) - before
    tail = "…" if after < len(text) else ""
    anchor = _anchor(part, start, end)
    return Hit(
        listed.number, listed.document.name, anchor, f"{lead}{snippet}{tail}", start + shift, end + shift, occurrence
    )


def _anchor(part: SearchPart, start: int, end: int) -> Anchor:
    if part.page is not None:
        return Anchor(part.sha256, page=part.page)
    if part.sheet is None:
        return Anchor(part.sha256, chars=(part.first + start, part.first + end))
    before = part.text[:start]
    row = part.first + before.count("\x1e")
    column = before[before.rfind("\x1e") + 1 :].count("\t")
    return Anchor(part.sha256, sheet=part.sheet, range=f"{column_name(column)}{row}")


def column_name(number: int) -> str:
    """A, B … Z, AA … for columns counted from 0."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _lack(listed: ListedDocument, known: IndexedDocument | None) -> Unsearchable | None:
    if known is None:
        return None
    document = listed.document
    pages = known.without_text
    is_whole = not known.done or (known.is_settled and pages == ((1, known.total),))
    if known.refusal:
        reason = _REFUSALS.get(known.refusal, decoding.DecodingError)().sentence()
        return Unsearchable(listed.number, document.name, document.sha256, () if is_whole else pages, reason)
    if not pages:
        return None
    if is_whole:
        reason = _("Scanned or photographed, without text: nothing can be found in it.")
        return Unsearchable(listed.number, document.name, document.sha256, (), reason)
    reason = _("Scanned, without text, nothing to be found: {pages}").format(pages=page_words(pages))
    return Unsearchable(listed.number, document.name, document.sha256, pages, reason)


def page_words(pages: Sequence[tuple[int, int]]) -> str:
    """“3–7, 9”: runs of pages as people write them."""
    return _(", ").join(str(first) if first == last else f"{first}–{last}" for first, last in pages)
