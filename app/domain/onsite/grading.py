"""Points and conclusion of a visit, exact: nothing is rounded before it is shown (:func:`app.domain.scoring.half_up`).

An aspect earns its full points times the weighted mean of the coefficients of its applicable items. An aspect without
one applicable item is left out and the total rescaled, as an indicator without applicability is at the desk (Art. 13).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.domain.onsite.checklist import Aspect, Checklist, Grade
from app.domain.onsite.ids import AspectId, ItemId
from app.errors import UserFacingError
from app.i18n import N_


class GradeImpossibleError(UserFacingError):
    """A veto item is passed or failed; the others are never."""

    code = "grade_impossible"
    message = N_("Item {item} cannot get this grade. Veto items only conform or do not; choose one of the boxes.")


class GradesMissingError(UserFacingError):
    """A conclusion before every item has its grade."""

    code = "grades_missing"
    message = N_("The visit cannot be concluded yet. Still without an agreed grade: {items}.")


class TooManyNotApplicableError(UserFacingError):
    """More items than the checklist allows do not apply, and the leader has not said why that is right."""

    code = "too_many_not_applicable"
    message = N_("{count} of {of} items do not apply. The team leader has to approve that with a reason.")


class Conclusion(StrEnum):
    """The four results of a visit."""

    PASS = "pass"  # noqa: S105 - a conclusion
    PAPER = "pass_after_paper_rectification"
    RECHECK = "pass_after_onsite_recheck"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class AspectPoints:
    """One aspect: ``points`` is ``None`` where nothing in it could be counted."""

    aspect: AspectId
    full: int
    points: Fraction | None


@dataclass(frozen=True, slots=True)
class OnsiteScore:
    """Everything that follows from the grades.

    Attributes:
        total: over what is graded, rescaled to the full total; ``None`` while nothing is.
        failed_vetoes, majors, minors, strengths, not_applicable: items by what they got.
        missing: items without a grade, in the order of the checklist.
    """

    aspects: tuple[AspectPoints, ...]
    total: Fraction | None
    failed_vetoes: tuple[ItemId, ...]
    majors: tuple[ItemId, ...]
    minors: tuple[ItemId, ...]
    strengths: tuple[ItemId, ...]
    not_applicable: tuple[ItemId, ...]
    missing: tuple[ItemId, ...]


def check_grade(checklist: Checklist, item: ItemId, grade: Grade) -> None:
    """Raises ``UnknownItemError`` or ``GradeImpossibleError`` where *item* has no such box."""
    if grade not in checklist.item(item).grades:
        raise GradeImpossibleError(item=item)


def score(checklist: Checklist, grades: Mapping[ItemId, Grade]) -> OnsiteScore:
    """The points of *grades*.

    Raises:
        UnknownItemError, GradeImpossibleError: a grade the checklist does not allow.
    """
    for item, grade in grades.items():
        check_grade(checklist, item, grade)
    aspects = tuple(
        AspectPoints(aspect.id, aspect.full, _points(checklist, aspect, grades)) for aspect in checklist.aspects
    )

    def graded(wanted: Grade) -> tuple[ItemId, ...]:
        return tuple(item.id for item in checklist.items if grades.get(item.id) is wanted)

    return OnsiteScore(
        aspects=aspects,
        total=_total(checklist, aspects),
        failed_vetoes=graded(Grade.FAIL),
        majors=graded(Grade.MAJOR),
        minors=graded(Grade.MINOR),
        strengths=graded(Grade.STRONG),
        not_applicable=graded(Grade.NOT_APPLICABLE),
        missing=tuple(item.id for item in checklist.items if item.id not in grades),
    )


def _points(checklist: Checklist, aspect: Aspect, grades: Mapping[ItemId, Grade]) -> Fraction | None:
    earned = possible = 0
    for item in aspect.items:
        percent = checklist.percent_of(grades[item.id]) if item.id in grades else None
        if percent is not None:
            earned += item.weight * percent
            possible += item.weight
    return Fraction(aspect.full * earned, 100 * possible) if possible else None


def _total(checklist: Checklist, aspects: tuple[AspectPoints, ...]) -> Fraction | None:
    counted = [aspect for aspect in aspects if aspect.points is not None]
    full = sum(aspect.full for aspect in counted)
    if not full:
        return None
    earned = sum((aspect.points for aspect in counted if aspect.points is not None), Fraction(0))
    return earned * checklist.total / full


def needs_approval(checklist: Checklist, score: OnsiteScore) -> bool:
    """Whether so many items do not apply that the leader has to approve it."""
    items = sum(len(aspect.items) for aspect in checklist.aspects)
    return len(score.not_applicable) * 100 > items * checklist.not_applicable_percent


def conclude(checklist: Checklist, score: OnsiteScore, *, approval: str = "", is_limited: bool = False) -> Conclusion:
    """The conclusion by the checklist's rules.

    Args:
        approval: the leader's reason why so many items do not apply; needed only where there are too many.
        is_limited: not everything could be seen, so nothing better than a second visit follows.

    Raises:
        GradesMissingError: an item has no grade. TooManyNotApplicableError: without a reason.
    """
    if score.missing or score.total is None:
        raise GradesMissingError(items=", ".join(score.missing or (item.id for item in checklist.items)))
    if needs_approval(checklist, score) and not approval.strip():
        of = sum(len(aspect.items) for aspect in checklist.aspects)
        raise TooManyNotApplicableError(count=len(score.not_applicable), of=of)
    rule = checklist.conclusion
    if score.failed_vetoes or len(score.majors) >= rule.fail_from_major or score.total < rule.pass_total:
        return Conclusion.FAIL
    if is_limited or score.majors or len(score.minors) >= rule.recheck_from_minor:
        return Conclusion.RECHECK
    return Conclusion.PAPER if score.minors else Conclusion.PASS


def after_rectification(before: Conclusion, *, is_all_verified: bool, is_limited: bool = False) -> Conclusion:
    """The conclusion once the leader has verified what was put right; the score stays as it was at the visit.

    Args:
        is_limited: what could not be seen at the visit has still not been seen.
    """
    if before in (Conclusion.PAPER, Conclusion.RECHECK) and is_all_verified and not is_limited:
        return Conclusion.PASS
    return before
