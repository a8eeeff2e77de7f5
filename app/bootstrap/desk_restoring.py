"""Put a backup back: look at it, copy it, its key file and its photographs to a new place, open it, and check it all.

Nothing that exists is written over, and a copy that does not open is removed again: until the check has been read, the
backup is still the only thing that is trusted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.atomic_file import write_atomically
from app.bootstrap.desk import DeskWorkspace, open_desk
from app.bootstrap.desk_files import DeskFiles, discard, load_device_secret, open_store
from app.clock import Clock, system_clock
from app.crypto.key_header import KeyHeader
from app.crypto.vault import Vault
from app.domain.health import Health
from app.domain.ids import ApplicationCode
from app.errors import UserFacingError
from app.file_errors import write_problem
from app.i18n import N_
from app.platform.private_files import make_private_folder
from app.platform.workspace_lock import WorkspaceLock
from app.progress import NoProgress, Progress
from app.services.desk_backup_check import lost_on_the_way
from app.services.desk_backups import list_backups
from app.services.desk_errors import DeskExistsError
from app.services.desk_keys import KeyFile
from app.services.desk_visit_check import missing_photos
from app.services.photo_copies import PhotoCopies, bring_back, photo_folder

_PAGE: Final = 4096  # bytes; a database is never smaller
_PIECE: Final = 1 << 20
_PLAIN: Final = b"SQLite format 3\x00"


class BackupUnreadableError(UserFacingError):
    """Missing, too short, or something else altogether."""

    code = "backup_unreadable"
    message = N_("{file} is not a backup of a desk, or it cannot be read. Choose a file that ends in .desk.")


class BackupKeyMissingError(UserFacingError):
    """One file of the two."""

    code = "backup_key_missing"
    message = N_("The key file {file} is not beside the backup. Both belong together: copy both and try again.")


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What can be seen of a backup without its passphrase; *made_at* is known from the names the program gives."""

    path: Path
    made_at: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class RestoredDesk:
    """A desk put back, open.

    Attributes:
        health: what the check of everything says.
        lost_photos: photographs whose copies beside the backup are missing or damaged, as a person knows them.
        must_enrol: it was enrolled before, and signs again once it has enrolled anew.
        without_documents: applications whose documents have to be imported again, as no backup holds documents.
    """

    workspace: DeskWorkspace
    health: Health
    must_enrol: bool
    without_documents: tuple[ApplicationCode, ...]
    lost_photos: tuple[str, ...]


def look_at_backup(backup: Path) -> BackupFacts:
    """Whether *backup* can be put back, as far as that can be seen from outside.

    Raises:
        BackupUnreadableError, BackupKeyMissingError, HeaderDamagedError, HeaderNewerError: as their sentences say.
    """
    try:
        size = backup.stat().st_size
        with backup.open("rb") as file:
            start = file.read(len(_PLAIN))
    except OSError:
        raise BackupUnreadableError(file=backup.name) from None
    if size < _PAGE or start == _PLAIN:
        raise BackupUnreadableError(file=backup.name)
    key = KeyFile.beside(backup)
    try:
        header = key.read_bytes()
    except OSError:
        raise BackupKeyMissingError(file=key.name) from None
    KeyHeader.read(header)
    made_at = next((each.made_at for each in list_backups(backup.parent) if each.path == backup), None)
    return BackupFacts(backup, made_at, size)


def restore_desk(
    backup: Path,
    target: Path,
    passphrase: str,
    *,
    clock: Clock = system_clock,
    progress: Progress | None = None,
) -> RestoredDesk:
    """Put *backup* back as *target*, which must not exist, and check it.

    Raises:
        DeskExistsError, what :func:`look_at_backup` and :func:`~app.bootstrap.desk.open_desk` raise, and the errors of
        :mod:`app.file_errors`; nothing is left at *target* then.
    """
    facts = look_at_backup(backup)
    files = DeskFiles(target)
    if any(path.exists() for path in files.all()):
        raise DeskExistsError(file=target.name)
    try:
        if not target.parent.is_dir():
            make_private_folder(target.parent)
    except OSError as problem:
        raise write_problem(problem, target) from problem
    told = progress or NoProgress()
    try:
        write_atomically(files.key, KeyFile.beside(backup).read_bytes(), verify=True)
        write_atomically(files.desk, _pieces(facts, told), verify=True)
        copies, lost = _bring_photos_back(files, backup, passphrase, clock=clock, progress=told)
        workspace = open_desk(target, passphrase, clock=clock)
    except BaseException:
        discard(files)
        raise
    try:
        workspace.note_restored()
        health = workspace.checking.check(deep=True, progress=told)
        tasks, must_enrol = workspace.tasks.tasks(), workspace.enrolment.status().is_enrolled
    except BaseException:
        workspace.close()
        discard(files)
        raise
    if lost:
        said = missing_photos(lost)  # the same photographs, without a word about the backup
        others = (one for one in health.findings if one != said)
        health = Health((*others, lost_on_the_way(lost, copies.folder)))
    without = tuple(task.application for task in tasks if task.documents_here < task.documents)
    return RestoredDesk(workspace, health, must_enrol, without, lost)


def _bring_photos_back(
    files: DeskFiles, backup: Path, passphrase: str, *, clock: Clock, progress: Progress
) -> tuple[PhotoCopies, tuple[str, ...]]:
    """What is lost. This comes before the first opening, because that makes a backup, which is to name them."""
    keys = KeyFile(files.key, load_device_secret)
    lock = WorkspaceLock.take(files.desk)
    try:
        store = open_store(files, Vault.of(keys.unlock_typed(passphrase)), clock=clock, is_new=False)
        try:
            copies = PhotoCopies(photo_folder(backup.parent, keys.read()), store.kept)
            return copies, bring_back(store, copies, progress)
        finally:
            store.close()
    finally:
        lock.release()


def _pieces(facts: BackupFacts, progress: Progress) -> Iterator[bytes]:
    done = 0
    try:
        with facts.path.open("rb") as file:
            while piece := file.read(_PIECE):
                progress.step(done, facts.size)
                done += len(piece)
                yield piece
    except OSError:
        raise BackupUnreadableError(file=facts.path.name) from None
