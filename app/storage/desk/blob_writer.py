"""Files that are pushed in piece by piece while a package is read, under a hash that is known beforehand."""

import hashlib

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from app.domain.ids import Sha256
from app.storage.blobs import CHUNK_BYTES


class BlobWriter:
    """One file on its way into two tables of a store. Whoever pushes has compared, or will compare, the hash.

    With *digests* the hash of each chunk is noted, too, so that the file can be read from its middle. That is done
    only after the hash of the whole was found right: such a row is true for ever, also on a page of yesterday.
    """

    def __init__(
        self, session: Session, sha256: Sha256, *, blobs: Table, chunks: Table, digests: Table | None = None
    ) -> None:
        self._session, self._sha256 = session, sha256
        self._blobs, self._chunks, self._digests = blobs, chunks, digests
        self._buffer = bytearray()
        self._number = self._size = 0
        self._whole, self._of_chunks = hashlib.sha256(), list[bytes]()

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
        if self._digests is not None and self._number > 1 and self._whole.hexdigest() == self._sha256:
            rows = [
                {"sha256": self._sha256, "number": number, "digest": digest}
                for number, digest in enumerate(self._of_chunks)
            ]
            self._session.execute(insert(self._digests), rows)

    def _flush(self, count: int) -> None:
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        if self._digests is not None:
            self._whole.update(data)
            self._of_chunks.append(hashlib.sha256(data).digest())
        self._session.execute(insert(self._chunks).values(sha256=self._sha256, number=self._number, data=data))
        self._number += 1
        self._size += count
