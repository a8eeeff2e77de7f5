"""What a plan has to say before it is kept: everything in it can be named, and nothing written hangs in the air."""

import re
from typing import Final

from app.domain.onsite.agreement import Consensus, ItemGrade
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.ids import SiteId
from app.domain.onsite.record import EvidenceRecord
from app.domain.onsite.visit import VisitInvalidError, VisitPlan
from app.i18n import N_, _
from app.services.visit_errors import SiteInUseError
from app.services.visit_notebook import Notebook

_NUMBER: Final = re.compile(r"[^\s@]{1,40}")  # entries are named by it, with “@” between the parts


def check_plan(plan: VisitPlan, checklist: Checklist) -> None:
    """Whether people can be told what *plan* is about.

    Raises:
        VisitInvalidError: a site or person without a name, or a number that cannot be one.
        UnknownItemError: an item the checklist does not have.
    """
    for number in (*(site.id for site in plan.sites), *(member.id for member in plan.team)):
        if _NUMBER.fullmatch(number) is None or not number.isprintable():
            raise VisitInvalidError(what=_(N_("a number in it is longer than 40 characters or holds a space or “@”")))
    names = [site.name for site in plan.sites] + [member.name for member in plan.team]
    names += [guest.name for meeting in plan.meetings for guest in meeting.attendees]
    if not all(name.strip() for name in names):
        raise VisitInvalidError(what=_(N_("a site or a person in it has no name")))
    if any(slot.number < 1 for slot in plan.timetable):
        raise VisitInvalidError(what=_(N_("the lines of the timetable are numbered from 1")))
    for item in (*(one for slot in plan.timetable for one in slot.items), *(q.item for q in plan.questions if q.item)):
        checklist.item(item)


def check_sites(notebook: Notebook, plan: VisitPlan) -> None:
    """Every site that something was written at is still in *plan*. Raises ``SiteInUseError``."""
    kept = {site.id for site in plan.sites}
    used: set[SiteId] = {record.site for record in notebook.values(EvidenceRecord).values()}
    used |= {given.site for given in notebook.values(ItemGrade).values() if given.grade is not None}
    used |= {agreed.site for agreed in notebook.values(Consensus).values()}
    names = [site.name for site in notebook.plan.sites if site.id in used - kept]
    if names:
        raise SiteInUseError(sites=_("; ").join(names))
