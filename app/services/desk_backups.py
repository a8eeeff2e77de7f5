"""Automatic backups of one's own work: the database without documents, and its key file, five of each kept.

Documents are left out because they can be sent again; what was typed and signed cannot. A backup is as encrypted as the
desk itself and opens with the same passphrase. Photographs of visits lie once beside the backups that name them: first
every photograph is there, then the backup gets its name, and a copy goes when no backup names it any more.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.atomic_file import write_atomically
from app.clock import Clock
from app.crypto.key_header import KeyHeader
from app.crypto.vault_errors import HeaderDamagedError, HeaderNewerError
from app.domain.ids import Sha256
from app.file_errors import write_problem
from app.platform.durable import replace_file, sync_folder
from app.platform.private_files import make_private_file, make_private_folder
from app.progress import NoProgress, Progress
from app.services.desk_keys import KeyFile
from app.services.photo_copies import PhotoCopies, photo_folder
from app.storage.desk.store import DeskStore

KEPT: Final = 5
_DUE_AFTER: Final = timedelta(hours=20)  # once per day of work, whatever hour it begins
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_UNFINISHED: Final = ".*.part*"  # what a power cut left
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

    def back_up(
        self, *, folder: Path | None = None, is_thorough: bool = False, progress: Progress | None = None
    ) -> BackupFile:
        """Make a backup, into *folder* if one is given (a second medium), and drop the oldest beyond five.

        Args:
            is_thorough: read the copies of photographs that are there already, and write damaged ones again.

        Raises:
            UserFacingError: the medium failed, or this disk did; nothing half-written is left. Cancelled.
        """
        target_folder = folder or self.folder
        key = self._keys.read()
        copies = PhotoCopies(photo_folder(target_folder, key), self._store.kept)
        keep = _Keeping(copies, progress or NoProgress(), is_thorough=is_thorough)
        with self._store.reading() as work:
            counter = work.head().counter
        made_at = self._clock().astimezone(UTC).replace(microsecond=0)
        target = target_folder / f"{made_at.strftime(_STAMP)}-{counter:09d}.desk"
        part = target.with_name(f".{target.name}.part")
        try:
            make_private_folder(target_folder)
            part.unlink(missing_ok=True)
            self._store.copy_without_documents(part, keep=keep)
            make_private_file(part)
            write_atomically(KeyFile.beside(target), key, verify=True)
            replace_file(part, target)
            sync_folder(target_folder)
        except OSError as problem:
            raise write_problem(problem, target) from problem
        finally:
            for left in (part, part.with_name(f"{part.name}-journal")):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
        made = BackupFile(target, made_at, counter, target.stat().st_size)
        self._prune(made, copies)
        return made

    def _prune(self, made: BackupFile, copies: PhotoCopies) -> None:
        """Drop old backups of this desk, and photographs that none of it names; another desk's stay.

        Which one is old is told by what it has seen, not by a clock that may have been set back.
        """
        folder, vault = made.path.parent, vault_of(made.path)
        if folder == self.folder:  # on another medium somebody else may be writing
            for left in folder.glob(_UNFINISHED):
                with suppress(OSError):
                    left.unlink()
        own = [each for each in list_backups(folder) if each.path != made.path and vault_of(each.path) == vault]
        for old in sorted(own, key=lambda each: (each.counter, each.made_at), reverse=True)[KEPT - 1 :]:
            _remove(old.path)
        named: set[Sha256] = set()
        for each in list_backups(folder):
            if vault_of(each.path) in (vault, None):
                found = self._store.photos_beside(each.path)
                if found is None:  # whatever it names stays
                    return
                named |= found.keys()
        copies.prune(named)

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


def vault_of(backup: Path) -> bytes | None:
    """Which desk a backup is of; ``None`` where its key file does not say."""
    try:
        return KeyHeader.read(KeyFile.beside(backup).read_bytes()).vault_id
    except (OSError, HeaderDamagedError, HeaderNewerError):
        return None


class _Keeping:
    """Writes the photographs that are not beside the backups yet."""

    def __init__(self, copies: PhotoCopies, progress: Progress, *, is_thorough: bool) -> None:
        self._copies, self._progress, self._is_thorough = copies, progress, is_thorough

    def __call__(self, photos: Mapping[Sha256, int], read: Callable[[Sha256], Iterator[bytes]]) -> None:
        done, total = 0, sum(photos.values())
        for sha256, size in photos.items():
            self._progress.step(done, total)
            if not self._is_kept(sha256, size):
                self._copies.write(sha256, read(sha256))
            done += size

    def _is_kept(self, sha256: Sha256, size: int) -> bool:
        return self._copies.holds(sha256, size) and (not self._is_thorough or self._copies.is_sound(sha256))


def _remove(path: Path) -> None:
    for each in (path, KeyFile.beside(path)):
        with suppress(OSError):
            each.unlink(missing_ok=True)
