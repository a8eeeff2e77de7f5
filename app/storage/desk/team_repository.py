"""Visiting teams by the application they visit."""

from dataclasses import asdict, dataclass, field

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.ids import ApplicationCode, CampaignId
from app.storage.desk.base import table_of
from app.storage.desk.team_tables import VisitTeamRow

_TEAM = table_of(VisitTeamRow)


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """One team; ``content`` is the canonical form of what the assignment with the number ``seq`` said of it."""

    application: ApplicationCode
    campaign: CampaignId
    seq: int
    content: bytes = field(repr=False)


class TeamRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, application: ApplicationCode) -> TeamRecord | None:
        """The team that visits *application*, if this desk was told of one."""
        row = self._session.execute(select(_TEAM).where(_TEAM.c.application == application)).one_or_none()
        return TeamRecord(**row._asdict()) if row else None

    def all(self) -> tuple[TeamRecord, ...]:
        """Every team, by application."""
        rows = self._session.execute(select(_TEAM).order_by(_TEAM.c.application))
        return tuple(TeamRecord(**row._asdict()) for row in rows)

    def save(self, team: TeamRecord) -> None:
        """Store *team* in place of whatever is known of the same application."""
        self._session.execute(delete(_TEAM).where(_TEAM.c.application == team.application))
        self._session.execute(insert(_TEAM).values(**asdict(team)))
