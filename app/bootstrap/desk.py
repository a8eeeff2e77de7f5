"""Create and open a desk: lock, key file, store, head, and the services over them."""

import logging
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.atomic_file import OlderCopy, write_atomically
from app.bootstrap.desk_files import (
    DeskFiles,
    bound_secret,
    discard,
    load_device_secret,
    make_folder_for,
    open_store,
)
from app.bootstrap.key_cost import chosen_cost
from app.clock import Clock, system_clock
from app.crypto.key_header import WorkspaceKind
from app.crypto.recovery_code import OfficeHalf, RecoveryCode
from app.crypto.unlocked_header import UnlockedHeader
from app.crypto.vault import Vault
from app.decoding.pool import DecodingPool
from app.domain.health import Finding
from app.errors import UserFacingError
from app.platform.workspace_lock import WorkspaceLock
from app.services.desk_answering import AnsweringService
from app.services.desk_backups import BackupService
from app.services.desk_checking import DeskCheckService
from app.services.desk_clearing import ClearingService
from app.services.desk_comparison import ComparisonService
from app.services.desk_corrections import CorrectionService
from app.services.desk_declaring import DeclaringService
from app.services.desk_dossier_prints import DossierPrintService
from app.services.desk_enrolment import EnrolmentService
from app.services.desk_errors import DeskExistsError, DeskMissingError
from app.services.desk_exchange import ExchangeService
from app.services.desk_forks import ForkService
from app.services.desk_forms import DeskFormsService, FormsPort, PaperForms
from app.services.desk_help import desk_help_lines
from app.services.desk_history import HistoryService
from app.services.desk_importing import DeskImportService
from app.services.desk_keys import KeyFile
from app.services.desk_opening import begin, founded, renew_office_half
from app.services.desk_phrases import PhraseService
from app.services.desk_reading import ReadingService
from app.services.desk_receipts import ReceiptService
from app.services.desk_restored import mark_restored
from app.services.desk_scoring import ScoringService
from app.services.desk_sealing import SealingService
from app.services.desk_searching import SearchingService
from app.services.desk_self_check import SelfCheckService
from app.services.desk_settings import DeskSettingsService
from app.services.desk_tasks import TaskService
from app.services.desk_typing import TypingService
from app.services.desk_unwritten import DeskUnwritten
from app.services.desk_visits import VisitService
from app.services.passphrases import check_new_passphrase
from app.services.viewing import ViewingService
from app.storage.desk.store import DeskStore

_log: Final = logging.getLogger(__name__)


class DeskWorkspace:
    """One open desk. Everything a button or a command does is a method of one of its services."""

    def __init__(
        self, store: DeskStore, keys: KeyFile, lock: WorkspaceLock, *, clock: Clock, forms: FormsPort | None = None
    ) -> None:
        self.path = store.path
        self.opening_findings: tuple[Finding, ...] = ()
        self._store, self._keys, self._lock, self._clock = store, keys, lock, clock
        self._forms: FormsPort = forms or PaperForms()
        self._pool, self._index_pool = DecodingPool(), DecodingPool()

    @cached_property
    def enrolment(self) -> EnrolmentService:
        return EnrolmentService(self._store, self._keys, self._clock)

    @cached_property
    def importing(self) -> DeskImportService:
        return DeskImportService(self._store)

    @cached_property
    def tasks(self) -> TaskService:
        return TaskService(self._store, self._clock)

    @cached_property
    def declaring(self) -> DeclaringService:
        return DeclaringService(self._store)

    @cached_property
    def scoring(self) -> ScoringService:
        return ScoringService(self._store, self.tasks)

    @cached_property
    def answering(self) -> AnsweringService:
        return AnsweringService(self._store, self.tasks)

    @cached_property
    def comparison(self) -> ComparisonService:
        return ComparisonService(self._store)

    @cached_property
    def self_check(self) -> SelfCheckService:
        return SelfCheckService(self._store)

    @cached_property
    def sealing(self) -> SealingService:
        return SealingService(self._store, self._keys, self._forms, visit_forms=self.visits.forms, after=self._back_up)

    @cached_property
    def corrections(self) -> CorrectionService:
        return CorrectionService(self._store)

    @cached_property
    def typing(self) -> TypingService:
        return TypingService(self._store, self._pool)

    @cached_property
    def history(self) -> HistoryService:
        return HistoryService(self._store)

    @cached_property
    def forks(self) -> ForkService:
        return ForkService(self._store)

    @cached_property
    def clearing(self) -> ClearingService:
        return ClearingService(self._store, self.tasks)

    @cached_property
    def receipts(self) -> ReceiptService:
        return ReceiptService(self._store)

    @cached_property
    def viewing(self) -> ViewingService:
        return ViewingService(self._store, self._pool)

    @cached_property
    def dossier_prints(self) -> DossierPrintService:
        return DossierPrintService(self._store, self.viewing)

    @cached_property
    def phrases(self) -> PhraseService:
        return PhraseService(self._store)

    @cached_property
    def reading(self) -> ReadingService:
        return ReadingService(self._store)

    @cached_property
    def searching(self) -> SearchingService:
        return SearchingService(self._store, self._index_pool)

    @cached_property
    def forms(self) -> DeskFormsService:
        return DeskFormsService(self._store, self.visits.forms)

    @cached_property
    def checking(self) -> DeskCheckService:
        return DeskCheckService(self._store, self._keys, self._clock)

    @cached_property
    def backups(self) -> BackupService:
        return BackupService(self._store, self._keys, self._clock)

    @cached_property
    def visits(self) -> VisitService:
        return VisitService(self._store, self._pool, self._keys)

    @cached_property
    def exchange(self) -> ExchangeService:
        return ExchangeService(self._store, self._keys)

    @cached_property
    def unwritten(self) -> DeskUnwritten:
        return DeskUnwritten(self._store)

    @cached_property
    def settings(self) -> DeskSettingsService:
        return DeskSettingsService(self._store)

    def help_lines(self) -> tuple[str, ...]:
        """Codes, states and counts for a help desk; see :mod:`app.services.help_text`."""
        return desk_help_lines(self._store, self.tasks, sealing=self.sealing, checking=self.checking)

    def change_passphrase(self, passphrase: str, new_passphrase: str) -> None:
        """Rewrap the keys; nothing stored changes, and the old passphrase opens nothing here any more.

        Raises:
            WrongPassphraseError, PassphraseTooWeakError, and the errors of :mod:`app.file_errors`.
        """
        unlocked = self._keys.unlock_typed(passphrase)
        check_new_passphrase(new_passphrase, about=(self.enrolment.status().profile.name,))
        device = load_device_secret(self._keys.read())
        self._keys.write(
            unlocked.with_passphrase(new_passphrase, cost=chosen_cost(), device=device), older=OlderCopy.RENEW
        )

    def new_recovery_code(self, passphrase: str) -> str:
        """A fresh recovery code, to be written down now; the one on paper stops working."""
        unlocked, code = self._keys.unlock_typed(passphrase).with_new_recovery_code()
        self._keys.write(unlocked, older=OlderCopy.RENEW)
        return code.text()

    def bind_to_computer(self, passphrase: str) -> None:
        """Ask for a secret of this computer's keyring besides the passphrase from now on.

        Raises:
            NoTrustedKeyringError, KeyringRefusedError, KeyringForgetsError, WrongPassphraseError.
        """
        unlocked = self._keys.unlock_typed(passphrase)
        device = bound_secret(unlocked.header.vault_id)
        self._keys.write(unlocked.with_passphrase(passphrase, cost=chosen_cost(), device=device))

    def note_restored(self) -> None:
        """This desk has just been put back from a backup: it signs again once it has enrolled anew."""
        mark_restored(self._store)

    def close(self) -> None:
        """Let go of everything. What runs in other threads ends first."""
        self._pool.close()
        self._index_pool.close()
        self._store.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _back_up(self) -> None:
        """A backup that fails must not undo what was signed; the next check says that there is none."""
        try:
            self.backups.back_up()
        except UserFacingError as problem:
            _log.warning("no backup was made: %s", problem.code)

    def _begin(self) -> Self:
        begin(self._store)
        self.opening_findings = self.checking.quick()
        try:
            self.backups.back_up_if_due()
        except UserFacingError as problem:
            _log.warning("no backup was made: %s", problem.code)
        return self


@dataclass(frozen=True, slots=True)
class CreatedDesk:
    """A new desk, open, and the recovery code to show once."""

    workspace: DeskWorkspace
    recovery_code: str = field(repr=False)


def create_desk(
    path: Path,
    *,
    name: str,
    passphrase: str,
    bind_to_computer: bool = False,
    clock: Clock = system_clock,
    forms: FormsPort | None = None,
) -> CreatedDesk:
    """Make a new desk at *path* for the expert *name*.

    Raises:
        DeskExistsError, FolderNotPrivateError, WorkspaceBusyError, PassphraseTooWeakError, the keyring's errors, and
        those of :mod:`app.file_errors`; nothing is left behind then.
    """
    files = DeskFiles(path)
    if files.any_exists():
        raise DeskExistsError(file=path.name)
    check_new_passphrase(passphrase, about=(name,))
    make_folder_for(path)
    lock = WorkspaceLock.take(path)
    try:
        made = Vault.create(kind=WorkspaceKind.DESK, passphrase=passphrase, cost=chosen_cost())
        if made.recovery_code is None or made.office_half_b is None:
            raise RuntimeError("a desk without its other two slots")
        unlocked = made.unlocked
        if bind_to_computer:
            device = bound_secret(made.vault.vault_id)
            unlocked = unlocked.with_passphrase(passphrase, cost=chosen_cost(), device=device)
        keys = KeyFile(files.key, load_device_secret)
        write_atomically(files.key, unlocked.to_bytes(), verify=True)
        store = open_store(files, made.vault, clock=clock, is_new=True)
        founded(store, name=name, office_half=made.office_half_b.text(), at=clock())
    except BaseException:
        discard(files)
        lock.release()
        raise
    return CreatedDesk(DeskWorkspace(store, keys, lock, clock=clock, forms=forms), made.recovery_code.text())


def open_desk(
    path: Path, passphrase: str, *, clock: Clock = system_clock, forms: FormsPort | None = None
) -> DeskWorkspace:
    """Open the desk at *path*.

    Raises:
        DeskMissingError, KeyFileMissingError, WorkspaceBusyError, WrongPassphraseError (which says nothing more),
        NewerStoreError, StoreKeyError, and the other errors of keys and stores.
    """
    keys, lock = _take(path)
    try:
        unlocked = keys.unlock_typed(passphrase)
        return _workspace(path, unlocked, keys=keys, lock=lock, clock=clock, forms=forms)
    except BaseException:
        lock.release()
        raise


def open_desk_with_recovery_code(
    path: Path, code: str, *, new_passphrase: str, clock: Clock = system_clock, forms: FormsPort | None = None
) -> DeskWorkspace:
    """Open with the code on paper and set a new passphrase; nothing is lost.

    Raises:
        RecoveryCodeWrongError, CodeMistypedError, CodeLengthError, CodeSymbolError,
        PassphraseTooWeakError, and what :func:`open_desk` raises.
    """
    return _open_anew(path, RecoveryCode.read(code), new_passphrase, clock=clock, forms=forms, was_office=False)


def open_desk_with_reset_code(
    path: Path, line: str, *, new_passphrase: str, clock: Clock = system_clock, forms: FormsPort | None = None
) -> DeskWorkspace:
    """Open with the one line the secretariat released and set a new passphrase; nothing is lost.

    The released half has been seen, so a fresh one goes to the secretariat with the next hand-in.

    Raises:
        ResetCodeWrongError, CodeMistypedError, CodeLengthError, CodeSymbolError,
        PassphraseTooWeakError, and what :func:`open_desk` raises.
    """
    return _open_anew(path, OfficeHalf.read(line), new_passphrase, clock=clock, forms=forms, was_office=True)


def _open_anew(
    path: Path,
    secret: RecoveryCode | OfficeHalf,
    new_passphrase: str,
    *,
    clock: Clock,
    forms: FormsPort | None,
    was_office: bool,
) -> DeskWorkspace:
    check_new_passphrase(new_passphrase)
    keys, lock = _take(path)
    try:
        unlocked = keys.unlock(secret).with_passphrase(new_passphrase, cost=chosen_cost())
        half: OfficeHalf | None = None
        if was_office and not unlocked.has_office_half_on_its_way:
            unlocked, half = unlocked.with_new_office_half()
        workspace = _workspace(path, unlocked, keys=keys, lock=lock, clock=clock, forms=forms)
        try:
            if half is not None:
                renew_office_half(workspace._store, half.text())
            keys.write(unlocked, older=OlderCopy.RENEW)
        except BaseException:
            workspace.close()
            raise
    except BaseException:
        lock.release()
        raise
    return workspace


def _take(path: Path) -> tuple[KeyFile, WorkspaceLock]:
    if not path.is_file():
        raise DeskMissingError(file=path.name)
    return KeyFile(DeskFiles(path).key, load_device_secret), WorkspaceLock.take(path)


def _workspace(
    path: Path,
    unlocked: UnlockedHeader,
    *,
    keys: KeyFile,
    lock: WorkspaceLock,
    clock: Clock,
    forms: FormsPort | None,
) -> DeskWorkspace:
    store = open_store(DeskFiles(path), Vault.of(unlocked), clock=clock, is_new=False)
    try:
        return DeskWorkspace(store, keys, lock, clock=clock, forms=forms)._begin()
    except BaseException:
        store.close()
        raise
