"""The teams this desk's expert visits with (Art. 14), as the secretariat formed them."""

from app.domain.ids import ApplicationCode, CampaignId
from app.domain.onsite.ids import MemberId
from app.domain.onsite.visit import Member, Role
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.packages import canonical
from app.packages.payloads import AssignmentPayload
from app.packages.refusal import PackageRefusedError
from app.packages.visit_payloads import VisitTeam
from app.storage.desk.store import DeskStore, UnitOfWork
from app.storage.desk.team_repository import TeamRecord


class DeskTeams:
    """Reading only: teams are formed at the secretariat and arrive with an assignment."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def of(self, application: ApplicationCode) -> VisitTeam | None:
        """The team that visits *application*; ``None`` where none was assigned."""
        with self._store.reading() as work:
            return team_of(work, application)

    def all(self) -> tuple[VisitTeam, ...]:
        """Every team that this expert is on, by application."""
        with self._store.reading() as work:
            return teams_of(work)


def team_of(work: UnitOfWork, application: ApplicationCode) -> VisitTeam | None:
    """The team that visits *application*; ``None`` where none was assigned."""
    record = work.teams.get(application)
    return canonical.decode(record.content, VisitTeam) if record else None


def teams_of(work: UnitOfWork, campaign: CampaignId | None = None) -> tuple[VisitTeam, ...]:
    """Every team, or those of one campaign, by application."""
    return tuple(
        canonical.decode(one.content, VisitTeam) for one in work.teams.all() if campaign in (None, one.campaign)
    )


def planned_members(team: VisitTeam) -> tuple[Member, ...]:
    """The team as a plan names it: the leader first; whoever has no computer writes on paper."""
    seats = sorted(team.members, key=lambda one: (not one.is_leader, one.expert))
    return tuple(
        Member(
            MemberId(one.expert), one.name, Role.LEADER if one.is_leader else Role.MEMBER, has_desk=bool(one.devices)
        )
        for one in seats
    )


def check_teams(work: UnitOfWork, payload: AssignmentPayload) -> None:
    """Refuse teams that their assignment, or what is here already, contradicts.

    A team may come before the review it belongs to: packages are taken in any order.

    Raises:
        PackageRefusedError: a visit without its team, a team twice, without this expert, with a review of something
            else, or judged by another checklist.
    """
    visited = {one.face.application: one.review for one in payload.reviews if one.kind is ReviewKind.ONSITE}
    teams = {team.application: team for team in payload.teams}
    if len(teams) != len(payload.teams) or not teams.keys() >= visited.keys():
        raise PackageRefusedError(Outcome.INCOMPLETE, "team_missing")
    sent = {one.review: (one.kind, one.face.application) for one in payload.reviews}
    for team in payload.teams:
        mine = team.member(payload.credential.expert)
        if mine is None or visited.get(team.application, mine.review) != mine.review:
            raise PackageRefusedError(Outcome.INCOMPLETE, "team_mismatch")
        here = work.reviews.get(mine.review)
        known = sent.get(mine.review) or ((here.kind, here.application) if here else None)
        if known not in (None, (ReviewKind.ONSITE, team.application)):
            raise PackageRefusedError(Outcome.INCOMPLETE, "team_mismatch")
        if payload.checklist_sha256 not in (None, team.checklist_sha256):
            raise PackageRefusedError(Outcome.RUBRIC_MISMATCH, "rubric_hash")


def save_teams(work: UnitOfWork, payload: AssignmentPayload, *, seq: int) -> bool:
    """Keep the teams of an assignment unless a later one has been here; whether one that was known has changed."""
    is_changed = False
    for team in payload.teams:
        before, content = work.teams.get(team.application), canonical.encode(team)
        if before is not None and before.seq > seq:
            continue
        is_changed |= before is not None and before.content != content
        work.teams.save(TeamRecord(team.application, payload.notice.campaign, seq, content))
    return is_changed
