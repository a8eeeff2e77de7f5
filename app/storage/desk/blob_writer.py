"""Documents that are pushed in piece by piece while a package is read, under a hash that is known beforehand."""

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.ids import Sha256
from app.storage.blobs import CHUNK_BYTES
from app.storage.desk.base import table_of
from app.storage.desk.package_tables import BlobRow, ChunkRow

_BLOB = table_of(BlobRow)
_CHUNK = table_of(ChunkRow)


class BlobWriter:
    """One document on its way into the store. Whoever pushes has compared, or will compare, the hash."""

    def __init__(self, session: Session, sha256: Sha256) -> None:
        self._session, self._sha256 = session, sha256
        self._buffer = bytearray()
        self._number = self._size = 0

    def write(self, data: "bytes | memoryview") -> None:
        """The next bytes."""
        self._buffer += data
        while len(self._buffer) >= CHUNK_BYTES:
            self._flush(CHUNK_BYTES)

    def close(self) -> None:
        """There is no more; the document is here once the transaction is."""
        if self._buffer or not self._number:
            self._flush(len(self._buffer))
        self._session.execute(insert(_BLOB).values(sha256=self._sha256, size=self._size))

    def _flush(self, count: int) -> None:
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        self._session.execute(insert(_CHUNK).values(sha256=self._sha256, number=self._number, data=data))
        self._number += 1
        self._size += count
