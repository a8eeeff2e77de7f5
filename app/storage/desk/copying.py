"""A consistent copy of a desk without its documents: small enough to be made every day.

SQLite's ``VACUUM INTO`` would take the documents along, so the tables are copied one by one into an attached file. An
attached file without a key of its own takes the key of the one it is attached to; that it did is checked afterwards,
because an attached file with an empty key would be plaintext.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from app.storage.desk.package_tables import BlobRow, ChunkRow
from app.storage.desk.reading_tables import IndexedRow, SearchPartRow
from app.storage.engine import StoreUnsafeError

_LEFT_OUT: Final = frozenset(
    row.__tablename__ for row in (BlobRow, ChunkRow, IndexedRow, SearchPartRow)
)  # words can be made again
_WORDS: Final = "search_words"  # FTS5; makes tables of its own for itself
_PLAINTEXT_HEADER: Final = b"SQLite format 3\x00"


def copy_without_documents(engine: Engine, target: Path) -> None:
    """Write the copy to *target*, which must not exist.

    Raises:
        StoreUnsafeError: the driver would have written plaintext; nothing is left.
    """
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("ATTACH DATABASE ? AS copy", (str(target),))
        try:
            cursor.execute("BEGIN")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            _copy_tables(cursor)
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        finally:
            cursor.execute("DETACH DATABASE copy")
    finally:
        connection.close()
    with target.open("rb") as file:
        is_plain = file.read(len(_PLAINTEXT_HEADER)) == _PLAINTEXT_HEADER
    if is_plain:
        target.unlink()
        raise StoreUnsafeError


def _copy_tables(cursor: "object") -> None:
    run = cursor.execute  # type: ignore[attr-defined]
    made = run(
        "SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL ORDER BY type <> 'table'"
    ).fetchall()
    for kind, name, sql in made:
        if name.startswith(f"{_WORDS}_"):
            continue
        # The schema is our own; only its place changes.
        making = "CREATE VIRTUAL TABLE" if name == _WORDS else f"CREATE {kind.upper()}"
        run(sql.replace(f"{making} ", f"{making} copy.", 1))
        if kind == "table" and name != _WORDS and name not in _LEFT_OUT:
            run(f'INSERT INTO copy."{name}" SELECT * FROM main."{name}"')  # noqa: S608 - a table of ours
