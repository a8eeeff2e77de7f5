"""Files by content hash, in rows of 1 MiB, read and written as streams so that no file is ever whole in memory."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    true,
)
from sqlalchemy.orm import Session

from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.i18n import N_
from app.storage.engine import told_in_words

CHUNK_BYTES: Final = 1 << 20
_ROWID: Final = literal_column("rowid", Integer)


class BlobDamagedError(UserFacingError):
    """What is stored no longer has the hash under which it was stored."""

    code = "blob_damaged"
    message = N_("A stored document is damaged ({short}). Ask for the package again, or restore a backup.")


class BlobMissingError(UserFacingError):
    """There is no file of that hash here."""

    code = "blob_missing"
    message = N_("A document is not here ({short}). Import the package part that carries it.")


class BlobStore:
    """The blob tables of one workspace, within somebody else's transaction.

    Args:
        blobs: columns ``sha256``, ``size``.
        chunks: columns ``sha256``, ``number`` (from 0), ``data``; the column type decides about encryption.
        digests: columns ``sha256``, ``number``, ``digest`` of chunks of files whose own hash was found right; a store
            without them reads files from their beginning to their end only.
    """

    def __init__(self, session: Session, *, blobs: Table, chunks: Table, digests: Table | None = None) -> None:
        self._session, self._blobs, self._chunks, self._digests = session, blobs, chunks, digests

    def has(self, sha256: Sha256) -> bool:
        """Whether the file is here."""
        return self.size(sha256) is not None

    def size(self, sha256: Sha256) -> int | None:
        """Bytes of the file, or ``None`` if it is not here."""
        return self._session.execute(
            select(self._blobs.c.size).where(self._blobs.c.sha256 == sha256)
        ).scalar_one_or_none()

    def put(self, pieces: Iterable[bytes]) -> tuple[Sha256, int]:
        """Store one file given as *pieces* of any length; the same bytes twice are stored once.

        Returns:
            SHA-256 and size. Hash and rows are settled in the caller's transaction.
        """
        digest, size = hashlib.sha256(), 0
        provisional = secrets.token_hex(32)  # the hash is known only at the end
        for number, chunk in enumerate(rechunked(pieces)):
            digest.update(chunk)
            size += len(chunk)
            if number == 0 and len(chunk) < CHUNK_BYTES:  # the usual small file: one row, no renaming
                return self._put_small(Sha256(digest.hexdigest()), chunk)
            self._add_chunk(provisional, number, chunk)
        sha256 = Sha256(digest.hexdigest())
        if size == 0:
            return self._put_small(sha256, b"")
        if self.has(sha256):
            self._session.execute(delete(self._chunks).where(self._chunks.c.sha256 == provisional))
            return sha256, size
        self._session.execute(self._chunks.update().where(self._chunks.c.sha256 == provisional).values(sha256=sha256))
        self._session.execute(insert(self._blobs).values(sha256=sha256, size=size))
        return sha256, size

    def _put_small(self, sha256: Sha256, data: bytes) -> tuple[Sha256, int]:
        if not self.has(sha256):
            self._session.execute(insert(self._blobs).values(sha256=sha256, size=len(data)))
            self._add_chunk(sha256, 0, data)
        return sha256, len(data)

    def _add_chunk(self, sha256: str, number: int, data: bytes) -> None:
        self._session.execute(insert(self._chunks).values(sha256=sha256, number=number, data=data))

    def read(self, sha256: Sha256) -> Iterator[bytes]:
        """The file in pieces of at most 1 MiB, checked against its hash at the end.

        Raises:
            BlobMissingError: at the first piece. BlobDamagedError: after the last.
        """
        digest, seen = hashlib.sha256(), False
        for data in self._rows(sha256):
            seen = True
            digest.update(data)
            yield data
        if not seen:
            raise BlobMissingError(short=sha256[:8])
        if digest.hexdigest() != sha256:
            raise BlobDamagedError(short=sha256[:8])

    def get(self, sha256: Sha256) -> bytes:
        """The whole file. For what is shown and decoded; streams go through :meth:`read`."""
        return b"".join(self.read(sha256))

    def _rows(self, sha256: Sha256) -> Iterator[bytes]:
        if self._reads_in_place:
            for rowid in self._session.execute(_places(self._chunks), {"sha256_": sha256}).scalars().all():
                yield self._in_place(rowid)
            return
        chunks = self._chunks.c
        statement = select(chunks.data).where(chunks.sha256 == sha256).order_by(chunks.number)
        yield from self._session.execute(statement, execution_options={"yield_per": 4}).scalars()

    @property
    def _reads_in_place(self) -> bool:
        """Whether values lie in a SQLite file as they are.

        There SQLite's incremental reading takes half the time of a SELECT: the value is never put together in memory
        that is locked and wiped.
        """
        return self._session.get_bind().dialect.name == "sqlite" and isinstance(self._chunks.c.data.type, LargeBinary)

    def _in_place(self, rowid: int) -> bytes:
        connection: Any = self._session.connection().connection.driver_connection
        with told_in_words(), connection.open_blob(self._chunks.name, "data", rowid, readonly=True) as value:
            data: bytes = value.read()
        return data

    def chunk(self, sha256: Sha256, number: int) -> bytes:
        """One chunk, counted from 0, checked against its own hash.

        Raises:
            BlobMissingError: the file is not here. BlobDamagedError: that chunk is not what it was.
        """
        if self._digests is None:
            raise TypeError("this store reads files from their beginning to their end")
        wanted = {"sha256_": sha256, "number_": number}
        found = self._session.execute(_place_and_digest(self._chunks, self._digests), wanted).one_or_none()
        if found is None:
            raise BlobMissingError(short=sha256[:8])
        data = self._in_place(found.rowid)
        if hashlib.sha256(data).digest() != found.digest:
            raise BlobDamagedError(short=sha256[:8])
        return data

    def remove(self, sha256: Sha256) -> None:
        """Forget the file; ``secure_delete`` overwrites its pages."""
        self._session.execute(delete(self._chunks).where(self._chunks.c.sha256 == sha256))
        self._session.execute(delete(self._blobs).where(self._blobs.c.sha256 == sha256))
        if self._digests is not None:
            self._session.execute(delete(self._digests).where(self._digests.c.sha256 == sha256))


@cache
def _places(chunks: Table) -> Select[int]:
    """Where the chunks of a file lie; put together once, because a page waits for it."""
    wanted = chunks.c.sha256 == bindparam("sha256_")
    return select(_ROWID).select_from(chunks).where(wanted).order_by(chunks.c.number)


@cache
def _place_and_digest(chunks: Table, digests: Table) -> Select[int, bytes]:
    """Where one chunk lies and what its hash has to be.

    Each by the name that was asked for: a row found in the wrong place must not bring its own hash along.
    """
    sha256, number = bindparam("sha256_", type_=String), bindparam("number_", type_=Integer)
    return (
        select(literal_column(f"{chunks.name}.rowid", Integer).label("rowid"), digests.c.digest)
        .join_from(chunks, digests, true())
        .where(chunks.c.sha256 == sha256, chunks.c.number == number)
        .where(digests.c.sha256 == sha256, digests.c.number == number)
    )


def rechunked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of exactly 1 MiB, the last one shorter; nothing for an empty stream."""
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= CHUNK_BYTES:
            yield bytes(buffer[:CHUNK_BYTES])
            del buffer[:CHUNK_BYTES]
    if buffer:
        yield bytes(buffer)
