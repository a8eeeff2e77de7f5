"""One expert's review of one application: a draft while it is written, immutable once sealed.

Nobody changes a score but the expert, by sealing a new revision that names the one it replaces.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, IndicatorId, PackageId, ReviewId, Sha256
from app.domain.rubric import Rubric
from app.domain.scoring import Score, Standing, check_score, needs_reason
from app.errors import UserFacingError
from app.i18n import N_

CAME_LATER: Final = MappingProxyType({"came_later": True})
"""Marks a last field that was added after values had been signed: canonical JSON leaves it out where it is ``None``."""


class ReviewKind(StrEnum):
    """Which of the three acts of the expert group a review belongs to."""

    EXAMINATION = "examination"  # Art. 9
    QUALIFICATION = "qualification"  # Art. 13
    ONSITE = "onsite"  # Art. 14


class ReviewState(StrEnum):
    """A draft can change; a sealed review cannot; a superseded one was replaced by a later revision."""

    DRAFT = "draft"
    SEALED = "sealed"
    SUPERSEDED = "superseded"


class Recommendation(StrEnum):
    """The conclusion of the opinion."""

    YES = "yes"
    NO = "no"


class SealedReviewError(UserFacingError):
    """Somebody tried to change what is already signed."""

    code = "review_sealed"
    message = N_("{application}: this review is signed. Open it for a new revision before changing it.")


class ScoreTwiceError(UserFacingError):
    """An assessment with two values for one indicator."""

    code = "score_twice"
    message = N_("Indicator “{indicator}” has two scores. Keep one of them.")


class UnknownVetoError(UserFacingError):
    """A finding that names a veto the rubric does not have."""

    code = "unknown_veto"
    message = N_("The rubric of this review has no veto “{veto}”. Check the name and try again.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """The written part of the qualification opinion (资质评价意见, Art. 13)."""

    recommend: Recommendation | None = None
    text: str = ""
    strengths: str = ""
    concerns: str = ""


@dataclass(frozen=True, slots=True)
class VetoFinding:
    """A veto fact that the expert found; it counts only once somebody else has confirmed it."""

    veto: str
    fact: str
    evidence: tuple[Anchor, ...] = ()


class OpinionPart(StrEnum):
    """The three texts of an opinion."""

    TEXT = "text"
    STRENGTHS = "strengths"
    CONCERNS = "concerns"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in the dossier a sentence of the opinion rests; *sentence* is the text as it stood when it was tied."""

    part: OpinionPart
    sentence: str
    evidence: tuple[Anchor, ...]


class Verdict(StrEnum):
    """An answer of the examination of an application (Art. 9)."""

    YES = "yes"
    NO = "no"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the expert says to one question of the examination; a doubt or a no needs a reason."""

    question: str
    verdict: Verdict | None
    reason: str = ""
    evidence: tuple[Anchor, ...] = ()


class Gap(StrEnum):
    """What keeps a review from being complete."""

    SCORE = "score"
    REASON = "reason"
    CONCLUSION = "conclusion"
    STRENGTH = "strength"
    CONCERN = "concern"
    FACT = "fact"
    ANSWER = "answer"  # Art. 9
    ANSWER_REASON = "answer_reason"  # Art. 9
    GROUNDS = "grounds"  # why the application is recommended or not, Art. 9
    VISIT = "visit"  # none is planned, Art. 14
    CONCLUDED = "concluded"  # Art. 14
    ACKNOWLEDGED = "acknowledged"  # how the applicant stands to the facts, Art. 14
    VERSIONS = "versions"  # an entry that two copies of a desk wrote differently, Art. 14


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to be done before signing; ``indicator`` or ``question`` where it belongs to one."""

    gap: Gap
    indicator: IndicatorId | None = None
    question: str | None = None

    def key(self) -> str:
        """Stable text for scripts: ``score:rd_platform``, ``answer:evidence`` or ``conclusion``."""
        place = self.indicator or self.question
        return f"{self.gap}:{place}" if place else str(self.gap)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the expert says, without state or history.

    Attributes:
        scores: of the six dimensions; a qualification evaluation (Art. 13) has nothing else to score.
        citations: evidence tied to sentences of the opinion.
        answers: to the questions of an examination (Art. 9).
    """

    scores: tuple[Score, ...] = ()
    opinion: Opinion = field(default_factory=Opinion)
    vetoes: tuple[VetoFinding, ...] = ()
    citations: tuple[Citation, ...] = ()
    answers: tuple[Answer, ...] = ()

    def cited(self) -> frozenset[Sha256]:
        """Hashes of every document that something in it refers to."""
        anchors = [anchor for score in self.scores for anchor in score.evidence]
        anchors += [anchor for finding in self.vetoes for anchor in finding.evidence]
        anchors += [anchor for citation in self.citations for anchor in citation.evidence]
        anchors += [anchor for answer in self.answers for anchor in answer.evidence]
        return frozenset(anchor.document for anchor in anchors)

    def score_of(self, indicator: IndicatorId) -> Score | None:
        """The expert's value for *indicator*, if there is one yet."""
        return next((score for score in self.scores if score.indicator == indicator), None)

    def with_score(self, rubric: Rubric, score: Score) -> Self:
        """The same with *score* in place of any earlier one, in the order of *rubric*.

        Raises:
            UnknownIndicatorError, NotAStepError, AboveCapError: the rubric does not allow it.
        """
        check_score(rubric, score)
        kept = {old.indicator: old for old in self.scores} | {score.indicator: score}
        return replace(self, scores=tuple(kept[i.id] for i in rubric.indicators if i.id in kept))

    def without_score(self, indicator: IndicatorId) -> Self:
        """The same with no value for *indicator*."""
        return replace(self, scores=tuple(score for score in self.scores if score.indicator != indicator))

    def check(self, rubric: Rubric) -> None:
        """Refuse what *rubric* does not allow; for assessments that somebody else put together.

        Raises:
            UnknownIndicatorError, NotAStepError, AboveCapError: a score the rubric does not allow.
            ScoreTwiceError: two values for one indicator.
            UnknownVetoError: a veto finding that names none of the rubric's vetoes.
        """
        seen: set[IndicatorId] = set()
        for score in self.scores:
            check_score(rubric, score)
            if score.indicator in seen:
                raise ScoreTwiceError(indicator=score.indicator)
            seen.add(score.indicator)
        known = {veto.id for veto in rubric.vetoes}
        for finding in self.vetoes:
            if finding.veto not in known:
                raise UnknownVetoError(veto=finding.veto)

    def missing(self, rubric: Rubric) -> tuple[Missing, ...]:
        """What is left to do, in the order of the form; empty when the review is complete.

        Complete: every indicator has a step, is not applicable, or cannot be judged with a reason; reasons where the
        rubric asks for them; the opinion has a conclusion, one strength and one concern; every veto that is named says
        what was seen. Evidence is never required.
        """
        return (*_missing_scores(rubric, self), *_missing_opinion(self.opinion), *_missing_facts(self.vetoes))


def _missing_scores(rubric: Rubric, assessment: Assessment) -> Iterable[Missing]:
    by_indicator = {score.indicator: score for score in assessment.scores}
    for indicator in rubric.indicators:
        score = by_indicator.get(indicator.id)
        if score is None:
            yield Missing(Gap.SCORE, indicator.id)
        elif needs_reason(rubric, score) and not score.reason.strip():
            yield Missing(Gap.REASON, indicator.id)


def _missing_opinion(opinion: Opinion) -> Iterable[Missing]:
    if opinion.recommend is None:
        yield Missing(Gap.CONCLUSION)
    if not opinion.strengths.strip():
        yield Missing(Gap.STRENGTH)
    if not opinion.concerns.strip():
        yield Missing(Gap.CONCERN)


def _missing_facts(vetoes: Iterable[VetoFinding]) -> Iterable[Missing]:
    if any(not finding.fact.strip() for finding in vetoes):
        yield Missing(Gap.FACT)


@dataclass(frozen=True, slots=True)
class SealedReview:
    """What one signature stands for. Its canonical JSON is ``review.json`` in a package.

    Attributes:
        revision: from 1.
        base: SHA-256 of the ``review.json`` this one replaces; ``None`` for the first.
        rubric: SHA-256 of the canonical rubric it was judged by.
        assignment: the package that brought the dossier, and the hash of its inner bytes.
        dossier: SHA-256 over the application's face sheet and document hashes as they were on the desk, so that a
            review against an older state is noticed.
        reason: why an earlier revision is replaced; empty for the first.
        sealed_at: what the desk's clock claimed.
        events_head: head of the event chain, as of the sealing event.
        joint_opinion: SHA-256 of the ``opinion.json`` of a visit (Art. 14), which says what an on-site review says;
            *rubric* is then the checklist as it reads for the applicant. ``None``, and not in the JSON, for the other
            kinds: they are sealed as they were before there were visits.
    """

    review: ReviewId
    application: ApplicationCode
    expert: ExpertCode
    device: DeviceCode
    kind: ReviewKind
    revision: int
    base: Sha256 | None
    rubric: Sha256
    assignment: PackageId
    assignment_sha256: Sha256
    dossier: Sha256
    assessment: Assessment
    reason: str
    sealed_at: datetime
    events_head: Sha256
    clock_suspect: bool = False
    joint_opinion: Sha256 | None = field(default=None, metadata=CAME_LATER)

    def __post_init__(self) -> None:
        if self.revision < 1 or (self.base is None) != (self.revision == 1):
            raise RevisionInvalidError(application=self.application)


class RevisionInvalidError(UserFacingError):
    """A first revision with a base, or a later one without."""

    code = "revision_invalid"
    message = N_("{application}: the revision number and the revision it replaces do not fit together.")


_CODE_DIGITS: Final = 8


def revision_code(content: Sha256) -> str:
    """The 8 digits that stand for one sealed revision on paper and on the telephone.

    Args:
        content: SHA-256 of the revision's ``review.json``.
    """
    return f"{int(content, 16) % 10**_CODE_DIGITS:0{_CODE_DIGITS}d}"


def uncited(assessment: Assessment) -> tuple[IndicatorId, ...]:
    """Indicators with a value and no evidence: counted and shown, never refused."""
    return tuple(s.indicator for s in assessment.scores if s.standing is Standing.GIVEN and not s.evidence)
