"""Putting the notes of visits together: for whom, which photographs still have to travel, and in how many files.

A file is sealed for computers, and a computer must not get a visit whose team it is not on. So visits whose teams are
the same people at the same computers share a file, and others have their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.crypto import suite
from app.domain.ids import CampaignId, ExpertCode, Sha256
from app.domain.onsite.ids import MemberId, VisitId
from app.domain.onsite.merging import Entry, EntryKind, standing
from app.domain.onsite.photo import PhotoFacts
from app.domain.onsite.visit import Stage, VisitPlan, visit_code
from app.errors import UserFacingError
from app.packages import canonical
from app.packages.visit_payloads import TeamDevice, VisitTeam
from app.services.desk_editing import find_review
from app.services.desk_teams import team_of
from app.services.exchange_errors import NobodyToGiveError, OwnComputerUnknownError, TeamUnknownError
from app.services.exchange_values import ExchangeOffer, ExchangeReader, LeftOut, OfferedVisit
from app.services.visit_errors import VisitUnknownError
from app.services.visit_merging import VisitNotesBundle, bringer_of
from app.services.visit_notebook import Notebook
from app.storage.desk.store import UnitOfWork

_PICTURES = frozenset({EntryKind.PHOTO, EntryKind.COPY, EntryKind.BINDING})
_ENDED = frozenset({Stage.CLOSED, Stage.REFUSED})
_MOST_PHOTOS = 2_000  # in one file: the list of a package has 1 MiB


@dataclass(frozen=True, slots=True)
class TravellingPhoto:
    """A photograph whose bytes go along."""

    visit: VisitId
    facts: PhotoFacts


@dataclass(frozen=True, slots=True)
class PackedVisit:
    """One visit as it leaves this desk; *held*: what lies here, whether it travels or not."""

    bundle: VisitNotesBundle
    team: VisitTeam
    photos: tuple[TravellingPhoto, ...]
    held: tuple[Sha256, ...]
    offered: OfferedVisit


@dataclass(frozen=True, slots=True)
class Shipment:
    """Visits of one campaign with the same team, and the photographs of each file."""

    campaign: CampaignId
    me: ExpertCode
    visits: tuple[PackedVisit, ...]
    parts: tuple[tuple[TravellingPhoto, ...], ...] = field(default=())

    @property
    def devices(self) -> tuple[tuple[ExpertCode, TeamDevice], ...]:
        """Every computer of the team, this one included."""
        members = self.visits[0].team.members
        return tuple((member.expert, device) for member in members for device in member.devices)

    def offer(self) -> ExchangeOffer:
        """The shipment for people."""
        readers = tuple(
            ExchangeReader(member.expert, member.name, len(member.devices), member.expert == self.me)
            for member in self.visits[0].team.members
        )
        offered = sorted((one.offered for one in self.visits), key=lambda one: one.code)
        return ExchangeOffer(self.campaign, readers, tuple(offered), len(self.parts))


def shipments(
    work: UnitOfWork, visits: Sequence[VisitId], *, limit: int
) -> tuple[tuple[Shipment, ...], tuple[LeftOut, ...]]:
    """What leaves this desk: of *visits*, or of every open one; and what cannot, where nothing was named.

    Args:
        limit: bytes of photographs in one file.

    Raises:
        VisitUnknownError, TeamUnknownError, NobodyToGiveError, OwnComputerUnknownError, and the errors of a locked
        dossier, for visits that were named.
    """
    groups: dict[tuple[CampaignId, frozenset[tuple[ExpertCode, TeamDevice]]], list[PackedVisit]] = {}
    me: dict[CampaignId, MemberId] = {}
    left_out = []
    for visit in visits or _open_ones(work):
        try:
            campaign, own, packed = _pack(work, visit)
        except UserFacingError as problem:
            if visits:
                raise
            left_out.append(LeftOut(visit, _code(work, visit), problem.code, problem.sentence()))
            continue
        me[campaign] = own
        devices = frozenset((member.expert, device) for member in packed.team.members for device in member.devices)
        groups.setdefault((campaign, devices), []).append(packed)
    made = []
    for (campaign, _devices), members in groups.items():
        ordered = tuple(sorted(members, key=lambda one: one.bundle.visit))
        photos = [photo for one in ordered for photo in one.photos]
        made.append(Shipment(campaign, ExpertCode(me[campaign]), ordered, tuple(_divided(photos, limit))))
    return tuple(made), tuple(left_out)


def photos_of(entries: Iterable[Entry]) -> dict[Sha256, PhotoFacts]:
    """Every picture once, with the facts of whoever stands first."""
    found: dict[Sha256, PhotoFacts] = {}
    pictures = [one for one in standing(entries).values() if one.kind is EntryKind.PHOTO]
    for entry in sorted(pictures, key=lambda one: one.id):
        facts = canonical.decode(entry.content, PhotoFacts)
        found.setdefault(facts.sha256, facts)
    return found


def count_notes(entries: Iterable[Entry]) -> int:
    """How many entries say something besides which photographs there are and where they belong."""
    return sum(one.kind not in _PICTURES for one in entries)


def _open_ones(work: UnitOfWork) -> Iterator[VisitId]:
    for record in work.visits.all():
        if find_review(work, record.review).is_unlocked and Notebook(work, record.visit).plan.stage not in _ENDED:
            yield record.visit


def _code(work: UnitOfWork, visit: VisitId) -> str:
    record = work.visits.get(visit)
    if record is None:
        raise VisitUnknownError(visit=visit)
    return visit_code(record.application, visit)


def _pack(work: UnitOfWork, visit: VisitId) -> tuple[CampaignId, MemberId, PackedVisit]:
    notebook = Notebook(work, visit)
    record, review = notebook.record, find_review(work, notebook.record.review)
    team = team_of(work, record.application)
    if team is None:
        raise TeamUnknownError(application=record.application)
    campaign = work.desk.campaign(review.campaign)
    own = suite.digest_hex(campaign.certificate) if campaign and campaign.certificate else ""
    devices = [device for member in team.members for device in member.devices]
    if own not in {device.certificate_sha256 for device in devices}:
        raise OwnComputerUnknownError(application=record.application)
    others = [Sha256(device.certificate_sha256) for device in devices if device.certificate_sha256 != own]
    if not others:
        raise NobodyToGiveError(application=record.application)
    entries = _brought(work, visit, team=team, me=notebook.me, plan=notebook.plan)
    here = {sha256 for sha256 in photos_of(work.visits.entries(visit)) if work.photos.has(sha256)}
    known = _held_everywhere(work, visit, others)
    photos = sorted(photos_of(entries).values(), key=lambda one: (one.author, one.number, one.sha256))
    travelling = tuple(TravellingPhoto(visit, one) for one in photos if one.sha256 in here and one.sha256 not in known)
    offered = OfferedVisit(
        visit=visit,
        code=visit_code(record.application, visit),
        application=record.application,
        operator=review.face.operator,
        notes=count_notes(entries),
        photos=len(travelling),
        size=sum(one.facts.size for one in travelling),
        known=sum(one.sha256 in known for one in photos),
        absent=sum(one.sha256 not in here and one.sha256 not in known for one in photos),
    )
    bundle = VisitNotesBundle(visit, record.application, record.checklist, entries)
    return review.campaign, notebook.me, PackedVisit(bundle, team, travelling, tuple(sorted(here)), offered)


def _brought(work: UnitOfWork, visit: VisitId, *, team: VisitTeam, me: MemberId, plan: VisitPlan) -> tuple[Entry, ...]:
    """What the others would take from this desk, in a stable order."""
    bringer = bringer_of(team, me, plan)
    mine = (one for one in work.visits.entries(visit) if bringer.may_bring(one))
    return tuple(sorted(mine, key=lambda one: (one.kind, one.id, one.revision, one.sha256)))


def _held_everywhere(work: UnitOfWork, visit: VisitId, others: Sequence[Sha256]) -> frozenset[Sha256]:
    """Photographs that every other computer of the team has said it holds."""
    said = work.exchange.holdings(visit)
    if any(certificate not in said for certificate in others):
        return frozenset()
    return frozenset.intersection(*(said[certificate].photos for certificate in others))


def _divided(photos: Sequence[TravellingPhoto], limit: int) -> Iterator[tuple[TravellingPhoto, ...]]:
    """The photographs of each file, in order; at least one file, even without any."""
    part: list[TravellingPhoto] = []
    size = 0
    for photo in photos:
        if part and (size + photo.facts.size > limit or len(part) == _MOST_PHOTOS):
            yield tuple(part)
            part, size = [], 0
        part.append(photo)
        size += photo.facts.size
    yield tuple(part)
