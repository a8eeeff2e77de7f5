"""What came back of visits (Art. 14): the joint opinion as signed, and who of the team has signed it how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.ids import ApplicationCode, ExpertCode, ReviewId, Sha256
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.returned import SignedBy, VisitFacts, signatures
from app.domain.results import OnSiteResult, TeamMemberResult
from app.domain.review import ReviewKind
from app.packages import canonical
from app.services.record_teams import seats_of
from app.storage.record.reviews import StoredReview
from app.storage.record.revisions import StoredRevision
from app.storage.record.unit_of_work import RecordWork
from app.storage.record.visit_repository import StoredVisitRevision


@dataclass(frozen=True, slots=True)
class VisitsBack:
    """Everything of visits that is here, read once for all applications."""

    full: int
    revisions: Mapping[Sha256, StoredVisitRevision]
    cosigned: Mapping[ApplicationCode, Mapping[ExpertCode, frozenset[Sha256]]]

    @classmethod
    def read(cls, work: RecordWork, current: Iterable[StoredRevision]) -> "VisitsBack":
        """What belongs to the revisions that count."""
        stored = work.visits.checklist()
        cosigned: dict[ApplicationCode, dict[ExpertCode, frozenset[Sha256]]] = {}
        for one in work.visits.cosignatures():
            by_expert = cosigned.setdefault(one.application, {})
            by_expert[one.expert] = by_expert.get(one.expert, frozenset()) | {one.opinion_sha256}
        return cls(
            canonical.decode(stored.content, Checklist).total if stored else 0,
            work.visits.revisions(one.sha256 for one in current),
            cosigned,
        )


def onsite_result(
    work: RecordWork,
    application: ApplicationCode,
    *,
    reviews: Iterable[StoredReview],
    revisions: Mapping[ReviewId, StoredRevision],
    back: VisitsBack,
) -> OnSiteResult | None:
    """The visit of one application; ``None`` where no team visits.

    Where the team got another leader after one had signed, what was signed last counts.
    """
    asked = [one for one in reviews if one.kind is ReviewKind.ONSITE and not one.is_recalled]
    if not asked:
        return None
    counting = _counting(asked, revisions)
    visit = back.revisions.get(counting.sha256) if counting else None
    if counting is None or visit is None:
        seats = [one for one in seats_of(work, application) if not one.is_out]
        members = (TeamMemberResult(one.expert, one.name, one.is_leader, SignedBy.MISSING) for one in seats)
        return OnSiteResult(members=tuple(members), full=back.full)
    facts = canonical.decode(visit.facts.encode(), VisitFacts)
    lines = signatures(facts.members, opinion=visit.opinion_sha256, cosigned=back.cosigned.get(application, {}))
    return OnSiteResult(
        members=tuple(TeamMemberResult(ExpertCode(one.id), one.name, one.is_leader, how) for one, how in lines),
        review=counting.review,
        revision=counting.revision,
        total=counting.exact_total(),
        full=back.full,
        facts=facts,
    )


@dataclass(frozen=True, slots=True)
class WithLeader:
    """A member's part in a visit that is back: how the member stands below the joint opinion, and where it stands."""

    signed: SignedBy
    revision: StoredRevision


def with_leader(
    reviews: Iterable[StoredReview], revisions: Mapping[ReviewId, StoredRevision], back: VisitsBack
) -> Mapping[ReviewId, WithLeader]:
    """Whose on-site review is back in the one that the leader signed, by the member's own review."""
    teams: dict[ApplicationCode, list[StoredReview]] = {}
    for one in reviews:
        if one.kind is ReviewKind.ONSITE and not one.is_recalled:
            teams.setdefault(one.application, []).append(one)
    found: dict[ReviewId, WithLeader] = {}
    for application, asked in teams.items():
        counting = _counting(asked, revisions)
        visit = back.revisions.get(counting.sha256) if counting else None
        if counting is None or visit is None:
            continue
        members = canonical.decode(visit.facts.encode(), VisitFacts).members
        lines = signatures(members, opinion=visit.opinion_sha256, cosigned=back.cosigned.get(application, {}))
        signed = {ExpertCode(one.id): how for one, how in lines}
        found |= {
            one.review: WithLeader(signed[one.expert], counting)
            for one in asked
            if one.expert in signed and one.review not in revisions
        }
    return found


def _counting(asked: Iterable[StoredReview], revisions: Mapping[ReviewId, StoredRevision]) -> StoredRevision | None:
    """What was signed last of one visit."""
    signed = (revisions[one.review] for one in asked if one.review in revisions)
    return max(signed, key=lambda one: (one.sealed_at, one.sha256), default=None)
