"""Answering the questions of an examination at the desk."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.evidence import Anchor
from app.domain.examination import UnknownQuestionError
from app.domain.ids import Sha256
from app.domain.review import Answer, Opinion, Recommendation, ReviewKind, Verdict
from app.domain.task import TaskState
from app.intake.examination_file import default_examination
from app.packages import canonical
from app.services import desk_fields
from app.services.desk_editing import find_review
from app.services.desk_errors import DocumentUnknownError, ScoresFileError, TextTooLongError
from tests.support.desks import DeskStory

Stories = Callable[..., DeskStory]
QUESTIONS = [question.id for question in default_examination().questions]


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    """A desk whose only dossier is to be examined."""
    story = stories("assigned", "2026-0001").unlock()
    data = canonical.encode(default_examination())
    with story.desk._store.writing() as work:
        work.desk.save_rubric(canonical.sha256(data), data)
        record = find_review(work, story.review)
        work.reviews.save(replace(record, kind=ReviewKind.EXAMINATION, rubric=canonical.sha256(data)))
        work.commit(b"examination")
    return story


def draft_answers(story: DeskStory) -> tuple[Answer, ...]:
    with story.desk._store.reading() as work:
        return desk_fields.draft_from(work.drafts.fields(story.review)).answers


def test_an_answer_is_there_after_the_desk_was_closed_and_opened(story: DeskStory) -> None:
    story.desk.answering.set_answer(story.review, "standard", Verdict.DOUBT)
    story.desk.answering.set_reason(story.review, "standard", "标准年号缺失")
    story.reopen()
    assert draft_answers(story) == (Answer("standard", Verdict.DOUBT, "标准年号缺失"),)


def test_the_list_counts_answered_questions_and_shows_no_points(story: DeskStory) -> None:
    story.desk.answering.set_answer(story.review, "standard", Verdict.YES)
    story.desk.answering.set_reason(story.review, "evidence", "还没有看完")
    task = story.desk.tasks.task(story.review)
    assert (task.scored, task.of, task.total, task.state) == (1, 5, None, TaskState.SCORING)


def test_it_is_complete_once_every_question_and_the_conclusion_stand(story: DeskStory) -> None:
    for question in QUESTIONS:
        story.desk.answering.set_answer(story.review, question, Verdict.YES)
    assert story.desk.tasks.task(story.review).state is TaskState.SCORING
    story.desk.scoring.set_opinion(story.review, Opinion(Recommendation.YES, "符合要求，建议列入"))
    assert story.desk.tasks.task(story.review).state is TaskState.COMPLETE
    assert story.desk.sealing.ready() == (story.review,)


def test_an_answer_is_taken_back_by_undo_and_by_clearing(story: DeskStory) -> None:
    story.desk.answering.set_answer(story.review, "standard", Verdict.YES)
    story.desk.answering.set_answer(story.review, "standard", Verdict.NO)
    story.desk.scoring.undo(story.review)
    assert draft_answers(story) == (Answer("standard", Verdict.YES),)
    story.desk.answering.set_answer(story.review, "standard", None)
    assert draft_answers(story) == ()


def test_evidence_is_tied_once_and_untied(story: DeskStory) -> None:
    with story.desk._store.reading() as work:
        document = work.assignments.documents(story.review)[0].document.sha256
    place = Anchor(document, page=1)
    for _time in range(2):
        story.desk.answering.attach_evidence(story.review, "standard", place)
    assert draft_answers(story) == (Answer("standard", None, evidence=(place,)),)
    story.desk.answering.remove_evidence(story.review, "standard", place)
    assert draft_answers(story) == ()


def test_a_document_of_another_dossier_is_refused(story: DeskStory) -> None:
    with pytest.raises(DocumentUnknownError):
        story.desk.answering.attach_evidence(story.review, "standard", Anchor(Sha256("0" * 64), page=1))


def test_a_question_the_form_does_not_ask_is_refused(story: DeskStory) -> None:
    with pytest.raises(UnknownQuestionError):
        story.desk.answering.set_answer(story.review, "weather", Verdict.YES)


def test_a_qualification_evaluation_has_no_questions(stories: Stories) -> None:
    other = stories("assigned", "2026-0002").unlock()
    with pytest.raises(UnknownQuestionError):
        other.desk.answering.set_answer(other.review, "standard", Verdict.YES)


def test_a_reason_nobody_could_print_is_refused(story: DeskStory) -> None:
    with pytest.raises(TextTooLongError):
        story.desk.answering.set_reason(story.review, "standard", "长" * (desk_fields.LONGEST_TEXT + 1))


def test_a_draft_with_answers_comes_back_from_its_fields_as_it_was(story: DeskStory) -> None:
    story.desk.answering.set_answer(story.review, "standard", Verdict.NO)
    story.desk.answering.set_reason(story.review, "standard", "标准已废止")
    with story.desk._store.reading() as work:
        draft = desk_fields.draft_from(work.drafts.fields(story.review))
    assert desk_fields.draft_from(desk_fields.fields_of(draft)) == draft


def test_a_file_answers_every_question_and_completes_the_review(story: DeskStory) -> None:
    answers = ", ".join(f'"{question}": {{"verdict": "yes"}}' for question in QUESTIONS[1:])
    doubt = '"eligibility": {"verdict": "doubt", "reason": "商标须核实", "evidence": []}'
    opinion = '{"recommend": "no", "text": "资格有疑点"}'
    story.desk.scoring.apply_file(story.review, f'{{"answers": {{{doubt}, {answers}}}, "opinion": {opinion}}}'.encode())
    assert story.desk.tasks.task(story.review).state is TaskState.COMPLETE
    story.desk.scoring.apply_file(story.review, b'{"answers": {"eligibility": null}}')
    assert story.desk.tasks.task(story.review).scored == 4


@pytest.mark.parametrize(
    "text",
    [
        '{"answers": {"standard": {"verdict": "maybe"}}}',
        '{"answers": {"standard": {"verdict": ["yes"]}}}',
        '{"answers": {"standard": {"points": 3}}}',
        '{"scores": {"rd_platform": {"percent": 75}}}',
    ],
)
def test_a_file_that_does_not_fit_the_form_changes_nothing(story: DeskStory, text: str) -> None:
    with pytest.raises(ScoresFileError):
        story.desk.scoring.apply_file(story.review, text.encode())
    assert draft_answers(story) == ()
