"""The files of a desk on disk, and the engine on the main one."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app import BUILT_ON
from app.atomic_file import older_copy_of
from app.clock import Clock
from app.crypto.device_secret import NoTrustedKeyringError, find_device_secret_store
from app.crypto.kept_files import KeptFiles
from app.crypto.key_header import KeyHeader
from app.crypto.key_slots import DeviceSecret
from app.crypto.vault import Vault, device_backend
from app.crypto.vault_errors import HeaderDamagedError
from app.file_errors import write_problem
from app.platform.private_files import make_private_file, make_private_folder
from app.services.desk_keys import KeyFile
from app.storage.desk.head_file import HeadFile
from app.storage.desk.store import DeskStore
from app.storage.engine import sqlcipher_engine

_HEAD_LABEL: Final = "headlog"
_BACKUP_LABEL: Final = "backup"
FLOOR: Final = datetime.fromisoformat(BUILT_ON).replace(tzinfo=UTC)
# One wrong laptop must not make everything expire: nobody is believed who claims more than ten years after the build.
CEILING: Final = FLOOR + timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """``X.desk`` and what lies beside it."""

    desk: Path

    @property
    def key(self) -> Path:
        """The key file."""
        return KeyFile.beside(self.desk)

    @property
    def head(self) -> Path:
        """What notices a desk that was put back."""
        return self._beside(".head")

    def all(self) -> tuple[Path, ...]:
        """Every file that belongs to the desk, backups excepted."""
        wal = (self._beside("-wal"), self._beside("-shm"))
        return (self.desk, *wal, self.key, older_copy_of(self.key), self.head)

    def any_exists(self) -> bool:
        """Whether something is in the way of a new desk."""
        return any(path.exists() for path in (self.desk, self.key))

    def _beside(self, ending: str) -> Path:
        return self.desk.with_name(self.desk.name + ending)


def make_folder_for(desk: Path) -> None:
    """The folder of a new desk, for its owner alone; one that is there stays as it is.

    Raises:
        UserFacingError: the disk failed, in words.
    """
    if desk.parent.is_dir():
        return
    try:
        make_private_folder(desk.parent)
    except OSError as problem:
        raise write_problem(problem, desk) from problem


def open_store(files: DeskFiles, vault: Vault, *, clock: Clock, is_new: bool) -> DeskStore:
    """The store of a desk whose vault is open.

    Raises:
        StoreKeyError, StoreUnsafeError, NewerStoreError: as their sentences say.
    """
    key = vault.database_key()
    engine = sqlcipher_engine(files.desk, key.key, salt=key.salt, memory_security=True, cipher=vault.columns())
    store = DeskStore(
        engine,
        path=files.desk,
        head_file=HeadFile(files.head, vault.derive(_HEAD_LABEL)),
        kept=KeptFiles(vault.derive(_BACKUP_LABEL)),
        clock=clock,
        ceiling=CEILING,
    )
    try:
        if is_new:
            make_private_file(files.desk)
        store.prepare(floor=FLOOR, backup=lambda: _before_upgrade(files, store))
    except BaseException:
        store.close()
        raise
    return store


def _before_upgrade(files: DeskFiles, store: DeskStore) -> None:
    target = files.desk.with_name(files.desk.name + ".before-upgrade")
    target.unlink(missing_ok=True)
    store.copy_without_documents(target)
    make_private_file(target)


def discard(files: DeskFiles) -> None:
    """Remove a desk that was not finished."""
    for path in files.all():
        with suppress(OSError):
            path.unlink(missing_ok=True)


def bound_secret(vault_id: bytes) -> DeviceSecret:
    """A fresh secret in this computer's keyring. Raises the errors of :mod:`app.crypto.device_secret`."""
    return find_device_secret_store().create(vault_id)


def load_device_secret(header: bytes) -> DeviceSecret | None:
    """This computer's secret for a desk that is bound to it; ``None`` where it is not, or where there is none."""
    try:
        if device_backend(header) is None:
            return None
        return find_device_secret_store().load(KeyHeader.read(header).vault_id)
    except (HeaderDamagedError, NoTrustedKeyringError):
        return None
