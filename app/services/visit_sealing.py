"""Signing for a visit (Art. 14): who does, and what the leader's signature then stands for."""

from dataclasses import dataclass, field

from app.domain.ids import Sha256
from app.domain.onsite.ids import VisitId
from app.packages import canonical
from app.packages.onsite_payloads import opinion_of
from app.services.desk_onsite import leads, visit_of
from app.services.desk_teams import team_of
from app.services.visit_errors import NotLeaderError
from app.services.visit_notebook import Notebook
from app.storage.desk.records import ReviewRecord
from app.storage.desk.sealed_visit_repository import SealedVisit
from app.storage.desk.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class ClosedVisit:
    """A visit as it is about to be signed.

    Attributes:
        reading: SHA-256 of the checklist as it reads for the applicant. *digest*: of *opinion*.
        opinion, notes: the bytes of ``opinion.json`` and ``visit.json``.
    """

    visit: VisitId
    reading: Sha256
    digest: Sha256
    opinion: bytes = field(repr=False)
    notes: bytes = field(repr=False)

    def sealed(self, content: Sha256) -> SealedVisit:
        """To be kept with the revision of that hash."""
        return SealedVisit(content, self.visit, self.opinion, self.notes)


def require_lead(work: UnitOfWork, record: ReviewRecord) -> None:
    """The leader signs for the team. Raises ``NotLeaderError``."""
    team = team_of(work, record.application)
    if team is not None and not leads(work, record):
        raise NotLeaderError(name=team.leader.name)


def close_visit(work: UnitOfWork, record: ReviewRecord) -> ClosedVisit:
    """The visit of *record*, which has no gaps, with its opinion put up for signing as it is now."""
    visit = visit_of(work, record)
    notebook = Notebook(work, visit) if visit is not None else None
    frozen = notebook.freeze() if notebook else None
    if visit is None or notebook is None or frozen is None:  # asked for before
        raise RuntimeError("a visit without a conclusion")
    notes = notebook.notes()
    return ClosedVisit(visit, notes.checklist, canonical.sha256(frozen.data), frozen.data, canonical.encode(notes))


def is_changed_since(work: UnitOfWork, visit: VisitId, content: Sha256) -> bool:
    """Whether the joint opinion says something else now than in the signed revision *content*."""
    sealed = work.sealed_visits.get(content)
    if sealed is None:
        return False
    notebook = Notebook(work, visit)
    return canonical.encode(opinion_of(notebook.notes(), notebook.checklist)) != sealed.opinion
