"""Rendered pages in memory, bounded in bytes; the one that was not looked at for longest goes first."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QImage

DEFAULT_BYTES: Final = 160 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PageKey:
    """One picture of one page."""

    page: int
    width: int
    rotation: int


class PageCache:
    """Pictures of one document."""

    def __init__(self, most_bytes: int = DEFAULT_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._images: OrderedDict[PageKey, QImage] = OrderedDict()

    @property
    def held_bytes(self) -> int:
        """What is held now; never more than the bound, but for one picture that is larger alone."""
        return self._held

    def get(self, key: PageKey) -> QImage | None:
        """The picture, which counts as looked at."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def any_width(self, page: int, rotation: int) -> QImage | None:
        """The sharpest picture of *page* at another zoom, to be shown until the right one is there."""
        fitting = [key for key in self._images if key.page == page and key.rotation == rotation]
        return self._images[max(fitting, key=lambda key: key.width)] if fitting else None

    def put(self, key: PageKey, image: QImage) -> None:
        """Keep *image*; others go until there is room."""
        self._drop(key)
        self._images[key] = image
        self._held += image.sizeInBytes()
        while self._held > self._most and len(self._images) > 1:
            self._drop(next(iter(self._images)))

    def clear(self) -> None:
        """Forget everything: another document, or the desk is locked."""
        self._images.clear()
        self._held = 0

    def _drop(self, key: PageKey) -> None:
        image = self._images.pop(key, None)
        if image is not None:
            self._held -= image.sizeInBytes()
