"""Results: raw values as signed, and named recipes over those that are there. Missing is never zero."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.analysis.aggregation import mean, spread, trimmed_mean
from app.domain.examination import ExaminationForm
from app.domain.ids import ApplicationCode, DimensionId, ExpertCode, ReviewId
from app.domain.results import (
    ApplicationResult,
    ExpertResult,
    ExpertStatus,
    RecipeResult,
    RevisionEntry,
    ScoreLine,
    SpreadResult,
)
from app.domain.review import ReviewKind, SealedReview, revision_code
from app.domain.rubric import Rubric
from app.domain.scoring import Standing, half_up
from app.packages import canonical
from app.packages.payloads import form_path, review_path
from app.services.record_context import RecordContext
from app.services.record_errors import ApplicationUnknownHereError, FormMissingError
from app.services.record_examining import examination_result, with_reasons
from app.services.record_onsite_results import VisitsBack, onsite_result
from app.services.record_statuses import status_of
from app.storage.record.reviews import StoredDeclaration, StoredReview
from app.storage.record.revisions import StoredRevision

Recipe = Callable[[Sequence[Fraction | None]], Fraction | None]
_NO_VALUE: Final = {"na": Standing.NOT_APPLICABLE, "unjudged": Standing.UNJUDGED}


class ResultService:
    """Reading only; every figure can be computed again from the signed packages."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def results(
        self, application: ApplicationCode | None = None, *, has_reasons: bool = False
    ) -> tuple[ApplicationResult, ...]:
        """Every application, or one, with every expert who was asked.

        Args:
            has_reasons: with the words of examinations, which takes opening the originals.

        Raises:
            ApplicationUnknownHereError: there is no such application.
        """
        with self._context.store.reading() as work:
            faces = work.applications.faces([application] if application else None)
            if application and not faces:
                raise ApplicationUnknownHereError(application=application)
            names = {expert.expert: expert.name for expert in work.roster.experts()}
            reviews = _by_application(
                work.reviews.of_application(application) if application else work.reviews.all(with_recalled=True)
            )
            revisions = {revision.review: revision for revision in work.revisions.current(application)}
            declared = work.reviews.declarations()
            back = VisitsBack.read(work, revisions.values())
            found = []
            for face in faces:
                asked = reviews.get(face.application, ())
                examination = examination_result(asked, revisions, declared, names=names)
                if examination is not None and has_reasons:
                    examination = with_reasons(work, examination, revisions)
                experts = [
                    result
                    for review in asked
                    if review.kind is ReviewKind.QUALIFICATION
                    if (result := _expert_result(self._context.rubric, review, revisions, declared, names))
                ]
                one = _application_result(
                    face.application, face.operator, face.offering_name, experts=experts, rubric=self._context.rubric
                )
                onsite = onsite_result(work, face.application, reviews=asked, revisions=revisions, back=back)
                found.append(replace(one, examination=examination, onsite=onsite))
            return tuple(found)

    def examination_form(self) -> ExaminationForm | None:
        """What examinations are filled in by; ``None`` while there is none."""
        with self._context.store.reading() as work:
            stored = work.authority.examination()
        return canonical.decode(stored.content, ExaminationForm) if stored else None

    def review(self, review: ReviewId) -> SealedReview | None:
        """The current revision with reasons, evidence and opinion; ``None`` if nothing signed is here."""
        with self._context.store.reading() as work:
            revision = work.revisions.current_of([review]).get(review)
            if revision is None:
                return None
            files = work.files.original(revision.package, revision.application)
        return canonical.decode(files[review_path(review)], SealedReview)

    def history(self, review: ReviewId) -> tuple[RevisionEntry, ...]:
        """Every signed revision that is here, oldest first."""
        with self._context.store.reading() as work:
            return tuple(
                RevisionEntry(
                    revision=one.revision, sha256=one.sha256, code=revision_code(one.sha256),
                    package_sha256=one.package, sealed_at=one.sealed_at, imported_at=one.imported_at,
                    is_current=one.is_current,
                )
                for one in work.revisions.of_review(review)
            )  # fmt: skip

    def printed(self, review: ReviewId, form: str) -> bytes:
        """A printed form as the expert signed it (PDF): ``score-sheet``, ``opinion`` or ``examination``.

        Raises:
            FormMissingError: nothing signed is here, or the package has no such form.
        """
        with self._context.store.reading() as work:
            revision = work.revisions.current_of([review]).get(review)
            files = work.files.original(revision.package, revision.application) if revision else {}
        try:
            return files[form_path(review, form)]
        except KeyError:
            raise FormMissingError from None


def _by_application(reviews: Iterable[StoredReview]) -> dict[ApplicationCode, list[StoredReview]]:
    found: dict[ApplicationCode, list[StoredReview]] = {}
    for review in reviews:
        found.setdefault(review.application, []).append(review)
    return found


def _expert_result(
    rubric: Rubric,
    review: StoredReview,
    revisions: Mapping[ReviewId, StoredRevision],
    declared: Mapping[ReviewId, StoredDeclaration],
    names: Mapping[ExpertCode, str],
) -> ExpertResult | None:
    revision = revisions.get(review.review)
    status = status_of(review, has_revision=revision is not None, declaration=declared.get(review.review))
    if status is ExpertStatus.STRUCK and revision is None:
        return None  # taken back before anything came of it
    is_counted = status is ExpertStatus.SEALED and revision is not None
    return ExpertResult(
        expert=review.expert,
        name=names.get(review.expert, ""),
        review=review.review,
        status=status,
        total=revision.exact_total() if is_counted and revision else None,
        dimensions=revision.exact_dimensions() if is_counted and revision else {},
        scores=_lines(rubric, revision) if is_counted and revision else (),
    )


def _lines(rubric: Rubric, revision: StoredRevision) -> tuple[ScoreLine, ...]:
    values, lines = revision.score_values(), []
    for indicator in rubric.indicators:
        value = values.get(indicator.id)
        if isinstance(value, int):
            points = indicator.weight * value // 100
            lines.append(ScoreLine(indicator.id, Standing.GIVEN, value, points))
        elif value is not None:
            lines.append(ScoreLine(indicator.id, _NO_VALUE[value], None, None))
    return tuple(lines)


def _application_result(
    application: ApplicationCode, operator: str, offering_name: str, *, experts: Sequence[ExpertResult], rubric: Rubric
) -> ApplicationResult:
    dimensions = [dimension.id for dimension in rubric.dimensions]

    def trimmed(values: Sequence[Fraction | None]) -> Fraction | None:
        return trimmed_mean(values, trim_from=rubric.spread.trim_from)

    found = spread([expert.total for expert in experts])
    return ApplicationResult(
        application=application,
        operator=operator,
        offering_name=offering_name,
        experts=tuple(experts),
        mean=_recipe(mean, experts, dimensions),
        trimmed_mean=_recipe(trimmed, experts, dimensions),
        spread=SpreadResult(half_up(found.lowest), half_up(found.highest), half_up(found.range)) if found else None,
    )


def _recipe(recipe: Recipe, experts: Sequence[ExpertResult], dimensions: Sequence[DimensionId]) -> RecipeResult:
    return RecipeResult(
        total=_rounded(recipe([expert.total for expert in experts])),
        dimensions={name: _rounded(recipe([expert.dimensions.get(name) for expert in experts])) for name in dimensions},
    )


def _rounded(value: Fraction | None) -> Decimal | None:
    return None if value is None else half_up(value)
