"""Desks of one team that give each other their notes."""

from pathlib import Path

from app.domain.ids import ApplicationCode
from app.domain.onsite.checklist import Method
from app.domain.onsite.ids import ItemId, SiteId, VisitId
from app.domain.onsite.visit import Site
from app.services.visit_notes import RecordDraft
from app.services.visit_planning import PlanDraft
from tests.support.onsite_world import PASSPHRASE, TeamDesk

SITES = (Site(SiteId("S1"), "示例一厂"),)
ITEM = ItemId("B3")


def plan(leader: TeamDesk, application: ApplicationCode) -> VisitId:
    """A visit with one site and the assigned team."""
    return leader.desk.visits.planning.create(leader.on_site(application).review, PlanDraft(sites=SITES))[0]


def note(who: TeamDesk, visit: VisitId, seen: str) -> None:
    """A record of what *who* has seen."""
    draft = RecordDraft(item=ITEM, methods=(Method.RECORD,), seen=seen)
    who.desk.visits.notes.record(visit, draft)


def give(who: TeamDesk, *visits: VisitId) -> Path:
    """One file with what *who* gives."""
    out = who.world.next_file(f"{who.name} team")
    who.desk.exchange.give(out, passphrase=PASSPHRASE, visits=visits)
    return out


def state(who: TeamDesk, visit: VisitId) -> frozenset[object]:
    """Every entry, and which photographs are here."""
    entries = who.desk.visits.merging.bundle(visit).entries
    sheet = who.desk.visits.sheet(visit)
    missing = {one.sha256 for one in who.desk.visits.photos.absent(visit)}
    return frozenset(entries) | {one.photo.sha256 for one in sheet.photos if one.photo.sha256 not in missing}
