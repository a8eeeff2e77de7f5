from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, IndicatorId, PackageId, ReviewId, Sha256
from app.domain.review import (
    Assessment,
    Opinion,
    Recommendation,
    ReviewKind,
    RevisionInvalidError,
    ScoreTwiceError,
    SealedReview,
    UnknownVetoError,
    VetoFinding,
    revision_code,
    uncited,
)
from app.domain.rubric import UnknownIndicatorError
from app.domain.scoring import AboveCapError, NotAStepError, Score
from tests.support.rubrics import rubric

WHOLE = rubric()
A, B, C = (i.id for i in WHOLE.indicators)
HASH = Sha256("a" * 64)
OPINION = Opinion(Recommendation.YES, "同意", "有研发平台", "市场较小")
COMPLETE = Assessment((Score(A, percent=75), Score(B, percent=60), Score.not_applicable(C)), OPINION)


def keys(assessment: Assessment) -> list[str]:
    return [missing.key() for missing in assessment.missing(WHOLE)]


def test_a_complete_review_misses_nothing() -> None:
    assert keys(COMPLETE) == []
    COMPLETE.check(WHOLE)


def test_an_empty_review_misses_everything_in_the_order_of_the_form() -> None:
    assert keys(Assessment()) == ["score:a", "score:b", "score:c", "conclusion", "strength", "concern"]


def test_reasons_are_missing_where_the_rubric_asks_for_them() -> None:
    scores = (Score(A, percent=40), Score(B, percent=95, reason=" "), Score.unjudged(C, reason=""))
    assert keys(replace(COMPLETE, scores=scores)) == ["reason:a", "reason:b", "reason:c"]


@pytest.mark.parametrize(
    ("changed", "missing"),
    [({"recommend": None}, "conclusion"), ({"strengths": " \n"}, "strength"), ({"concerns": ""}, "concern")],
)
def test_the_opinion_needs_a_conclusion_a_strength_and_a_concern(changed: dict[str, Any], missing: str) -> None:
    assert keys(replace(COMPLETE, opinion=replace(OPINION, **changed))) == [missing]


def test_the_text_of_the_opinion_and_evidence_are_never_required() -> None:
    assert keys(replace(COMPLETE, opinion=replace(OPINION, text=""))) == []
    assert uncited(COMPLETE) == (A, B)
    cited = replace(COMPLETE, scores=(Score(A, percent=75, evidence=(Anchor(HASH),)), Score(B, percent=60)))
    assert uncited(cited) == (B,)


def test_a_veto_needs_what_was_seen() -> None:
    named = replace(COMPLETE, vetoes=(VetoFinding("V1", " "),))
    assert [missing.key() for missing in named.missing(WHOLE)] == ["fact"]


def test_a_later_value_takes_the_place_of_an_earlier_one_in_the_order_of_the_rubric() -> None:
    assessment = Assessment().with_score(WHOLE, Score(C, percent=50)).with_score(WHOLE, Score(A, percent=50))
    assessment = assessment.with_score(WHOLE, Score(C, percent=55))
    assert [(score.indicator, score.percent) for score in assessment.scores] == [(A, 50), (C, 55)]
    assert assessment.score_of(C) == Score(C, percent=55)
    assert assessment.without_score(C).score_of(C) is None


def test_values_that_the_rubric_does_not_allow_are_refused() -> None:
    with pytest.raises(NotAStepError):
        Assessment().with_score(WHOLE, Score(A, percent=42))
    with pytest.raises(AboveCapError):
        Assessment().with_score(WHOLE, Score(A, percent=50, at_cap=True))


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (replace(COMPLETE, scores=(Score(A, percent=42),)), NotAStepError),
        (replace(COMPLETE, scores=(Score(A, percent=50, at_cap=True),)), AboveCapError),
        (replace(COMPLETE, scores=(Score(IndicatorId("x"), percent=50),)), UnknownIndicatorError),
        (replace(COMPLETE, scores=(Score(A, percent=50), Score(A, percent=50))), ScoreTwiceError),
        (replace(COMPLETE, vetoes=(VetoFinding("V9", "事实"),)), UnknownVetoError),
    ],
)
def test_what_somebody_else_put_together_is_checked_as_a_whole(broken: Assessment, error: type[Exception]) -> None:
    with pytest.raises(error):
        broken.check(WHOLE)


def test_a_veto_finding_of_the_rubric_is_fine() -> None:
    replace(COMPLETE, vetoes=(VetoFinding("V1", "检验报告编号查无此号", (Anchor(HASH),)),)).check(WHOLE)


def sealed(*, revision: int, base: Sha256 | None) -> SealedReview:
    return SealedReview(
        review=ReviewId("0"),
        application=ApplicationCode("2026-0001"),
        expert=ExpertCode("E0001"),
        device=DeviceCode("E0001-D1"),
        kind=ReviewKind.QUALIFICATION,
        revision=revision,
        base=base,
        rubric=HASH,
        assignment=PackageId("0" * 32),
        assignment_sha256=HASH,
        dossier=HASH,
        assessment=COMPLETE,
        reason="",
        sealed_at=datetime(2026, 11, 23, tzinfo=UTC),
        events_head=HASH,
    )


def test_only_a_later_revision_replaces_another() -> None:
    assert sealed(revision=1, base=None).revision == 1
    assert sealed(revision=2, base=HASH).base == HASH
    for revision, base in ((0, None), (1, HASH), (2, None)):
        with pytest.raises(RevisionInvalidError):
            sealed(revision=revision, base=base)


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_revision_code_has_eight_digits(content: str) -> None:
    code = revision_code(Sha256(content))
    assert len(code) == 8
    assert code.isdecimal()


def test_revision_codes_of_different_contents_differ() -> None:
    assert revision_code(Sha256("0" * 63 + "a")) != revision_code(Sha256("0" * 63 + "b"))
