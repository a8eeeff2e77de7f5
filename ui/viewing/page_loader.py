"""Asks for pages, words, rows and text off the GUI thread: what is looked at first, what is no longer wanted never."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.progress import Progress
from ui.jobs import Job, Lane, Workers
from ui.viewing.opened import Opened
from ui.viewing.page_cache import PageCache, PageKey
from ui.viewing.source import OpenDocument, OpenSource, WordLike

AT_ONCE: Final = 2
ROWS_AT_ONCE: Final = 200
MEASURED_AT_ONCE: Final = 16  # pages; whoever turns to another page waits for no more than that
_PORTIONS: Final = 64  # of a document of very many pages


@dataclass(frozen=True, slots=True)
class _Reply:
    """What came back for one question about one handle."""

    handle: OpenDocument | None
    subject: object
    value: Any = None
    error: UserFacingError | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    page: int


@dataclass(frozen=True, slots=True)
class _Outline:
    pass


@dataclass(frozen=True, slots=True)
class _Rows:
    sheet: int
    first: int


@dataclass(frozen=True, slots=True)
class _Text:
    pass


@dataclass(frozen=True, slots=True)
class _Sizes:
    first: int
    count: int


Subject = PageKey | _Words | _Outline | _Rows | _Text | _Sizes


class PageLoader(QObject):
    """Holds one open document.

    Signals:
        opened: an :class:`Opened`; ``refused``: the document cannot be opened, and why.
        measured: the :class:`Opened` again, when the sizes of more of its pages are known.
        page_ready: a :class:`PageKey`; ``page_failed``: the number of a page, see :meth:`failure`.
        words_ready: the number of a page; ``rows_ready``: sheet and rows; ``text_ready``: the text.
        outline_ready: the document's own table of contents; never, if it cannot be read.
        part_failed: rows or text could not be read.
    """

    opened = Signal(object)
    measured = Signal(object)
    refused = Signal(object)
    page_ready = Signal(object)
    page_failed = Signal(int)
    words_ready = Signal(int)
    outline_ready = Signal(object)
    rows_ready = Signal(int, object)
    text_ready = Signal(str)
    part_failed = Signal(object)

    def __init__(
        self, source: OpenSource, workers: Workers, parent: QObject | None = None, *, cache: PageCache | None = None
    ) -> None:
        super().__init__(parent)
        self._source, self._workers = source, workers
        self._cache = PageCache() if cache is None else cache
        self._wanted_sha: Sha256 | None = None
        self._handle: OpenDocument | None = None
        self._opened: Opened | None = None
        self._measure_from = 1
        self._questions: deque[Subject] = deque()
        self._pages: list[PageKey] = []
        self._thumbnails: list[PageKey] = []
        self._asked: dict[Job, Subject] = {}
        self._failures: dict[int, UserFacingError] = {}
        self._words: dict[int, tuple[WordLike, ...]] = {}
        workers.ended.connect(self._on_ended)  # not the job's own signal: a quick job has ended before one could listen

    def open(self, sha256: Sha256, *, page: int = 1) -> None:
        """Open another document, to be shown at *page*; what was asked about the last one is forgotten."""
        self.close()
        self._wanted_sha = sha256
        self._workers.run(
            partial(_open, self._source, sha256, page),
            lane=Lane.OTHER,
            is_quiet=True,
            done=self._on_opened,
            failed=self._on_bug,
        )

    def close(self) -> None:
        """Let the document go."""
        self._wanted_sha = None
        self._questions.clear()
        self._pages, self._thumbnails = [], []
        self._asked.clear()
        self._failures.clear()
        self._words.clear()
        self._cache.clear()
        if self._handle is not None:
            self._workers.run(partial(_close, self._handle), lane=Lane.OTHER, is_quiet=True)
        self._handle = self._opened = None

    def want_pages(self, keys: Sequence[PageKey]) -> None:
        """These pictures and no others, the most urgent first."""
        self._pages = list(keys)
        self._pump()

    def want_thumbnails(self, keys: Sequence[PageKey]) -> None:
        """These small pictures, once the pages themselves are there."""
        self._thumbnails = list(keys)
        self._pump()

    def want_words(self, page: int) -> None:
        """The words of *page*, unless they are there or asked for."""
        if page not in self._words:
            self._ask(_Words(page))

    def want_outline(self) -> None:
        """The table of contents; the page in view comes first."""
        self._ask(_Outline())

    def want_rows(self, sheet: int, first: int) -> None:
        """Some rows of a sheet; both count from 1."""
        self._ask(_Rows(sheet, first))

    def want_text(self) -> None:
        """The whole text."""
        self._ask(_Text())

    def image(self, key: PageKey) -> QImage | None:
        """The picture, if it is there."""
        return self._cache.get(key)

    def stand_in(self, page: int, rotation: int) -> QImage | None:
        """A picture of that page at another zoom."""
        return self._cache.any_width(page, rotation)

    def words(self, page: int) -> tuple[WordLike, ...] | None:
        """The words, if they are there."""
        return self._words.get(page)

    def failure(self, page: int) -> UserFacingError | None:
        """Why *page* cannot be shown."""
        return self._failures.get(page)

    def retry(self, page: int) -> None:
        """Ask for *page* again the next time it is wanted."""
        self._failures.pop(page, None)

    def _ask(self, subject: Subject) -> None:
        if subject not in self._questions and subject not in self._asked.values():
            self._questions.append(subject)
            self._pump()

    def _pump(self) -> None:
        while self._handle is not None and len(self._asked) < AT_ONCE:
            subject = self._next()
            if subject is None:
                return
            job = self._workers.run(
                partial(_answer, self._handle, subject),
                lane=Lane.OTHER,
                is_quiet=True,
                done=self._on_reply,
                failed=self._on_bug,
            )
            self._asked[job] = subject

    def _next(self) -> Subject | None:
        busy = set(self._asked.values())
        for key in self._pages:  # the page in view comes before the words on it
            if self._is_missing(key, busy):
                return key
        if self._questions:
            return self._questions.popleft()
        if self._opened is not None and self._opened.guessed and not any(isinstance(one, _Sizes) for one in busy):
            portion = self._next_sizes(self._opened)
            if portion is not None:
                return portion
        return next((key for key in self._thumbnails if self._is_missing(key, busy)), None)

    def _next_sizes(self, opened: Opened) -> _Sizes | None:
        """The next pages to be measured, each once: one that could not be is left as it was guessed."""
        first = next((page for page in sorted(opened.guessed) if page >= self._measure_from), None)
        if first is None:
            return None
        most = max(MEASURED_AT_ONCE, len(opened.sizes) // _PORTIONS)
        count = min(most, len(opened.sizes) - first + 1)
        self._measure_from = first + count
        return _Sizes(first, count)

    def _is_missing(self, key: PageKey, busy: set[Subject]) -> bool:
        return key not in busy and key.page not in self._failures and self._cache.get(key) is None

    def _on_opened(self, reply: _Reply) -> None:
        if reply.subject != self._wanted_sha:
            if reply.handle is not None:  # somebody has turned to another document meanwhile
                self._workers.run(partial(_close, reply.handle), lane=Lane.OTHER, is_quiet=True)
        elif reply.error is not None:
            self.refused.emit(reply.error)
        else:
            self._handle, self._opened, self._measure_from = reply.handle, reply.value, 1
            self.opened.emit(reply.value)
            self._pump()

    def _on_reply(self, reply: _Reply) -> None:
        if reply.handle is not self._handle:
            return
        if reply.error is not None:
            self._on_failure(reply.subject, reply.error)
            return
        match reply.subject:
            case PageKey() as key:
                self._cache.put(key, reply.value)
                self.page_ready.emit(key)
            case _Words(page):
                self._words[page] = reply.value
                self.words_ready.emit(page)
            case _Outline():
                self.outline_ready.emit(reply.value)
            case _Sizes(first) if self._opened is not None:
                self._opened = self._opened.measured(first, reply.value)
                self.measured.emit(self._opened)
            case _Rows(sheet):
                self.rows_ready.emit(sheet, reply.value)
            case _Text():
                self.text_ready.emit(reply.value)

    def _on_failure(self, subject: object, error: UserFacingError) -> None:
        match subject:
            case PageKey(page=page):
                self._failures[page] = error
                self.page_failed.emit(page)
            case _Words(page):
                self._words[page] = ()
                self.words_ready.emit(page)
            case _Rows() | _Text():
                self.part_failed.emit(error)

    def _on_bug(self, error: Exception) -> None:
        self._workers.failed.emit(error)

    def _on_ended(self, job: Job) -> None:
        if self._asked.pop(job, None) is not None:
            self._pump()


def _open(source: OpenSource, sha256: Sha256, page: int, progress: Progress) -> _Reply:
    """Only the first page is measured, and the one to be shown: the others may lie where nothing has been read yet."""
    progress.step(0, 1)
    try:
        handle = source(sha256)
        overview = handle.overview
        wanted = {1, page} & set(range(1, overview.pages + 1))
        measured = {number: handle.page_sizes(first=number, count=1)[0] for number in wanted}
    except UserFacingError as error:
        return _Reply(None, sha256, error=error)
    return _Reply(handle, sha256, Opened.of(sha256, overview, measured))


def _close(handle: OpenDocument, _progress: Progress) -> None:
    handle.close()


def _answer(handle: OpenDocument, subject: Subject, progress: Progress) -> _Reply:
    progress.step(0, 1)
    try:
        return _Reply(handle, subject, _value(handle, subject))
    except UserFacingError as error:
        return _Reply(handle, subject, error=error)


def _value(handle: OpenDocument, subject: Subject) -> object:
    match subject:
        case PageKey(page, width, rotation):
            pixels = handle.render(page, width=width, rotation=rotation)
            shape = pixels.width, pixels.height, pixels.stride
            return QImage(pixels.data, *shape, QImage.Format.Format_RGB32).copy()  # owns its bytes from here on
        case _Words(page):
            return tuple(handle.words(page).words)
        case _Outline():
            return handle.outline()
        case _Sizes(first, count):
            return handle.page_sizes(first=first, count=count)
        case _Rows(sheet, first):
            return handle.sheet(sheet, first=first, limit=ROWS_AT_ONCE)
        case _Text():
            return handle.text().plain()
