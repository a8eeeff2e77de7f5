"""The task list: where every assigned review stands, told from one consistent state of the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.clock import Clock
from app.domain.conflict import Declaration, Declared
from app.domain.draft import Draft
from app.domain.examination import ExaminationForm, ReviewForm, assessment_of, missing
from app.domain.ids import ApplicationCode, PackageId, ReviewId, Sha256
from app.domain.outcome import Group
from app.domain.review import ReviewKind, revision_code
from app.domain.rubric import Rubric
from app.domain.scoring import totals
from app.domain.task import TaskState
from app.packages import canonical
from app.services import desk_fields
from app.services.desk_corrections import correction_of
from app.services.desk_errors import ApplicationUnknownError, NoScoresError, OnSiteReviewError
from app.services.desk_fork_taking import open_forks
from app.services.desk_onsite import OnSiteProgress, progress_of
from app.services.desk_signed import is_as_signed, signed_of
from app.services.desk_views import Overview, Task
from app.storage.desk.records import (
    AssignmentRecord,
    ClearedRecord,
    CorrectionRecord,
    FieldValue,
    ListedDocument,
    ReviewRecord,
    SealedRecord,
)
from app.storage.desk.store import DeskStore, UnitOfWork

_OFF_THE_LIST = frozenset({TaskState.RECALLED, TaskState.RECUSED, TaskState.ABSTAINED, TaskState.WITH_LEADER})
_ACTS = tuple(ReviewKind)  # in the order of the regulation: Art. 9, 13, 14
_HANDED_IN = frozenset({TaskState.SENT, TaskState.CONFIRMED, TaskState.HELD, TaskState.REFUSED, TaskState.FORKED})


_forms: dict[Sha256, ReviewForm] = {}


def form_of(work: UnitOfWork, record: ReviewRecord) -> ReviewForm:
    """What a review is filled in by; kept by its hash, because it is asked for at every keystroke.

    Raises:
        OnSiteReviewError: it is written in a visit.
    """
    if record.kind is ReviewKind.ONSITE:
        raise OnSiteReviewError(application=record.application)
    known = _forms.get(record.rubric)
    if known is None:
        data = work.desk.rubric(record.rubric)
        if data is None:  # a foreign key forbids it
            raise RuntimeError("a review without its form")
        if record.kind is ReviewKind.EXAMINATION:
            known = canonical.decode(data, ExaminationForm)
        else:
            known = canonical.decode(data, Rubric)
        _forms[record.rubric] = known
    return known


def rubric_of(work: UnitOfWork, record: ReviewRecord) -> Rubric:
    """The rubric of a review that has one; an examination has questions instead, see :func:`form_of`.

    Raises:
        NoScoresError: it has none.
    """
    form = form_of(work, record)
    if not isinstance(form, Rubric):
        raise NoScoresError(application=record.application)
    return form


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What the state of a review depends on besides its own row, read once for all reviews."""

    assignments: Mapping[PackageId, AssignmentRecord]
    missing_parts: Mapping[PackageId, tuple[int, ...]]
    documents: Mapping[ReviewId, tuple[ListedDocument, ...]]
    declarations: Mapping[ReviewId, Declaration]
    fields: Mapping[ReviewId, Mapping[str, FieldValue]]
    sealed: Mapping[ReviewId, SealedRecord]
    exported: frozenset[Sha256]
    corrections: Mapping[ReviewId, tuple[CorrectionRecord, ...]]
    cleared: Mapping[ReviewId, ClearedRecord]
    forks: Mapping[ReviewId, tuple[Sha256, ...]]

    @classmethod
    def read(cls, work: UnitOfWork) -> "_Surroundings":
        carried = work.packages.carried().values()
        return cls(
            work.assignments.all(),
            work.assignments.missing_parts(),
            work.assignments.documents_by_review(),
            work.reviews.declarations(),
            work.drafts.all_fields(),
            work.sealed.current(),
            frozenset(content for contents in carried for content in contents),
            work.dossier_changes.by_review(),
            work.dossier_changes.cleared(),
            open_forks(work),
        )


class TaskService:
    """The list every expert starts from."""

    def __init__(self, store: DeskStore, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def tasks(self) -> tuple[Task, ...]:
        """Every review that was ever assigned, in the order of the applications' codes."""
        with self._store.reading() as work:
            around = _Surroundings.read(work)
            return tuple(self._task(work, record, around) for record in work.reviews.all())

    def task(self, review: ReviewId) -> Task:
        """One line of the list.

        Raises:
            ApplicationUnknownError: there is no such review here.
        """
        with self._store.reading() as work:
            return self.task_in(work, review)

    def task_in(self, work: UnitOfWork, review: ReviewId) -> Task:
        """The same within a unit of work that is open already."""
        record = work.reviews.get(review)
        if record is None:
            raise ApplicationUnknownError(application=review)
        return self._task(work, record, _Surroundings.read(work))

    def review_of(self, application: ApplicationCode, kind: ReviewKind | None = None) -> ReviewId:
        """The review of an application: of *kind*, if it is told, and else the last one that is still worked on.

        An application can be examined first and evaluated later (Art. 9 and 13), by the same expert.

        Raises:
            ApplicationUnknownError: it is not assigned here.
        """
        with self._store.reading() as work:
            records = [one for one in work.reviews.of_application(application) if kind in (None, one.kind)]
        if not records:
            raise ApplicationUnknownError(application=application)
        here = [record for record in records if record.recalled_at is None] or records
        unsigned = [record for record in here if not record.is_sealed] or here
        return max(reversed(unsigned), key=lambda record: _ACTS.index(record.kind)).review

    def overview(self, tasks: Sequence[Task] | None = None) -> Overview:
        """The figures above the list; what was declined or taken back does not count.

        Args:
            tasks: the list, where it has just been read.
        """
        listed = self.tasks() if tasks is None else tasks
        tasks = [task for task in listed if task.state not in _OFF_THE_LIST]
        waiting = [task.deadline for task in tasks if task.state not in _HANDED_IN]
        return Overview(
            of=len(tasks),
            handed_in=sum(task.state in _HANDED_IN for task in tasks),
            confirmed=sum(task.state is TaskState.CONFIRMED for task in tasks),
            complete=sum(task.state is TaskState.COMPLETE for task in tasks),
            undeclared=sum(task.state is TaskState.UNDECLARED for task in tasks),
            next_deadline=min(waiting, default=None),
        )

    def _task(self, work: UnitOfWork, record: ReviewRecord, around: _Surroundings) -> Task:
        onsite = _progress(work, record)
        form = form_of(work, record) if record.kind is not ReviewKind.ONSITE else None
        draft = desk_fields.draft_from(around.fields.get(record.review, {}))
        documents = around.documents.get(record.review, ())
        assignment = around.assignments[record.assignment]
        sealed = around.sealed.get(record.review)
        correction = correction_of(
            record, draft, documents=documents, history=around.corrections.get(record.review, ())
        )
        state = _state(record, around) or (_state_of_visit(onsite) if form is None else _state_of_draft(draft, form))
        if state is TaskState.COMPLETE and correction is not None and correction.touched:
            state = TaskState.SCORING
        scores = [score for entry in draft.entries if (score := entry.score())]
        return Task(
            review=record.review,
            application=record.application,
            campaign=record.campaign,
            kind=record.kind,
            face=record.face,
            state=state,
            scored=_filled(form, draft) if form else onsite.graded,
            of=_to_fill(form) if form else onsite.of,
            total=totals(form, scores).total if isinstance(form, Rubric) else onsite.points,
            full=form.total if isinstance(form, Rubric) else onsite.full,
            deadline=assignment.deadline,
            is_overdue=self._clock() > assignment.deadline and state not in _HANDED_IN | _OFF_THE_LIST,
            revision=record.revision,
            is_revising=record.revision > 1 and not record.is_sealed,
            declaration=around.declarations.get(record.review),
            documents_here=sum(listed.is_here for listed in documents),
            documents=len(documents),
            missing_parts=around.missing_parts.get(record.assignment, ()),
            parts=assignment.parts,
            dossier_changed=_is_dossier_changed(record, sealed),
            recall_reason=record.recall_reason,
            evidence=sum(len(entry.evidence) for entry in draft.entries)
            + sum(len(one.evidence) for one in draft.answers),
            outcome=sealed.outcome if sealed else None,
            revision_code=revision_code(sealed.content_sha256) if sealed else "",
            sealed_at=sealed.sealed_at if sealed else None,
            correction=correction,
            cleared_at=cleared.cleared_at if (cleared := around.cleared.get(record.review)) else None,
            visit=onsite.visit,
            versions=len(around.forks.get(record.review, ())),
        )


def _progress(work: UnitOfWork, record: ReviewRecord) -> OnSiteProgress:
    """What the visit says, where there is one and it may be looked at."""
    if record.kind is ReviewKind.ONSITE and record.is_unlocked:
        return progress_of(work, record)
    return OnSiteProgress(visit=None, is_mine=True)


def _to_fill(form: ReviewForm) -> int:
    return len(form.questions) if isinstance(form, ExaminationForm) else sum(1 for _one in form.indicators)


def _filled(form: ReviewForm, draft: Draft) -> int:
    if isinstance(form, Rubric):
        return draft.scored
    return sum(answer.verdict is not None for answer in assessment_of(form, draft).answers)


def _is_dossier_changed(record: ReviewRecord, sealed: SealedRecord | None) -> bool:
    return sealed is not None and is_as_signed(sealed) and signed_of(sealed).dossier != record.dossier


def _state(record: ReviewRecord, around: _Surroundings) -> TaskState | None:
    """Where a review stands that is not being worked on; ``None``: it is."""
    if record.recalled_at is not None:
        return TaskState.RECALLED
    if record.declared is not Declared.NONE:
        return {
            None: TaskState.UNDECLARED,
            Declared.CONFLICT: TaskState.RECUSED,
            Declared.ABSTAIN: TaskState.ABSTAINED,
        }[record.declared]
    if record.is_sealed:
        return _state_after_signing(record, around)
    if not all(listed.is_here for listed in around.documents.get(record.review, ())):
        return TaskState.PART_MISSING
    return None


def _state_of_visit(onsite: OnSiteProgress) -> TaskState:
    if not onsite.is_mine:
        return TaskState.WITH_LEADER
    if onsite.visit is None:
        return TaskState.UNSCORED
    return TaskState.SCORING if onsite.gaps else TaskState.COMPLETE


def _state_of_draft(draft: Draft, form: ReviewForm) -> TaskState:
    if draft.is_untouched:
        return TaskState.UNSCORED
    return TaskState.SCORING if missing(form, assessment_of(form, draft)) else TaskState.COMPLETE


def _state_after_signing(record: ReviewRecord, around: _Surroundings) -> TaskState:
    sealed = around.sealed[record.review]
    if not is_as_signed(sealed):
        return TaskState.DAMAGED
    if record.review in around.forks:
        return TaskState.FORKED
    if sealed.outcome is None:
        return TaskState.SENT if sealed.content_sha256 in around.exported else TaskState.SEALED
    return {
        Group.TAKEN: TaskState.CONFIRMED,
        Group.NOTHING_TO_DO: TaskState.CONFIRMED,
        Group.HELD: TaskState.HELD,
        Group.REFUSED: TaskState.REFUSED,
    }[sealed.outcome.group]
