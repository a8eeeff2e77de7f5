"""The self-check over a real desk: what it finds, what is left, what comes back, and that nothing of it leaves."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.health import Severity
from app.domain.review import Opinion, Recommendation
from app.domain.self_check import RemarkCode
from app.services.desk_remarks import remark_words
from app.services.desk_self_check import RemarkUnknownError
from tests.support.desks import INDICATOR, DeskStory

SENTENCE = "该企业拥有完整的研发平台和检测能力"


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    return stories("complete", "2026-0001", "2026-0002")


def found(story: DeskStory, code: RemarkCode):
    return [one for one in story.desk.self_check.findings(story.review) if one.remark.code is code]


def test_a_form_filled_with_one_value_is_told_with_its_figures(story: DeskStory) -> None:
    (line,) = found(story, RemarkCode.STRAIGHT_LINE)
    checked = story.desk.self_check.check(story.review)
    assert "75" in remark_words(line.remark, checked.form, checked.names)


def test_every_remark_of_the_list_has_words(story: DeskStory) -> None:
    checked = story.desk.self_check.check(story.review)
    for one in checked.findings:
        assert "{" not in remark_words(one.remark, checked.form, checked.names)


def test_what_was_left_stays_left_until_its_content_changes(story: DeskStory) -> None:
    (line,) = found(story, RemarkCode.STRAIGHT_LINE)
    story.desk.self_check.leave(story.review, line.remark.key())
    story.reopen()
    assert [one.is_left for one in found(story, RemarkCode.STRAIGHT_LINE)] == [True]
    story.desk.scoring.set_score(story.review, INDICATOR, percent=80)
    assert [one.is_left for one in found(story, RemarkCode.STRAIGHT_LINE)] == [False]


def test_what_was_left_can_be_asked_again(story: DeskStory) -> None:
    (line,) = found(story, RemarkCode.STRAIGHT_LINE)
    story.desk.self_check.leave(story.review, line.remark.key())
    story.desk.self_check.take_back(story.review, line.remark.key())
    assert line.remark in [one.remark for one in story.desk.self_check.check(story.review).open]


def test_what_is_missing_or_unknown_cannot_be_left(story: DeskStory) -> None:
    story.desk.scoring.clear_score(story.review, INDICATOR)
    (missing,) = found(story, RemarkCode.MISSING)
    for key in (missing.remark.key(), "0" * 32):
        with pytest.raises(RemarkUnknownError):
            story.desk.self_check.leave(story.review, key)


def test_a_sentence_written_for_another_application_is_found_by_its_name(story: DeskStory) -> None:
    for one in story.dossiers:
        story.desk.scoring.set_opinion(one.review, Opinion(Recommendation.YES, f"{SENTENCE}。", "优势一", "不足一"))
    (repeated,) = found(story, RemarkCode.REPEATED)
    assert repeated.remark.facts == (SENTENCE, story.dossiers[1].face.application)


def test_what_was_left_leaves_no_trace_in_the_review(story: DeskStory) -> None:
    before = story.desk.scoring.sheet(story.review)
    for one in story.desk.self_check.findings(story.review):
        story.desk.self_check.leave(story.review, one.remark.key())
    assert not story.desk.self_check.check(story.review).open
    after = story.desk.scoring.sheet(story.review)
    assert replace(after, task=before.task) == before
    assert {one.severity for one in story.desk.checking.quick()} == {Severity.GOOD}
