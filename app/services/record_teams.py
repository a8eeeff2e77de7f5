"""Who is on a visiting team now (Art. 14), as the secretariat sees it and as the members' computers are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId, Sha256
from app.domain.review import ReviewKind
from app.packages.visit_payloads import TeamDevice, TeamMember, VisitTeam
from app.storage.record.unit_of_work import RecordWork


@dataclass(frozen=True, slots=True)
class TeamSeat:
    """One member as the secretariat sees the team; ``is_out``: declared a conflict or abstained."""

    review: ReviewId
    expert: ExpertCode
    name: str
    is_leader: bool
    is_out: bool


def seats_of(work: RecordWork, application: ApplicationCode) -> tuple[TeamSeat, ...]:
    """Everybody with an on-site review of *application* that stands, by expert."""
    reviews = [
        one for one in work.reviews.of_application(application) if one.kind is ReviewKind.ONSITE and not one.is_recalled
    ]
    if not reviews:
        return ()
    names = {one.expert: one.name for one in work.roster.experts(one.expert for one in reviews)}
    declared = work.reviews.declarations(one.review for one in reviews)
    named = work.visits.leaders(application)
    leads = max(named, key=lambda review: (named[review], review), default=None)
    return tuple(
        TeamSeat(
            one.review,
            one.expert,
            names[one.expert],
            one.review == leads,
            one.review in declared and declared[one.review].declaration.declared is not Declared.NONE,
        )
        for one in sorted(reviews, key=lambda one: one.expert)
    )


def visits_without_leader(work: RecordWork, experts: Sequence[ExpertCode] | None = None) -> tuple[ApplicationCode, ...]:
    """Applications that somebody is to visit, or one of *experts*, that nobody leads and whose result is not here.

    Nothing of such a visit is sent, and whoever has it already waits for a leader.
    """
    asked = work.reviews.all(kind=ReviewKind.ONSITE)
    revisions = work.revisions.current_of(one.review for one in asked)
    back = {one.application for one in asked if one.review in revisions}
    found = []
    for code in sorted({one.application for one in asked} - back):
        going = [one for one in seats_of(work, code) if not one.is_out]
        is_meant = experts is None or any(one.expert in experts for one in going)
        if going and is_meant and not any(one.is_leader for one in going):
            found.append(code)
    return tuple(found)


def team_of(work: RecordWork, application: ApplicationCode, *, checklist: Sha256) -> VisitTeam | None:
    """The team as it is sent: without those who are out; ``None`` while nobody leads it."""
    seats = [one for one in seats_of(work, application) if not one.is_out]
    if not any(one.is_leader for one in seats):
        return None
    members = []
    for seat in seats:
        devices = tuple(
            TeamDevice(one.device, one.recipient, one.certificate_sha256)
            for one in work.roster.devices(seat.expert)
            if one.revoked_at is None
        )
        members.append(TeamMember(seat.expert, seat.name, seat.is_leader, seat.review, devices))
    return VisitTeam(application, tuple(members), checklist)
