"""The steps of putting a backup back, without a window: what is asked next, what is known, and when one may go on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import UserFacingError
from app.i18n import N_, _, ngettext
from app.progress import Progress

if TYPE_CHECKING:
    from app.bootstrap.desk_restoring import RestoredDesk

RESTORE: Final = "restore"
"""In the place of a place: the desk was closed to put one of its backups back."""
ENDING: Final = ".desk"
_BACKUPS: Final = ".backups"
_KEY: Final = ".key"


class Step(IntEnum):
    """In this order; there is no way back from the last one."""

    BACKUP = 0
    PLACE = 1
    PASSPHRASE = 2
    RUNNING = 3
    RESULT = 4


class NoBackupChosenError(UserFacingError):
    """The first step without a choice."""

    code = "no_backup_chosen"
    message = N_("Choose a backup from the list, or the file of one.")


class PlaceTakenError(UserFacingError):
    """Nothing that exists is written over."""

    code = "place_taken"
    message = N_("{file} exists already. Choose another name: a backup never replaces a desk.")


class PlaceMissingError(UserFacingError):
    """The second step without a name."""

    code = "place_missing"
    message = N_("A file name is needed for the restored desk.")


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A backup in the list; *desk* is the name of the desk it was made of."""

    path: Path
    desk: str
    made_at: datetime | None
    size: int


def find_backups(desks: Iterable[Path]) -> tuple[FoundBackup, ...]:
    """The backups beside *desks*, the newest first, as their names begin with the moment; the desk may be gone."""
    from app.services.desk_backups import list_backups

    found = {
        backup.path: FoundBackup(backup.path, desk.stem, backup.made_at, backup.size)
        for desk in desks
        for backup in list_backups(desk.with_name(desk.name + _BACKUPS))
    }
    return tuple(sorted(found.values(), key=lambda one: one.path.name, reverse=True))


@dataclass
class Restoring:
    """One run through the steps. Every way forward checks what the step asked for and raises if it is not there."""

    folder: Path
    step: Step = Step.BACKUP
    found: tuple[FoundBackup, ...] = ()
    chosen: FoundBackup | None = None
    target: Path | None = None
    result: "RestoredDesk | None" = field(default=None, repr=False)

    def choose(self, path: Path) -> FoundBackup:
        """Look at the backup *path* from outside and remember it.

        Raises:
            BackupUnreadableError, BackupKeyMissingError, and the errors of a damaged key file.
        """
        from app.bootstrap.desk_restoring import look_at_backup

        facts = look_at_backup(path)
        known = next((one for one in self.found if one.path == path), None)
        self.chosen = known or FoundBackup(path, _desk_name(path), facts.made_at, facts.size)
        if known is None:
            self.found = (self.chosen, *self.found)
        name = _("{name} restored").format(name=self.chosen.desk)
        self.target = _free(self.folder / f"{name}{ENDING}")
        return self.chosen

    def place(self, typed: str) -> Path:
        """Where the restored desk shall lie.

        Raises:
            PlaceMissingError, PlaceTakenError.
        """
        if not typed.strip():
            raise PlaceMissingError
        path = Path(typed.strip())
        path = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
        if path.exists() or path.with_name(path.name + _KEY).exists():
            raise PlaceTakenError(file=path.name)
        self.target = path
        return path

    def go_on(self) -> Step:
        """To the next step.

        Raises:
            NoBackupChosenError: nothing was chosen in the first one.
        """
        if self.step is Step.BACKUP and self.chosen is None:
            raise NoBackupChosenError
        if self.step < Step.RESULT:
            self.step = Step(self.step + 1)
        return self.step

    def go_back(self) -> bool:
        """To the step before; whether there is one. While the work runs, and after it, there is none."""
        if self.step in (Step.PLACE, Step.PASSPHRASE):
            self.step = Step(self.step - 1)
            return True
        return False

    def failed(self) -> None:
        """The work did not succeed: everything stands as it was chosen, and the passphrase is asked for again."""
        self.step = Step.PASSPHRASE

    def done(self, result: "RestoredDesk") -> None:
        """The desk is restored and checked."""
        self.result, self.step = result, Step.RESULT

    def work(self, passphrase: str, progress: Progress) -> "RestoredDesk":
        """Copy, open and check; off the GUI thread."""
        from app.bootstrap.desk_restoring import restore_desk

        if self.chosen is None or self.target is None:
            raise RuntimeError("a step was left out")
        return restore_desk(self.chosen.path, self.target, passphrase, progress=progress)

    def next_steps(self) -> tuple[str, ...]:
        """What is left to do by hand, in this order."""
        if self.result is None:
            return ()
        steps = []
        count = len(self.result.without_documents)
        if count:
            steps.append(
                ngettext(
                    "Import the packages of the secretariat again: documents are in no backup. {count} application "
                    "waits for its documents.",
                    "Import the packages of the secretariat again: documents are in no backup. {count} applications "
                    "wait for their documents.",
                    count,
                ).format(count=count)
            )
        if self.result.must_enrol:
            steps.append(
                _(
                    "Enrol anew before signing: drop the invitation on the window and send the request. Until the "
                    "certificate comes you can read and write, not sign."
                )
            )
        return tuple(steps)


def _desk_name(backup: Path) -> str:
    folder = backup.parent.name
    return folder.removesuffix(_BACKUPS).removesuffix(ENDING) if folder.endswith(_BACKUPS) else _("Desk")


def _free(path: Path) -> Path:
    """*path*, or the next one with a number that does not exist yet."""
    number, free = 2, path
    while free.exists() or free.with_name(free.name + _KEY).exists():
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return free
