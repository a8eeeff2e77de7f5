"""Visits as a record keeps them: the checklist, leaders, teams that devices were told of, what came back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.ids import ApplicationCode, CampaignId, DeviceCode, ExpertCode, PackageId, ReviewId, Sha256
from app.storage.record.bulk import table_of
from app.storage.record.tables import ReviewRow, SentPackageRow
from app.storage.record.visit_tables import ChecklistRow, CosignatureRow, SentTeamRow, VisitLeaderRow, VisitRevisionRow

_SLICE = 500


@dataclass(frozen=True, slots=True)
class StoredChecklist:
    """The checklist of a campaign; ``content`` is its canonical JSON."""

    content: bytes = field(repr=False)
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class SentTeam:
    """The team of one application as one assignment told it."""

    assignment: PackageId
    application: ApplicationCode
    device: DeviceCode
    team_sha256: Sha256


@dataclass(frozen=True, slots=True)
class StoredVisitRevision:
    """``facts`` is the canonical JSON of :class:`app.domain.onsite.returned.VisitFacts`."""

    sha256: Sha256
    opinion_sha256: Sha256
    facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCosignature:
    """One signature below one joint opinion."""

    opinion_sha256: Sha256
    device: DeviceCode
    application: ApplicationCode
    expert: ExpertCode
    signed_at: datetime
    package: Sha256


class VisitRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def checklist(self) -> StoredChecklist | None:
        """The campaign's; ``None`` in a record founded before there were visits, until one is assigned."""
        row = self._session.execute(select(ChecklistRow)).scalar_one_or_none()
        return StoredChecklist(row.content, Sha256(row.sha256)) if row else None

    def add_checklist(self, campaign: CampaignId, checklist: StoredChecklist) -> None:
        self._session.execute(
            insert(ChecklistRow).values(campaign=campaign, content=checklist.content, sha256=checklist.sha256)
        )

    def name_leader(self, review: ReviewId, *, at: datetime) -> None:
        """From now on the expert of *review* leads the visit of its application."""
        row = self._session.get(VisitLeaderRow, review)
        if row is None:
            self._session.execute(insert(VisitLeaderRow).values(review=review, named_at=at))
        else:
            self._session.execute(update(VisitLeaderRow).where(VisitLeaderRow.review == review).values(named_at=at))

    def leaders(
        self, application: ApplicationCode | None = None, *, with_recalled: bool = False
    ) -> dict[ReviewId, datetime]:
        """When each review that stands was named leader's."""
        query = select(VisitLeaderRow.review, VisitLeaderRow.named_at).join(
            ReviewRow, ReviewRow.review == VisitLeaderRow.review
        )
        if not with_recalled:
            query = query.where(ReviewRow.recalled_at.is_(None))
        if application is not None:
            query = query.where(ReviewRow.application == application)
        return {ReviewId(review): named_at for review, named_at in self._session.execute(query)}

    def sent_teams(self, device: DeviceCode) -> dict[ApplicationCode, Sha256]:
        """The team of each application that *device* was last told of."""
        rows = self._session.execute(
            select(SentTeamRow.application, SentTeamRow.team_sha256)
            .join(SentPackageRow, SentPackageRow.assignment == SentTeamRow.assignment)
            .where(SentTeamRow.device == device, SentPackageRow.part == 1)
            .order_by(SentPackageRow.seq)
        )
        return {ApplicationCode(application): Sha256(team) for application, team in rows}

    def add_sent_teams(self, teams: Sequence[SentTeam]) -> None:
        if teams:
            self._session.execute(insert(table_of(SentTeamRow)), [asdict(team) for team in teams])

    def add_revisions(self, revisions: Sequence[StoredVisitRevision]) -> None:
        for one in revisions:
            self._session.execute(insert(VisitRevisionRow).values(**asdict(one)))

    def revisions(self, hashes: Iterable[Sha256] | None = None) -> dict[Sha256, StoredVisitRevision]:
        """Everything, or what belongs to the revisions of *hashes*."""
        found: dict[Sha256, StoredVisitRevision] = {}
        slices: list[Any] = [None] if hashes is None else list(_slices(tuple(hashes)))
        for some in slices:
            query = select(VisitRevisionRow)
            chosen = query if some is None else query.where(VisitRevisionRow.sha256.in_(some))
            for row in self._session.execute(chosen).scalars():
                sha256 = Sha256(row.sha256)
                found[sha256] = StoredVisitRevision(sha256, Sha256(row.opinion_sha256), row.facts)
        return found

    def put_cosignatures(self, cosignatures: Sequence[StoredCosignature]) -> None:
        """Store *cosignatures*; of one opinion and device the earlier package's stays, whichever arrived first."""
        for one in cosignatures:
            key = (one.opinion_sha256, one.device)
            before = self._session.get(CosignatureRow, key)
            if before is None:
                self._session.execute(insert(CosignatureRow).values(**asdict(one)))
            elif _rank(one) < _rank(_cosignature(before)):
                self._session.expire(before)
                self._session.execute(
                    update(CosignatureRow)
                    .where(CosignatureRow.opinion_sha256 == key[0], CosignatureRow.device == key[1])
                    .values(signed_at=one.signed_at, package=one.package, application=one.application)
                )

    def cosignatures(self, application: ApplicationCode | None = None) -> tuple[StoredCosignature, ...]:
        """Of one application or of all, by opinion and device."""
        query = select(CosignatureRow).order_by(CosignatureRow.opinion_sha256, CosignatureRow.device)
        if application is not None:
            query = query.where(CosignatureRow.application == application)
        return tuple(_cosignature(row) for row in self._session.execute(query).scalars())


def _rank(one: StoredCosignature) -> tuple[datetime, Sha256]:
    return one.signed_at, one.package


def _slices(hashes: Sequence[Sha256]) -> Iterator[Sequence[Sha256]]:
    return (hashes[start : start + _SLICE] for start in range(0, len(hashes), _SLICE))


def _cosignature(row: CosignatureRow) -> StoredCosignature:
    return StoredCosignature(
        opinion_sha256=Sha256(row.opinion_sha256),
        device=DeviceCode(row.device),
        application=ApplicationCode(row.application),
        expert=ExpertCode(row.expert),
        signed_at=row.signed_at,
        package=Sha256(row.package),
    )
