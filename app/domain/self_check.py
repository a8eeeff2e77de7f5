"""What an expert may want to look at again before signing: private, never a reason to refuse a signature.

Remarks are a closed list. Each has a key made of what it rests on, so that one that was left as it is comes back as
soon as that changes.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.domain.citing import stands
from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, DimensionId, IndicatorId, Sha256
from app.domain.review import Assessment, Missing, OpinionPart, Recommendation, uncited
from app.domain.rubric import Dimension, Rubric
from app.domain.scoring import Standing, Totals, half_up, totals

SHORTEST_SENTENCE: Final = 12  # characters that count; shorter ones are phrases everybody uses
FEWEST_VALUES: Final = 8  # a handful of equal values is no pattern
STRAIGHT_SHARE: Final = Fraction(9, 10)
_ENDS: Final = re.compile(r"[。！？；!?;\n\r]+|\.(?=\s|$)")


class RemarkCode(StrEnum):
    """What a remark says."""

    MISSING = "missing"
    YES_BELOW_TOTAL = "yes_below_total"
    YES_BELOW_DIMENSION = "yes_below_dimension"
    YES_BELOW_CORE = "yes_below_core"
    YES_WITH_VETO = "yes_with_veto"
    NO_ABOVE_ALL = "no_above_all"
    CAP_EXCEEDED = "cap_exceeded"
    CAP_UNKNOWN = "cap_unknown"
    VETO_UNCITED = "veto_uncited"
    SHARED_EVIDENCE = "shared_evidence"
    SENTENCE_CHANGED = "sentence_changed"
    STRAIGHT_LINE = "straight_line"
    REPEATED = "repeated"
    UNCITED = "uncited"
    YES_WITH_NO = "yes_with_no"
    NO_WITH_YES_ONLY = "no_with_yes_only"
    ANSWER_UNCITED = "answer_uncited"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at.

    Attributes:
        indicator, part, veto, question: where to go; none of them means the conclusion of the opinion.
        facts: figures, identifiers and texts that the sentence names, in the order of its code.
        missing: for ``MISSING``, what it is.
        anchor: for ``SHARED_EVIDENCE``, the place.
    """

    code: RemarkCode
    indicator: IndicatorId | None = None
    part: OpinionPart | None = None
    veto: str | None = None
    facts: tuple[str, ...] = ()
    missing: Missing | None = None
    anchor: Anchor | None = None
    question: str | None = None

    @property
    def can_be_left(self) -> bool:
        """Whether signing is possible with it; what is missing cannot be left."""
        return self.code is not RemarkCode.MISSING

    def key(self) -> str:
        """32 hexadecimal digits over everything the remark rests on."""
        place = "" if self.anchor is None else f"{self.anchor.document}/{self.anchor.page}/{self.anchor.sheet}"
        gap = self.missing.key() if self.missing else ""
        parts = (self.code, self.indicator or "", self.part or "", self.veto or "", gap, place, *self.facts)
        if self.question:
            parts = (*parts, f"?{self.question}")
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Written:
    """The texts the same expert wrote about another application."""

    application: ApplicationCode
    texts: tuple[str, ...]


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of *text* as they were written, without the signs that end them."""
    return tuple(part for part in (each.strip() for each in _ENDS.split(text)) if part)


def normalised(sentence: str) -> str:
    """*sentence* without spaces, punctuation and differences of width or case, for comparison only."""
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def every_text(assessment: Assessment) -> tuple[str, ...]:
    """What was written anywhere in a review, to be compared with another."""
    reasons = tuple(answer.reason for answer in assessment.answers)
    return tuple(text for text in (*(text for _one, _part, text in texts_of(assessment)), *reasons) if text)


def texts_of(assessment: Assessment) -> Iterator[tuple[IndicatorId | None, OpinionPart | None, str]]:
    """Every text of a review with the place it stands at: reasons, then the three texts of the opinion."""
    for score in assessment.scores:
        yield score.indicator, None, score.reason
    opinion = assessment.opinion
    yield None, OpinionPart.STRENGTHS, opinion.strengths
    yield None, OpinionPart.CONCERNS, opinion.concerns
    yield None, OpinionPart.TEXT, opinion.text


def self_check(
    rubric: Rubric, assessment: Assessment, *, missing: Iterable[Missing], others: Iterable[Written] = ()
) -> tuple[Remark, ...]:
    """Everything worth a second look, what keeps a review from being signed first.

    Args:
        missing: what the review lacks, as its kind of review counts it.
        others: what the same expert wrote about other applications.
    """
    return (
        *(Remark(RemarkCode.MISSING, indicator=one.indicator, missing=one) for one in missing),
        *_contradictions(rubric, assessment),
        *_caps(rubric, assessment),
        *_vetoes(assessment),
        *_shared_evidence(rubric, assessment),
        *changed_sentences(assessment),
        *_straight_line(assessment),
        *_repeated(assessment, others),
        *(Remark(RemarkCode.UNCITED, indicator=one, facts=(_value(assessment, one),)) for one in uncited(assessment)),
    )


def _value(assessment: Assessment, indicator: IndicatorId) -> str:
    score = assessment.score_of(indicator)
    return "" if score is None else str(score.percent)


def _contradictions(rubric: Rubric, assessment: Assessment) -> Iterator[Remark]:
    recommend = assessment.opinion.recommend
    if recommend is Recommendation.YES:
        for finding in assessment.vetoes:
            yield Remark(RemarkCode.YES_WITH_VETO, veto=finding.veto, facts=(finding.veto,))
    if recommend is None or len(assessment.scores) < sum(1 for _each in rubric.indicators):
        return  # a total of half the indicators says nothing
    low = tuple(_too_low(rubric, assessment))
    if recommend is Recommendation.YES:
        yield from low
    elif not (low or assessment.vetoes):
        total = totals(rubric, assessment.scores).total
        if total is not None:
            yield Remark(RemarkCode.NO_ABOVE_ALL, facts=(str(half_up(total)), str(rubric.thresholds.total_min)))


def _too_low(rubric: Rubric, assessment: Assessment) -> Iterator[Remark]:
    thresholds, sums = rubric.thresholds, totals(rubric, assessment.scores)
    if sums.total is not None and sums.total < thresholds.total_min:
        yield Remark(RemarkCode.YES_BELOW_TOTAL, facts=(str(half_up(sums.total)), str(thresholds.total_min)))
    for dimension in rubric.dimensions:
        percent = _percent(sums, dimension)
        if percent is not None and percent < thresholds.dimension_min_percent:
            facts = (dimension.name, str(half_up(percent)), str(thresholds.dimension_min_percent))
            lowest = min(
                (s for s in assessment.scores if s.percent is not None and _is_of(dimension, s.indicator)),
                key=lambda score: score.percent or 0,
            )
            yield Remark(RemarkCode.YES_BELOW_DIMENSION, indicator=lowest.indicator, facts=facts)
    for core, least in thresholds.core_min_percent:
        score = assessment.score_of(core)
        if score is not None and score.percent is not None and score.percent < least:
            yield Remark(RemarkCode.YES_BELOW_CORE, indicator=core, facts=(str(score.percent), str(least)))


def _percent(sums: Totals, dimension: Dimension) -> Fraction | None:
    points = sums.dimensions.get(dimension.id)
    return None if points is None else points * 100 / dimension.weight


def _is_of(dimension: Dimension, indicator: IndicatorId) -> bool:
    return any(one.id == indicator for one in dimension.indicators)


def _caps(rubric: Rubric, assessment: Assessment) -> Iterator[Remark]:
    """A cap that is ticked and broken, or ticked where there is no value it could hold down."""
    for score in assessment.scores:
        cap = rubric.indicator(score.indicator).cap
        if not score.at_cap:
            continue
        if cap is None or score.percent is None:
            yield Remark(RemarkCode.CAP_UNKNOWN, indicator=score.indicator)
        elif score.percent > cap.max_percent:
            facts = (str(score.percent), str(cap.max_percent), cap.condition)
            yield Remark(RemarkCode.CAP_EXCEEDED, indicator=score.indicator, facts=facts)


def _vetoes(assessment: Assessment) -> Iterator[Remark]:
    """Somebody else has to confirm a veto, and cannot without the place it was seen at."""
    for finding in assessment.vetoes:
        if not finding.evidence:
            yield Remark(RemarkCode.VETO_UNCITED, veto=finding.veto, facts=(finding.veto,))


def _shared_evidence(rubric: Rubric, assessment: Assessment) -> Iterator[Remark]:
    """The same page, sheet or picture under two dimensions.

    A page is the smallest place compared: one document may bundle a hundred certificates, and two rectangles drawn
    around the same certificate are never equal.
    """
    home = {one.id: dimension.id for dimension in rubric.dimensions for one in dimension.indicators}
    used: dict[tuple[Sha256, int | None, str | None], dict[DimensionId, IndicatorId]] = {}
    places: dict[tuple[Sha256, int | None, str | None], Anchor] = {}
    for score in assessment.scores:
        for anchor in score.evidence:
            place = (anchor.document, anchor.page, anchor.sheet)
            places.setdefault(place, anchor)
            used.setdefault(place, {}).setdefault(home[score.indicator], score.indicator)
    for place, by_dimension in used.items():
        if len(by_dimension) > 1:
            indicators = tuple(by_dimension.values())
            yield Remark(RemarkCode.SHARED_EVIDENCE, indicator=indicators[-1], facts=indicators, anchor=places[place])


def changed_sentences(assessment: Assessment) -> Iterator[Remark]:
    """Evidence that was tied to words which no longer stand in the opinion would be printed beside nothing."""
    for citation in assessment.citations:
        if not stands(citation, assessment.opinion):
            yield Remark(RemarkCode.SENTENCE_CHANGED, part=citation.part, facts=(citation.sentence,))


def _straight_line(assessment: Assessment) -> Iterator[Remark]:
    """At least nine in ten values are the same step.

    The share of the commonest value is the plainest measure of answers given without telling things apart; unlike a
    spread it is not hidden by one lonely outlier, and unlike a run it does not depend on the order of the form.
    """
    values = Counter(score.percent for score in assessment.scores if score.standing is Standing.GIVEN)
    count = sum(values.values())
    if count < FEWEST_VALUES:
        return
    commonest, times = values.most_common(1)[0]
    if Fraction(times, count) >= STRAIGHT_SHARE:
        first = next(score.indicator for score in assessment.scores if score.percent == commonest)
        yield Remark(RemarkCode.STRAIGHT_LINE, indicator=first, facts=(str(times), str(count), str(commonest)))


def _repeated(assessment: Assessment, others: Iterable[Written]) -> Iterator[Remark]:
    elsewhere = sentences_of(others)
    told: set[str] = set()
    for indicator, part, text in texts_of(assessment):
        for sentence in sentences(text):
            folded = normalised(sentence)
            if folded in elsewhere and folded not in told:
                told.add(folded)
                facts = (sentence, *sorted(elsewhere[folded]))
                yield Remark(RemarkCode.REPEATED, indicator=indicator, part=part, facts=facts)


def sentences_of(others: Iterable[Written]) -> Mapping[str, set[str]]:
    """Which applications each sentence was written about, by its :func:`normalised` form; short ones are left out."""
    found: dict[str, set[str]] = {}
    for written in others:
        for text in written.texts:
            for sentence in sentences(text):
                folded = normalised(sentence)
                if len(folded) >= SHORTEST_SENTENCE:
                    found.setdefault(folded, set()).add(written.application)
    return found
