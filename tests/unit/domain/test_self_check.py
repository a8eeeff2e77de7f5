"""What the self-check says, and that it says nothing else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, Sha256
from app.domain.review import Assessment, Opinion, OpinionPart, Recommendation, VetoFinding
from app.domain.rubric import Rubric
from app.domain.scoring import Score
from app.domain.self_check import RemarkCode, Written, normalised, self_check, sentences
from tests.support.secretariat import rubric

WHOLE = rubric()
ALL = tuple(one.id for one in WHOLE.indicators)
YES = Opinion(Recommendation.YES, "", "优势一", "不足一")
NO = replace(YES, recommend=Recommendation.NO)
PAGE = Anchor(Sha256("a" * 64), page=3)
STEPS = st.integers(0, 100 // WHOLE.step_percent).map(lambda number: number * WHOLE.step_percent)


def scored(*percents: int, opinion: Opinion = YES, **changed) -> Assessment:
    many = [percents[number % len(percents)] for number in range(len(ALL))]
    scores = (Score(one, percent=percent, evidence=(PAGE,)) for one, percent in zip(ALL, many, strict=True))
    return Assessment(tuple(scores), opinion, **changed)


def codes(assessment: Assessment, *others: Written, whole: Rubric = WHOLE) -> list[str]:
    found = self_check(whole, assessment, missing=assessment.missing(whole), others=others)
    return sorted({one.code for one in found} - {RemarkCode.SHARED_EVIDENCE, RemarkCode.MISSING})


def test_a_recommendation_with_everything_above_and_different_values_is_left_alone() -> None:
    assert codes(scored(80, 85, 75)) == []


def test_a_recommendation_below_the_thresholds_is_named_with_its_figures() -> None:
    found = self_check(WHOLE, scored(10, 15, 20), missing=())
    total = next(one for one in found if one.code is RemarkCode.YES_BELOW_TOTAL)
    assert total.facts[1] == str(WHOLE.thresholds.total_min)
    assert RemarkCode.YES_BELOW_DIMENSION in {one.code for one in found}


def test_a_no_with_everything_above_is_named_and_a_no_below_is_not() -> None:
    assert codes(scored(80, 85, 75, opinion=NO)) == [RemarkCode.NO_ABOVE_ALL]
    assert codes(scored(10, 15, 20, opinion=NO)) == []


def test_half_a_form_contradicts_nothing() -> None:
    half = scored(5, 10, 15)
    assert codes(replace(half, scores=half.scores[:5])) == []


def test_a_veto_and_a_recommendation_contradict_each_other() -> None:
    veto = VetoFinding(WHOLE.vetoes[0].id, "事实")
    assert codes(scored(80, 85, 75, vetoes=(veto,))) == [RemarkCode.VETO_UNCITED, RemarkCode.YES_WITH_VETO]
    assert codes(scored(80, 85, 75, opinion=NO, vetoes=(replace(veto, evidence=(PAGE,)),))) == []


def test_a_cap_without_a_value_and_a_value_over_its_cap_are_named() -> None:
    capped = next(one for one in WHOLE.indicators if one.cap)
    over = Score(capped.id, percent=100, at_cap=True, evidence=(PAGE,))
    assert RemarkCode.CAP_EXCEEDED in codes(Assessment((over,)))
    assert codes(Assessment((Score.unjudged(capped.id, reason="看不清"),))) == []
    assert codes(Assessment((replace(Score.unjudged(capped.id, reason="看不清"), at_cap=True),))) == ["cap_unknown"]


def test_the_same_page_under_two_dimensions_is_named_and_under_one_is_not() -> None:
    first, second = WHOLE.dimensions[0].indicators[:2]
    other = WHOLE.dimensions[1].indicators[0]
    box = replace(PAGE, box=(0, 0, 10, 10))

    def shared(*scores: Score) -> list[tuple[str, ...]]:
        found = self_check(WHOLE, Assessment(scores), missing=())
        return [one.facts for one in found if one.code is RemarkCode.SHARED_EVIDENCE]

    assert shared(Score(first.id, percent=75, evidence=(PAGE,)), Score(second.id, percent=75, evidence=(box,))) == []
    assert shared(Score(first.id, percent=75, evidence=(PAGE,)), Score(other.id, percent=75, evidence=(box,))) == [
        (first.id, other.id)
    ]


def test_nine_in_ten_equal_values_are_a_straight_line_and_eight_in_ten_are_not() -> None:
    assert codes(scored(75)) == [RemarkCode.STRAIGHT_LINE]
    assert codes(scored(*[75] * 4, 80)) == []


def test_a_sentence_that_stands_in_another_dossier_is_named_with_its_application() -> None:
    opinion = replace(YES, text="该企业拥有完整的研发平台和检测能力。无")
    there = Written(ApplicationCode("2026-0009"), ("该企业拥有 完整的研发平台，和检测能力！其他",))
    found = self_check(WHOLE, scored(80, 85, 75, opinion=opinion), missing=(), others=(there,))
    repeated = next(one for one in found if one.code is RemarkCode.REPEATED)
    assert (repeated.part, repeated.facts) == (
        OpinionPart.TEXT, ("该企业拥有完整的研发平台和检测能力", "2026-0009"),
    )  # fmt: skip


def test_short_phrases_may_repeat() -> None:
    there = Written(ApplicationCode("2026-0009"), ("材料齐全。",))
    assert codes(scored(80, 85, 75, opinion=replace(YES, text="材料齐全。")), there) == []


def test_every_uncited_score_is_named() -> None:
    bare = Assessment(tuple(Score(one, percent=75 + 5 * (number % 3)) for number, one in enumerate(ALL)), YES)
    found = [one.indicator for one in self_check(WHOLE, bare, missing=()) if one.code is RemarkCode.UNCITED]
    assert found == list(ALL)


def test_what_is_missing_cannot_be_left() -> None:
    empty = Assessment()
    found = self_check(WHOLE, empty, missing=empty.missing(WHOLE))
    assert {one.can_be_left for one in found} == {False}
    assert [one.missing for one in found] == list(empty.missing(WHOLE))


@given(st.lists(STEPS, min_size=len(ALL), max_size=len(ALL)), st.sampled_from([YES, NO]))
def test_an_opinion_contradicts_its_total_in_one_direction_at_most(percents: list[int], opinion: Opinion) -> None:
    found = set(codes(scored(*percents, opinion=opinion)))
    below = {RemarkCode.YES_BELOW_TOTAL, RemarkCode.YES_BELOW_DIMENSION, RemarkCode.YES_BELOW_CORE}
    assert not (found & below and RemarkCode.NO_ABOVE_ALL in found)
    other = set(codes(scored(*percents, opinion=NO if opinion is YES else YES)))
    assert bool(found & (below | {RemarkCode.NO_ABOVE_ALL})) != bool(other & (below | {RemarkCode.NO_ABOVE_ALL}))


@given(st.lists(STEPS, min_size=1, max_size=len(ALL)), st.lists(STEPS, min_size=1, max_size=len(ALL)))
def test_the_keys_are_equal_exactly_when_the_remarks_are(one: list[int], other: list[int]) -> None:
    first = self_check(WHOLE, scored(*one), missing=())
    second = self_check(WHOLE, scored(*other), missing=())
    assert len({remark.key() for remark in first}) == len(first)
    for remark in first:
        assert (remark.key() in {each.key() for each in second}) == (remark in second)


@given(st.text("你好ab1ＡＢ ,。.!；\n"))
def test_a_text_is_cut_into_sentences_that_lose_nothing_that_counts(text: str) -> None:
    assert "".join(map(normalised, sentences(text))) == normalised(text)
    assert all(sentence in text for sentence in sentences(text))
    assert normalised(normalised(text)) == normalised(text)
