"""An application that is examined at the desk (Art. 9): assigned, answered, checked, printed, signed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, ReviewId
from app.domain.outcome import Outcome
from app.domain.review import Recommendation, ReviewKind, SealedReview, Verdict
from app.domain.self_check import RemarkCode
from app.domain.task import TaskState
from app.intake.examination_file import default_examination
from app.packages import canonical, payloads
from app.services.desk_answering import NotAnExaminationError
from app.services.desk_editing import find_review
from app.services.desk_errors import NoScoresError, ReviewIncompleteError
from app.services.desk_remarks import remark_words
from app.services.desk_tasks import form_of
from app.words.examination import conclusion_word, review_kind_word
from tests.support.desks import DeskStory
from tests.support.paper import pages_of
from tests.support.secretariat import Dossier, dossier

Stories = Callable[..., DeskStory]
EXAMINED = ReviewId("01930000-0000-7000-8000-00000000e001")


def examined(application: str = "2026-0001") -> Dossier:
    return replace(dossier(application), review=EXAMINED, kind=ReviewKind.EXAMINATION)


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    """A desk that examines one application and evaluates it, too."""
    story = stories("enrolled")
    story.dossiers = (examined(), dossier("2026-0001"))
    sender, out = story.secretariat, story.folder / "out"
    files = [file for one in story.dossiers for file in sender.assignment(out, story.reader, (one,))]
    taken = story.desk.importing.import_files(files)
    assert [item.outcome for item in taken.packages] == [Outcome.NEW, Outcome.NEW]
    return story.unlock()


def test_an_assignment_brings_each_review_with_the_form_of_its_kind(story: DeskStory) -> None:
    kinds = {task.review: (task.kind, task.of, task.state) for task in story.desk.tasks.tasks()}
    assert kinds[EXAMINED] == (ReviewKind.EXAMINATION, 5, TaskState.UNSCORED)
    assert kinds[dossier("2026-0001").review] == (ReviewKind.QUALIFICATION, 24, TaskState.UNSCORED)
    with story.desk._store.reading() as work:
        assert form_of(work, find_review(work, EXAMINED)) == default_examination()


def test_an_examination_without_its_form_is_refused(stories: Stories) -> None:
    story = stories("enrolled")
    sender = story.secretariat
    (file,) = sender.assignment(story.folder / "out", story.reader, (examined(),), form=None)
    (taken,) = story.desk.importing.import_files([file]).packages
    assert taken.outcome is Outcome.INCOMPLETE
    assert story.desk.tasks.tasks() == ()


def test_a_form_that_is_not_the_one_named_is_refused(stories: Stories) -> None:
    story = stories("enrolled")
    other = replace(default_examination(), version="9")
    (file,) = story.secretariat.assignment(
        story.folder / "out", story.reader, (examined(),), form=canonical.encode(other)
    )
    (taken,) = story.desk.importing.import_files([file]).packages
    assert taken.outcome is Outcome.RUBRIC_MISMATCH


def test_the_review_of_an_application_is_found_by_its_kind(story: DeskStory) -> None:
    tasks, application = story.desk.tasks, examined().face.application
    assert tasks.review_of(application, ReviewKind.EXAMINATION) == EXAMINED
    assert tasks.review_of(application) == dossier("2026-0001").review


def answer_all(story: DeskStory, verdict: Verdict = Verdict.YES) -> None:
    for question in default_examination().questions:
        story.desk.answering.set_answer(EXAMINED, question.id, verdict)


def codes(story: DeskStory) -> list[RemarkCode]:
    return [one.remark.code for one in story.desk.self_check.findings(EXAMINED)]


def test_whoever_asks_an_examination_for_scores_is_told_in_a_sentence(story: DeskStory, tmp_path: Path) -> None:
    desk, place = story.desk, IndicatorId("rd_platform")
    for act in (
        lambda: desk.scoring.sheet(EXAMINED),
        lambda: desk.scoring.set_score(EXAMINED, place, percent=75),
        lambda: desk.comparison.change(EXAMINED, place, percent=75, reason="理由"),
        lambda: desk.forms.typing_sheet(EXAMINED, tmp_path / "sheet.xlsx"),
    ):
        with pytest.raises(NoScoresError):
            act()
    with pytest.raises(NotAnExaminationError):
        desk.answering.sheet(dossier("2026-0001").review)


def test_history_comparison_and_corrections_go_on_beside_an_examination(story: DeskStory) -> None:
    answer_all(story)
    assert story.desk.history.history(EXAMINED).states
    assert [len(table.reviews) for table in story.desk.comparison.tables()] == [1]
    assert story.desk.corrections.all() == ()


def test_the_self_check_names_what_is_missing_and_what_contradicts_itself(story: DeskStory) -> None:
    assert codes(story) == [RemarkCode.MISSING] * 7
    answer_all(story)
    story.desk.answering.set_answer(EXAMINED, "standard", Verdict.NO)
    story.desk.answering.set_reason(EXAMINED, "standard", "执行标准已经废止，需要补充现行标准")
    story.desk.answering.conclude(EXAMINED, Recommendation.YES, "符合要求")
    assert codes(story) == [RemarkCode.YES_WITH_NO, RemarkCode.ANSWER_UNCITED]
    checked = story.desk.self_check.check(EXAMINED)
    words = [remark_words(one.remark, checked.form, checked.names) for one in checked.findings]
    assert all("是否写明执行标准" in sentence for sentence in words)
    story.desk.self_check.leave(EXAMINED, *(one.remark.key() for one in checked.findings))
    assert story.desk.self_check.check(EXAMINED).open == ()


def test_not_recommended_although_everything_is_answered_with_yes_is_worth_a_look(story: DeskStory) -> None:
    answer_all(story)
    story.desk.answering.conclude(EXAMINED, Recommendation.NO, "理由")
    assert codes(story) == [RemarkCode.NO_WITH_YES_ONLY]


def test_an_unfinished_examination_is_not_signed(story: DeskStory) -> None:
    answer_all(story)
    with pytest.raises(ReviewIncompleteError):
        story.seal(EXAMINED)


def test_a_signed_examination_travels_with_its_printed_form(story: DeskStory) -> None:
    answer_all(story)
    document = story.dossiers[0].documents[0]
    story.desk.answering.attach_evidence(EXAMINED, "standard", Anchor(document.sha256, page=1))
    story.desk.answering.conclude(EXAMINED, Recommendation.YES, "材料齐全，建议列入")
    draft = "".join(pages_of(story.desk.forms.preview(EXAMINED)))
    assert "草稿，未签名" in draft
    package = story.secretariat.read(story.seal(EXAMINED))
    sealed = canonical.decode(package.content(payloads.review_path(EXAMINED)), SealedReview)
    assert (sealed.kind, sealed.rubric) == (ReviewKind.EXAMINATION, canonical.digest_of(default_examination()))
    paper = package.content(payloads.form_path(EXAMINED, "examination"))
    assert pages_of(paper) == pages_of(story.desk.forms.sealed_form(EXAMINED))
    assert f"{document.name} 第 1 页" in "".join(pages_of(paper))
    page = "".join(pages_of(package.content(payloads.SIGNATURE_PAGE)))
    assert conclusion_word(Recommendation.YES) in page
    assert story.desk.tasks.task(EXAMINED).state is TaskState.SENT


def test_one_hand_in_of_both_kinds_tells_them_apart(story: DeskStory) -> None:
    answer_all(story)
    story.desk.answering.conclude(EXAMINED, Recommendation.NO, "理由")
    other = dossier("2026-0001").review
    story.score(other)
    package = story.secretariat.read(story.seal(EXAMINED, other))
    page = "".join(pages_of(package.content(payloads.SIGNATURE_PAGE)))
    examined_words = review_kind_word(ReviewKind.EXAMINATION) + conclusion_word(Recommendation.NO)
    assert unbroken(examined_words) in unbroken(page)
    assert unbroken(review_kind_word(ReviewKind.QUALIFICATION)) in unbroken(page)


def unbroken(text: str) -> str:
    return "".join(text.split())
