"""Automatic backups of one's own work: the database without documents, and its key file, five of each kept.

Documents are left out because they can be sent again; what was typed and signed cannot. A backup is as encrypted as the
desk itself and opens with the same passphrase.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.atomic_file import write_atomically
from app.clock import Clock
from app.file_errors import write_problem
from app.platform.private_files import make_private_file, make_private_folder
from app.services.desk_keys import KeyFile
from app.storage.desk.store import DeskStore

KEPT: Final = 5
_DUE_AFTER: Final = timedelta(hours=20)  # once per day of work, whatever hour it begins
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)-(?P<counter>\d+)\.desk")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One backup: the database's copy; its key file lies beside it. *counter* says how many changes it has seen."""

    path: Path
    made_at: datetime
    counter: int
    size: int


class BackupService:
    """Backups in ``X.desk.backups`` beside the desk."""

    def __init__(self, store: DeskStore, keys: KeyFile, clock: Clock) -> None:
        self._store, self._keys, self._clock = store, keys, clock

    @property
    def folder(self) -> Path:
        """Where the backups lie."""
        return self._store.path.with_name(self._store.path.name + ".backups")

    def list(self) -> tuple[BackupFile, ...]:
        """The backups that are there, the newest first."""
        return list_backups(self.folder)

    def back_up(self, *, folder: Path | None = None) -> BackupFile:
        """Make a backup, into *folder* if one is given (a second medium), and drop the oldest beyond five.

        Raises:
            UserFacingError: the medium failed; nothing half-written is left.
        """
        target_folder = folder or self.folder
        with self._store.reading() as work:
            counter = work.head().counter
        made_at = self._clock().astimezone(UTC).replace(microsecond=0)
        target = target_folder / f"{made_at.strftime(_STAMP)}-{counter:09d}.desk"
        part = target.with_name(f".{target.name}.part")
        try:
            make_private_folder(target_folder)
            part.unlink(missing_ok=True)
            self._store.copy_without_documents(part)
            make_private_file(part)
            part.replace(target)
        except OSError as problem:
            raise write_problem(problem, target) from problem
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        write_atomically(KeyFile.beside(target), self._keys.read(), verify=True)
        for old in list_backups(target_folder)[KEPT:]:
            _remove(old.path)
        return BackupFile(target, made_at, counter, target.stat().st_size)

    def back_up_if_due(self) -> BackupFile | None:
        """Make a backup if the last one is older than a day of work."""
        newest = next(iter(self.list()), None)
        if newest is not None and self._clock() - newest.made_at < _DUE_AFTER:
            return None
        return self.back_up()


def list_backups(folder: Path) -> tuple[BackupFile, ...]:
    """Backups in *folder*, the newest first; other files are passed over."""
    found = []
    for path in folder.glob("*.desk") if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            made_at = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC)
            found.append(BackupFile(path, made_at, int(match["counter"]), path.stat().st_size))
    return tuple(sorted(found, key=lambda backup: (backup.made_at, backup.counter), reverse=True))


def _remove(path: Path) -> None:
    for each in (path, KeyFile.beside(path)):
        with suppress(OSError):
            each.unlink(missing_ok=True)
