"""Strangers' files as the dossier of one review, read in the real window: opened, drawn, searched, cited, printed.

Nothing is refused on the way in, as if a hostile secretariat had sent them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from app.decoding.kinds import FileKind, kind_promised_by
from app.decoding.pool import PoolStatus
from app.domain.application import MediaType
from app.domain.conflict import Declared
from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.progress import NoProgress
from app.services.desk_declaring import DeclarationLine
from tests.support.desks import INDICATOR, DeskStory
from tests.support.secretariat import Dossier, document, dossier
from ui.clipboard import Clipboard
from ui.desk.review_screen import ReviewScreen
from ui.desk.task_place import TaskPlace
from ui.desk.window import TASKS, DeskWindow
from ui.errors import Teller
from ui.message import Message
from ui.remembered import Remembered

PATIENCE_MS: Final = 60_000  # more than any limit of the decoding child
_ASK_MS: Final = 3
_MEDIA: Final = {
    FileKind.PDF: MediaType.PDF,
    FileKind.JPEG: MediaType.JPEG,
    FileKind.PNG: MediaType.PNG,
    FileKind.WEBP: MediaType.WEBP,
    FileKind.HEIC: MediaType.HEIC,
    FileKind.XLSX: MediaType.XLSX,
    FileKind.DOCX: MediaType.DOCX,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What became of one document.

    Attributes:
        refusal: the code of the sentence in place of the document; empty if it was shown.
        shown: pages that were drawn; *failed*: code by number of each page with a sentence in its place.
        found: the code because of which it cannot be searched, or nothing.
        printed: the code because of which nothing was printed, or nothing; *blank* pages carry a sentence.
    """

    sha256: Sha256
    refusal: str = ""
    sentence: str = ""
    shown: int = 0
    failed: Mapping[int, str]
    found: str = ""
    is_cited: bool = False
    printed: str = ""
    blank: int = 0

    @property
    def outcome(self) -> str:
        """One word for a table."""
        if self.refusal:
            return self.refusal
        return "shown in part" if self.failed else "shown"


class ReadingRoom:
    """The window on a desk with one review, whose dossier are the given files."""

    def __init__(self, story: DeskStory, *, most_pages: int) -> None:
        self.story, self._most = story, most_pages
        self.said: list[Message] = []
        self.window = DeskWindow(
            story.desk, teller=Teller(self.said.append), remembered=Remembered(), clipboard=Clipboard()
        )
        self.window.resize(1366, 690)
        self.window.show()
        place = self.window.show_place(TASKS)
        if not isinstance(place, TaskPlace):
            raise TypeError("not the page that was meant")
        place.open_review(story.review)
        self.review: ReviewScreen = place.review
        self._errors: list[UserFacingError] = []
        self._shown: list[str] = []
        loader = self.review.viewer.loader
        loader.refused.connect(self._errors.append)
        loader.part_failed.connect(self._errors.append)
        self.review.viewer.document_shown.connect(self._shown.append)
        self._wait(lambda: not self.window.context.workers.jobs, "the review")

    def read(self, sha256: Sha256) -> Seen:
        """Open a document and do with it whatever an expert can."""
        viewer = self.review.viewer
        self._errors.clear()
        self._shown.clear()
        viewer.close_document()
        viewer.open_document(sha256)
        self._wait(lambda: bool(self._errors) or sha256 in self._shown, "the document")
        seen = Seen(sha256=sha256, failed={})
        if not self._errors:
            seen = self._turn_pages(seen)
        if self._errors:  # rows and texts are asked for once the document is open
            error = self._errors[0]
            seen = replace(seen, refusal=error.code, sentence=error.sentence())
            if viewer.empty.isVisible() is False or error.sentence() not in viewer.empty._reason.text():
                raise AssertionError("the sentence does not stand in place of the document")
        return self._printed(self._cited(self._searched(seen)))

    def status(self) -> PoolStatus:
        """Of the decoding child that draws."""
        return self.story.desk._pool.status()

    def close(self) -> None:
        """End the window and the desk below it."""
        self.window.shut_down()
        self.window.close()
        self.story.close()

    def _turn_pages(self, seen: Seen) -> Seen:
        viewer = self.review.viewer
        canvas, loader = viewer.canvas, viewer.loader
        drawn, failed = 0, dict[int, str]()
        for page in range(1, min(canvas.page_count(), self._most) + 1):
            canvas.go_to(page)

            def is_there(page: int = page) -> bool:
                has_picture = canvas._layout is not None and loader.image(canvas._key(canvas._layout, page)) is not None
                return has_picture or loader.failure(page) is not None or bool(self._errors)

            self._wait(is_there, f"page {page}")
            failure = loader.failure(page)
            drawn += failure is None
            if failure is not None:
                failed[page] = failure.code
        self._wait(lambda: not loader._asked and not loader._questions, "words, rows and contents")
        if canvas.page_count():
            canvas.go_to(1)
            canvas.rotate()
            self.window.grab()
        return replace(seen, shown=drawn, failed=failed)

    def _searched(self, seen: Seen) -> Seen:
        found = self.story.desk.searching.search(self.story.review, "e", document=seen.sha256)
        lacking = next((lack.reason for lack in found.unsearchable if not lack.pages), "")
        self.review.viewer.show_found("e")
        return replace(seen, found=lacking)

    def _cited(self, seen: Seen) -> Seen:
        viewer = self.review.viewer
        if seen.shown:
            self._drag()
        anchor = viewer.current_anchor()
        if anchor is None:
            return seen
        scoring, review = self.story.desk.scoring, self.story.review
        scoring.attach_evidence(review, INDICATOR, anchor)
        evidence = scoring.sheet(review).draft.entry(INDICATOR).evidence
        scoring.remove_evidence(review, INDICATOR, anchor)
        return replace(seen, is_cited=anchor in evidence)

    def _drag(self) -> None:
        """Draw a rectangle, or mark words, in the middle of the window."""
        viewport = self.review.viewer.canvas.viewport()
        middle = viewport.rect().center()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseMove(viewport, middle + QPoint(40, 30))
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 30))

    def _printed(self, seen: Seen) -> Seen:
        pages = f"1-{min(2, self.review.viewer.canvas.page_count())}" if seen.shown or seen.failed else "1"
        try:
            printed = self.story.desk.dossier_prints.print_pages(self.story.review, seen.sha256, pages)
        except UserFacingError as error:
            return replace(seen, printed=error.code)
        return replace(seen, blank=len(printed.failed))

    def _wait(self, is_done: Callable[[], bool], what: str) -> None:
        """Let the window work until *is_done* says so."""
        loop, asking = QEventLoop(), QTimer(interval=_ASK_MS)
        asking.timeout.connect(lambda: loop.quit() if is_done() else None)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        asking.start()
        if not is_done():
            loop.exec()
        asking.stop()
        if not is_done():
            raise AssertionError(f"waited in vain for {what}")


@contextmanager
def reading_room(
    folder: Path, files: Sequence[tuple[str, bytes]], *, most_pages: int = 20
) -> Iterator[tuple[ReadingRoom, tuple[Sha256, ...]]]:
    """A room for *files* (name, bytes), and their hashes in the same order; the words are taken in already."""
    story = DeskStory(folder).create().enrol()
    story.secretariat.allows_printing = True
    plain = dossier("2026-0001", files=())
    listed = tuple(document(data, name, _media(name)) for name, data in files)
    story.dossiers = (Dossier(plain.review, plain.face, listed),)
    taken = story.desk.importing.import_files(
        story.secretariat.assignment(folder / "out", story.reader, story.dossiers)
    )  # fmt: skip
    if any(package.outcome != "new" for package in taken.packages):
        raise AssertionError(taken.packages)
    story.desk.declaring.declare([DeclarationLine(story.review, Declared.NONE)])
    story.desk.searching.index(story.review, NoProgress())
    room = ReadingRoom(story, most_pages=most_pages)
    try:
        yield room, tuple(one.sha256 for one in story.dossiers[0].documents)
    finally:
        room.close()


def _media(name: str) -> MediaType:
    kind = kind_promised_by(name)
    return _MEDIA[kind] if kind is not None else MediaType.PDF
