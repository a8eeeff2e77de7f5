"""What the record tells of an application once reviews have come back. Missing is never zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.domain.conflict import Declared
from app.domain.examination import Majority
from app.domain.ids import ApplicationCode, DeviceCode, DimensionId, ExpertCode, IndicatorId, ReviewId, Sha256
from app.domain.onsite.returned import SignedBy, VisitFacts
from app.domain.review import Recommendation, ReviewKind, Verdict
from app.domain.scoring import Standing


class ExpertStatus(StrEnum):
    """Why there is a value, or why there is none."""

    SEALED = "sealed"
    RECUSED = "recused"
    ABSTAINED = "abstained"
    MISSING = "missing"
    WITH_LEADER = "with_leader"  # of a visit: in the review that the leader signed
    STRUCK = "struck"  # recalled or reassigned after it had come back


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One indicator of one signed review; ``points`` are whole, or ``None`` where there is no value."""

    indicator: IndicatorId
    standing: Standing
    percent: int | None
    points: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertResult:
    """One expert's part; ``total`` and ``dimensions`` are exact and never rounded here."""

    expert: ExpertCode
    name: str
    review: ReviewId
    status: ExpertStatus
    total: Fraction | None = None
    dimensions: Mapping[DimensionId, Fraction | None]
    scores: tuple[ScoreLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipeResult:
    """What one recipe makes of the present values, rounded once; ``None`` where there are too few."""

    total: Decimal | None
    dimensions: Mapping[DimensionId, Decimal | None]


@dataclass(frozen=True, slots=True)
class SpreadResult:
    """How far apart the totals lie."""

    lowest: Decimal
    highest: Decimal
    range: Decimal


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What a signed examination says to one question; ``reason`` is empty where it was not asked for, or not given."""

    question: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminerResult:
    """One expert's examination of an application (Art. 9): the conclusion, why, and the answers, in their order."""

    expert: ExpertCode
    name: str
    review: ReviewId
    status: ExpertStatus
    recommend: Recommendation | None = None
    text: str = ""
    answers: tuple[AnswerLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationResult:
    """The examination of one application (Art. 9): who says what, and where the majority lies. It has no points."""

    experts: tuple[ExaminerResult, ...]
    majority: Majority


@dataclass(frozen=True, slots=True)
class TeamMemberResult:
    """One of the visiting team, and how they stand below the joint opinion."""

    expert: ExpertCode
    name: str
    is_leader: bool
    signed: SignedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSiteResult:
    """The visit of one application (Art. 14): score, conclusion, acknowledgement, dissent, and who has signed.

    Attributes:
        review: the signed on-site review it stands in; ``None`` while none is back.
        total: exact, out of the checklist's points; always the one of the visit. *full*: those points.
        facts: what was signed; ``None`` while nothing is back.
    """

    members: tuple[TeamMemberResult, ...]
    review: ReviewId | None = None
    revision: int | None = None
    total: Fraction | None = None
    full: int = 0
    facts: VisitFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationResult:
    """One application with every expert who was asked, and the recipes over those who answered.

    Attributes:
        experts: of the qualification evaluation (Art. 13), and so are the recipes.
        examination: ``None`` where nobody is asked for one.
        onsite: ``None`` where no team visits.
    """

    application: ApplicationCode
    operator: str
    offering_name: str
    experts: tuple[ExpertResult, ...]
    mean: RecipeResult
    trimmed_mean: RecipeResult
    spread: SpreadResult | None
    examination: ExaminationResult | None = None
    onsite: OnSiteResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionEntry:
    """One signed revision of a review; ``code`` is the 8 digits printed on paper."""

    revision: int
    sha256: Sha256
    code: str
    package_sha256: Sha256
    sealed_at: datetime
    imported_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLine:
    """Sent, returned, in the record: one review side by side.

    Attributes:
        signed: of a member whose visit came back in the leader's review, how the member stands below it.
        is_leaderless: of a visit that nobody leads for the moment.
    """

    expert: ExpertCode
    expert_name: str
    application: ApplicationCode
    review: ReviewId
    kind: ReviewKind = ReviewKind.QUALIFICATION
    sent_at: datetime | None
    deadline_at: datetime | None
    declared: Declared | None
    revision: int | None
    sealed_at: datetime | None
    imported_at: datetime | None
    status: ExpertStatus
    signed: SignedBy | None = None
    is_leaderless: bool = False


@dataclass(frozen=True, slots=True)
class MissingPackage:
    """A package that a device counted and that never arrived here."""

    device: DeviceCode
    seq: int
