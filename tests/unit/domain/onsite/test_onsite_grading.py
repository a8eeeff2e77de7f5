"""Points and conclusions of visits."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.onsite.checklist import Checklist, Grade
from app.domain.onsite.grading import (
    Conclusion,
    GradeImpossibleError,
    GradesMissingError,
    TooManyNotApplicableError,
    after_rectification,
    conclude,
    needs_approval,
    score,
)
from app.domain.onsite.ids import ItemId
from app.domain.scoring import half_up
from app.intake.checklist_file import default_checklist

CHECKLIST: Checklist = default_checklist()
PLAIN = [item.id for item in CHECKLIST.items if not item.is_veto]
VETOES = [item.id for item in CHECKLIST.items if item.is_veto]
ALL_GRADES = st.fixed_dictionaries({item.id: st.sampled_from(item.grades) for item in CHECKLIST.items})


def graded(**changes: Grade) -> dict[ItemId, Grade]:
    grades = {item.id: Grade.PASS if item.is_veto else Grade.CONFORM for item in CHECKLIST.items}
    return grades | {ItemId(item): grade for item, grade in changes.items()}


def first(count: int, grade: Grade) -> dict[ItemId, Grade]:
    return graded() | dict.fromkeys(PLAIN[:count], grade)


def concluded(grades: dict[ItemId, Grade], approval: str = "") -> Conclusion:
    return conclude(CHECKLIST, score(CHECKLIST, grades), approval=approval)


def test_everything_in_order_earns_85_of_100_points_and_passes() -> None:
    found = score(CHECKLIST, graded())
    assert found.total == 85
    assert concluded(graded()) is Conclusion.PASS


def test_points_of_an_aspect_are_the_weighted_mean_of_its_coefficients() -> None:
    found = score(CHECKLIST, graded(A1=Grade.STRONG, A2=Grade.MINOR, A3=Grade.NOT_APPLICABLE))
    # weights 5, 4, (5), 4, 4, 4, 4: 5 × 1.00 + 4 × 0.50 + 16 × 0.85 of 25
    assert found.aspects[0].points == Fraction(30 * (500 + 200 + 1600 * 85 // 100), 2500)
    assert half_up(found.aspects[0].points) == half_up(Fraction(618, 25))


@pytest.mark.parametrize("veto", VETOES)
def test_one_failed_veto_fails_the_visit_whatever_else_was_seen(veto: ItemId) -> None:
    grades = dict.fromkeys(PLAIN, Grade.STRONG) | dict.fromkeys(VETOES, Grade.PASS) | {veto: Grade.FAIL}
    assert concluded(grades) is Conclusion.FAIL


@pytest.mark.parametrize(
    ("minors", "expected"),
    [(0, Conclusion.PASS), (1, Conclusion.PAPER), (8, Conclusion.PAPER), (9, Conclusion.RECHECK)],
)
def test_minor_nonconformities_lead_to_paper_up_to_eight_and_to_a_second_visit_from_nine(
    minors: int, expected: Conclusion
) -> None:
    assert concluded(first(minors, Grade.MINOR)) is expected


@pytest.mark.parametrize(("majors", "expected"), [(1, Conclusion.RECHECK), (2, Conclusion.FAIL)])
def test_one_major_needs_a_second_visit_and_two_fail(majors: int, expected: Conclusion) -> None:
    assert concluded(first(majors, Grade.MAJOR)) is expected


def test_a_total_below_the_threshold_fails_without_any_major() -> None:
    grades = first(len(PLAIN), Grade.MINOR)
    total = score(CHECKLIST, grades).total
    assert total is not None
    assert total < 70
    assert concluded(grades) is Conclusion.FAIL


def test_veto_items_take_only_pass_and_fail_and_the_others_neither() -> None:
    for item, grade in ((VETOES[0], Grade.MINOR), (VETOES[0], Grade.NOT_APPLICABLE), (PLAIN[0], Grade.PASS)):
        with pytest.raises(GradeImpossibleError):
            score(CHECKLIST, {item: grade})


def test_a_conclusion_waits_for_every_item() -> None:
    grades = graded()
    del grades[ItemId("C6")]
    with pytest.raises(GradesMissingError) as refused:
        concluded(grades)
    assert "C6" in refused.value.sentence()


def test_more_than_a_fifth_not_applicable_needs_the_leaders_reason() -> None:
    five, six = first(5, Grade.NOT_APPLICABLE), first(6, Grade.NOT_APPLICABLE)
    assert not needs_approval(CHECKLIST, score(CHECKLIST, five))  # 5 of 27 are 18.5 per cent
    with pytest.raises(TooManyNotApplicableError):
        concluded(six)
    assert concluded(six, "示例理由") is Conclusion.PASS


def test_an_aspect_without_applicable_items_is_left_out_and_the_rest_rescaled() -> None:
    after_sales = {item.id: Grade.NOT_APPLICABLE for item in CHECKLIST.aspects[3].items}
    found = score(CHECKLIST, graded() | after_sales)
    assert found.aspects[3].points is None
    assert found.total == 85


def test_rectification_changes_the_conclusion_only_once_it_is_verified_and_never_a_failure() -> None:
    assert after_rectification(Conclusion.PAPER, is_all_verified=False) is Conclusion.PAPER
    assert after_rectification(Conclusion.RECHECK, is_all_verified=True) is Conclusion.PASS
    assert after_rectification(Conclusion.FAIL, is_all_verified=True) is Conclusion.FAIL


@given(ALL_GRADES)
def test_any_grades_give_points_between_nothing_and_everything(grades: dict[ItemId, Grade]) -> None:
    found = score(CHECKLIST, grades)
    assert found.total is not None
    assert 0 <= found.total <= CHECKLIST.total
    for aspect in found.aspects:
        assert aspect.points is None or 0 <= aspect.points <= aspect.full


@given(ALL_GRADES, st.sampled_from(PLAIN))
def test_a_better_grade_never_gives_fewer_points_nor_a_worse_conclusion(
    grades: dict[ItemId, Grade], item: ItemId
) -> None:
    order = [Grade.MAJOR, Grade.MINOR, Grade.CONFORM, Grade.STRONG]
    badness = list(Conclusion)
    totals, results = [], []
    for grade in order:
        found = score(CHECKLIST, grades | {item: grade})
        totals.append(found.total)
        results.append(badness.index(conclude(CHECKLIST, found, approval="示例")))
    assert totals == sorted(totals, key=lambda total: total or Fraction(0))
    assert results == sorted(results, reverse=True)


@given(ALL_GRADES)
def test_the_conclusion_follows_the_words_of_the_rule(grades: dict[ItemId, Grade]) -> None:
    found = score(CHECKLIST, grades)
    values = list(grades.values())
    majors, minors = values.count(Grade.MAJOR), values.count(Grade.MINOR)
    assert found.total is not None
    if Grade.FAIL in values or majors >= 2 or found.total < 70:
        expected = Conclusion.FAIL
    elif majors == 1 or minors >= 9:
        expected = Conclusion.RECHECK
    else:
        expected = Conclusion.PAPER if minors else Conclusion.PASS
    assert conclude(CHECKLIST, found, approval="示例") is expected
