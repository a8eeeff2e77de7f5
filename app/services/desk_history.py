"""A draft's last states, putting one back, and what is different from the revision that was signed last."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.changes import Changes
from app.domain.draft import Draft
from app.domain.history import Difference, Made, State, differences, states
from app.domain.ids import ReviewId
from app.domain.review import Assessment, ReviewKind, SealedReview
from app.domain.rubric import Rubric
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.services import desk_fields
from app.services.desk_editing import Editing, find_review, require_editable, require_unlocked
from app.services.desk_tasks import rubric_of
from app.storage.desk.records import FieldValue, ReviewRecord, Step
from app.storage.desk.store import DeskStore, UnitOfWork


class StateUnknownError(UserFacingError):
    """Too old, or never there."""

    code = "state_unknown"
    message = N_("There is no state {number} of this review any more. Choose one from the list.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceSigned:
    """What the draft says differently from the revision that was signed last."""

    revision: int
    signed_at: datetime
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything an expert may want to look back at.

    Attributes:
        since: ``None`` as long as nothing was signed.
        reason: why the revision that is being written replaces the one before; empty for the first.
    """

    rubric: Rubric | None
    states: tuple[State, ...]
    since: SinceSigned | None
    is_editable: bool
    reason: str = ""


class HistoryService:
    """Looking back never changes anything; putting a state back is a step of its own and can be undone."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def history(self, review: ReviewId) -> History:
        """The states that are still known, the newest first, and what changed since the last signature.

        Raises:
            ApplicationUnknownError, DossierLockedError, DossierClosedError: as their sentences say.
        """
        with self._store.reading() as work:
            record = find_review(work, review)
            require_unlocked(record)
            rubric = None if record.kind is ReviewKind.EXAMINATION else rubric_of(work, record)
            made = [Made(step.number, step.target, step.made_at) for step in _steps(work, review)]
            return History(
                rubric=rubric,
                states=states(made),
                since=_since(work, record, rubric),
                is_editable=not record.is_sealed,
                reason=record.revision_reason,
            )

    def restore(self, review: ReviewId, number: int) -> Changes:
        """Put the draft back to how it stood after step *number*.

        Raises:
            StateUnknownError: there is no such state. SealedReviewError: open a revision first.
        """
        with self._store.writing() as work:
            record = find_review(work, review)
            require_editable(record)
            editing = Editing(work, record)
            editing.settle()
            steps = _steps(work, review)
            if not steps or not steps[0].number - 1 <= number <= steps[-1].number:
                raise StateUnknownError(number=number)
            wanted: dict[str, FieldValue] = {}
            for step in steps:
                if step.number > number:
                    wanted.setdefault(step.target, step.before)
            editing.put_all(wanted)
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({review}))


def _steps(work: UnitOfWork, review: ReviewId) -> list[Step]:
    return [step for step in work.drafts.steps(review) if not step.is_undone]


def _since(work: UnitOfWork, record: ReviewRecord, rubric: Rubric | None) -> SinceSigned | None:
    data = _signed(work, record)
    if data is None:
        return None
    try:
        signed = canonical.decode(data, SealedReview)
    except canonical.NotCanonicalError:  # the list and the check say that it is damaged
        return None
    draft = desk_fields.draft_from(work.drafts.fields(record.review))
    now = draft.assessment(rubric) if rubric else _examined(draft)
    return SinceSigned(
        revision=signed.revision, signed_at=signed.sealed_at, differences=differences(signed.assessment, now)
    )


def _signed(work: UnitOfWork, record: ReviewRecord) -> bytes | None:
    """What the draft replaces, which may have been signed at another desk, or what was signed here last."""
    elsewhere = record.base is not None and not record.is_sealed and work.sealed.get(record.base) is None
    if elsewhere and record.base is not None:
        return work.forks.version(record.review, record.base)
    sealed = work.sealed.current().get(record.review)
    return sealed.data if sealed else None


def _examined(draft: Draft) -> Assessment:
    """An examination has no scores."""
    return Assessment((), draft.opinion, draft.vetoes, draft.citations, draft.answers)
