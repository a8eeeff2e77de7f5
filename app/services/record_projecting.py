"""A signed review as the record's numbers, with what is wrong with it by itself. Needs no memory of the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.conflict import Declared
from app.domain.events import Event, EventKind
from app.domain.examination import check, missing
from app.domain.ids import ApplicationCode, DeviceCode, DimensionId, ExpertCode, ReviewId, Sha256
from app.domain.importing import Unwritten
from app.domain.outcome import Outcome
from app.domain.review import Assessment, ReviewKind, SealedReview
from app.domain.rubric import Rubric
from app.domain.score_texts import ScoreValue, fraction_text
from app.domain.scoring import Score, Standing, totals
from app.errors import UserFacingError
from app.packages import canonical
from app.packages.log_chain import ChainBrokenError, head_of, split_lines
from app.services.record_forms import CampaignForms, SignedForm
from app.services.record_onsite import ReadVisit

_NOTHING: Final = "{}"  # no scores, in canonical form


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReview:
    """One sealed review as numbers.

    Attributes:
        rubric_sha256: of the form it was filled in by, whatever its kind.
        scores: JSON: indicator -> value; of an examination question -> verdict.
        cited: documents that it refers to and that do not come with it.
        flaw: what is wrong with it by itself.
        visit: what an on-site review says, if nothing is wrong with it.
        settles: other versions of it that its expert looked at before signing this one.
        unwritten: what it builds on and no written package holds, the latest first.
        data: the bytes of its ``review.json``.
    """

    review: ReviewId
    application: ApplicationCode
    expert: ExpertCode
    device: DeviceCode
    kind: ReviewKind
    revision: int
    base: Sha256 | None
    sha256: Sha256
    rubric_sha256: Sha256
    dossier: Sha256
    cited: frozenset[Sha256]
    recommend: str
    scores: str
    total: str | None
    dimensions: str
    sealed_at: datetime
    flaw: Outcome | None
    visit: ReadVisit | None = None
    settles: tuple[Sha256, ...] = ()
    unwritten: tuple[Unwritten, ...] = ()
    data: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a review says, whatever its kind; fields as in :class:`ReadReview`."""

    recommend: str = ""
    scores: str = _NOTHING
    total: str | None = None
    dimensions: str = _NOTHING
    cited: frozenset[Sha256] = frozenset()
    visit: ReadVisit | None = None


def project(
    sealed: SealedReview, data: bytes, *, events: bytes, photographs: frozenset[Sha256], forms: CampaignForms
) -> ReadReview:
    """A signed review as the record's numbers, with the flaw it has by itself, if any."""
    signed = forms.of(sealed.kind)
    flaw = _flaw(sealed, events, signed)
    form = signed.form if signed and flaw is None else None
    points = totals(form, sealed.assessment.scores) if isinstance(form, Rubric) else None
    dimensions = {name: fraction_text(value) for name, value in points.dimensions.items()} if points else {}
    said = _Said(
        recommend=str(sealed.assessment.opinion.recommend or ""),
        scores=_text(_values(sealed.assessment)),
        total=fraction_text(points.total) if points else None,
        dimensions=_text(dimensions),
        cited=sealed.assessment.cited() - photographs,
    )
    return _read_review(sealed, data, said, flaw=flaw)


def project_visit(sealed: SealedReview, data: bytes, *, events: bytes, visit: ReadVisit | Outcome) -> ReadReview:
    """A signed on-site review as the record's numbers: item by item what the team gave."""
    flaw = visit if isinstance(visit, Outcome) else _flaw_of_history(events, sealed)
    stated = visit if isinstance(visit, ReadVisit) and flaw is None else None
    if stated is None:
        return _read_review(sealed, data, _Said(), flaw=flaw)
    said = _Said(
        recommend=stated.conclusion,
        scores=stated.scores,
        total=stated.total,
        dimensions=stated.dimensions,
        visit=stated,
    )
    return _read_review(sealed, data, said, flaw=flaw)


def _read_review(sealed: SealedReview, data: bytes, said: _Said, *, flaw: Outcome | None) -> ReadReview:
    return ReadReview(
        review=sealed.review,
        application=sealed.application,
        expert=sealed.expert,
        device=sealed.device,
        kind=sealed.kind,
        revision=sealed.revision,
        base=sealed.base,
        sha256=canonical.sha256(data),
        rubric_sha256=sealed.rubric,
        dossier=sealed.dossier,
        cited=said.cited,
        recommend=said.recommend,
        scores=said.scores,
        total=said.total,
        dimensions=said.dimensions,
        sealed_at=sealed.sealed_at,
        flaw=flaw,
        data=data,
        visit=said.visit,
    )


def _flaw(sealed: SealedReview, events: bytes, signed: SignedForm | None) -> Outcome | None:
    if signed is None or sealed.rubric != signed.sha256:
        return Outcome.RUBRIC_MISMATCH
    assessment = sealed.assessment
    if assessment.answers if isinstance(signed.form, Rubric) else (assessment.scores or assessment.vetoes):
        return Outcome.INCOMPLETE  # what is asked in a review of another kind
    try:
        check(signed.form, assessment)
    except UserFacingError:
        return Outcome.INCOMPLETE
    if missing(signed.form, assessment):
        return Outcome.INCOMPLETE
    return Outcome.INCOMPLETE if sealed.joint_opinion else _flaw_of_history(events, sealed)


def _flaw_of_history(events: bytes, sealed: SealedReview) -> Outcome | None:
    if not _leads_to(events, sealed):
        return Outcome.DAMAGED
    return None if _begins_with_declaring(events) else Outcome.INCOMPLETE


def _leads_to(events: bytes, sealed: SealedReview) -> bool:
    """Whether the history ends with the sealing of exactly this assessment, or joint opinion."""
    try:
        lines = split_lines(events)
        last = canonical.decode(lines[-1] if lines else b"", Event)
    except (ChainBrokenError, canonical.NotCanonicalError):
        return False
    digest = sealed.joint_opinion or canonical.digest_of(sealed.assessment)
    is_sealing = last.what is EventKind.SEALED and last.digest == digest
    return is_sealing and last.number == len(lines) and head_of(lines).head == sealed.events_head


def _begins_with_declaring(events: bytes) -> bool:
    """Whether the expert had declared to have no relation before anything was opened or valued."""
    try:
        first = canonical.decode(events[: events.find(b"\n")], Event)
    except canonical.NotCanonicalError:
        return False
    return (first.number, first.what, first.value) == (1, EventKind.DECLARED, str(Declared.NONE))


def _values(assessment: Assessment) -> dict[str, ScoreValue]:
    """What was said to each indicator or question; a review has the one or the other."""
    values: dict[str, ScoreValue] = {score.indicator: _value(score) for score in assessment.scores}
    return values | {answer.question: str(answer.verdict or "") for answer in assessment.answers}


def _text(value: Mapping[str, ScoreValue] | Mapping[DimensionId, str | None]) -> str:
    return canonical.encode(value).decode()


def _value(score: Score) -> ScoreValue:
    if score.percent is not None:
        return score.percent
    return "na" if score.standing is Standing.NOT_APPLICABLE else "unjudged"
