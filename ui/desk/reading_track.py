"""Keeps where the expert is while reading, and brings them back there; what stayed in view for a moment counts as read.

Written to the encrypted store in the background, after a short pause, so that leafing through writes nothing.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.evidence import Anchor
from app.domain.ids import ReviewId, Sha256
from app.errors import UserFacingError
from app.progress import Progress
from app.services.desk_reading import Reading, ReadingPlace
from app.services.desk_views import DocumentView
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.viewing.page_layout import Fit, Zoom
from ui.viewing.viewer import Viewer

PAUSE_MS: Final = 700


class ReadingTrack(QObject):
    """Knows one review at a time.

    Signals:
        changed: more was read than before.
    """

    changed = Signal()

    def __init__(self, context: DeskContext, viewer: Viewer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._viewer = context, viewer
        self._review: ReviewId | None = None
        self._first: Sha256 | None = None
        self._pages: Mapping[Sha256, int] = {}
        self._pending: ReadingPlace | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        viewer.page_shown.connect(self._on_page)
        viewer.document_shown.connect(self._on_document)
        viewer.canvas.zoom_changed.connect(self._on_zoom)

    def read(self, sha256: Sha256) -> int:
        """How many pages of a document were in view."""
        return self._pages.get(sha256, 0)

    def begin(self, review: ReviewId, documents: tuple[DocumentView, ...]) -> None:
        """Open *review* where it was left, or its first document."""
        self.close_review()
        self._review = review
        self._first = next((view.document.sha256 for view in documents if view.is_here), None)
        self._context.workers.run(
            partial(_load, self._context, review),
            lane=Lane.DATABASE,
            is_quiet=True,
            done=self._on_loaded,
            failed=self._on_failed,
        )

    def close_review(self) -> None:
        """What was read so far goes on its way."""
        self.keep()
        self._review, self._pages = None, {}

    def keep(self) -> None:
        """Write down where the expert is, if that is not written yet."""
        self._timer.stop()
        place, self._pending = self._pending, None
        if place is not None and self._review is not None:
            self._context.workers.run(
                partial(_keep, self._context, self._review, place),
                lane=Lane.DATABASE,
                is_quiet=True,
                done=self._on_kept,
                failed=self._on_failed,
            )

    def _on_loaded(self, loaded: tuple[ReviewId, Reading]) -> None:
        review, reading = loaded
        if review != self._review:
            return
        self._pages = reading.pages
        self.changed.emit()
        if self._viewer.sha256() is not None:
            return  # somebody was quicker
        place = reading.place
        if place is None:
            self._open_first()
            return
        zoom = _zoom(place.zoom)
        if zoom is not None:
            self._viewer.canvas.set_zoom(zoom)
        self._viewer.go_to(Anchor(place.document, page=place.page or None))

    def _open_first(self) -> None:
        if self._first is not None:
            self._viewer.open_document(self._first)

    def _on_kept(self, kept: tuple[ReviewId, Mapping[Sha256, int]]) -> None:
        review, pages = kept
        if review == self._review and pages != self._pages:
            self._pages = pages
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            if self._review is not None and self._viewer.sha256() is None:
                self._open_first()
        else:
            self._context.workers.failed.emit(error)

    def _on_page(self, sha256: Sha256, page: int) -> None:
        self._note(ReadingPlace(sha256, page, self._zoom_words()))

    def _on_document(self, sha256: Sha256) -> None:
        if not self._viewer.canvas.page_count():
            self._note(ReadingPlace(sha256, 0, self._zoom_words()))

    def _on_zoom(self) -> None:
        sha256 = self._viewer.sha256()
        if sha256 is not None and self._viewer.canvas.page_count():
            self._note(ReadingPlace(sha256, self._viewer.canvas.page(), self._zoom_words()))

    def _note(self, place: ReadingPlace) -> None:
        if self._review is not None:
            self._pending = place
            self._timer.start()

    def _zoom_words(self) -> str:
        zoom = self._viewer.canvas.zoom()
        return f"{zoom.fit.value}:{zoom.factor}"


def _load(context: DeskContext, review: ReviewId, _progress: Progress) -> tuple[ReviewId, Reading]:
    return review, context.desk.reading.reading(review)


def _keep(
    context: DeskContext, review: ReviewId, place: ReadingPlace, _progress: Progress
) -> tuple[ReviewId, Mapping[Sha256, int]]:
    return review, context.desk.reading.keep(review, place)


def _zoom(words: str) -> Zoom | None:
    fit, _colon, factor = words.partition(":")
    try:
        return Zoom(Fit(fit), float(factor))
    except ValueError:  # written by another version
        return None
