"""Create and open a record: key header, store, and the services over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.atomic_file import OlderCopy
from app.bootstrap.key_cost import chosen_cost
from app.clock import Clock, system_clock
from app.crypto import codes
from app.crypto.key_header import WorkspaceKind
from app.crypto.unlocked_header import Passphrase, unlock
from app.crypto.vault import Vault, list_openers
from app.domain.examination import ExaminationForm
from app.domain.ids import CampaignId
from app.domain.onsite.checklist import Checklist
from app.domain.record_view import CampaignView
from app.domain.rubric import Rubric
from app.services.passphrases import check_new_passphrase
from app.services.record_context import RecordContext
from app.services.record_creation import Opener, RecoveryFile, check_campaign_name, found_record
from app.services.record_errors import ChecklistFileError, ExaminationFileError, RubricFileError
from app.storage.record.authority import CertificateRole
from app.storage.record.place import RecordPlace, record_place

# What a command does not need is not loaded: most of them are over before everything would be.
if TYPE_CHECKING:
    from app.services.record_applications import ApplicationService
    from app.services.record_assignment import AssigningService
    from app.services.record_dossier_prints import DossierPrintService
    from app.services.record_enrolment import EnrolmentService
    from app.services.record_exporting import ExportService
    from app.services.record_import import ImportService
    from app.services.record_intake import IntakeService
    from app.services.record_inviting import InvitingService
    from app.services.record_issue import IssuingService
    from app.services.record_logbook import LogService
    from app.services.record_openers import OpenerService
    from app.services.record_printing import PrintingService
    from app.services.record_results import ResultService
    from app.services.record_returns import ReturnService
    from app.services.record_roster import RosterService
    from app.services.record_tray import TrayService
    from app.services.record_verification import VerificationService
    from app.services.record_visits import VisitAssigning


class RecordWorkspace:
    """One open record. Everything a button or a command does is a method of one of its services."""

    def __init__(self, location: str, place: RecordPlace, context: RecordContext) -> None:
        self.location = location
        self.opener = context.opener
        self._place = place
        self._context = context

    @cached_property
    def campaign(self) -> CampaignView:
        """The campaign, its rules, and the fingerprint people compare."""
        with self._context.store.reading() as work:
            root = work.authority.certificate(CertificateRole.ROOT)
            deadlines = [review.deadline_at for review in work.reviews.all() if review.deadline_at]
        campaign = self._context.campaign
        return CampaignView(
            campaign=campaign.campaign,
            name=campaign.name,
            rubric=self._context.rubric,
            fingerprint=codes.fingerprint(root.der),
            created_at=campaign.created_at,
            deadline_at=max(deadlines, default=None),
        )

    @cached_property
    def openers(self) -> "OpenerService":
        from app.services.record_openers import OpenerService

        return OpenerService(self._context, self._place, cost=chosen_cost())

    @cached_property
    def inviting(self) -> "InvitingService":
        from app.services.record_inviting import InvitingService

        return InvitingService(self._context)

    @cached_property
    def enrolment(self) -> "EnrolmentService":
        from app.services.record_enrolment import EnrolmentService

        return EnrolmentService(self._context, self.openers)

    @cached_property
    def roster(self) -> "RosterService":
        from app.services.record_roster import RosterService

        return RosterService(self._context)

    @cached_property
    def applications(self) -> "ApplicationService":
        from app.services.record_applications import ApplicationService

        return ApplicationService(self._context)

    @cached_property
    def intake(self) -> "IntakeService":
        from app.services.record_intake import IntakeService

        return IntakeService(self._context)

    @cached_property
    def assigning(self) -> "AssigningService":
        from app.services.record_assignment import AssigningService

        return AssigningService(self._context)

    @cached_property
    def visits(self) -> "VisitAssigning":
        from app.services.record_visits import VisitAssigning

        return VisitAssigning(self._context)

    @cached_property
    def issuing(self) -> "IssuingService":
        from app.services.record_issue import IssuingService

        return IssuingService(self._context)

    @cached_property
    def importing(self) -> "ImportService":
        from app.services.record_import import ImportService

        return ImportService(self._context)

    @cached_property
    def tray(self) -> "TrayService":
        from app.services.record_tray import TrayService

        return TrayService(self._context)

    @cached_property
    def returns(self) -> "ReturnService":
        from app.services.record_returns import ReturnService

        return ReturnService(self._context)

    @cached_property
    def results(self) -> "ResultService":
        from app.services.record_results import ResultService

        return ResultService(self._context)

    @cached_property
    def printing(self) -> "PrintingService":
        from app.services.record_printing import PrintingService

        return PrintingService(self._context)

    @cached_property
    def dossier_prints(self) -> "DossierPrintService":
        from app.services.record_dossier_prints import DossierPrintService

        return DossierPrintService(self._context)

    @cached_property
    def verification(self) -> "VerificationService":
        from app.services.record_verification import VerificationService

        return VerificationService(self._context)

    @cached_property
    def exporting(self) -> "ExportService":
        from app.services.record_exporting import ExportService

        return ExportService(self._context)

    @cached_property
    def log(self) -> "LogService":
        from app.services.record_logbook import LogService

        return LogService(self._context)

    def help_lines(self) -> tuple[str, ...]:
        """How the record is, in codes and counts, for a help desk."""
        from app.services.record_help import record_help_lines

        return record_help_lines(self._context)

    def close(self) -> None:
        """Give back the store. What runs in other threads ends first."""
        self._context.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class CreatedRecord:
    """A new record, open, with what to tell people once."""

    workspace: RecordWorkspace
    fingerprint: str
    recovery: Path | None


def create_record(
    location: Path | str, campaign: str, *, name: str, openers: Sequence[Opener], recovery: RecoveryFile | None = None,
    rubric: Path | None = None, examination: Path | None = None, checklist: Path | None = None,
    clock: Clock = system_clock,
) -> CreatedRecord:  # fmt: skip
    """Found a record at *location*, a path or a SQLAlchemy URL; the first of *openers* has it open afterwards.

    Raises:
        RecordExistsError, CampaignNameError, RubricInvalidError, RubricFileError, FormInvalidError, FormFileError,
        ExaminationFileError, ChecklistInvalidError, ServerUnavailableError, PassphraseTooWeakError, and the errors of
        openers' names: nothing is left behind.
    """
    identifier, rules = check_campaign_name(campaign), _rubric(rubric)
    questions, items = _examination(examination), _checklist(checklist)
    for opener in openers:
        check_new_passphrase(opener.passphrase, about=(opener.name, name))
    if recovery is not None:
        check_new_passphrase(recovery.passphrase, about=(name,))
    place, cost, first = record_place(location), chosen_cost(), openers[0]
    place.check_free()
    made = Vault.create(kind=WorkspaceKind.RECORD, passphrase=first.passphrase, opener=first.name, cost=cost)
    unlocked = made.unlocked
    for opener in openers[1:]:
        unlocked = unlocked.with_opener(opener.name, opener.passphrase, cost=cost)
    try:
        store = place.create(made.vault, unlocked.to_bytes())
        try:
            founded = found_record(
                store, campaign=CampaignId(identifier), name=name, rubric=rules, examination=questions, checklist=items,
                opener=first.name, recovery=recovery, clock=clock,
            )  # fmt: skip
        except BaseException:
            store.close()
            raise
    except BaseException:
        place.discard()
        raise
    place.write_header(unlocked.to_bytes(), older=OlderCopy.RENEW)
    workspace = RecordWorkspace(str(location), place, RecordContext.of(store, first.name, clock=clock))
    return CreatedRecord(workspace, founded.fingerprint, founded.recovery)


def open_record(
    location: Path | str, passphrase: str, *, opener: str | None = None, clock: Clock = system_clock
) -> RecordWorkspace:
    """Open the record at *location*; without an opener's name the passphrase is tried on every slot.

    Raises:
        RecordMissingError, RecordKeyMissingError, ServerUnavailableError, NewerStoreError, StoreKeyError, and what
        :func:`app.crypto.unlocked_header.unlock` raises.
    """
    place = record_place(location)
    unlocked = unlock(place.header(), Passphrase(passphrase, opener=opener), kind=WorkspaceKind.RECORD)
    store = place.open(Vault.of(unlocked))
    return RecordWorkspace(str(location), place, RecordContext.of(store, unlocked.opener or "", clock=clock))


def record_openers(location: Path | str) -> tuple[str, ...]:
    """The names of the people who can open the record, for the page that asks for a passphrase."""
    return list_openers(record_place(location).header())


def _rubric(file: Path | None) -> Rubric:
    from app.intake.rubric_file import default_rubric, read_rubric

    if file is None:
        return default_rubric()
    try:
        return read_rubric(file.read_bytes())
    except OSError:
        raise RubricFileError(file=file.name) from None


def _examination(file: Path | None) -> ExaminationForm:
    from app.intake.examination_file import default_examination, read_examination

    if file is None:
        return default_examination()
    try:
        return read_examination(file.read_bytes())
    except OSError:
        raise ExaminationFileError(file=file.name) from None


def _checklist(file: Path | None) -> Checklist:
    from app.intake.checklist_file import default_checklist, read_checklist

    if file is None:
        return default_checklist()
    try:
        return read_checklist(file.read_bytes())
    except OSError:
        raise ChecklistFileError(file=file.name) from None
