"""Visiting teams (Art. 14): who goes, who leads, and what the members' computers are told of it."""

from collections.abc import Sequence
from datetime import datetime

from uuid_utils import uuid7

from app.domain.application import FaceSheet
from app.domain.assigning import AssignedPair
from app.domain.changes import NOTHING, Changes
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId
from app.domain.onsite.checklist import Checklist
from app.domain.record_log import Act
from app.domain.review import ReviewKind
from app.errors import UserFacingError
from app.i18n import N_
from app.intake.checklist_file import default_checklist
from app.packages import canonical
from app.services.record_assignment import AssignmentResult, conflicts_between
from app.services.record_context import RecordContext
from app.services.record_errors import ApplicationUnknownHereError, ConflictKnownError, ExpertUnknownError
from app.services.record_teams import TeamSeat, seats_of
from app.storage.record.reviews import StoredReview
from app.storage.record.unit_of_work import RecordWork
from app.storage.record.visit_repository import StoredChecklist


class LeaderUnnamedError(UserFacingError):
    """A team that nobody leads."""

    code = "leader_unnamed"
    message = N_("Nobody leads the visit to {application} yet. Name one of the team as its leader.")


class VisitAssigning:
    """Forms teams. Undone by recalling a member's on-site review; nothing is ever deleted."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def assign(
        self, application: ApplicationCode, members: Sequence[ExpertCode], *, leader: ExpertCode | None = None
    ) -> AssignmentResult:
        """Put *members*, and *leader*, on the team that visits *application*; who is on it already stays.

        Args:
            leader: from now on; whoever leads already where nothing is said.

        Raises:
            ExpertUnknownError, ApplicationUnknownHereError, ConflictKnownError.
            LeaderUnnamedError: nobody would lead.
        """
        wanted = tuple(dict.fromkeys((*((leader,) if leader else ()), *members)))
        now = self._context.clock()
        with self._context.store.writing() as work:
            face = _face(work, application)
            seated = {one.expert: one.review for one in seats_of(work, application)}
            checklist = checklist_of(self._context, work)
            made = [
                self._seat(work, expert, face=face, checklist=checklist, at=now)
                for expert in wanted
                if expert not in seated
            ]
            seated |= {one.expert: one.review for one in made}
            if leader is not None and not _leads(work, seated[leader], application):
                work.visits.name_leader(seated[leader], at=now)
                facts = {"review": seated[leader], "application": application, "expert": leader}
                self._context.log(work, Act.LEADER_NAMED, facts, at=now)
            elif not any(one.is_leader and not one.is_out for one in seats_of(work, application)):
                raise LeaderUnnamedError(application=application)
            work.commit()
        changes = Changes(assignments=True, log=True) if made or leader else NOTHING
        return AssignmentResult(
            tuple(AssignedPair(one.application, one.expert, one.review, one.kind) for one in made), changes
        )

    def team(self, application: ApplicationCode) -> tuple[TeamSeat, ...]:
        """Who is on the team now, by expert."""
        with self._context.store.reading() as work:
            return seats_of(work, application)

    def _seat(
        self, work: RecordWork, expert: ExpertCode, *, face: FaceSheet, checklist: StoredChecklist, at: datetime
    ) -> StoredReview:
        person = work.roster.expert(expert)
        if person is None:
            raise ExpertUnknownError(expert=expert)
        grounds = conflicts_between(person, face)
        if grounds:
            raise ConflictKnownError(expert=expert, application=face.application, organisation=grounds[0].organisation)
        made = StoredReview(
            review=ReviewId(str(uuid7())),
            application=face.application,
            expert=expert,
            kind=ReviewKind.ONSITE,
            assigned_at=at,
        )
        work.reviews.add([made])
        facts = {
            "review": made.review,
            "application": made.application,
            "expert": expert,
            "kind": str(made.kind),
            "checklist": checklist.sha256,
        }
        self._context.log(work, Act.ASSIGNED, facts, at=at)
        return made


def checklist_of(context: RecordContext, work: RecordWork) -> StoredChecklist:
    """The campaign's checklist. A record that was founded before there was one takes the default with its first team.

    Whoever calls this within a unit of work that writes has to commit it.
    """
    found = work.visits.checklist()
    if found is None:
        found = stored_checklist(default_checklist())
        work.visits.add_checklist(context.campaign.campaign, found)
    return found


def stored_checklist(checklist: Checklist) -> StoredChecklist:
    """*checklist* as the record keeps it."""
    content = canonical.encode(checklist)
    return StoredChecklist(content, canonical.sha256(content))


def _face(work: RecordWork, application: ApplicationCode) -> FaceSheet:
    faces = work.applications.faces([application])
    if not faces:
        raise ApplicationUnknownHereError(application=application)
    return faces[0]


def _leads(work: RecordWork, review: ReviewId, application: ApplicationCode) -> bool:
    return any(one.is_leader and one.review == review for one in seats_of(work, application))
