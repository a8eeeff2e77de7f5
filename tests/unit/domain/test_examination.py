"""The examination of an application (Art. 9): complete when every question is answered, decided by simple majority."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.examination import (
    AnsweredTwiceError,
    ExaminationForm,
    FormInvalidError,
    Question,
    UnknownQuestionError,
    check,
    majority,
    missing,
)
from app.domain.review import Answer, Assessment, Opinion, Recommendation, Verdict

FORM = ExaminationForm("示例", "1", False, (Question("first", "示例问题一"), Question("second", "示例问题二")))
WHOLE = Assessment(
    opinion=Opinion(Recommendation.YES, "材料齐全"),
    answers=(Answer("first", Verdict.YES), Answer("second", Verdict.DOUBT, "商标须核实")),
)
YES, NO = Recommendation.YES, Recommendation.NO


def keys(assessment: Assessment) -> list[str]:
    return [item.key() for item in missing(FORM, assessment)]


def test_everything_is_missing_at_first_and_no_strengths_or_scores_are_asked_for() -> None:
    assert keys(Assessment()) == ["answer:first", "answer:second", "conclusion", "grounds"]


def test_an_examination_with_answers_reasons_and_conclusion_is_complete() -> None:
    assert keys(WHOLE) == []


@pytest.mark.parametrize("verdict", [Verdict.NO, Verdict.DOUBT])
def test_a_no_and_a_doubt_need_a_reason(verdict: Verdict) -> None:
    answers = (WHOLE.answers[0], Answer("second", verdict, "  "))
    assert keys(replace(WHOLE, answers=answers)) == ["answer_reason:second"]


def test_a_reason_without_a_verdict_is_no_answer() -> None:
    answers = (WHOLE.answers[0], Answer("second", None, "还没想好"))
    assert keys(replace(WHOLE, answers=answers)) == ["answer:second"]


def test_a_conclusion_needs_its_grounds() -> None:
    assert keys(replace(WHOLE, opinion=Opinion(Recommendation.NO, " "))) == ["grounds"]


def test_an_answer_the_form_does_not_ask_for_is_refused() -> None:
    with pytest.raises(UnknownQuestionError):
        check(FORM, replace(WHOLE, answers=(Answer("third", Verdict.YES),)))


def test_two_answers_to_one_question_are_refused() -> None:
    with pytest.raises(AnsweredTwiceError):
        check(FORM, replace(WHOLE, answers=(WHOLE.answers[0], WHOLE.answers[0])))


@pytest.mark.parametrize(
    "questions", [(), (Question("one", "甲"), Question("one", "乙")), (Question("one", " "),), (Question("", "甲"),)]
)
def test_a_form_nobody_could_fill_in_is_refused(questions: tuple[Question, ...]) -> None:
    with pytest.raises(FormInvalidError):
        ExaminationForm("示例", "1", False, questions)


@pytest.mark.parametrize(
    ("opinions", "result"),
    [
        ([YES, YES, NO], YES),
        ([NO, NO, YES], NO),
        ([YES, NO], None),
        ([YES, YES, NO, NO], None),
        ([YES, YES, None, None, None], None),
        ([YES, YES, YES, None, None], YES),
        ([None, None, None], None),
        ([], None),
    ],
)
def test_more_than_half_of_the_valid_experts_decide(
    opinions: list[Recommendation | None], result: Recommendation | None
) -> None:
    assert majority(opinions).result is result


OPINIONS = st.lists(st.sampled_from([YES, NO, None]), max_size=15)


@given(OPINIONS)
def test_counts_add_up_and_order_does_not_matter(opinions: list[Recommendation | None]) -> None:
    found = majority(opinions)
    assert found.yes + found.no + found.missing == found.valid == len(opinions)
    assert majority(reversed(opinions)) == found


@given(OPINIONS, st.data())
def test_what_arrives_later_never_turns_a_result(opinions: list[Recommendation | None], data: st.DataObject) -> None:
    before = majority(opinions).result
    later = [one or data.draw(st.sampled_from([YES, NO, None])) for one in opinions]
    assert before is None or majority(later).result is before


@given(st.integers(0, 10))
def test_a_tie_has_no_result(half: int) -> None:
    assert majority([YES] * half + [NO] * half).result is None


@given(OPINIONS)
def test_yes_and_no_are_treated_alike(opinions: list[Recommendation | None]) -> None:
    turned = {YES: NO, NO: YES, None: None}
    assert majority(turned[one] for one in opinions).result is turned[majority(opinions).result]
