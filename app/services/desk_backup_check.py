"""Are there backups, and do the photographs lie beside them that they name?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from app.clock import Clock
from app.domain.health import Finding, Severity
from app.domain.ids import Sha256
from app.i18n import N_, _
from app.progress import Progress
from app.services.desk_backups import BackupFile, list_backups
from app.services.desk_keys import KeyFile
from app.services.desk_visit_check import photo_names, some_of
from app.services.photo_copies import PhotoCopies, photo_folder
from app.storage.desk.store import DeskStore

_REMIND_AFTER: Final = timedelta(days=7)
_BAD_COPIES: Final = N_(
    "The newest backup lacks photos, or their copies are damaged: {names}. Make a backup now; it keeps them again."
)


def backup_findings(store: DeskStore, clock: Clock, progress: Progress, *, is_deep: bool) -> Iterator[Finding]:
    """The newest backup beside the desk; *is_deep* reads every photograph it needs."""
    newest = next(iter(list_backups(store.path.with_name(store.path.name + ".backups"))), None)
    if newest is None:
        yield Finding(Severity.INFO, "backup", _("There is no backup yet. One is made after signing and daily."))
        return
    if clock() - newest.made_at > _REMIND_AFTER:
        yield Finding(Severity.WARN, "backup", _("The newest backup is older than a week. Make one now."))
    else:
        yield Finding(Severity.GOOD, "backup", _("There is a recent backup."))
    yield from _photos(store, newest, progress, is_deep=is_deep)


def lost_on_the_way(names: tuple[str, ...], folder: Path) -> Finding:
    """What is said after a backup was put back whose copies of photographs are not all there."""
    words = _(
        "Photos could not be put back: {names}. Their copies in the folder {folder} beside the backup are missing or "
        "damaged. Put the whole folder there and restore again, or take these photos in anew."
    )
    return Finding(Severity.WARN, "backup_photos", words.format(names=some_of(names), folder=folder.name))


def _photos(store: DeskStore, newest: BackupFile, progress: Progress, *, is_deep: bool) -> Iterator[Finding]:
    key = KeyFile.beside(newest.path)
    named = store.photos_beside(newest.path) if key.is_file() else None
    if named is None:
        yield Finding(
            Severity.WARN, "backup_photos", _("The newest backup is damaged or incomplete. Make another one now.")
        )
        return
    copies = PhotoCopies(photo_folder(newest.path.parent, key.read_bytes()), store.kept)
    bad: list[Sha256] = []
    for done, (sha256, size) in enumerate(named.items()):
        progress.step(done, len(named))
        if not copies.holds(sha256, size) or (is_deep and not copies.is_sound(sha256)):
            bad.append(sha256)
    if bad:
        with store.reading() as work:
            names = photo_names(work)
        shown = some_of([names.get(sha256, sha256[:8]) for sha256 in bad])
        yield Finding(Severity.WARN, "backup_photos", _(_BAD_COPIES).format(names=shown))
    elif named:
        yield Finding(Severity.GOOD, "backup_photos", _("Every photo of the newest backup lies beside it."))
