"""What a form needs to know, gathered by a service. No form asks a store or a clock for anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from app.documents.wording import Rules
from app.domain.application import Document, FaceSheet
from app.domain.ids import DimensionId, ExpertCode, IndicatorId, Sha256
from app.domain.review import Assessment, ReviewKind
from app.domain.rubric import Rubric
from app.domain.scoring import Totals


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """One expert's review of one application, filled or blank.

    Attributes:
        assessment: ``None`` prints a blank form to be filled by hand.
        content: SHA-256 of the sealed ``review.json``; of the rubric for a blank form; of the draft for a preview.
        revision: ``None`` until it is sealed; a form that is not sealed says so on every page.
        documents: for naming evidence as “document, page”.
    """

    campaign: str
    face: FaceSheet
    rubric: Rubric
    expert: ExpertCode
    expert_name: str
    content: Sha256
    assessment: Assessment | None = None
    totals: Totals | None = None
    revision: int | None = None
    sealed_at: datetime | None = None
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class HandInLine:
    """One review on the signature page: conclusion, total, the 8 digits of its revision, and the kind of review."""

    face: FaceSheet
    conclusion: str
    total: Fraction | None
    revision: int
    code: str
    kind: ReviewKind = ReviewKind.QUALIFICATION


@dataclass(frozen=True, slots=True)
class SignaturePage:
    """One page per expert and hand-in, with one signature for all of its lines.

    Attributes:
        rules: what the reviews were filled in by, each once.
        content: SHA-256 over the hashes of the reviews, in order.
        declared: lines of applications not reviewed: application, operator and what was declared.
    """

    campaign: str
    expert: ExpertCode
    expert_name: str
    rules: tuple[Rules, ...]
    lines: tuple[HandInLine, ...]
    content: Sha256
    made_at: datetime
    declared: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExpertColumn:
    """One expert in the summary: percent per indicator, or the word that stands for a missing review."""

    expert: ExpertCode
    status: str
    total: Fraction | None
    percents: Mapping[IndicatorId, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """All experts of one application beside each other, with mean and spread.

    Attributes:
        indicator_means, indicator_ranges: per cent, over present values.
        content: SHA-256 of the canonical result that is printed.
    """

    campaign: str
    face: FaceSheet
    rubric: Rubric
    columns: tuple[ExpertColumn, ...]
    indicator_means: Mapping[IndicatorId, Fraction | None]
    indicator_ranges: Mapping[IndicatorId, Fraction | None]
    dimension_means: Mapping[DimensionId, Fraction | None]
    mean: Fraction | None
    trimmed_mean: Fraction | None
    total_range: Fraction | None
    content: Sha256


@dataclass(frozen=True, slots=True)
class PledgePage:
    """The page an expert prints and signs when enrolling: the comparison of the request code is this page.

    Attributes:
        code: 25 digits in groups of five; qr: what the code beside it holds.
    """

    campaign: str
    name: str
    phone: str
    employer: str
    relations: tuple[str, ...]
    code: str
    qr: str
    request: Sha256
    made_at: datetime
