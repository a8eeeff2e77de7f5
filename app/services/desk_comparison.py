"""The expert's own scores beside each other: dossiers across, indicators down, and nobody else's among them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.changes import Changes
from app.domain.comparison import Distribution
from app.domain.draft import Draft, Entry
from app.domain.ids import ApplicationCode, IndicatorId, ReviewId, Sha256
from app.domain.review import ReviewKind
from app.domain.rubric import Rubric
from app.domain.scoring import Score, Standing, check_score
from app.errors import UserFacingError
from app.i18n import N_
from app.services import desk_fields
from app.services.desk_editing import Editing, find_review, require_editable
from app.services.desk_tasks import rubric_of
from app.storage.desk.store import DeskStore


class ChangeReasonError(UserFacingError):
    """A value that changes because of the other dossiers has to say why."""

    code = "change_reason_missing"
    message = N_("Say why the score changes: the reason is printed beside it.")


@dataclass(frozen=True, slots=True)
class ComparedReview:
    """One column; a signed review shows its values and changes only after it was opened for a new revision."""

    review: ReviewId
    application: ApplicationCode
    operator: str
    offering: str
    is_sealed: bool
    entries: Mapping[IndicatorId, Entry]

    def entry(self, indicator: IndicatorId) -> Entry:
        """What was written beside *indicator*, empty if nothing was."""
        return self.entries.get(indicator, Entry(indicator))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All reviews by one rubric, in the order of the applications."""

    rubric_sha256: Sha256
    rubric: Rubric
    reviews: tuple[ComparedReview, ...]

    def distribution(self, indicator: IndicatorId) -> Distribution:
        """How the values of *indicator* are spread."""
        return Distribution.of(review.entry(indicator).percent for review in self.reviews)


class ComparisonService:
    """Reads every open dossier of this desk; changes one cell like the form does, as one step."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def tables(self) -> tuple[Comparison, ...]:
        """One table for each rubric, those with most reviews first; reviews without a rubric are left out."""
        with self._store.reading() as work:
            fields = work.drafts.all_fields()
            rubrics: dict[Sha256, Rubric] = {}
            columns: dict[Sha256, list[ComparedReview]] = {}
            for record in work.reviews.all():
                if record.kind is not ReviewKind.QUALIFICATION or not record.is_unlocked:
                    continue
                form = rubric_of(work, record)
                draft: Draft = desk_fields.draft_from(fields.get(record.review, {}))
                column = ComparedReview(
                    record.review,
                    record.application,
                    record.face.operator,
                    record.face.offering_name,
                    record.is_sealed,
                    {entry.indicator: entry for entry in draft.entries},
                )
                rubrics[record.rubric] = form
                columns.setdefault(record.rubric, []).append(column)
        tables = (Comparison(digest, rubrics[digest], tuple(found)) for digest, found in columns.items())
        return tuple(sorted(tables, key=lambda table: -len(table.reviews)))

    def change(
        self, review: ReviewId, indicator: IndicatorId, *, percent: int, reason: str, at_cap: bool | None = None
    ) -> Changes:
        """Give *indicator* another value together with the reason for it, as one step; evidence stays.

        Raises:
            ChangeReasonError: without a reason.
            SealedReviewError: open the review for a new revision first.
            UnknownIndicatorError, NotAStepError, AboveCapError, TextTooLongError: the rubric or the form forbids it.
        """
        if not reason.strip():
            raise ChangeReasonError
        with self._store.writing() as work:
            record = find_review(work, review)
            require_editable(record)
            target = desk_fields.value_target(indicator)
            _standing, _percent, capped = desk_fields.read_value(work.drafts.field(review, target))
            is_capped = capped if at_cap is None else at_cap
            check_score(rubric_of(work, record), Score(indicator, Standing.GIVEN, percent, at_cap=is_capped))
            editing = Editing(work, record)
            editing.put_all(
                {
                    target: desk_fields.value_field(Standing.GIVEN, percent, at_cap=is_capped),
                    desk_fields.reason_target(indicator): desk_fields.text_field(reason.strip()),
                }
            )
            editing.commit()
        return Changes(tasks=True, reviews=frozenset({review}))
