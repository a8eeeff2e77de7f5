"""Photographs of visits on their way into a package: as streams out of the store, each in a short look of its own."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from app.domain.ids import Sha256
from app.piece_file import open_pieces
from app.progress import Progress
from app.storage.desk.store import DeskStore

_PASSES: Final = 3  # a photograph is read to see whether it is whole, to sign, and to seal


class PhotoReading:
    """Reads photographs and says how far all of it is; *total*: bytes of those that go into packages."""

    def __init__(self, store: DeskStore, progress: Progress, *, total: int) -> None:
        self._store, self._progress = store, progress
        self._total, self._done = total * _PASSES, 0

    def check(self, sha256: Sha256) -> None:
        """Read one photograph and compare it with its hash.

        Raises:
            BlobDamagedError, BlobMissingError, Cancelled.
        """
        for _piece in self._pieces(sha256):
            pass

    def open(self, sha256: Sha256) -> BinaryIO:
        """One photograph to be read once from front to back. Reading raises as :meth:`check`."""
        return open_pieces(self._pieces(sha256))

    def _pieces(self, sha256: Sha256) -> Iterator[bytes]:
        with self._store.reading() as work:
            for piece in work.photos.read(sha256):
                self._done += len(piece)
                self._progress.step(min(self._done, self._total), self._total)
                yield piece
