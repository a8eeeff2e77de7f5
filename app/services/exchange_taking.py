"""Taking what another desk of the team gave: every visit decided by itself, all of a file in one transaction.

The signer's certificate has to be one of the team's, as the secretariat named it to this desk. What a file brings of a
visit that is not open here is refused with its reason; the file can be taken in again when that has changed.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

from app.domain.ids import ApplicationCode, CampaignId, Sha256
from app.domain.onsite.agreement import Consensus, ItemGrade, disagreements
from app.domain.onsite.ids import MemberId, VisitId
from app.domain.onsite.merging import forked
from app.domain.onsite.visit import visit_code
from app.domain.outcome import Outcome, of_all
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.packages.canonical import NotCanonicalError
from app.packages.exchange_payloads import (
    EXCHANGE,
    ExchangedVisit,
    ExchangePayload,
    NotesPayload,
    Place,
    checklist_path,
    place_of,
)
from app.packages.reader import ReadingContext, VerifiedFile, VerifiedPackage, extract
from app.packages.recognition import Source
from app.packages.refusal import PackageRefusedError, over_limit
from app.packages.visit_payloads import TeamMember
from app.progress import Progress
from app.services.desk_errors import (
    ApplicationUnknownError,
    DossierClosedError,
    DossierLockedError,
    NoCredentialError,
)
from app.services.desk_teams import team_of
from app.services.exchange_errors import TeamUnknownError
from app.services.exchange_packing import count_notes, photos_of
from app.services.exchange_values import TakenNotes, TakenVisit
from app.services.visit_errors import ForeignNotesError, OtherChecklistError
from app.services.visit_merging import VisitNotesBundle, take_notes, trace
from app.services.visit_notebook import Notebook
from app.storage.desk.blob_writer import BlobWriter
from app.storage.desk.exchange_repository import Holding
from app.storage.desk.store import UnitOfWork

T = TypeVar("T")
_MOST_VALUES: Final = 64 * 1024 * 1024  # bytes of everything that is no photograph


class SenderNotOnTeamError(UserFacingError):
    """Signed by somebody whom the secretariat did not send on this visit."""

    code = "sender_not_on_team"
    message = N_("The sender's computer is not in the team that visits {application}. Ask the secretariat who is.")


@dataclass(frozen=True, slots=True)
class TakenExchange:
    """What became of a package; ``trace`` stands for it in the desk's own chain, empty where nothing changed."""

    outcome: Outcome
    notes: TakenNotes
    trace: bytes


def take_exchange(
    work: UnitOfWork, package: VerifiedPackage, *, source: Source, context: ReadingContext, progress: Progress
) -> TakenExchange:
    """Take over whatever of *package* may be, in the caller's unit of work.

    Raises:
        PackageRefusedError: the package does not hold what it says, or is of another campaign. Nothing may be
            committed then. Cancelled: as *progress* says.
    """
    campaign = work.desk.campaign(CampaignId(package.description.campaign_id))
    if campaign is None:
        raise PackageRefusedError(Outcome.UNASSIGNED, "campaign_unknown")
    taking = _Taking(work, package, progress)
    if package.contents is None:
        extract(source, context, package=package, sink=taking)
    else:
        for file in package.files:
            taking.begin(file)
            taking.write(memoryview(package.contents[file.path]))
            taking.end()
    return taking.finish()


class _Taking:
    """The data files of one package as they come by: the top first, then visit by visit, notes before photographs."""

    def __init__(self, work: UnitOfWork, package: VerifiedPackage, progress: Progress) -> None:
        self._work, self._package, self._progress = work, package, progress
        self._certificate = Sha256(package.signature.certificate_sha256)
        self._kept = self._seen = 0
        self._path = ""
        self._place: Place | None = None
        self._buffer: bytearray | None = None
        self._blob: BlobWriter | None = None
        self._top: ExchangePayload | None = None
        self._checklists: dict[VisitId, bytes] = {}
        self._visits: dict[VisitId, _Visit] = {}

    def begin(self, file: VerifiedFile) -> None:
        self._path, self._buffer, self._blob = file.path, None, None
        self._place = place_of(file.path)
        if self._place is not None and self._place.photo is not None:
            self._blob = self._photo(self._place.visit, self._place.photo, file)
            return
        if self._place is None and file.path != EXCHANGE:
            raise PackageRefusedError(Outcome.INCOMPLETE, "file_unknown")
        self._kept += file.size
        if self._kept > _MOST_VALUES:
            raise over_limit("values")
        self._buffer = bytearray()

    def write(self, data: memoryview) -> None:
        self._seen += len(data)
        self._progress.step(min(self._seen, self._package.inner_size), self._package.inner_size)
        if self._buffer is not None:
            self._buffer += data
        elif self._blob is not None:
            self._blob.write(data)

    def end(self) -> None:
        if self._blob is not None:
            self._blob.close()
        elif self._buffer is not None:
            self._value(bytes(self._buffer))

    def finish(self) -> TakenExchange:
        """What became of all of it."""
        named = [one.visit for one in self._named()]
        if named != list(self._visits):
            raise PackageRefusedError(Outcome.INCOMPLETE, "file_missing")
        visits = list(self._visits.values())
        taken = tuple(one.told(self._work) for one in visits)
        traces = [one.trace for one in visits if one.trace]
        sender = next((one.member.name for one in visits if one.member), self._package.signature.name)
        return TakenExchange(of_all([one.outcome for one in taken]), TakenNotes(sender, taken), b"".join(traces))

    def _named(self) -> tuple[ExchangedVisit, ...]:
        if self._top is None:
            raise PackageRefusedError(Outcome.INCOMPLETE, "file_missing")
        return self._top.visits

    def _value(self, data: bytes) -> None:
        if self._place is None:
            self._top = _decoded(data, ExchangePayload)
            signature = self._package.signature
            if (self._top.expert, self._top.device) != (signature.name, signature.device):
                raise PackageRefusedError(Outcome.INCOMPLETE, "sender_mismatch")
        elif self._path == checklist_path(self._place.visit):
            self._checklists[self._place.visit] = data
        else:
            self._notes(self._place.visit, _decoded(data, NotesPayload))

    def _notes(self, visit: VisitId, notes: NotesPayload) -> None:
        named = next((one for one in self._named() if one.visit == visit), None)
        checklist = self._checklists.get(visit)
        if named is None or checklist is None:
            raise PackageRefusedError(Outcome.INCOMPLETE, "file_missing")
        if (notes.visit, notes.application) != (visit, named.application):
            raise PackageRefusedError(Outcome.INCOMPLETE, "visit_mismatch")
        bundle = VisitNotesBundle(visit, notes.application, checklist, tuple(entry.entry() for entry in notes.entries))
        taken = self._visits[visit] = _Visit(visit, named.application)
        try:
            self._take(taken, bundle, named)
        except _OF_ONE_VISIT as problem:
            taken.problem = problem

    def _take(self, taken: "_Visit", bundle: VisitNotesBundle, named: ExchangedVisit) -> None:
        taken.member = self._member(named.application)
        team = team_of(self._work, named.application)
        fresh = take_notes(self._work, bundle, sender=MemberId(taken.member.expert), team=team)
        if fresh:
            taken.is_new, taken.notes, taken.trace = True, count_notes(fresh), trace(bundle.visit, fresh)
        taken.known = frozenset(photos_of(self._work.visits.entries(bundle.visit)))
        if self._work.visits.begun(bundle.visit) is None:  # nothing here and nothing brought
            raise ForeignNotesError
        holding = Holding(
            bundle.visit,
            self._certificate,
            self._package.description.seq,
            frozenset(named.held),
            self._work.tick().at,
        )
        if self._work.exchange.hold(holding):
            taken.trace += canonical.encode(named)

    def _member(self, application: ApplicationCode) -> TeamMember:
        """Who signed, by the team that visits *application*."""
        team = team_of(self._work, application)
        if team is None:
            raise TeamUnknownError(application=application)
        for member in team.members:
            if self._certificate in {device.certificate_sha256 for device in member.devices}:
                if member.expert != self._package.signature.name:
                    break
                return member
        raise SenderNotOnTeamError(application=application)

    def _photo(self, visit: VisitId, sha256: Sha256, file: VerifiedFile) -> BlobWriter | None:
        """Where its bytes go; nowhere if the visit is refused or they are here already."""
        taken = self._visits.get(visit)
        if taken is None or file.sha256 != sha256:
            raise PackageRefusedError(Outcome.INCOMPLETE, "photo_mismatch")
        if taken.problem is not None:
            return None
        if sha256 not in taken.known:
            raise PackageRefusedError(Outcome.INCOMPLETE, "photo_unlisted")
        if self._work.photos.has(sha256):
            return None
        taken.is_new, taken.photos = True, taken.photos + 1
        taken.trace += bytes.fromhex(sha256)
        return self._work.photo_writer(sha256)


@dataclass(slots=True)
class _Visit:
    """How far one visit of the package has come."""

    visit: VisitId
    application: ApplicationCode
    member: TeamMember | None = None
    problem: UserFacingError | None = None
    is_new: bool = False
    notes: int = 0
    photos: int = 0
    known: frozenset[Sha256] = frozenset()
    trace: bytes = b""

    def told(self, work: UnitOfWork) -> TakenVisit:
        """The visit for people, as it stands after the merge."""
        code = visit_code(self.application, self.visit)
        if self.problem is not None:
            return TakenVisit(
                visit=self.visit,
                application=self.application,
                outcome=_refusal(self.problem),
                code=code,
                error=self.problem.code,
                sentence=self.problem.sentence(),
            )
        is_planned = work.visits.get(self.visit) is not None
        differences, forks = _open_questions(work, self.visit) if is_planned else (0, 0)
        return TakenVisit(
            visit=self.visit,
            application=self.application,
            outcome=Outcome.NEW if self.is_new else Outcome.ALREADY_IMPORTED,
            code=code,
            notes=self.notes,
            photos=self.photos,
            awaited=sum(not work.photos.has(one) for one in self.known),
            differences=differences,
            forks=forks,
            is_planned=is_planned,
        )


_OF_ONE_VISIT: Final = (
    ApplicationUnknownError, DossierClosedError, DossierLockedError, ForeignNotesError, NoCredentialError,
    OtherChecklistError, SenderNotOnTeamError, TeamUnknownError,
)  # fmt: skip
_REFUSALS: Final = {
    SenderNotOnTeamError: Outcome.UNKNOWN_SIGNER,
    ForeignNotesError: Outcome.INCOMPLETE,
    OtherChecklistError: Outcome.RUBRIC_MISMATCH,
}


def _refusal(problem: UserFacingError) -> Outcome:
    """What is not said otherwise: the visit is not this expert's, not yet, or not any more."""
    return _REFUSALS.get(type(problem), Outcome.UNASSIGNED)


def _open_questions(work: UnitOfWork, visit: VisitId) -> tuple[int, int]:
    """Items to be agreed on, and entries that stand twice."""
    notebook = Notebook(work, visit)
    found = disagreements(notebook.values(ItemGrade).values(), notebook.values(Consensus).values())
    return sum(one.consensus is None for one in found), len(forked(work.visits.entries(visit)))


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return canonical.decode(data, kind)
    except NotCanonicalError as problem:
        raise PackageRefusedError(Outcome.INCOMPLETE, "payload_form") from problem
