"""The examination of an application by the expert group (审查, Art. 9): fixed questions, a conclusion, a majority.

It has no points. The regulation names the act and leaves its criteria open, so the questions are data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.draft import Draft
from app.domain.review import Answer, Assessment, Gap, Missing, Recommendation, Verdict
from app.domain.rubric import Rubric
from app.errors import UserFacingError
from app.i18n import N_, _

UNOFFICIAL_NOTICE: Final = N_("Proposed examination form; the officially published one takes precedence.")


class FormInvalidError(UserFacingError):
    """A form of examination that nobody could fill in."""

    code = "examination_form_invalid"
    message = N_("The examination form has a question twice, or one without a name or text. Check the form file.")


class UnknownQuestionError(UserFacingError):
    """An answer to a question the form does not ask."""

    code = "unknown_question"
    message = N_("The examination form has no question “{question}”. Check the name and try again.")


class AnsweredTwiceError(UserFacingError):
    """Two answers to one question."""

    code = "answered_twice"
    message = N_("Question “{question}” has two answers. Keep one of them.")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form.

    Attributes:
        hint: what to look at; may be empty.
        article: the article of the regulation it rests on; empty if none.
    """

    id: str
    text: str
    hint: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class ExaminationForm:
    """The questions every expert answers about every application.

    Attributes:
        is_official: whether the organisers have issued it; a proposal says so wherever it is shown.

    Raises:
        FormInvalidError: no question, one twice, or one without a name or text.
    """

    id: str
    version: str
    is_official: bool
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        names = [question.id for question in self.questions]
        is_whole = all(question.id.strip() and question.text.strip() for question in self.questions)
        if not names or len(set(names)) != len(names) or not is_whole:
            raise FormInvalidError

    def question(self, question: str) -> Question:
        """The question called *question*.

        Raises:
            UnknownQuestionError: there is none.
        """
        found = next((one for one in self.questions if one.id == question), None)
        if found is None:
            raise UnknownQuestionError(question=question)
        return found

    def status_notice(self) -> str:
        """What every print-out of an unofficial form has to say; empty for an official one."""
        return "" if self.is_official else _(UNOFFICIAL_NOTICE)


ReviewForm = Rubric | ExaminationForm
"""What a review is filled in by: one type per kind of review."""


def assessment_of(form: ReviewForm, draft: Draft) -> Assessment:
    """What would be signed now, in the order of *form*; in an examination nothing but answers and the opinion."""
    if isinstance(form, Rubric):
        return draft.assessment(form)
    given = {answer.question: answer for answer in draft.answers}
    answers = tuple(given[question.id] for question in form.questions if question.id in given)
    return Assessment(opinion=draft.opinion, citations=draft.citations, answers=answers)


def check(form: ReviewForm, assessment: Assessment) -> None:
    """Refuse what *form* does not ask; for assessments that somebody else put together.

    Raises:
        UnknownQuestionError, AnsweredTwiceError: an examination with an answer too many.
        UnknownIndicatorError, NotAStepError, AboveCapError, ScoreTwiceError, UnknownVetoError: as the rubric says.
    """
    if isinstance(form, Rubric):
        return assessment.check(form)
    seen: set[str] = set()
    for answer in assessment.answers:
        form.question(answer.question)
        if answer.question in seen:
            raise AnsweredTwiceError(question=answer.question)
        seen.add(answer.question)
    return None


def missing(form: ReviewForm, assessment: Assessment) -> tuple[Missing, ...]:
    """What is left to do before signing, in the order of *form*; empty when the review is complete.

    An examination is complete when every question is answered, every no and every doubt has its reason, and the
    opinion has a conclusion and says why.
    """
    if isinstance(form, Rubric):
        return assessment.missing(form)
    return (*_missing_answers(form, assessment.answers), *_missing_conclusion(assessment))


def _missing_answers(form: ExaminationForm, answers: Sequence[Answer]) -> Iterable[Missing]:
    given = {answer.question: answer for answer in answers}
    for question in form.questions:
        answer = given.get(question.id)
        if answer is None or answer.verdict is None:
            yield Missing(Gap.ANSWER, question=question.id)
        elif answer.verdict is not Verdict.YES and not answer.reason.strip():
            yield Missing(Gap.ANSWER_REASON, question=question.id)


def _missing_conclusion(assessment: Assessment) -> Iterable[Missing]:
    if assessment.opinion.recommend is None:
        yield Missing(Gap.CONCLUSION)
    if not assessment.opinion.text.strip():
        yield Missing(Gap.GROUNDS)


@dataclass(frozen=True, slots=True)
class Majority:
    """How the experts of one application stand.

    Attributes:
        valid: experts who are asked and neither recused, abstained nor taken back.
        result: what more than half of the valid experts say; ``None`` while no side has it, and at a tie.
    """

    valid: int
    yes: int
    no: int

    @property
    def missing(self) -> int:
        """Valid experts whose signed opinion is not here. They stand for nothing, least of all for a no."""
        return self.valid - self.yes - self.no

    @property
    def result(self) -> Recommendation | None:
        """See the class; more opinions never turn a result that is there."""
        half = Fraction(self.valid, 2)
        if self.yes > half:
            return Recommendation.YES
        return Recommendation.NO if self.no > half else None


def majority(opinions: Iterable[Recommendation | None]) -> Majority:
    """Count one opinion per valid expert; ``None`` where nothing signed is here (simple majority, no points)."""
    given = list(opinions)
    return Majority(
        valid=len(given),
        yes=sum(one is Recommendation.YES for one in given),
        no=sum(one is Recommendation.NO for one in given),
    )
