"""Panels: who reviews which application, by hand or by the solver, never against a conflict the record knows of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from uuid_utils import uuid7

from app.domain.application import FaceSheet
from app.domain.assigning import (
    AssignedPair,
    AssignmentCell,
    AssignmentMatrix,
    AssignmentState,
    ConflictGround,
    conflict_grounds,
    ties_of,
)
from app.domain.changes import NOTHING, Changes
from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId
from app.domain.record_log import Act
from app.domain.review import ReviewKind
from app.progress import Progress
from app.services.record_context import SILENT, RecordContext
from app.services.record_errors import (
    AlreadyAssignedError,
    ApplicationUnknownHereError,
    ConflictKnownError,
    ExpertUnknownError,
    NobodyToAssignError,
    NotAssignedError,
)
from app.services.record_forms import require_examination
from app.services.record_onsite_results import VisitsBack, with_leader
from app.services.record_roster import expert_entries, required_reason
from app.storage.record.reviews import StoredDeclaration, StoredReview
from app.storage.record.roster import StoredExpert
from app.storage.record.unit_of_work import RecordWork

Pair = tuple[ExpertCode, ApplicationCode]
PANEL: Final = 5  # experts per application; the regulation leaves the number open
_WAITED_FOR: Final = (AssignmentState.ASSIGNED, AssignmentState.ISSUED, AssignmentState.DECLARED)
_REASSIGNED: Final = "reassigned to {expert}"


@dataclass(frozen=True, slots=True)
class AssignmentResult:
    """What was assigned, with the review ids the record minted."""

    assignments: tuple[AssignedPair, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the solver suggests; nothing is assigned yet.

    Attributes:
        short: applications whose panel could not be filled, and how many experts are missing.
        loads: applications per expert afterwards, those assigned before included.
    """

    pairs: tuple[Pair, ...]
    short: tuple[tuple[ApplicationCode, int], ...]
    loads: Mapping[ExpertCode, int]
    kind: ReviewKind = ReviewKind.QUALIFICATION


class AssigningService:
    """Everything here is undone by recalling; nothing is ever deleted.

    One expert may be asked for up to three reviews of one application, one of each kind.
    """

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def matrix(self, kind: ReviewKind = ReviewKind.QUALIFICATION) -> AssignmentMatrix:
        """Applications × experts with every cell of *kind* and every known conflict."""
        with self._context.store.reading() as work:
            faces, experts = work.applications.faces(), work.roster.experts()
            return AssignmentMatrix(
                applications=work.applications.entries(),
                experts=expert_entries(work),
                cells=_cells(work, kind),
                conflicts=_conflicts(faces, experts),
                kind=kind,
            )

    def assign(self, pairs: Sequence[Pair], *, kind: ReviewKind = ReviewKind.QUALIFICATION) -> AssignmentResult:
        """Assign by hand, all or none.

        Raises:
            ExpertUnknownError, ApplicationUnknownHereError, AlreadyAssignedError, ConflictKnownError.
        """
        with self._context.store.writing() as work:
            for expert, application in pairs:
                _check_pair(work, expert, application, kind=kind)
            result = self._add(work, [(kind, *pair) for pair in pairs])
            work.commit()
        return result

    def propose(
        self,
        *,
        kind: ReviewKind = ReviewKind.QUALIFICATION,
        panel: int = PANEL,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Proposal:
        """Fill every panel up to *panel* experts: loads even, conflicts avoided, ties settled by *seed*.

        Raises:
            NobodyToAssignError: no experts, or no applications. Cancelled: as *progress* says.
        """
        with self._context.store.reading() as work:
            return _propose(work, kind, panel=panel, seed=seed, progress=progress)

    def assign_automatically(
        self,
        *,
        kind: ReviewKind = ReviewKind.QUALIFICATION,
        panel: int = PANEL,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> AssignmentResult:
        """Propose and assign in one transaction.

        Raises:
            NobodyToAssignError, Cancelled.
        """
        with self._context.store.writing() as work:
            proposal = _propose(work, kind, panel=panel, seed=seed, progress=progress)
            result = self._add(work, [(kind, *pair) for pair in proposal.pairs])
            work.commit()
        return result

    def short_panels(
        self, *, kind: ReviewKind = ReviewKind.QUALIFICATION, panel: int = PANEL
    ) -> tuple[tuple[ApplicationCode, int], ...]:
        """Applications with fewer than *panel* experts who are still asked, and how many are missing."""
        with self._context.store.reading() as work:
            on_panel, _loads = _assigned_so_far(work, kind)
            faces = work.applications.faces()
        missing = ((face.application, panel - on_panel[face.application]) for face in faces)
        return tuple((code, count) for code, count in missing if count > 0)

    def reassign(
        self, from_expert: ExpertCode, to_expert: ExpertCode, *, applications: Sequence[ApplicationCode] | None = None,
        kind: ReviewKind | None = None,
    ) -> AssignmentResult:  # fmt: skip
        """Take applications from one expert and give them to another; scored and unscored are never mixed.

        Without *applications* everything that has not come back moves, and without *kind* reviews of every kind.
        Who takes over from the leader of a visit leads it.

        Raises:
            ExpertUnknownError, NotAssignedError, AlreadyAssignedError, ConflictKnownError.
        """
        with self._context.store.writing() as work:
            if work.roster.expert(from_expert) is None:
                raise ExpertUnknownError(expert=from_expert)
            held = work.reviews.all(expert=from_expert, kind=kind)
            for application in set(applications or ()) - {review.application for review in held}:
                raise NotAssignedError(application=application, expert=from_expert)
            if applications:
                chosen = tuple(review for review in held if review.application in applications)
            else:
                chosen = _not_back(work, held)
            for review in chosen:
                _check_pair(work, to_expert, review.application, kind=review.kind)
            if not chosen:
                return AssignmentResult((), NOTHING)
            reason, leaders = _REASSIGNED.format(expert=to_expert), _leaders(work)
            for review in chosen:
                self._recall(work, review, reason)
            result = self._add(work, [(review.kind, to_expert, review.application) for review in chosen])
            for review, pair in zip(chosen, result.assignments, strict=True):
                if review.review in leaders:
                    self._name_leader(work, pair)
            work.commit()
        return result

    def recall(
        self, expert: ExpertCode, application: ApplicationCode, *, reason: str, kind: ReviewKind | None = None
    ) -> Changes:
        """Take one application back; the expert's next package says so, and what still comes in is held.

        Without *kind* every review of it goes: what ends one, such as a conflict, mostly ends all.

        Raises:
            NotAssignedError, ReasonMissingError.
        """
        reason = required_reason(reason)
        with self._context.store.writing() as work:
            standing = work.reviews.standing(expert, application)
            chosen = [review for review in standing if kind in (None, review.kind)]
            if not chosen:
                raise NotAssignedError(application=application, expert=expert)
            for review in chosen:
                self._recall(work, review, reason)
            work.commit()
        return Changes(assignments=True, results=True, log=True)

    def _recall(self, work: RecordWork, review: StoredReview, reason: str) -> None:
        now = self._context.clock()
        work.reviews.recall([review.review], at=now, reason=reason)
        facts = {
            "review": review.review, "application": review.application, "expert": review.expert, "reason": reason
        }  # fmt: skip
        self._context.log(work, Act.RECALLED, facts, at=now)

    def _name_leader(self, work: RecordWork, pair: AssignedPair) -> None:
        now = self._context.clock()
        work.visits.name_leader(pair.review, at=now)
        facts = {"review": pair.review, "application": pair.application, "expert": pair.expert}
        self._context.log(work, Act.LEADER_NAMED, facts, at=now)

    def _add(
        self, work: RecordWork, wanted: Sequence[tuple[ReviewKind, ExpertCode, ApplicationCode]]
    ) -> AssignmentResult:
        now = self._context.clock()
        forms: dict[ReviewKind, dict[str, str]] = {}
        if any(kind is ReviewKind.EXAMINATION for kind, _expert, _application in wanted):
            form = require_examination(self._context, work)
            forms[ReviewKind.EXAMINATION] = {"examination": form.sha256}
        made = [
            StoredReview(
                review=ReviewId(str(uuid7())), application=application, expert=expert, kind=kind, assigned_at=now
            )
            for kind, expert, application in wanted
        ]  # fmt: skip
        work.reviews.add(made)
        for one in made:
            facts = {"review": one.review, "application": one.application, "expert": one.expert, "kind": str(one.kind)}
            self._context.log(work, Act.ASSIGNED, facts | forms.get(one.kind, {}), at=now)
        changes = Changes(assignments=True, log=True) if made else NOTHING
        pairs = tuple(AssignedPair(one.application, one.expert, one.review, one.kind) for one in made)
        return AssignmentResult(pairs, changes)


def conflicts_between(expert: StoredExpert, face: FaceSheet) -> tuple[ConflictGround, ...]:
    """Why *expert* must not review *face*, as far as the record knows."""
    return conflict_grounds(face, ties_of(expert.employer, expert.relations))


def _check_pair(work: RecordWork, expert: ExpertCode, application: ApplicationCode, *, kind: ReviewKind) -> None:
    person, faces = work.roster.expert(expert), work.applications.faces([application])
    if person is None:
        raise ExpertUnknownError(expert=expert)
    if not faces:
        raise ApplicationUnknownHereError(application=application)
    if work.reviews.find(expert, application, kind=kind) is not None:
        raise AlreadyAssignedError(application=application, expert=expert)
    grounds = conflicts_between(person, faces[0])
    if grounds:
        raise ConflictKnownError(expert=expert, application=application, organisation=grounds[0].organisation)


def _conflicts(
    faces: Sequence[FaceSheet], experts: Sequence[StoredExpert]
) -> dict[tuple[ApplicationCode, ExpertCode], tuple[ConflictGround, ...]]:
    ties = {expert.expert: ties_of(expert.employer, expert.relations) for expert in experts}
    found = {
        (face.application, expert): conflict_grounds(face, tied) for face in faces for expert, tied in ties.items()
    }
    return {pair: grounds for pair, grounds in found.items() if grounds}


def _cells(work: RecordWork, kind: ReviewKind) -> dict[tuple[ApplicationCode, ExpertCode], AssignmentCell]:
    declared = work.reviews.declarations()
    revisions = {revision.review: revision for revision in work.revisions.current()}
    reviews = work.reviews.all(kind=kind)
    joint = with_leader(reviews, revisions, VisitsBack.read(work, revisions.values()))
    sent = work.sending.first_sent()
    leaders = _leaders(work) if kind is ReviewKind.ONSITE else frozenset()
    cells = {}
    for review in reviews:
        declaration = declared.get(review.review)
        said = declaration.declaration.declared if declaration else None
        state = _state(is_revised=review.review in revisions, declared=said, is_sent=review.review in sent)
        if review.review in joint and state in _WAITED_FOR:
            state = AssignmentState.WITH_LEADER
        cells[review.application, review.expert] = AssignmentCell(
            review.review, state, said, review.deadline_at, is_leader=review.review in leaders
        )
    return cells


def _leaders(work: RecordWork) -> frozenset[ReviewId]:
    """The review of each visit whose expert leads it: who was named last."""
    named = work.visits.leaders()
    latest: dict[ApplicationCode, ReviewId] = {}
    for review in work.reviews.by_id(named).values():
        before = latest.get(review.application)
        if before is None or (named[before], before) < (named[review.review], review.review):
            latest[review.application] = review.review
    return frozenset(latest.values())


def _state(*, is_revised: bool, declared: Declared | None, is_sent: bool) -> AssignmentState:
    if is_revised:
        return AssignmentState.RETURNED
    if declared is not None:
        return {
            Declared.NONE: AssignmentState.DECLARED,
            Declared.CONFLICT: AssignmentState.RECUSED,
            Declared.ABSTAIN: AssignmentState.ABSTAINED,
        }[declared]
    return AssignmentState.ISSUED if is_sent else AssignmentState.ASSIGNED


def _not_back(work: RecordWork, reviews: Sequence[StoredReview]) -> tuple[StoredReview, ...]:
    back = work.revisions.current_of(review.review for review in reviews)
    return tuple(review for review in reviews if review.review not in back)


def _propose(work: RecordWork, kind: ReviewKind, *, panel: int, seed: int, progress: Progress) -> Proposal:
    import numpy as np

    from app.analysis.assignment import Task, form_panels

    faces, experts = work.applications.faces(), work.roster.experts()
    if not faces or not experts:
        raise NobodyToAssignError
    rows = {expert.expert: place for place, expert in enumerate(experts)}
    columns = {face.application: place for place, face in enumerate(faces)}
    allowed = np.ones((len(experts), len(faces)), dtype=np.bool_)
    for application, expert in _conflicts(faces, experts):
        allowed[rows[expert], columns[application]] = False
    declared = work.reviews.declarations()
    for review in work.reviews.all(with_recalled=True):
        # What was taken back is not formed again; who declined an application is not asked for another review of it.
        if review.kind is kind or _is_declined(declared.get(review.review)):
            allowed[rows[review.expert], columns[review.application]] = False
    on_panel, loads = _assigned_so_far(work, kind)
    wanted = np.array([max(0, panel - on_panel[face.application]) for face in faces], dtype=np.int64)
    before = np.array([loads[expert.expert] for expert in experts], dtype=np.int64)
    average = (int(wanted.sum()) + int(before.sum())) / len(experts)
    least = np.maximum(0, int(average) - before)
    most = np.maximum(least, int(average) + 1 - before)
    # Nobody fits better than anybody else as far as the record knows, so chance decides, repeatably.
    affinity = np.random.default_rng(seed).random(allowed.shape)
    task = Task(affinity, allowed, wanted, least, most)
    answer = form_panels(task, step=partial(_tell, progress))
    if answer.short.any():  # an even load is less important than a full panel
        roomy = Task(affinity, allowed, wanted, least, np.maximum(most, int(wanted.sum())))
        answer = form_panels(roomy, step=partial(_tell, progress))
    pairs = sorted((faces[column].application, experts[row].expert) for row, column in answer.pairs)
    loads.update(expert for _application, expert in pairs)
    return Proposal(
        pairs=tuple((expert, application) for application, expert in pairs),
        short=tuple((faces[place].application, int(answer.short[place])) for place in np.flatnonzero(answer.short)),
        loads=dict(loads),
        kind=kind,
    )


def _is_declined(said: StoredDeclaration | None) -> bool:
    return said is not None and said.declaration.declared is not Declared.NONE


def _assigned_so_far(work: RecordWork, kind: ReviewKind) -> tuple[Counter[ApplicationCode], Counter[ExpertCode]]:
    """Panels and loads of one kind as they are, without what was taken back or declined."""
    declared = work.reviews.declarations()
    on_panel: Counter[ApplicationCode] = Counter()
    loads: Counter[ExpertCode] = Counter()
    for review in work.reviews.all(kind=kind):
        if not _is_declined(declared.get(review.review)):
            on_panel[review.application] += 1
            loads[review.expert] += 1
    return on_panel, loads


def _tell(progress: Progress, number: int) -> None:
    progress.step(number - 1, number)
