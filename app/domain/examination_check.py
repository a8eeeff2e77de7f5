"""What an expert may want to look at again before signing an examination (Art. 9): private, never a refusal."""

from collections.abc import Iterable, Iterator

from app.domain.examination import ExaminationForm
from app.domain.review import Assessment, Missing, OpinionPart, Recommendation, Verdict
from app.domain.self_check import (
    Remark,
    RemarkCode,
    Written,
    changed_sentences,
    normalised,
    sentences,
    sentences_of,
)


def examination_check(
    form: ExaminationForm, assessment: Assessment, *, missing: Iterable[Missing], others: Iterable[Written] = ()
) -> tuple[Remark, ...]:
    """Everything worth a second look, what keeps the examination from being signed first.

    Args:
        missing: as :func:`app.domain.examination.missing` counts it.
        others: what the same expert wrote about other applications.
    """
    return (
        *(Remark(RemarkCode.MISSING, question=one.question, missing=one) for one in missing),
        *_contradictions(form, assessment),
        *changed_sentences(assessment),
        *_repeated(assessment, others),
        *_uncited(assessment),
    )


def _contradictions(form: ExaminationForm, assessment: Assessment) -> Iterator[Remark]:
    given = {answer.question: answer.verdict for answer in assessment.answers if answer.verdict}
    recommend = assessment.opinion.recommend
    if recommend is Recommendation.YES:
        for question, verdict in given.items():
            if verdict is Verdict.NO:
                yield Remark(RemarkCode.YES_WITH_NO, question=question)
    elif recommend is Recommendation.NO and list(given.values()) == [Verdict.YES] * len(form.questions):
        yield Remark(RemarkCode.NO_WITH_YES_ONLY)


def _repeated(assessment: Assessment, others: Iterable[Written]) -> Iterator[Remark]:
    elsewhere, told = sentences_of(others), set[str]()
    texts = [(answer.question, answer.reason) for answer in assessment.answers]
    for question, text in [*texts, (None, assessment.opinion.text)]:
        for sentence in sentences(text):
            folded = normalised(sentence)
            if folded in elsewhere and folded not in told:
                told.add(folded)
                part = None if question else OpinionPart.TEXT
                facts = (sentence, *sorted(elsewhere[folded]))
                yield Remark(RemarkCode.REPEATED, part=part, facts=facts, question=question)


def _uncited(assessment: Assessment) -> Iterator[Remark]:
    """Somebody else will read a doubt or a no, and look for the place it rests on."""
    for answer in assessment.answers:
        if answer.verdict in {Verdict.NO, Verdict.DOUBT} and not answer.evidence:
            yield Remark(RemarkCode.ANSWER_UNCITED, question=answer.question)
