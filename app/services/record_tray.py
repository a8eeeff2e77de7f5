"""The tray: what needs a person. Taking or refusing is an act with a name and a reason."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.changes import Changes
from app.domain.ids import Sha256
from app.domain.outcome import Group
from app.domain.record_log import Act
from app.domain.tray import TrayEntry, TrayState
from app.packages.refusal import PackageRefusedError
from app.progress import Progress
from app.services.record_batch import Batch, read_kept
from app.services.record_context import SILENT, RecordContext
from app.services.record_errors import NotDecidableError, TrayEntrySettledError, TrayEntryUnknownError
from app.services.record_feeding import Fed
from app.services.record_import import ImportedPackage, imported, reading_setup
from app.services.record_roster import required_reason
from app.services.record_words import outcome_sentence
from app.storage.record.unit_of_work import RecordWork

_SHORTEST: Final = 8  # digits of a hash that people copy


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided; ``package`` is what became of it if it was taken."""

    entry: TrayEntry
    package: ImportedPackage | None
    changes: Changes


class TrayService:
    """Nothing in the tray is lost by being decided: the entry stays, with who decided and why."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def entries(self, *, waiting_only: bool = True) -> tuple[TrayEntry, ...]:
        """What lies in the tray, newest first."""
        with self._context.store.reading() as work:
            return work.tray.entries(waiting_only=waiting_only)

    def sentence(self, entry: TrayEntry) -> str:
        """Why it is here and what to do."""
        return outcome_sentence(entry.outcome)

    def decide(
        self, sha256: str, *, take: bool, reason: str, progress: Progress = SILENT
    ) -> Decision:  # fmt: skip
        """Settle one file, named by the hash of the file or of the package, or an unambiguous beginning of it.

        Raises:
            TrayEntryUnknownError, TrayEntrySettledError, NotDecidableError, ReasonMissingError.
        """
        reason, now = required_reason(reason), self._context.clock()
        progress.step(0, 1)
        setup = reading_setup(self._context, at=now)
        with self._context.store.writing() as work:
            entry = _find(work, sha256)
            self._context.log(work, Act.DECIDED, {"file": entry.sha256, "take": int(take), "reason": reason}, at=now)
            package = None
            if take:
                package = self._take(work, entry, Batch(self._context, work, setup, is_forced=True))
            state = TrayState.TAKEN if take else TrayState.REFUSED
            work.tray.settle(entry.sha256, state, at=now, by=self._context.opener, reason=reason)
            work.commit()
            entry = replace(entry, state=state, decided_at=now, decided_by=self._context.opener, reason=reason)
        progress.step(1, 1)
        changes = Changes(tray=True, log=True)
        if take:
            changes |= Changes(packages=True, assignments=True, results=True)
        return Decision(entry, package, changes)

    def _take(self, work: RecordWork, entry: TrayEntry, batch: Batch) -> ImportedPackage:
        """Import it in earnest. What was refused has nothing that could be taken.

        Raises:
            NotDecidableError: it was refused. BlobDamagedError: it is not what was entered any more.
        """
        if entry.outcome.group is not Group.HELD or not entry.is_kept:
            raise NotDecidableError
        try:
            package, read = read_kept(work, entry.sha256, batch.setup)
        except PackageRefusedError as refusal:
            raise NotDecidableError from refusal
        return imported(batch.take([Fed(0, Path(entry.file_name), package, read)])[0])


def _find(work: RecordWork, start: str) -> TrayEntry:
    wanted = start.strip().lower()
    found = work.tray.find(wanted) if len(wanted) >= _SHORTEST else ()
    if len(found) != 1:
        raise TrayEntryUnknownError(start=Sha256(wanted[:16]))
    if found[0].state is not TrayState.WAITING:
        raise TrayEntrySettledError
    return found[0]
