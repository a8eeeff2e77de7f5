"""What came back of examinations (审查, Art. 9): verdicts and reasons as signed, and the majority over them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.examination import majority
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId, Sha256
from app.domain.results import AnswerLine, ExaminationResult, ExaminerResult, ExpertStatus
from app.domain.review import Recommendation, ReviewKind, SealedReview, Verdict
from app.packages import canonical
from app.packages.payloads import review_path
from app.services.record_statuses import status_of
from app.storage.record.files import FilesDestroyedError
from app.storage.record.reviews import StoredDeclaration, StoredReview
from app.storage.record.revisions import StoredRevision
from app.storage.record.unit_of_work import RecordWork

_ASKED = (ExpertStatus.SEALED, ExpertStatus.MISSING)


def examination_result(
    reviews: Iterable[StoredReview],
    revisions: Mapping[ReviewId, StoredRevision],
    declared: Mapping[ReviewId, StoredDeclaration],
    *,
    names: Mapping[ExpertCode, str],
) -> ExaminationResult | None:
    """The examination of one application without its reasons; ``None`` where nobody is asked for one."""
    experts = []
    for review in reviews:
        if review.kind is not ReviewKind.EXAMINATION:
            continue
        revision = revisions.get(review.review)
        status = status_of(review, has_revision=revision is not None, declaration=declared.get(review.review))
        if status is ExpertStatus.STRUCK and revision is None:
            continue  # taken back before anything came of it
        is_counted = status is ExpertStatus.SEALED and revision is not None
        experts.append(
            ExaminerResult(
                expert=review.expert,
                name=names.get(review.expert, ""),
                review=review.review,
                status=status,
                recommend=Recommendation(revision.recommend) if is_counted and revision else None,
                answers=_answers(revision) if is_counted and revision else (),
            )
        )
    if not experts:
        return None
    return ExaminationResult(
        experts=tuple(experts), majority=majority(one.recommend for one in experts if one.status in _ASKED)
    )


def with_reasons(
    work: RecordWork, result: ExaminationResult, revisions: Mapping[ReviewId, StoredRevision]
) -> ExaminationResult:
    """The same with the words, which stand in the signed originals alone; empty where those were destroyed."""
    originals: dict[tuple[Sha256, ApplicationCode], Mapping[str, bytes]] = {}
    experts = []
    for one in result.experts:
        revision = revisions.get(one.review)
        if revision is None or one.status is not ExpertStatus.SEALED:
            experts.append(one)
            continue
        place = (revision.package, revision.application)
        if place not in originals:
            originals[place] = _original(work, revision)
        experts.append(_with_words(one, originals[place].get(review_path(one.review))))
    return replace(result, experts=tuple(experts))


def _answers(revision: StoredRevision) -> tuple[AnswerLine, ...]:
    values = revision.score_values()
    return tuple(AnswerLine(question, Verdict(str(verdict))) for question, verdict in values.items())


def _original(work: RecordWork, revision: StoredRevision) -> Mapping[str, bytes]:
    try:
        return work.files.original(revision.package, revision.application)
    except FilesDestroyedError:
        return {}


def _with_words(one: ExaminerResult, data: bytes | None) -> ExaminerResult:
    if data is None:
        return one
    assessment = canonical.decode(data, SealedReview).assessment
    reasons = {answer.question: answer.reason for answer in assessment.answers}
    answers = tuple(replace(line, reason=reasons.get(line.question, "")) for line in one.answers)
    return replace(one, answers=answers, text=assessment.opinion.text)
