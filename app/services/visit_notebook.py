"""Everything written about one visit, within one unit of work."""

import secrets
from typing import Any, Final, TypeVar

from app.domain.ids import ReviewId
from app.domain.onsite.agreement import Result
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.ids import EntryId, MemberId, SiteId, VisitId
from app.domain.onsite.kinds import KINDS
from app.domain.onsite.kinds import TYPES as KIND_TYPES
from app.domain.onsite.merging import Entry, EntryKind, standing
from app.domain.onsite.opinion import FrozenOpinion
from app.domain.onsite.visit import VisitPlan
from app.packages import canonical
from app.packages.onsite_payloads import VisitNotes, opinion_of
from app.packages.payloads import CredentialPayload
from app.services.desk_editing import find_review, require_unlocked
from app.services.desk_errors import NoCredentialError
from app.services.visit_errors import (
    EntryUnknownError,
    NotLeaderError,
    OwnRecordsOnlyError,
    SiteUnknownError,
    VisitConcludedError,
    VisitUnknownError,
)
from app.storage.desk.store import UnitOfWork
from app.storage.desk.visit_repository import VisitRecord

T = TypeVar("T")

TYPES: Final = KIND_TYPES
ONLY: Final = EntryId("only")  # of what a visit has one of


def new_id() -> EntryId:
    """16 hex digits nobody else comes up with."""
    return EntryId(secrets.token_hex(8))


def own_code(work: UnitOfWork, review: ReviewId) -> MemberId:
    """The code of the expert at this desk in the campaign of *review*. Raises ``NoCredentialError``."""
    known = work.desk.campaign(find_review(work, review).campaign)
    if known is None or known.credential is None:
        raise NoCredentialError
    return MemberId(canonical.decode(known.credential, CredentialPayload).expert)


class Notebook:
    """One visit. Call :meth:`commit` at the end, or nothing happened."""

    def __init__(self, work: UnitOfWork, visit: VisitId) -> None:
        """Raises ``VisitUnknownError``, and the errors of a locked or closed dossier."""
        record = work.visits.get(visit)
        if record is None:
            raise VisitUnknownError(visit=visit)
        require_unlocked(find_review(work, record.review))
        self.work, self.record, self.visit = work, record, visit
        self.me = own_code(work, record.review)
        self.checklist = canonical.decode(record.checklist, Checklist)
        self._tick = work.tick()
        self._plan: VisitPlan | None = None
        self._trace: list[bytes] = []

    @classmethod
    def begin(cls, work: UnitOfWork, record: VisitRecord, plan: VisitPlan) -> "Notebook":
        """A new visit with its first plan."""
        first = Entry(EntryKind.PLAN, ONLY, plan.leader.id, 1, canonical.encode(plan))
        work.visits.add(record)
        work.visits.replace(record.visit, [first], at=work.tick().at)
        notebook = cls(work, record.visit)
        notebook._trace.append(first.content)
        return notebook

    @property
    def now(self) -> Any:
        """The moment this act is written down as."""
        return self._tick.at

    @property
    def plan(self) -> VisitPlan:
        """The plan as it stands."""
        if self._plan is None:
            self._plan = self.value(VisitPlan, ONLY)
        return self._plan

    def values(self, kind: type[T]) -> dict[EntryId, T]:
        """Everything of one kind, one value each."""
        entries = standing(self.work.visits.entries(self.visit, KINDS[kind]))
        return {entry.id: canonical.decode(entry.content, kind) for entry in entries.values()}

    def find(self, kind: type[T], entry: EntryId) -> T | None:
        """One value, if there is one."""
        found = standing(self.work.visits.entries(self.visit, KINDS[kind], entry))
        return next((canonical.decode(value.content, kind) for value in found.values()), None)

    def value(self, kind: type[T], entry: EntryId) -> T:
        """One value. Raises ``EntryUnknownError``."""
        found = self.find(kind, entry)
        if found is None:
            raise EntryUnknownError(entry=entry)
        return found

    def put(self, entry: EntryId, value: Any, *, author: MemberId) -> None:
        """Write *value*, as a higher revision of what stands there; nothing happens where it is the same."""
        kind = KINDS[type(value)]
        content = canonical.encode(value)
        before = self.work.visits.entries(self.visit, kind, entry)
        if len(before) == 1 and before[0].content == content and before[0].author == author:
            return
        revision = max((old.revision for old in before), default=0) + 1
        self.work.visits.replace(self.visit, [Entry(kind, entry, author, revision, content)], at=self.now)
        self._trace.append(content)
        if isinstance(value, VisitPlan):
            self._plan = value

    def commit(self) -> None:
        """Make it last. Once the visit is concluded, what its leader changes is put up for signing anew.

        What was written while the clock was not believed says so (case E32).
        """
        if self._trace:
            if self.plan.leader.id == self.me:
                self.freeze()
            if self._tick.is_suspect:
                self.work.reviews.change(self.record.review, clock_suspect=True)
            self.work.commit(self.visit.encode() + b"".join(self._trace), at=self.now)

    def notes(self) -> VisitNotes:
        """Everything written, as packages carry it."""
        return VisitNotes.of(
            self.visit,
            self.record.application,
            checklist=canonical.sha256(self.record.checklist),
            entries=self.work.visits.entries(self.visit),
        )

    def freeze(self) -> FrozenOpinion | None:
        """The joint opinion as it is now, put up for signing; ``None`` before the visit is concluded."""
        if self.find(Result, ONLY) is None:
            return None
        data = canonical.encode(opinion_of(self.notes(), self.checklist))
        before = self.find(FrozenOpinion, ONLY)
        if before is not None and before.data == data:
            return before
        frozen = FrozenOpinion(data, self.plan.leader.id, self.now)
        self.put(ONLY, frozen, author=frozen.author)
        return frozen

    def require_leader(self) -> MemberId:
        """Whoever leads sits at this desk. Raises ``NotLeaderError``."""
        if self.plan.leader.id != self.me:
            raise NotLeaderError(name=self.plan.leader.name)
        return self.me

    def require_open(self) -> None:
        """Nothing is concluded yet. Raises ``VisitConcludedError``."""
        if self.find(Result, ONLY) is not None:
            raise VisitConcludedError

    def author(self, member: MemberId | None) -> tuple[MemberId, MemberId | None]:
        """Who is the author of what is written here, and who types it if that is somebody else.

        Raises:
            NotOnTeamError, NoAssessorError, OwnRecordsOnlyError.
        """
        self.plan.assessor(self.me)
        if member is None or member == self.me:
            return self.me, None
        found = self.plan.assessor(member)
        if found.has_desk:
            raise OwnRecordsOnlyError(name=found.name)
        return found.id, self.me

    def site(self, site: SiteId | None) -> SiteId:
        """The site meant; the only one where nothing is said. Raises ``SiteUnknownError``."""
        sites = [one.id for one in self.plan.sites]
        if site is None and len(sites) == 1:
            return sites[0]
        if site is None or site not in sites:
            raise SiteUnknownError(sites=", ".join(sites))
        return site
