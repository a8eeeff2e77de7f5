"""Small pictures of photographs, made by the decoding child off the GUI thread; only those in view are asked for."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.progress import Progress
from ui.jobs import Job, Lane, Workers
from ui.viewing.source import PixelsLike

AT_ONCE: Final = 2
MOST_BYTES: Final = 64 * 1024 * 1024


class OpenPicture(Protocol):
    """A photograph that is open in the decoding child; every method may block and raise a ``UserFacingError``."""

    def thumbnail(self, page: int, *, side: int) -> PixelsLike: ...
    def render(self, page: int, *, width: int, rotation: int = 0) -> PixelsLike: ...
    def close(self) -> None: ...


PictureSource = Callable[[Sha256], OpenPicture]


@dataclass(frozen=True, slots=True)
class ThumbKey:
    """One photo within a square of *side* pixels."""

    photo: Sha256
    side: int


@dataclass(frozen=True, slots=True)
class _Reply:
    key: ThumbKey
    image: QImage | None = None
    error: UserFacingError | None = None


class PhotoThumbs(QObject):
    """A bounded cache, and the few questions that are on their way.

    Signals:
        ready: a :class:`ThumbKey` whose picture, or failure, is there now.
    """

    ready = Signal(object)

    def __init__(
        self, source: PictureSource, workers: Workers, parent: QObject | None = None, *, most_bytes: int = MOST_BYTES
    ) -> None:
        super().__init__(parent)
        self._source, self._workers, self._most = source, workers, most_bytes
        self._images: OrderedDict[ThumbKey, QImage] = OrderedDict()
        self._failures: dict[ThumbKey, UserFacingError] = {}
        self._held = 0
        self._wanted: dict[str, tuple[ThumbKey, ...]] = {}
        self._asked: dict[Job, ThumbKey] = {}
        workers.ended.connect(self._on_ended)  # not the job's own signal: a quick job has ended before one could listen

    def want(self, keys: Sequence[ThumbKey], *, who: str = "") -> None:
        """These pictures and, for *who* asks, no others any more; the most urgent first."""
        self._wanted[who] = tuple(keys)
        self._pump()

    def image(self, key: ThumbKey) -> QImage | None:
        """The picture, if it is there."""
        found = self._images.get(key)
        if found is not None:
            self._images.move_to_end(key)
        return found

    def failure(self, key: ThumbKey) -> UserFacingError | None:
        """Why there is none."""
        return self._failures.get(key)

    def clear(self) -> None:
        """Forget every picture: the desk is locked."""
        self._wanted.clear()
        self._images.clear()
        self._failures.clear()
        self._held = 0

    def _pump(self) -> None:
        while len(self._asked) < AT_ONCE:
            key = self._next()
            if key is None:
                return
            job = self._workers.run(
                partial(_load, self._source, key),
                lane=Lane.OTHER,
                is_quiet=True,
                done=self._on_reply,
                failed=self._on_bug,
            )
            self._asked[job] = key

    def _next(self) -> ThumbKey | None:
        busy = set(self._asked.values())
        wanted = (key for who in sorted(self._wanted) for key in self._wanted[who])
        return next((key for key in wanted if not (key in busy or key in self._images or key in self._failures)), None)

    def _on_reply(self, reply: _Reply) -> None:
        if reply.image is not None:
            self._images[reply.key] = reply.image
            self._held += reply.image.sizeInBytes()
            while self._held > self._most and len(self._images) > 1:
                self._held -= self._images.popitem(last=False)[1].sizeInBytes()
        elif reply.error is not None:
            self._failures[reply.key] = reply.error
        self.ready.emit(reply.key)

    def _on_bug(self, error: Exception) -> None:
        self._workers.failed.emit(error)

    def _on_ended(self, job: Job) -> None:
        if self._asked.pop(job, None) is not None:
            self._pump()


def image_of(pixels: PixelsLike) -> QImage:
    """Pixels of the child as a picture that owns its bytes."""
    return QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32).copy()


def _load(source: PictureSource, key: ThumbKey, progress: Progress) -> _Reply:
    progress.step(0, 1)
    try:
        document = source(key.photo)
        try:
            return _Reply(key, image_of(document.thumbnail(1, side=key.side)))
        finally:
            document.close()
    except UserFacingError as error:
        return _Reply(key, error=error)
