"""Importing at the desk: what came from the secretariat or from the team, in any order, each with its outcome."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from app.domain.changes import Changes
from app.domain.ids import CampaignId, PackageId, Sha256
from app.domain.inspection import InspectedPackage
from app.domain.outcome import Group, Outcome
from app.i18n import N_, _
from app.packages import payloads
from app.packages.description import PackageKind
from app.packages.payloads import ReceiptPayload
from app.packages.reader import ReadingContext, VerifiedPackage, read_package
from app.packages.recognition import FoundPackage, Source, find_packages
from app.packages.refusal import PackageRefusedError, refusal_sentence
from app.progress import NoProgress, Progress
from app.services import desk_trust
from app.services.desk_assignment import is_wanted, take_assignment, take_credential
from app.services.desk_contents import Contents, take_contents
from app.services.desk_declaring import delete_unneeded
from app.services.desk_editing import find_review
from app.services.desk_fork_taking import take_forks
from app.services.desk_receipts import take_receipts
from app.services.desk_restored import Restored, restored
from app.services.exchange_taking import TakenExchange, take_exchange
from app.services.exchange_values import TakenNotes
from app.services.exchange_words import taken_words
from app.services.package_inspection import described, inspect_without_key
from app.storage.desk.records import ReceivedRecord
from app.storage.desk.store import DeskStore, UnitOfWork

_NEW: Final = {
    PackageKind.INVITATION: N_("The campaign is known now."),
    PackageKind.CREDENTIAL: N_("The certificate is here. Reviews can be signed."),
    PackageKind.ASSIGNMENT: N_("Taken in. Look at the task list."),
    PackageKind.RECEIPT: N_("The receipt is noted. Look at the task list."),
}
_CHANGED: Final = N_("Taken in. Something that was assigned before has changed; look at the task list.")
_KNOWN: Final = N_("This package was taken in before. There is nothing to do.")
_ENROL_FIRST: Final = N_("This is an invitation. Enrol with it, so that its fingerprint can be compared.")
_KEYS_FIRST: Final = N_("This desk has no keys yet. Enrol with the invitation of the secretariat first.")
_REFUSED: Final = {
    Outcome.INCOMPLETE: N_("The package does not hold what it says. Ask the secretariat to send it again."),
    Outcome.RUBRIC_MISMATCH: N_("The scoring rules in the package are not the ones it names. Ask the secretariat."),
    Outcome.UNASSIGNED: N_("The package belongs to a campaign this desk does not know. Ask for its invitation."),
}


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file; ``kind`` is empty where it could not be told.

    Attributes:
        notes: what came of a team member's file, visit by visit.
    """

    file: Path
    kind: str
    outcome: Outcome
    sentence: str
    notes: TakenNotes | None = None


@dataclass(frozen=True, slots=True)
class DeskImport:
    """What became of all files of one import."""

    packages: tuple[ImportedFile, ...]
    changes: Changes

    @property
    def counts(self) -> dict[Outcome, int]:
        """How often each outcome occurred, zeros included."""
        return {outcome: sum(item.outcome is outcome for item in self.packages) for outcome in Outcome}


class DeskImportService:
    """One file, one transaction."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def import_files(self, paths: Iterable[Path], *, progress: Progress | None = None) -> DeskImport:
        """Take over every file of *paths* that can be taken; each has its outcome, none stops the others.

        Raises:
            Cancelled: the person asked to stop; files before the current one are in.
        """
        listed = list(paths)
        steps = progress or NoProgress()
        done = [item for file in listed for item in self._import_file(file, steps)]
        is_any = any(item.outcome.group is Group.TAKEN for item in done if item.notes is None)
        changes = Changes(tasks=is_any, documents=is_any, packages=is_any, enrolment=is_any)
        brought = frozenset(one.visit for item in done if item.notes for one in item.notes.visits if one.is_new)
        return DeskImport(tuple(done), changes | Changes(visits=brought))

    def inspect(self, file: Path) -> InspectedPackage:
        """What would become of *file*, and what it holds. Nothing is changed."""
        try:
            found = find_packages(file)[0]
            with found.open() as source:
                context = self._context()
                if context.trust is None:
                    return inspect_without_key(file)
                package = read_package(source, context)
                taken = self._take(package, source, context, progress=NoProgress(), is_rehearsal=True)
        except PackageRefusedError as refusal:
            return InspectedPackage(outcome=refusal.outcome, sentence=_words(refusal.outcome))
        return described(package, outcome=taken.outcome, sentence=_sentence(taken, package.description.kind))

    def _context(self) -> ReadingContext:
        with self._store.reading() as work:
            return desk_trust.reading_context(work, at=work.tick().at)

    def _import_file(self, file: Path, progress: Progress) -> list[ImportedFile]:
        try:
            found = find_packages(file)
        except PackageRefusedError as refusal:
            return [ImportedFile(file, "", refusal.outcome, _words(refusal.outcome))]
        return [self._import_package(file, each, progress) for each in found]

    def _import_package(self, file: Path, found: FoundPackage, progress: Progress) -> ImportedFile:
        kind = ""
        try:
            with found.open() as source:
                context = self._context()
                if context.trust is None:
                    return _before_enrolment(file, source, context)
                package = read_package(source, context)
                kind = package.description.kind
                if kind is PackageKind.INVITATION and self._must_enrol():
                    return ImportedFile(file, kind, Outcome.WRONG_KIND, _(_ENROL_FIRST))
                taken = self._take(package, source, context, progress=progress)
        except PackageRefusedError as refusal:
            return ImportedFile(file, kind, refusal.outcome, _words(refusal.outcome))
        return ImportedFile(file, kind, taken.outcome, _sentence(taken, package.description.kind), taken.notes)

    def _must_enrol(self) -> bool:
        with self._store.reading() as work:
            return restored(work) is Restored.NOT_ENROLLED

    def _take(
        self,
        package: VerifiedPackage,
        source: Source,
        context: ReadingContext,
        *,
        progress: Progress,
        is_rehearsal: bool = False,
    ) -> "_Taken":
        """All of the package in one transaction, or nothing; a rehearsal is never committed."""
        with self._store.writing() as work:
            is_known = work.packages.received(Sha256(package.inner_sha256)) is not None
            if is_known and not _brings_back(work, package):
                return _Taken(Outcome.ALREADY_IMPORTED)
            if package.description.kind is PackageKind.EXCHANGE:
                exchange = take_exchange(work, package, source=source, context=context, progress=progress)
                if not is_rehearsal:
                    _keep_exchange(work, package, exchange)
                return _Taken(exchange.outcome, exchange.notes)
            if package.description.kind is PackageKind.INVITATION:
                payload = desk_trust.payload_of(package)
                is_new = desk_trust.take_invitation(work, package, payload, was_compared=False)
                outcome = Outcome.NEW if is_new else Outcome.ALREADY_IMPORTED
            else:
                wants = partial(is_wanted, work)
                contents = take_contents(package, source, context, work=work, wants=wants, progress=progress)
                outcome = _TAKERS[package.description.kind](work, package, contents)
                if outcome.group is Group.TAKEN:
                    take_forks(work, package, contents)
            if outcome.group is Group.TAKEN and not is_rehearsal:
                if not is_known:
                    _note(work, package)
                delete_unneeded(work)
                work.commit(package.inner_sha256.encode(), at=work.tick().at)
        return _Taken(outcome)


@dataclass(frozen=True, slots=True)
class _Taken:
    outcome: Outcome
    notes: TakenNotes | None = None


def _keep_exchange(work: UnitOfWork, package: VerifiedPackage, exchange: TakenExchange) -> None:
    """Make it last; a file of which anything was refused may come again.

    What a colleague's clock says is no floor under this desk's.
    """
    is_settled = exchange.outcome.group in (Group.TAKEN, Group.NOTHING_TO_DO)
    if is_settled:
        _add_received(work, package)
    if is_settled or exchange.trace:
        work.commit(package.inner_sha256.encode() + exchange.trace, at=work.tick().at)


def _brings_back(work: UnitOfWork, package: VerifiedPackage) -> bool:
    """Whether a package that was taken in before holds documents that were cleared away, or are in no backup."""
    if package.description.kind is not PackageKind.ASSIGNMENT:
        return False
    cleared = {find_review(work, review).application for review in work.dossier_changes.cleared()}
    if any(file.application in cleared for file in package.files):
        return True
    listed = (each for documents in work.assignments.documents_by_review().values() for each in documents)
    missing = {each.document.sha256 for each in listed if not each.is_here}
    return any(file.sha256 in missing and is_wanted(work, file) for file in package.files)


def _note(work: UnitOfWork, package: VerifiedPackage) -> None:
    _add_received(work, package)
    work.raise_floor(package.description.issued_at)


def _add_received(work: UnitOfWork, package: VerifiedPackage) -> None:
    description = package.description
    work.packages.add_received(
        ReceivedRecord(
            Sha256(package.inner_sha256),
            PackageId(description.package_id),
            CampaignId(description.campaign_id),
            description.kind,
            description.seq,
            work.tick().at,
        )
    )


def _take_receipt(work: UnitOfWork, package: VerifiedPackage, contents: Contents) -> Outcome:
    data = contents.raw(payloads.RECEIPT)
    if data.startswith(b"["):
        receipts = contents.value(payloads.RECEIPT, tuple[ReceiptPayload, ...])
    else:
        receipts = (contents.value(payloads.RECEIPT, ReceiptPayload),)
    take_receipts(work, receipts)
    return Outcome.NEW


_TAKERS: Final[dict[PackageKind, Callable[[UnitOfWork, VerifiedPackage, Contents], Outcome]]] = {
    PackageKind.ASSIGNMENT: take_assignment,
    PackageKind.CREDENTIAL: take_credential,
    PackageKind.RECEIPT: _take_receipt,
}


def _before_enrolment(file: Path, source: Source, context: ReadingContext) -> ImportedFile:
    try:
        package = read_package(source, context)
    except PackageRefusedError as refusal:
        if refusal.outcome in (Outcome.NOT_FOR_YOU, Outcome.UNKNOWN_SIGNER):
            return ImportedFile(file, "", refusal.outcome, _(_KEYS_FIRST))
        raise
    return ImportedFile(file, package.description.kind, Outcome.WRONG_KIND, _(_ENROL_FIRST))


def _sentence(taken: _Taken, kind: PackageKind) -> str:
    if taken.notes is not None:
        return taken_words(taken.notes)
    if taken.outcome is Outcome.ALREADY_IMPORTED:
        return _(_KNOWN)
    return _(_CHANGED if taken.outcome is Outcome.REVISION else _NEW[kind])


def _words(outcome: Outcome) -> str:
    return _(_REFUSED[outcome]) if outcome in _REFUSED else refusal_sentence(outcome)
