"""Files that are pushed in piece by piece while a package is read, under a hash that is known beforehand."""

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from app.domain.ids import Sha256
from app.storage.blobs import CHUNK_BYTES


class BlobWriter:
    """One file on its way into two tables of a store. Whoever pushes has compared, or will compare, the hash."""

    def __init__(self, session: Session, sha256: Sha256, *, blobs: Table, chunks: Table) -> None:
        self._session, self._sha256 = session, sha256
        self._blobs, self._chunks = blobs, chunks
        self._buffer = bytearray()
        self._number = self._size = 0

    def write(self, data: "bytes | memoryview") -> None:
        """The next bytes."""
        self._buffer += data
        while len(self._buffer) >= CHUNK_BYTES:
            self._flush(CHUNK_BYTES)

    def close(self) -> None:
        """There is no more; the file is here once the transaction is."""
        if self._buffer or not self._number:
            self._flush(len(self._buffer))
        self._session.execute(insert(self._blobs).values(sha256=self._sha256, size=self._size))

    def _flush(self, count: int) -> None:
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        self._session.execute(insert(self._chunks).values(sha256=self._sha256, number=self._number, data=data))
        self._number += 1
        self._size += count
