"""Photographs of visits on their way into a package: as streams out of the store, each in a short look of its own."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from app.domain.ids import Sha256
from app.progress import Progress
from app.storage.blobs import CHUNK_BYTES
from app.storage.desk.store import DeskStore

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

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
        return io.BufferedReader(_Stream(self._pieces(sha256)), CHUNK_BYTES)

    def _pieces(self, sha256: Sha256) -> Iterator[bytes]:
        with self._store.reading() as work:
            for piece in work.photos.read(sha256):
                self._done += len(piece)
                self._progress.step(min(self._done, self._total), self._total)
                yield piece


class _Stream(io.RawIOBase):
    """Pieces as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        target = memoryview(buffer)
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
