"""Bringing together what members of a team wrote on different desks: the part of an exchange that is about notes.

Whoever carries the notes from desk to desk has verified their signature; here it is decided what the signer may bring.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.changes import NOTHING, Changes
from app.domain.ids import ApplicationCode
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.ids import MemberId, VisitId
from app.domain.onsite.merging import Entry, EntryKind, merge
from app.domain.onsite.visit import VisitPlan
from app.packages import canonical
from app.services.desk_errors import ApplicationUnknownError
from app.services.visit_errors import ForeignNotesError
from app.services.visit_notebook import ONLY, TYPES, Notebook
from app.services.visit_planning import on_site_review
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
            ApplicationUnknownError: the application is not assigned here.
        """
        with self._store.writing() as work:
            plan = _checked(bundle, work.visits.entries(bundle.visit, EntryKind.PLAN, ONLY), sender)
            if work.visits.get(bundle.visit) is None:
                _begin(work, bundle)
            before = frozenset(work.visits.entries(bundle.visit))
            allowed = frozenset(one for one in bundle.entries if one in before or _may_bring(plan, sender, one))
            if len(allowed) < len(bundle.entries) and not allowed:
                raise ForeignNotesError
            merged = merge(before, allowed)
            if merged == before:
                return NOTHING
            tick = work.tick()
            work.visits.replace(bundle.visit, merged - before | _beside(merged, merged - before), at=tick.at)
            work.commit(bundle.visit.encode() + b"".join(sorted(one.content for one in merged - before)), at=tick.at)
        return Changes(visits=frozenset({bundle.visit}))


def _beside(merged: frozenset[Entry], fresh: frozenset[Entry]) -> frozenset[Entry]:
    """Older values of the same entries that stand beside the fresh ones and must not be replaced."""
    keys = {one.key for one in fresh}
    return frozenset(one for one in merged if one.key in keys)


def _checked(bundle: VisitNotesBundle, known: Iterable[Entry], sender: MemberId) -> VisitPlan:
    """The plan by which the sender is judged: the one that is here, or the one that comes along."""
    try:
        canonical.decode(bundle.checklist, Checklist)
        for entry in bundle.entries:
            value: object = canonical.decode(entry.content, TYPES[entry.kind])
            if entry.revision < 1 or getattr(value, "author", entry.author) != entry.author:
                raise ForeignNotesError
    except (canonical.NotCanonicalError, KeyError):
        raise ForeignNotesError from None
    plans = [*known, *(one for one in bundle.entries if one.kind is EntryKind.PLAN)]
    if not plans:
        raise ForeignNotesError
    plan = canonical.decode(plans[0].content, VisitPlan)
    if plan.visit != bundle.visit or plan.application != bundle.application:
        raise ForeignNotesError
    plan.assessor(sender)
    return plan


def _may_bring(plan: VisitPlan, sender: MemberId, entry: Entry) -> bool:
    """One's own notes, those typed for members without a desk, and everything if one leads."""
    if sender in (entry.author, plan.leader.id):
        return True
    author = next((one for one in plan.team if one.id == entry.author), None)
    return author is not None and not author.has_desk


def _begin(work: UnitOfWork, bundle: VisitNotesBundle) -> None:
    reviews = [one for one in work.reviews.of_application(bundle.application) if one.is_unlocked]
    if not reviews:
        raise ApplicationUnknownError(application=bundle.application)
    at, review = work.tick().at, on_site_review(work, reviews[0])
    work.visits.add(VisitRecord(bundle.visit, review.review, bundle.application, bundle.checklist, at))
