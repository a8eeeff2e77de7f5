"""The only ``create_engine``: driver, key, pragmas, pool and transaction mode.

SQLAlchemy's default pool for this dialect crashes with threads, and its errors print parameters unless told not to;
an SQLite file opened without a key is plaintext. Each of these is settled here, once, and nowhere else.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from app.errors import UserFacingError
from app.i18n import N_
from app.storage.types import ColumnCipher, bind_cipher

_PLAINTEXT_HEADER: Final = b"SQLite format 3\x00"
_OLDEST_CIPHER: Final = (4, 6)
_TEMP_STORE_IN_MEMORY: Final = (0, 2)  # default of the driver's build, or MEMORY; FILE would write plaintext
_WRITES: Final = "youpin_writes"
_BUSY_SECONDS: Final = 10.0
# Primary result codes of SQLite (https://www.sqlite.org/rescode.html).
_BUSY: Final = frozenset({5, 6})  # BUSY, LOCKED
_DAMAGED: Final = frozenset({11, 26})  # CORRUPT, NOTADB
_WORLD_FAILED: Final = frozenset({3, 8, 10, 13, 14})  # PERM, READONLY, IOERR, FULL, CANTOPEN

# Classes and codes of SQLSTATE (PostgreSQL, appendix A).
_SERVER_GONE: Final = ("08", "28", "57P")  # connection, authorization, shutdown
_SERVER_FULL: Final = ("531", "58")  # disk full, input and output
_SERVER_BUSY: Final = ("40", "532", "533", "55P03", "57014")  # serialization, memory, connections, lock, cancelled


class StoreKeyError(UserFacingError):
    """The key does not open the file, or the file is damaged: the cipher cannot tell the two apart."""

    code = "store_key"
    message = N_("This file cannot be opened with its key file. Restore both from the same backup.")


class StoreUnsafeError(UserFacingError):
    """The file or the driver would put content on the disk in the clear."""

    code = "store_unsafe"
    message = N_("This file is not encrypted, or this computer's database driver is not safe. It was not opened.")


class StoreBusyError(UserFacingError):
    """Another process holds the write lock for longer than we wait."""

    code = "store_busy"
    message = N_("The file is in use by another program. Nothing was changed; try again in a moment.")


class StorageUnavailableError(UserFacingError):
    """The world failed: disk full, unreadable, no permission, server gone."""

    code = "storage_unavailable"
    message = N_("Not saved: the disk is full or cannot be written to. Make room, then try again.")


class StoreDamagedError(UserFacingError):
    """A page that is not genuine, or a structure that makes no sense."""

    code = "store_damaged"
    message = N_("The file is damaged. Stop working with it and restore the newest backup.")


class ServerLostError(UserFacingError):
    """The connection broke, or could not be made again: what was not committed is rolled back by the server."""

    code = "server_lost"
    message = N_(
        "The connection to the record's server was lost. What was finished is kept and nothing is half done; "
        "check the connection, then try again."
    )


def sqlcipher_engine(
    path: Path, key: bytes, *, salt: bytes, memory_security: bool, cipher: ColumnCipher | None = None
) -> Engine:
    """An engine on one SQLCipher file, made if it does not exist.

    Args:
        key: 32 raw bytes; salt: 16 raw bytes. No key derivation takes place here.
        memory_security: wipe freed memory (on for desks; costs a record 40 % of its import speed).
        cipher: for columns that are encrypted once more (records).

    Raises:
        StoreKeyError, StoreUnsafeError: at once, not at the first query.
    """
    if len(key) != 32 or len(salt) != 16:
        raise ValueError("a raw key has 32 bytes and its salt 16")
    if _is_plaintext(path):
        raise StoreUnsafeError

    def connect() -> Any:
        return _open_sqlcipher(path, key, salt=salt, memory_security=memory_security)

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _tell_world_from_bug)
    bind_cipher(engine.dialect, cipher)
    try:
        with engine.connect():
            pass
    except exc.DatabaseError:
        engine.dispose()
        raise StoreKeyError from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def postgresql_engine(url: str, *, cipher: ColumnCipher | None = None) -> Engine:
    """An engine on a PostgreSQL database given by its URL (``postgresql+psycopg://…``)."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,  # a connection that broke while nobody used it is replaced without a word
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
    )
    event.listen(engine, "handle_error", _tell_server_from_bug)
    bind_cipher(engine.dialect, cipher)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for units of work that write: SQLite takes its write lock at once, not half-way."""
    return engine.execution_options(**{_WRITES: True})


def _tell_world_from_bug(context: ExceptionContext) -> None:
    """Disk, lock and permission are told in words; everything else is ours to fix and flies on."""
    code = getattr(context.original_exception, "sqlite_errorcode", None)
    if code is None:
        return
    told = _in_words(code)
    if told is not None and (told is not StoreDamagedError or context.connection is not None):
        raise told from None  # at connecting, damage means the wrong key


@contextmanager
def told_in_words() -> Iterator[None]:
    """The same for statements that go to SQLite past SQLAlchemy.

    Raises:
        StoreBusyError, StorageUnavailableError, StoreDamagedError; every other failure as it is.
    """
    try:
        yield
    except dbapi2.DatabaseError as problem:
        told = _in_words(getattr(problem, "sqlite_errorcode", 0))
        if told is None:
            raise
        raise told from None


def _in_words(code: int) -> type[UserFacingError] | None:
    """What a result code of SQLite means to a person; ``None`` for what is ours to fix."""
    primary = code & 0xFF
    if primary in _BUSY:
        return StoreBusyError
    if primary in _WORLD_FAILED:
        return StorageUnavailableError
    return StoreDamagedError if primary in _DAMAGED else None


def _tell_server_from_bug(context: ExceptionContext) -> None:
    """The same for a server: lost, full or busy is told in words."""
    problem = context.original_exception
    driver = context.dialect.loaded_dbapi
    if context.is_pre_ping or not isinstance(problem, driver.OperationalError):
        return
    state = getattr(problem, "sqlstate", None) or ""
    if context.is_disconnect or not state or state.startswith(_SERVER_GONE):
        raise ServerLostError from None
    if state.startswith(_SERVER_FULL):
        raise StorageUnavailableError from None
    if state.startswith(_SERVER_BUSY):
        raise StoreBusyError from None


def _open_sqlcipher(path: Path, key: bytes, *, salt: bytes, memory_security: bool) -> Any:
    connection = dbapi2.connect(
        str(path), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        run: Callable[[str], Any] = connection.execute
        run(f"PRAGMA cipher_memory_security = {'ON' if memory_security else 'OFF'}")
        run("PRAGMA cipher_log_level = NONE")
        run(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        run("PRAGMA journal_mode = WAL")
        for pragma in (
            "synchronous = FULL",
            "temp_store = MEMORY",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "secure_delete = ON",
            "mmap_size = 0",
            "cache_size = -16000",
        ):
            run(f"PRAGMA {pragma}")
        _assert_safe(run)
    except BaseException:
        connection.close()
        raise
    return connection


def _assert_safe(run: Callable[[str], Any]) -> None:
    version = run("PRAGMA cipher_version").fetchone()
    numbers = tuple(int(part) for part in version[0].split()[0].split(".")[:2]) if version else (0, 0)
    stored_in = run("PRAGMA temp_store").fetchone()[0]
    if numbers < _OLDEST_CIPHER or stored_in not in _TEMP_STORE_IN_MEMORY:
        raise StoreUnsafeError


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_plaintext(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(_PLAINTEXT_HEADER)) == _PLAINTEXT_HEADER
