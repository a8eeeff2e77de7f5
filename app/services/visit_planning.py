"""Planning a visit: sites, team, timetable, meetings, and the questions desk reviews leave for it."""

import codecs
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from app.domain.changes import Changes
from app.domain.ids import ReviewId
from app.domain.onsite.agreement import Result
from app.domain.onsite.checklist import Checklist
from app.domain.onsite.finding import Finding
from app.domain.onsite.hindrance import Hindrance, HindranceKind, check_postponement
from app.domain.onsite.ids import ItemId, MemberId, VisitId
from app.domain.onsite.visit import (
    ASSESSING,
    NOT_VISITED,
    Meeting,
    Member,
    NotConcludedError,
    NotVerifiedError,
    Question,
    Site,
    Slot,
    Stage,
    StageOrderError,
    VisitPlan,
    may_follow,
)
from app.domain.review import ReviewKind
from app.intake.checklist_file import default_checklist, read_checklist
from app.packages import canonical
from app.services.desk_editing import find_review, require_unlocked
from app.services.desk_teams import planned_members, team_of
from app.services.incoming_files import InputMissingError
from app.services.visit_errors import (
    ChecklistAssignedError,
    EntryUnknownError,
    NotLeaderError,
    PlanFileError,
    TeamAssignedError,
)
from app.services.visit_hindrances import note_hindrance
from app.services.visit_moments import in_beijing
from app.services.visit_notebook import ONLY, Notebook, own_code
from app.services.visit_plan_checks import check_plan, check_sites
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import DeskStore, UnitOfWork
from app.storage.desk.visit_repository import QuestionRecord, VisitRecord

ME: Final = "me"
_PLACE: Final = re.compile(r"at `\$\.?([^`]*)`")
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """What somebody plans; a member named ``me`` is the expert at this desk, moments without a zone are Beijing's.

    Attributes:
        team: nobody: the team as the secretariat formed it.
    """

    sites: tuple[Site, ...]
    team: tuple[Member, ...] = ()
    timetable: tuple[Slot, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    questions: tuple[Question, ...] = ()
    limitations: str = ""


def read_plan(data: bytes) -> PlanDraft:
    """A plan from JSON.

    Raises:
        PlanFileError: it is none; names the place.
    """
    try:
        if len(data) > _LARGEST:
            raise PlanFileError(place="1 MiB")
        data = data.removeprefix(codecs.BOM_UTF8)  # as the editor of some systems begins a file
        keys = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        for key in keys:
            if key not in PlanDraft.__dataclass_fields__:
                raise PlanFileError(place=key[:40])
        return msgspec.json.decode(data, type=PlanDraft)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as problem:
        found = _PLACE.search(str(problem))
        raise PlanFileError(place=found[1] if found and found[1] else "JSON") from None


def plan_from(file: Path) -> PlanDraft:
    """The plan in *file*. Raises ``PlanFileError``, ``InputMissingError``."""
    return read_plan(_bytes_of(file))


def checklist_from(file: Path) -> Checklist:
    """The checklist in *file*. Raises ``ChecklistInvalidError``, ``InputMissingError``."""
    return read_checklist(_bytes_of(file))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise InputMissingError(file=file.name) from None


class VisitPlanning:
    """Plans and questions."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def create(
        self, review: ReviewId, draft: PlanDraft, *, checklist: Checklist | None = None
    ) -> tuple[VisitId, Changes]:
        """Plan a visit for the application of *review*; the desk review's open questions come along.

        Where the secretariat has formed a team, the visit belongs to the on-site review of the application.

        Args:
            checklist: to judge by; the assigned one, or else the default one, where none is given, as it reads for
                the applicant's category.

        Raises:
            NotLeaderError: the expert at this desk does not lead it. VisitInvalidError, UnknownItemError: as they say.
            TeamAssignedError, ChecklistAssignedError: the secretariat has decided otherwise.
            DossierLockedError, DossierClosedError, NoCredentialError.
        """
        with self._store.writing() as work:
            found = on_site_review(work, find_review(work, review))
            require_unlocked(found)
            visit, me = VisitId(secrets.token_hex(16)), own_code(work, found.review)
            draft = _with_team(work, found, draft, me)
            blank = VisitPlan(visit, found.review, found.application, draft.sites, _named(draft.team, me))
            plan = _planned(work, blank, draft)
            if plan.leader.id != me:
                raise NotLeaderError(name=plan.leader.name)
            judged_by = _judged_by(work, found, checklist)
            check_plan(plan, judged_by)
            record = VisitRecord(visit, found.review, found.application, canonical.encode(judged_by), work.tick().at)
            Notebook.begin(work, record, plan).commit()
        return visit, Changes(visits=frozenset({visit}))

    def change(self, visit: VisitId, draft: PlanDraft) -> Changes:
        """Plan anew. Questions are never lost: what desk reviews asked stays.

        Raises:
            NotLeaderError, VisitConcludedError, VisitInvalidError, UnknownItemError, VisitUnknownError,
            MomentImpossibleError. SiteInUseError: something is written at a site that is left out.
        """

        def act(notebook: Notebook) -> None:
            notebook.require_open()
            review = find_review(notebook.work, notebook.record.review)
            plan = _planned(notebook.work, notebook.plan, _with_team(notebook.work, review, draft, notebook.me))
            check_plan(plan, notebook.checklist)
            check_sites(notebook, plan)
            notebook.put(ONLY, plan, author=notebook.me)

        return self._lead(visit, act)

    def advance(
        self,
        visit: VisitId,
        stage: Stage,
        *,
        limitations: str | None = None,
        reason: str = "",
        until: date | None = None,
        allowed_by: str = "",
    ) -> Changes:
        """The visit has come to *stage*.

        Args:
            reason: why it is postponed or refused; *until*: the day it is postponed to; *allowed_by*: who allowed it to
                be postponed again.

        Raises:
            UnexplainedError: it does not take place, and nobody says why. PostponedBeforeError: for the second time.
            StageOrderError, NotLeaderError. NotConcludedError: a report is signed that has no conclusion.
            NotVerifiedError: a nonconformity that counts has not been found put right.
        """

        def act(notebook: Notebook) -> None:
            plan = notebook.plan
            if not may_follow(plan.stage, stage):
                raise StageOrderError
            _check_reached(notebook, stage)
            if stage in NOT_VISITED:
                kind = HindranceKind.POSTPONED if stage is Stage.POSTPONED else HindranceKind.REFUSED
                before = notebook.values(Hindrance).values()
                if kind is HindranceKind.POSTPONED:
                    check_postponement(before, allowed_by=allowed_by)
                note_hindrance(notebook, kind, reason, before=before, until=until, allowed_by=allowed_by)
            said = plan.limitations if limitations is None else limitations
            notebook.put(ONLY, replace(plan, stage=stage, limitations=said), author=notebook.me)

        return self._lead(visit, act)

    def hold_meeting(self, visit: VisitId, meeting: Meeting) -> Changes:
        """The opening or closing meeting with its attendance; replaces what was planned for it."""

        def act(notebook: Notebook) -> None:
            others = tuple(one for one in notebook.plan.meetings if one.kind is not meeting.kind)
            plan = replace(notebook.plan, meetings=(*others, _in_beijing_meeting(meeting)))
            check_plan(plan, notebook.checklist)
            notebook.put(ONLY, plan, author=notebook.me)

        return self._lead(visit, act)

    def place_question(self, visit: VisitId, question: str, item: ItemId | None) -> Changes:
        """Ask *question* at a line of the checklist. Raises ``UnknownItemError``, ``EntryUnknownError``."""

        def act(notebook: Notebook) -> None:
            if item is not None:
                notebook.checklist.item(item)
            if question not in {one.id for one in notebook.plan.questions}:
                raise EntryUnknownError(entry=question)
            placed = tuple(replace(one, item=item) if one.id == question else one for one in notebook.plan.questions)
            notebook.put(ONLY, replace(notebook.plan, questions=placed), author=notebook.me)

        return self._lead(visit, act)

    def ask(self, review: ReviewId, text: str, *, about: str = "") -> tuple[str, Changes]:
        """Leave something of the desk review to be verified on site; open visits get it, too.

        Args:
            about: dimension or indicator it belongs to; empty for the whole.
        """
        with self._store.writing() as work:
            found = find_review(work, review)
            require_unlocked(found)
            question = QuestionRecord(secrets.token_hex(8), review, about, text.strip(), work.tick().at)
            asked = Question(question.question, question.text, about)
            work.visits.ask(question)
            touched = []
            for visit in work.visits.all():
                if visit.application == found.application:
                    notebook = Notebook(work, visit.visit)
                    if notebook.plan.leader.id == notebook.me and notebook.find(Result, ONLY) is None:
                        plan = replace(notebook.plan, questions=(*notebook.plan.questions, asked))
                        notebook.put(ONLY, plan, author=notebook.me)
                        touched.append(visit.visit)
            work.commit(canonical.encode((review, question.question, question.text)), at=question.asked_at)
        return question.question, Changes(reviews=frozenset({review}), visits=frozenset(touched))

    def withdraw_question(self, review: ReviewId, question: str) -> Changes:
        """It need not be asked in visits planned from now on. Raises ``EntryUnknownError``."""
        with self._store.writing() as work:
            if not work.visits.withdraw_question(question):
                raise EntryUnknownError(entry=question)
            work.commit(canonical.encode((review, question)))
        return Changes(reviews=frozenset({review}))

    def _lead(self, visit: VisitId, act: Callable[[Notebook], None]) -> Changes:
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            notebook.require_leader()
            act(notebook)
            notebook.commit()
        return Changes(visits=frozenset({visit}))


def _check_reached(notebook: Notebook, stage: Stage) -> None:
    if stage is Stage.SIGNED and notebook.find(Result, ONLY) is None:
        raise NotConcludedError
    if stage is Stage.VERIFIED:
        left = sum(one.counts and not one.is_verified for one in notebook.values(Finding).values())
        if left:
            raise NotVerifiedError(count=left)


def on_site_review(work: UnitOfWork, found: ReviewRecord) -> ReviewRecord:
    """The on-site review of the same application, where one is assigned and open; or else *found* itself."""
    assigned = (one for one in work.reviews.of_application(found.application) if one.kind is ReviewKind.ONSITE)
    return next((one for one in assigned if one.is_unlocked), found)


def _judged_by(work: UnitOfWork, found: ReviewRecord, chosen: Checklist | None) -> Checklist:
    """The checklist as it reads for the applicant's category: the campaign's where a team was assigned."""
    if found.kind is not ReviewKind.ONSITE:
        return (chosen or default_checklist()).for_category(found.face.category)
    assigned = canonical.decode(work.desk.rubric(found.rubric) or b"", Checklist)
    if chosen is not None and chosen != assigned:
        raise ChecklistAssignedError
    return assigned.for_category(found.face.category)


def _with_team(work: UnitOfWork, found: ReviewRecord, draft: PlanDraft, me: MemberId) -> PlanDraft:
    """The draft with the assigned members in it; only they assess."""
    team = team_of(work, found.application) if found.kind is ReviewKind.ONSITE else None
    if team is None:
        return draft
    if MemberId(team.leader.expert) != me:
        raise NotLeaderError(name=team.leader.name)
    assigned = {member.id: member for member in planned_members(team)}
    chosen = _named(draft.team, me) or tuple(assigned.values())
    if stranger := next((one for one in chosen if one.role in ASSESSING and one.id not in assigned), None):
        raise TeamAssignedError(name=stranger.name)
    seated = (_seated(one, assigned[one.id], me) if one.id in assigned else one for one in chosen)
    return replace(draft, team=tuple(seated))


def _seated(drafted: Member, assigned: Member, me: MemberId) -> Member:
    """Whoever has a computer may still write on paper; the leader, who plans, is at this one."""
    return replace(drafted, has_desk=assigned.has_desk and (drafted.has_desk or drafted.id == me))


def _planned(work: UnitOfWork, before: VisitPlan, draft: PlanDraft) -> VisitPlan:
    me = own_code(work, before.review)
    reviews = [one.review for one in work.reviews.of_application(before.application)]
    asked = (Question(one.question, one.text, one.about) for one in work.visits.questions(reviews))
    questions = {one.id: one for one in (*asked, *before.questions, *draft.questions)}
    return replace(
        before,
        sites=draft.sites,
        team=_named(draft.team, me),
        timetable=tuple(
            replace(
                slot,
                starts_at=in_beijing(slot.starts_at),
                ends_at=in_beijing(slot.ends_at),
                members=tuple(me if one == ME else one for one in slot.members),
            )
            for slot in draft.timetable
        ),
        meetings=tuple(_in_beijing_meeting(meeting) for meeting in draft.meetings),
        questions=tuple(questions.values()),
        limitations=draft.limitations or before.limitations,
    )


def _named(team: tuple[Member, ...], me: MemberId) -> tuple[Member, ...]:
    return tuple(replace(one, id=me, has_desk=True) if one.id == ME else one for one in team)


def _in_beijing_meeting(meeting: Meeting) -> Meeting:
    return replace(meeting, at=in_beijing(meeting.at))
