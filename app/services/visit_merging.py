"""Bringing together what members of a team wrote on different desks: the part of an exchange that is about notes.

Whoever carries the notes from desk to desk has verified their signature; here it is decided what the signer may bring.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.changes import NOTHING, Changes
from app.domain.ids import ApplicationCode, ExpertCode, Sha256
from app.domain.onsite.bringing import LEADING, Bringer
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.ids import EntryId, MemberId, VisitId
from app.domain.onsite.merging import Entry, EntryKind, forked, merge
from app.domain.onsite.visit import VisitPlan
from app.domain.review import ReviewKind
from app.packages import canonical
from app.packages.visit_payloads import VisitTeam
from app.services.desk_editing import require_unlocked
from app.services.desk_errors import ApplicationUnknownError
from app.services.visit_errors import EntryUnknownError, ForeignNotesError, OtherChecklistError, OwnRecordsOnlyError
from app.services.visit_forks import may_choose
from app.services.visit_notebook import ONLY, TYPES, Notebook
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork
from app.storage.desk.visit_repository import VisitRecord


@dataclass(frozen=True, slots=True)
class VisitNotesBundle:
    """Everything written about one visit on one desk; photographs by their facts, their bytes travel beside it."""

    visit: VisitId
    application: ApplicationCode
    checklist: bytes
    entries: tuple[Entry, ...]


class VisitMerging:
    """Giving and taking the notes of visits."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def bundle(self, visit: VisitId) -> VisitNotesBundle:
        """What this desk knows of *visit*. Raises as :class:`Notebook` does."""
        with self._store.reading() as work:
            record = Notebook(work, visit).record
            return VisitNotesBundle(visit, record.application, record.checklist, work.visits.entries(visit))

    def take(self, bundle: VisitNotesBundle, *, sender: MemberId) -> Changes:
        """Merge *bundle* in; the same state comes out whatever the order, and twice changes nothing.

        Args:
            sender: whose signature the notes came under.

        Raises:
            ForeignNotesError: the sender does not assess on this visit, or speaks for another member with a desk.
            ApplicationUnknownError, DossierLockedError, DossierClosedError: the application is not open here.
        """
        with self._store.writing() as work:
            fresh = take_notes(work, bundle, sender=sender)
            if not fresh:
                return NOTHING
            work.commit(trace(bundle.visit, fresh), at=work.tick().at)
        return Changes(visits=frozenset({bundle.visit}))

    def choose(self, visit: VisitId, kind: EntryKind, *, entry: EntryId, sha256: Sha256) -> Changes:
        """Of the values that two copies of one desk wrote of *entry*, let the one with that hash stand.

        Whoever wrote it chooses; of what was typed from paper, whoever assesses here.

        Raises:
            EntryUnknownError: there is no such value. OwnRecordsOnlyError: it is somebody else's with a desk.
        """
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            values = work.visits.entries(visit, kind, entry)
            chosen = next((one for one in values if one.sha256 == sha256), None)
            if chosen is None:
                raise EntryUnknownError(entry=entry)
            _require_own(notebook, chosen)
            if len(values) > 1:
                settled = Entry(kind, entry, chosen.author, chosen.revision + 1, chosen.content)
                work.visits.replace(visit, [settled], at=notebook.now)
                _put_up_anew(notebook)
                work.commit(trace(visit, frozenset({settled})), at=notebook.now)
        return Changes(visits=frozenset({visit}))


def take_notes(
    work: UnitOfWork, bundle: VisitNotesBundle, *, sender: MemberId, team: VisitTeam | None = None
) -> frozenset[Entry]:
    """Merge *bundle* in, in the caller's unit of work; what is new by it.

    Args:
        team: by which the sender is judged; by the plan where the secretariat named no team.

    Raises:
        As :meth:`VisitMerging.take`; OtherChecklistError: it is new and not judged by what was assigned. Nothing has
        been written then.
    """
    record = work.visits.begun(bundle.visit)
    if record is not None and (record.application, record.checklist) != (bundle.application, bundle.checklist):
        raise ForeignNotesError
    _check_form(bundle)
    bringer = _bringer(bundle, work.visits.entries(bundle.visit, EntryKind.PLAN, ONLY), sender, team)
    before = frozenset(work.visits.entries(bundle.visit))
    authors = {one.key: one.author for one in before}
    allowed = frozenset(
        one for one in bundle.entries if one in before or (bringer.may_bring(one) and _keeps_author(one, authors))
    )
    if len(allowed) < len(bundle.entries) and not allowed:
        raise ForeignNotesError
    review = _opened(work, bundle.application)
    if record is None:
        _check_checklist(work, bundle, review)
    merged = merge(before, allowed)
    if merged == before:
        return frozenset()
    at = work.tick().at
    if record is None:
        work.visits.add(VisitRecord(bundle.visit, review.review, bundle.application, bundle.checklist, at))
    work.visits.replace(bundle.visit, merged - before | _beside(merged, merged - before), at=at)
    if work.visits.get(bundle.visit) is not None:  # notes may come before their plan
        _put_up_anew(Notebook(work, bundle.visit))
    return merged - before


def bringer_of(team: VisitTeam, member: MemberId, plan: VisitPlan | None) -> Bringer:
    """What *member* of *team* may bring; *plan*: the one that is here."""
    leads = member == MemberId(team.leader.expert) or (plan is not None and member == plan.leader.id)
    return Bringer(member, leads, frozenset(MemberId(one.expert) for one in team.members if one.devices))


def _put_up_anew(notebook: Notebook) -> None:
    """At the leader's desk, a concluded visit that says more now is put up for signing as it is now.

    What two copies of a desk wrote differently is chosen first.
    """
    if notebook.plan.leader.id == notebook.me and not forked(notebook.work.visits.entries(notebook.visit)):
        notebook.freeze()


def trace(visit: VisitId, fresh: frozenset[Entry]) -> bytes:
    """What stands for the merge in the desk's own chain."""
    return visit.encode() + b"".join(sorted(one.content for one in fresh))


def _beside(merged: frozenset[Entry], fresh: frozenset[Entry]) -> frozenset[Entry]:
    """Older values of the same entries that stand beside the fresh ones and must not be replaced."""
    keys = {one.key for one in fresh}
    return frozenset(one for one in merged if one.key in keys)


def _keeps_author(entry: Entry, authors: dict[tuple[EntryKind, EntryId], MemberId]) -> bool:
    """Nobody takes over what another member wrote; a visit may get another leader."""
    return entry.kind in LEADING or authors.get(entry.key, entry.author) == entry.author


def _check_form(bundle: VisitNotesBundle) -> None:
    """Every value is one of its kind, written by whom it says, about this visit."""
    try:
        canonical.decode(bundle.checklist, Checklist)
        for entry in bundle.entries:
            value: object = canonical.decode(entry.content, TYPES[entry.kind])
            if entry.revision < 1 or getattr(value, "author", entry.author) != entry.author:
                raise ForeignNotesError
            if isinstance(value, VisitPlan) and (value.visit, value.application) != (bundle.visit, bundle.application):
                raise ForeignNotesError
    except (canonical.NotCanonicalError, KeyError):
        raise ForeignNotesError from None


def _bringer(bundle: VisitNotesBundle, known: Iterable[Entry], sender: MemberId, team: VisitTeam | None) -> Bringer:
    """By the team of the secretariat; without one by the plan that is here, or the one that comes along."""
    here = next((canonical.decode(one.content, VisitPlan) for one in known), None)
    if team is not None:
        if team.member(ExpertCode(sender)) is None:
            raise ForeignNotesError
        return bringer_of(team, sender, here)
    came = (canonical.decode(one.content, VisitPlan) for one in bundle.entries if one.kind is EntryKind.PLAN)
    plan = here or next(came, None)
    if plan is None:
        raise ForeignNotesError
    plan.assessor(sender)
    papers = {one.id for one in plan.team if not one.has_desk}
    authors = {one.author for one in bundle.entries}
    return Bringer(sender, sender == plan.leader.id, frozenset(authors - papers))


def _opened(work: UnitOfWork, application: ApplicationCode) -> ReviewRecord:
    """The review here that the visit belongs to: the on-site one where there is one."""
    reviews = work.reviews.of_application(application)
    if not reviews:
        raise ApplicationUnknownError(application=application)
    open_ones = [one for one in reviews if one.is_unlocked]
    if not open_ones:
        require_unlocked(reviews[0])
    return min(open_ones, key=lambda one: (one.kind is not ReviewKind.ONSITE, one.review))


def _check_checklist(work: UnitOfWork, bundle: VisitNotesBundle, review: ReviewRecord) -> None:
    """A visit that was assigned is judged by the campaign's checklist, as it reads for the applicant's category."""
    assigned = work.desk.rubric(review.rubric) if review.kind is ReviewKind.ONSITE else None
    if assigned is None:
        return
    reading = canonical.decode(assigned, Checklist).for_category(review.face.category)
    if canonical.encode(reading) != bundle.checklist:
        raise OtherChecklistError


def _require_own(notebook: Notebook, entry: Entry) -> None:
    if not may_choose(notebook, entry):
        name = next((one.name for one in notebook.plan.team if one.id == entry.author), entry.author)
        raise OwnRecordsOnlyError(name=name)
    notebook.plan.assessor(notebook.me)
