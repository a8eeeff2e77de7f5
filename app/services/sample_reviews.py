"""What the invented experts find: steps around the quality of a dossier, reasons where the rubric asks for them."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

import msgspec

from app.domain.application import Document, MediaType, Offering
from app.domain.evidence import Anchor
from app.domain.review import Assessment, Opinion, Recommendation
from app.domain.rubric import Height, Indicator, Rubric, height_of
from app.domain.scoring import Score, Standing, needs_reason, totals
from app.services.sample_campaign import DEFAULT_SEED, SampleExpert, SampleOperator, chance_for

_NOT_FOR_SERVICES: Final = frozenset({"traceability_recall"})
_CITED: Final = 0.6  # share of scores with a reference to a page
_UNJUDGED: Final = 0.02
_CAPPED: Final = 0.5  # of the scores that lie below a cap anyway
_REASONED: Final = 0.25  # reasons that nobody asked for
_RECOMMENDED_FROM: Final = 62  # per cent of the total

_REASONS: Final = {
    Height.LOW: (
        "材料只有说明，缺少{evidence}，近三年数据不连续。",
        "{name}的做法刚起步，未见{evidence}。",
        "数据只有一年，看不出趋势。",
    ),
    Height.PASSING: ("有成文做法和{evidence}，但推开不够。", "{name}达到基本要求，改进证据不多。"),
    Height.GOOD: ("{evidence}齐全，三年持续向好。", "做法较成熟，{name}在省内同类中靠前。"),
    Height.TOP: ("{evidence}完整可核，{name}居全国同类前列。", "三年数据稳定领先，做法可供同行借鉴。"),
}


def sample_assessment(
    rubric: Rubric,
    operator: SampleOperator,
    expert: SampleExpert,
    *,
    documents: Sequence[Document] = (),
    seed: str = DEFAULT_SEED,
) -> Assessment:
    """A complete review by *expert*: it misses nothing that the rubric asks for.

    Args:
        documents: of the dossier, to cite pages of; without them nothing is cited.
    """
    chance = chance_for(seed, operator.uscc, expert.number)
    scores = tuple(_scores(rubric, operator, expert, chance=chance, documents=documents))
    return Assessment(scores, _opinion(rubric, scores, operator))


def _scores(
    rubric: Rubric, operator: SampleOperator, expert: SampleExpert, *, chance: Random, documents: Sequence[Document]
) -> Iterator[Score]:
    # What everybody sees in the dossier, before anybody's own eyes.
    common = chance_for(operator.uscc)
    for indicator in rubric.indicators:
        seen = 30 + 65 * operator.quality + common.gauss(0, 9)
        evidence = chance.choice(indicator.evidence)
        if operator.offering is Offering.SERVICE and indicator.id in _NOT_FOR_SERVICES:
            yield Score.not_applicable(indicator.id, reason="服务类申报，本项不适用。")
        elif chance.random() < _UNJUDGED:
            yield Score.unjudged(indicator.id, reason=f"材料中没有{evidence}，无法判断。")
        else:
            steps = round((seen + chance.gauss(0, 5)) / rubric.step_percent) - expert.strictness
            percent = min(100, max(0, steps * rubric.step_percent))
            yield _given(rubric, indicator, percent, chance=chance, documents=documents)


def _given(
    rubric: Rubric, indicator: Indicator, percent: int, *, chance: Random, documents: Sequence[Document]
) -> Score:
    at_cap = indicator.cap is not None and percent <= indicator.cap.max_percent and chance.random() < _CAPPED
    anchors = tuple(_cite(documents, chance)) if chance.random() < _CITED else ()
    score = Score(indicator.id, percent=percent, evidence=anchors, at_cap=at_cap)
    if not needs_reason(rubric, score) and chance.random() >= _REASONED:
        return score
    template = chance.choice(_REASONS[height_of(percent)])
    reason = template.format(name=indicator.name, evidence=chance.choice(indicator.evidence))
    if at_cap and indicator.cap:
        reason = f"{indicator.cap.condition}，按封顶处理。{reason}"
    return Score(indicator.id, percent=percent, reason=reason, evidence=anchors, at_cap=at_cap)


def _cite(documents: Sequence[Document], chance: Random) -> Iterator[Anchor]:
    pages = [document for document in documents if document.media is MediaType.PDF and document.pages]
    if pages:
        document = chance.choice(pages)
        yield Anchor(document.sha256, page=chance.randint(1, document.pages or 1))


def _opinion(rubric: Rubric, scores: Sequence[Score], operator: SampleOperator) -> Opinion:
    given = sorted(
        (score for score in scores if score.standing is Standing.GIVEN), key=lambda score: score.percent or 0
    )
    best = "、".join(rubric.indicator(score.indicator).name for score in given[:-3:-1])
    worst = "、".join(rubric.indicator(score.indicator).name for score in given[:2])
    total = totals(rubric, scores).total or 0
    is_fit = total * 100 >= _RECOMMENDED_FROM * rubric.total
    verdict = "总体达到要求，建议进入现场评价" if is_fit else "与要求尚有差距，建议完善后再申报"
    return Opinion(
        recommend=Recommendation.YES if is_fit else Recommendation.NO,
        text=f"{operator.operator}申报的{operator.product}，材料基本齐全，六个维度的情况与证明材料大体一致。{verdict}。",
        strengths=f"{best}方面做法成熟，数据可核。",
        concerns=f"{worst}方面证据偏少，需要在现场重点核实。",
    )


def scores_file(assessment: Assessment, *, share: float = 1.0) -> bytes:
    """The same as a file of scores; with a *share* below 1 the later part and the opinion are still to be written."""
    count = round(len(assessment.scores) * share)
    scores = {score.indicator: _told(score) for score in assessment.scores[:count]}
    document: dict[str, object] = {"scores": scores}
    if share >= 1:
        opinion = assessment.opinion
        document["opinion"] = {
            "recommend": opinion.recommend,
            "text": opinion.text,
            "strengths": opinion.strengths,
            "concerns": opinion.concerns,
        }
    return msgspec.json.encode(document)


def _told(score: Score) -> dict[str, object]:
    told: dict[str, object] = {"percent": score.percent, "reason": score.reason, "cap": score.at_cap}
    if score.standing is Standing.NOT_APPLICABLE:
        told["na"] = True
    if score.standing is Standing.UNJUDGED:
        told["unjudged"] = True
    if score.evidence:
        told["evidence"] = [{"document": anchor.document, "page": anchor.page} for anchor in score.evidence]
    return told
