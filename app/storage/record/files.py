"""Files under a key per application: dossiers, and what came back in packages. Destroying the key destroys them.

An original is one row per package, application and MiB: an index of paths and sizes, then the files one after the
other. Small packages are the rule, and one row costs far less than a row per file.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.crypto.columns import ColumnCipher, cell_context
from app.crypto.derivation import KEY_BYTES
from app.domain.ids import ApplicationCode, Sha256
from app.errors import UserFacingError
from app.i18n import N_
from app.storage.blobs import CHUNK_BYTES, BlobDamagedError, BlobMissingError, rechunked
from app.storage.record.bulk import Row, table_of
from app.storage.record.original_reader import Index, sources
from app.storage.record.tables import DocumentChunkRow, FileKeyRow, OriginalRow

GENERAL: Final = ApplicationCode("")  # owner of files that belong to no application
_LENGTH_BYTES: Final = 4


class FilesDestroyedError(UserFacingError):
    """The key was destroyed when the retention of its class ended."""

    code = "files_destroyed"
    message = N_("The files of {application} were destroyed by order; only their hashes remain.")


class FileRepository:
    """Within somebody else's transaction; keys are kept in memory only as long as that lasts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ciphers: dict[ApplicationCode, ColumnCipher | None] = {}

    def make_key(self, owner: ApplicationCode) -> None:
        """A fresh key for the files of *owner*."""
        key = os.urandom(KEY_BYTES)
        self._session.execute(insert(FileKeyRow).values(owner=owner, key=key))
        self._ciphers[owner] = ColumnCipher(key)

    def load_keys(self, owners: Iterable[ApplicationCode]) -> None:
        """Fetch the keys of *owners* in one go, before many files are read or written."""
        wanted = set(owners) - self._ciphers.keys()
        if not wanted:
            return
        rows = self._session.execute(select(FileKeyRow.owner, FileKeyRow.key).where(FileKeyRow.owner.in_(wanted)))
        for owner, key in rows:
            self._ciphers[ApplicationCode(owner)] = ColumnCipher(key) if key is not None else None

    def destroy_key(self, owner: ApplicationCode, *, at: datetime, order_number: str) -> None:
        """What was sealed under it can never be read again; hashes and the order's number stay."""
        self._session.execute(
            update(FileKeyRow)
            .where(FileKeyRow.owner == owner)
            .values(key=None, destroyed_at=at, order_number=order_number)
        )
        self._ciphers[owner] = None

    def _cipher(self, owner: ApplicationCode) -> ColumnCipher:
        if owner not in self._ciphers:
            self.load_keys([owner])
        cipher = self._ciphers.get(owner)
        if cipher is None:
            raise FilesDestroyedError(application=owner)
        return cipher

    # Dossiers

    def put_document(self, application: ApplicationCode, pieces: Iterable[bytes], *, sha256: Sha256) -> None:
        """Store one document of a dossier under the hash that intake found."""
        cipher = self._cipher(application)
        self._session.execute(
            delete(DocumentChunkRow).where(
                DocumentChunkRow.application == application, DocumentChunkRow.sha256 == sha256
            )
        )
        for number, chunk in enumerate(rechunked(pieces)):
            data = cipher.encrypt(chunk, context=_document_place(application, sha256, number))
            self._session.execute(
                insert(table_of(DocumentChunkRow)),
                [{"application": application, "sha256": sha256, "number": number, "data": data}],
            )

    def documents_held(
        self, codes: Iterable[ApplicationCode] | None = None
    ) -> dict[ApplicationCode, frozenset[Sha256]]:
        """What ever was a document of all or of those named, also where another has taken its place."""
        query = select(DocumentChunkRow.application, DocumentChunkRow.sha256).where(DocumentChunkRow.number == 0)
        if codes is not None:
            query = query.where(DocumentChunkRow.application.in_(tuple(codes)))
        found: dict[ApplicationCode, set[Sha256]] = {}
        for code, sha256 in self._session.execute(query):
            found.setdefault(ApplicationCode(code), set()).add(Sha256(sha256))
        return {code: frozenset(hashes) for code, hashes in found.items()}

    def read_document(self, application: ApplicationCode, sha256: Sha256) -> Iterator[bytes]:
        """The document in pieces, checked against its hash at the end.

        Raises:
            BlobMissingError, FilesDestroyedError: at once. BlobDamagedError: after the last piece.
        """
        cipher = self._cipher(application)
        rows = self._session.execute(
            select(DocumentChunkRow.number, DocumentChunkRow.data)
            .where(DocumentChunkRow.application == application, DocumentChunkRow.sha256 == sha256)
            .order_by(DocumentChunkRow.number),
            execution_options={"yield_per": 4},
        )
        digest, seen = hashlib.sha256(), False
        for number, data in rows:
            seen = True
            piece = cipher.decrypt(data, context=_document_place(application, sha256, number))
            digest.update(piece)
            yield piece
        if digest.hexdigest() != sha256:
            raise BlobDamagedError(short=sha256[:8]) if seen else BlobMissingError(short=sha256[:8])

    # Originals

    def original_rows(self, package: Sha256, owner: ApplicationCode, files: Mapping[str, bytes]) -> list[Row]:
        """Rows for :meth:`add_originals`: the files of *package* that belong to *owner*, by path."""
        cipher = self._cipher(owner)
        pieces = (original_index((path, len(data)) for path, data in files.items()), *files.values())
        return [
            _original_row(cipher, package, owner, number=number, chunk=chunk)
            for number, chunk in enumerate(rechunked(pieces))
        ]

    def original_writer(self, package: Sha256, owner: ApplicationCode) -> "OriginalWriter":
        """The same for a stream that begins with the index, stored as it comes."""
        return OriginalWriter(self, self._cipher(owner), package, owner)

    def add_originals(self, rows: list[Row]) -> None:
        if rows:
            self._session.execute(insert(table_of(OriginalRow)), rows)

    def original(self, package: Sha256, owner: ApplicationCode) -> dict[str, bytes]:
        """The files of *package* that belong to *owner*, by path.

        Raises:
            FilesDestroyedError, SecretDamagedError: the key is gone, or a row was changed.
        """
        cipher = self._cipher(owner)
        rows = self._session.execute(
            select(OriginalRow.number, OriginalRow.data)
            .where(OriginalRow.package == package, OriginalRow.owner == owner)
            .order_by(OriginalRow.number)
        )
        whole = b"".join(cipher.decrypt(data, context=_original_place(package, owner, number)) for number, data in rows)
        return _split(whole)

    def original_sources(self, package: Sha256, owner: ApplicationCode) -> dict[str, Callable[[], BinaryIO]]:
        """The same for files too large to hold: by path, what opens one of them; a row of 1 MiB is held at a time.

        Raises:
            FilesDestroyedError, SecretDamagedError: as above, also while one of them is read.
        """
        return sources(partial(self._original_piece, package, owner), _index_of)

    def _original_piece(self, package: Sha256, owner: ApplicationCode, number: int) -> bytes:
        row = self._session.execute(
            select(OriginalRow.data).where(
                OriginalRow.package == package, OriginalRow.owner == owner, OriginalRow.number == number
            )
        ).scalar_one_or_none()
        if row is None:
            return b""
        return self._cipher(owner).decrypt(row, context=_original_place(package, owner, number))

    def owners_of(self, package: Sha256) -> tuple[ApplicationCode, ...]:
        """Whose files *package* holds."""
        rows = self._session.execute(select(OriginalRow.owner).where(OriginalRow.package == package).distinct())
        return tuple(ApplicationCode(owner) for owner in sorted(rows.scalars()))


class OriginalWriter:
    """Seals and stores the files of one owner piece by piece; at most a row of 1 MiB is held."""

    def __init__(self, files: FileRepository, cipher: ColumnCipher, package: Sha256, owner: ApplicationCode) -> None:
        self._files, self._cipher, self._package, self._owner = files, cipher, package, owner
        self._buffer = bytearray()
        self._number = 0

    def write(self, data: bytes | memoryview) -> None:
        """The next bytes."""
        self._buffer += data
        while len(self._buffer) >= CHUNK_BYTES:
            self._store(bytes(self._buffer[:CHUNK_BYTES]))
            del self._buffer[:CHUNK_BYTES]

    def finish(self) -> None:
        """Nothing more comes."""
        if self._buffer:
            self._store(bytes(self._buffer))
            self._buffer.clear()

    def _store(self, chunk: bytes) -> None:
        row = _original_row(self._cipher, self._package, self._owner, number=self._number, chunk=chunk)
        self._files.add_originals([row])
        self._number += 1


def _original_row(cipher: ColumnCipher, package: Sha256, owner: ApplicationCode, *, number: int, chunk: bytes) -> Row:
    data = cipher.encrypt(chunk, context=_original_place(package, owner, number))
    return {"package": package, "owner": owner, "number": number, "data": data}


def original_index(files: Iterable[tuple[str, int]]) -> bytes:
    """What an original begins with: path and size of each file, in the order their bytes follow."""
    index = msgspec.json.encode(list(files))
    return len(index).to_bytes(_LENGTH_BYTES, "big") + index


def _index_of(begin: bytes) -> Index | None:
    """Where the files begin, and path and size of each; ``None`` while *begin* is too short to tell."""
    start = _LENGTH_BYTES + int.from_bytes(begin[:_LENGTH_BYTES], "big")
    if len(begin) < start:
        return None
    return start, msgspec.json.decode(begin[_LENGTH_BYTES:start], type=list[tuple[str, int]])


def _split(whole: bytes) -> dict[str, bytes]:
    index = _index_of(whole) if whole else None
    files = {}
    start, entries = index or (0, [])
    for path, size in entries:
        files[path] = whole[start : start + size]
        start += size
    return files


def _document_place(application: ApplicationCode, sha256: Sha256, number: int) -> bytes:
    return cell_context("document_chunk", "data", f"{application}/{sha256}/{number}".encode())


def _original_place(package: Sha256, owner: ApplicationCode, number: int) -> bytes:
    return cell_context("original", "data", f"{package}/{owner}/{number}".encode())
