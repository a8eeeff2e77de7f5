"""Visits of one desk (Art. 14): plans, notes, photographs, the team's meeting."""

from functools import cached_property

from app.decoding.pool import DecodingPool
from app.domain.ids import ApplicationCode, ReviewId
from app.domain.onsite.ids import VisitId
from app.domain.onsite.visit import Member, Question, visit_code
from app.services.desk_editing import find_review
from app.services.desk_keys import KeyFile
from app.services.desk_teams import DeskTeams, planned_members, team_of
from app.services.visit_cosigning import VisitCosigning
from app.services.visit_errors import VisitAmbiguousError, VisitUnknownError
from app.services.visit_evidence import VisitEvidence
from app.services.visit_forms import VisitForms
from app.services.visit_marking import VisitMarking
from app.services.visit_meeting import VisitMeeting
from app.services.visit_merging import VisitMerging
from app.services.visit_notes import VisitNotes
from app.services.visit_photos import VisitPhotos
from app.services.visit_planning import VisitPlanning
from app.services.visit_resemblance import Resemblance, resemblances
from app.services.visit_scans import VisitScans
from app.services.visit_sheet import AskedQuestion, VisitLine, VisitSheet, line_of, sheet_of
from app.services.visit_sorting import VisitSorting
from app.services.visit_unwritten import VisitUnwritten
from app.storage.desk.store import DeskStore


class VisitService:
    """What can be looked at; what can be done is a method of one of its parts."""

    def __init__(self, store: DeskStore, pool: DecodingPool, keys: KeyFile) -> None:
        self._store, self._pool, self._keys = store, pool, keys

    @cached_property
    def teams(self) -> DeskTeams:
        return DeskTeams(self._store)

    @cached_property
    def cosigning(self) -> VisitCosigning:
        return VisitCosigning(self._store, self._keys)

    @cached_property
    def planning(self) -> VisitPlanning:
        return VisitPlanning(self._store)

    @cached_property
    def notes(self) -> VisitNotes:
        return VisitNotes(self._store)

    @cached_property
    def photos(self) -> VisitPhotos:
        return VisitPhotos(self._store, self._pool)

    @cached_property
    def sorting(self) -> VisitSorting:
        return VisitSorting(self._store, self._pool)

    @cached_property
    def marking(self) -> VisitMarking:
        return VisitMarking(self._store, self._pool)

    @cached_property
    def meeting(self) -> VisitMeeting:
        return VisitMeeting(self._store)

    @cached_property
    def evidence(self) -> VisitEvidence:
        return VisitEvidence(self._store)

    @cached_property
    def merging(self) -> VisitMerging:
        return VisitMerging(self._store)

    @cached_property
    def forms(self) -> VisitForms:
        return VisitForms(self._store, self._pool)

    @cached_property
    def scans(self) -> VisitScans:
        return VisitScans(self._store, self._pool)

    @cached_property
    def unwritten(self) -> VisitUnwritten:
        return VisitUnwritten(self._store)

    def members(self, application: ApplicationCode) -> tuple[Member, ...]:
        """The team that the secretariat formed for *application*, as a plan names it; empty where there is none."""
        with self._store.reading() as work:
            team = team_of(work, application)
        return planned_members(team) if team else ()

    def all(self) -> tuple[VisitLine, ...]:
        """Every visit whose application is open to this expert, in the order they were planned."""
        with self._store.reading() as work:
            records = work.visits.all()
            return tuple(line_of(work, one.visit) for one in records if find_review(work, one.review).is_unlocked)

    def sheet(self, visit: VisitId) -> VisitSheet:
        """Everything about one visit.

        Raises:
            VisitUnknownError, DossierLockedError, DossierClosedError, NoCredentialError.
        """
        with self._store.reading() as work:
            return sheet_of(work, visit)

    def elsewhere(self, visit: VisitId) -> tuple[Resemblance, ...]:
        """Photos of *visit* that visits of other applicants have, too. Raises as :meth:`sheet`."""
        return resemblances(self._store, visit)

    def named(self, code: str) -> VisitId:
        """The visit of that code, of that identifier, or the only one of that application.

        Raises:
            VisitUnknownError: there is none. VisitAmbiguousError: it could mean several.
        """
        wanted = code.strip()
        with self._store.reading() as work:
            codes = {
                one.visit: code
                for one in work.visits.all()
                if wanted in (one.visit, one.application, code := visit_code(one.application, one.visit))
            }
        if not codes:
            raise VisitUnknownError(visit=wanted)
        if len(codes) > 1:
            raise VisitAmbiguousError(codes=", ".join(codes.values()))
        return next(iter(codes))

    def questions(self, review: ReviewId) -> tuple[AskedQuestion, ...]:
        """What the desk review of *review* asked, with the answers of every visit: shown beside the dimension."""
        with self._store.reading() as work:
            record = find_review(work, review)
            asked = work.visits.questions((review,))
            sheets = [sheet_of(work, one.visit) for one in work.visits.all() if one.application == record.application]
            answers = [answer for sheet in sheets for one in sheet.questions for answer in one.answers]
            return tuple(
                AskedQuestion(
                    Question(one.question, one.text, one.about),
                    tuple(answer for answer in answers if answer.question == one.question),
                )
                for one in asked
            )
