"""A consistent copy of a desk without its documents: small enough to be made every day.

SQLite's ``VACUUM INTO`` would take the documents along, so the tables are copied one by one into an attached file. An
attached file without a key of its own takes the key of the one it is attached to; that it did is checked afterwards,
because an attached file with an empty key would be plaintext.

Photographs of visits cannot be sent again. They are in the copy, or the copy names them in a table of its own and
somebody keeps them beside it; all of it is one look at one state.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, PoolProxiedConnection
from sqlcipher3 import dbapi2

from app.domain.ids import Sha256
from app.storage.desk.package_tables import BlobRow, ChunkRow, DigestRow
from app.storage.desk.reading_tables import IndexedRow, SearchPartRow
from app.storage.desk.visit_tables import PhotoBlobRow, PhotoChunkRow
from app.storage.engine import StoreUnsafeError, told_in_words

KeepPhotos = Callable[[Mapping[Sha256, int], Callable[[Sha256], Iterator[bytes]]], None]
"""Gets every photograph with its size in bytes and a way to read one; returns when all of them are kept."""

_LEFT_OUT: Final = frozenset(
    row.__tablename__ for row in (BlobRow, ChunkRow, DigestRow, IndexedRow, SearchPartRow)
)  # words can be made again
_PHOTOS: Final = frozenset(row.__tablename__ for row in (PhotoBlobRow, PhotoChunkRow))
_NAMED: Final = "photo_copy"  # sha256, size: photographs that lie beside the copy; in no desk that is worked with
_WORDS: Final = "search_words"  # FTS5; makes tables of its own for itself
_PLAINTEXT_HEADER: Final = b"SQLite format 3\x00"


def copy_without_documents(engine: Engine, target: Path, *, keep: KeepPhotos | None = None) -> None:
    """Write the copy to *target*, which must not exist.

    Args:
        keep: keeps the photographs, which are then named in the copy and not in it. What it raises flies on.

    Raises:
        StoreUnsafeError: the driver would have written plaintext; nothing is left.
        StorageUnavailableError: the medium is full or gone; *target* holds rubbish then.
    """
    with closing(engine.raw_connection()) as connection:
        try:
            with told_in_words():
                cursor: Any = connection.cursor()
                cursor.execute("ATTACH DATABASE ? AS copy", (str(target),))
                _copy(connection, keep)
                cursor.execute("DETACH DATABASE copy")
        except BaseException:
            connection.invalidate()  # and with it whatever is unfinished on it
            raise
    with target.open("rb") as file:
        is_plain = file.read(len(_PLAINTEXT_HEADER)) == _PLAINTEXT_HEADER
    if is_plain:
        target.unlink()
        raise StoreUnsafeError


def photos_beside(engine: Engine, copy: Path) -> dict[Sha256, int] | None:
    """Photographs that *copy*, a file that is there, names and does not hold, with their sizes.

    ``None``: it is no copy of this desk, or it is damaged.
    """
    with closing(engine.raw_connection()) as connection:
        cursor: Any = connection.cursor()
        try:
            cursor.execute("ATTACH DATABASE ? AS copy", (str(copy),))
        except dbapi2.DatabaseError:
            return None
        try:
            return _named(cursor, "copy")
        except dbapi2.DatabaseError:
            return None
        finally:
            cursor.execute("DETACH DATABASE copy")


def photos_named(engine: Engine) -> dict[Sha256, int]:
    """The same of the open file, which was a copy before; nothing in any other desk."""
    with closing(engine.raw_connection()) as connection:
        return _named(connection.cursor(), "main")


def forget_photos_named(engine: Engine) -> None:
    """The open file is a desk like any other from now on."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute(f"DROP TABLE IF EXISTS main.{_NAMED}")


def _copy(connection: PoolProxiedConnection, keep: KeepPhotos | None) -> None:
    cursor: Any = connection.cursor()
    cursor.execute("BEGIN")
    cursor.execute("PRAGMA defer_foreign_keys = ON")
    _copy_tables(cursor, left_out=_LEFT_OUT | (_PHOTOS if keep else frozenset()))
    if keep:
        cursor.execute(f"CREATE TABLE copy.{_NAMED} AS SELECT sha256, size FROM main.photo_blob")  # noqa: S608 - ours
        keep(_named(cursor, "copy"), partial(_photo, connection))
    cursor.execute("COMMIT")


def _copy_tables(cursor: Any, *, left_out: frozenset[str]) -> None:
    run = cursor.execute
    made = run(
        "SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL ORDER BY type <> 'table'"
    ).fetchall()
    for kind, name, sql in made:
        if name.startswith(f"{_WORDS}_") or name == _NAMED:
            continue
        # The schema is our own; only its place changes.
        making = "CREATE VIRTUAL TABLE" if name == _WORDS else f"CREATE {kind.upper()}"
        run(sql.replace(f"{making} ", f"{making} copy.", 1))
        if kind == "table" and name != _WORDS and name not in left_out:
            run(f'INSERT INTO copy."{name}" SELECT * FROM main."{name}"')  # noqa: S608 - a table of ours


def _named(cursor: Any, place: str) -> dict[Sha256, int]:
    if not cursor.execute(f"SELECT 1 FROM {place}.sqlite_master WHERE name = ?", (_NAMED,)).fetchone():  # noqa: S608 - ours
        return {}
    rows = cursor.execute(f"SELECT sha256, size FROM {place}.{_NAMED} ORDER BY sha256").fetchall()  # noqa: S608 - ours
    return {Sha256(sha256): int(size) for sha256, size in rows}


def _photo(connection: PoolProxiedConnection, sha256: Sha256) -> Iterator[bytes]:
    """The stored pieces, whatever they are: a damaged photograph is still all there is."""
    cursor: Any = connection.cursor()
    cursor.execute("SELECT data FROM main.photo_chunk WHERE sha256 = ? ORDER BY number", (sha256,))
    for (data,) in cursor:
        yield bytes(data)
