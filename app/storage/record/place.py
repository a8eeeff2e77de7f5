"""Where a record lies: a file with its key file beside it, or a database on a server with its key header in a table."""

import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Final

from sqlalchemy import delete, exc, insert, inspect, select
from sqlalchemy.orm import Session

from app.atomic_file import OlderCopy, older_copy_of, write_atomically
from app.crypto.key_header import KeyHeader
from app.crypto.vault import Vault
from app.crypto.vault_errors import HeaderDamagedError
from app.errors import UserFacingError
from app.i18n import N_
from app.platform.network_folder import is_network_folder
from app.storage.engine import ServerLostError, postgresql_engine, sqlcipher_engine, writing
from app.storage.migration import bring_up_to_date
from app.storage.record.tables import VaultRow
from app.storage.record.unit_of_work import RecordStore

_KEY_ENDING: Final = ".key"
_SERVER: Final = ("postgresql://", "postgresql+psycopg://")


class RecordExistsError(UserFacingError):
    """A record is never written over another one."""

    code = "record_exists"
    message = N_("There is already a record at this place. Choose another name, or open it.")


class RecordMissingError(UserFacingError):
    """No file, or an empty database."""

    code = "record_missing"
    message = N_("There is no record at this place. Check the name, or create one first.")


class RecordKeyMissingError(UserFacingError):
    """The database file is there, its key file is not."""

    code = "record_key_missing"
    message = N_("The key file {file} is missing. Put it back beside the record; without it nothing can be opened.")


class ServerUnavailableError(UserFacingError):
    """The database server does not answer or does not let us in."""

    code = "server_unavailable"
    message = N_("The database server does not answer. Check its address and whether it is running, then try again.")


class RecordOnNetworkError(UserFacingError):
    """Locks on file servers are promises nobody keeps."""

    code = "record_on_network"
    message = N_("{file} is in a network folder, where it can be damaged. Use a disk of this computer, or a server.")


class RecordPlace(ABC):
    """One record's place; knows no passphrase."""

    @abstractmethod
    def check_free(self) -> None:
        """Raise :class:`RecordExistsError` if something is here already."""

    @abstractmethod
    def header(self) -> bytes:
        """The key header, undamaged; the older copy where the newer one is not."""

    @abstractmethod
    def write_header(self, header: bytes, *, older: OlderCopy) -> None:
        """Replace the key header."""

    @abstractmethod
    def open(self, vault: Vault) -> RecordStore:
        """The store, in today's shape."""

    @abstractmethod
    def create(self, vault: Vault, header: bytes) -> RecordStore:
        """A new, empty store with its key header."""

    @abstractmethod
    def discard(self) -> None:
        """Remove what :meth:`create` made: founding the record failed half-way."""


def record_place(location: Path | str) -> RecordPlace:
    """The place that a path or a SQLAlchemy URL names."""
    text = str(location)
    if text.startswith(_SERVER):
        return _ServerPlace(text.replace(_SERVER[0], _SERVER[1], 1))
    return _FilePlace(Path(text))


class _FilePlace(RecordPlace):
    def __init__(self, path: Path) -> None:
        self._path = path
        self._key_path = path.with_name(path.name + _KEY_ENDING)

    def check_free(self) -> None:
        if is_network_folder(self._path.parent):
            raise RecordOnNetworkError(file=self._path.name)
        if self._path.exists() or self._key_path.exists():
            raise RecordExistsError

    def header(self) -> bytes:
        if not self._path.is_file():
            raise RecordMissingError
        older = older_copy_of(self._key_path)
        for key_path in (self._key_path, older):
            if key_path.is_file():
                data = key_path.read_bytes()
                if _is_whole(data):
                    return data
        if self._key_path.is_file():
            raise HeaderDamagedError
        raise RecordKeyMissingError(file=self._key_path.name)

    def write_header(self, header: bytes, *, older: OlderCopy) -> None:
        write_atomically(self._key_path, header, older=older, verify=True)

    def open(self, vault: Vault) -> RecordStore:
        store = self._store(vault)
        try:
            bring_up_to_date(store.engine, "record", backup=self._back_up)
        except BaseException:
            store.close()
            raise
        return store

    def create(self, vault: Vault, header: bytes) -> RecordStore:
        self.write_header(header, older=OlderCopy.NONE)
        return self.open(vault)

    def discard(self) -> None:
        for ending in ("", "-wal", "-shm", _KEY_ENDING, _KEY_ENDING + ".1"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _store(self, vault: Vault) -> RecordStore:
        database = vault.database_key()
        engine = sqlcipher_engine(
            self._path, database.key, salt=database.salt, memory_security=False, cipher=vault.columns()
        )
        return RecordStore(engine)

    def _back_up(self) -> None:
        # The WAL was just replayed by opening; nobody writes during a change of shape.
        shutil.copy2(self._path, self._path.with_name(self._path.name + ".before-update"))


class _ServerPlace(RecordPlace):
    def __init__(self, url: str) -> None:
        self._url = url

    def check_free(self) -> None:
        if self._stored_header() is not None:
            raise RecordExistsError

    def header(self) -> bytes:
        header = self._stored_header()
        if header is None:
            raise RecordMissingError
        return header

    def write_header(self, header: bytes, *, older: OlderCopy) -> None:
        engine = postgresql_engine(self._url)
        try:
            with Session(writing(engine)) as session:
                earlier = session.execute(select(VaultRow.header)).scalar_one_or_none()
                kept = {OlderCopy.KEEP: earlier, OlderCopy.RENEW: header, OlderCopy.NONE: None}[older]
                session.execute(delete(VaultRow))
                session.execute(insert(VaultRow).values(id=1, header=header, earlier=kept))
                session.commit()
        finally:
            engine.dispose()

    def open(self, vault: Vault) -> RecordStore:
        engine = postgresql_engine(self._url, cipher=vault.columns())
        try:
            # The server has its own backups, and the change of shape is one transaction.
            bring_up_to_date(engine, "record", backup=lambda: None)
        except BaseException:
            engine.dispose()
            raise
        return RecordStore(engine)

    def create(self, vault: Vault, header: bytes) -> RecordStore:
        store = self.open(vault)
        self.write_header(header, older=OlderCopy.NONE)
        return store

    def discard(self) -> None:
        engine = postgresql_engine(self._url)
        try:
            with Session(writing(engine)) as session:
                session.execute(delete(VaultRow))
                session.commit()
        finally:
            engine.dispose()

    def _stored_header(self) -> bytes | None:
        engine = postgresql_engine(self._url)
        try:
            if not inspect(engine).has_table(VaultRow.__tablename__):
                return None
            with Session(engine) as session:
                row = session.execute(select(VaultRow)).scalar_one_or_none()
                if row is None or _is_whole(row.header) or row.earlier is None:
                    return row.header if row else None
                return row.earlier
        except (ServerLostError, exc.ArgumentError):
            raise ServerUnavailableError from None
        finally:
            engine.dispose()


def _is_whole(header: bytes) -> bool:
    try:
        KeyHeader.read(header)
    except HeaderDamagedError:
        return False
    return True
