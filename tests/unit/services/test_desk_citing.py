"""Evidence tied to sentences of the opinion, over a real desk."""

import json
from collections.abc import Callable

import pytest

from app.domain.citing import SentenceMissingError
from app.domain.evidence import Anchor
from app.domain.ids import Sha256
from app.domain.review import Citation, Opinion, OpinionPart, Recommendation
from app.domain.self_check import RemarkCode
from app.services.desk_errors import DocumentUnknownError, ScoresFileError
from app.services.desk_remarks import remark_words
from tests.support.desks import INDICATOR, DeskStory
from tests.support.paper import pages_of

SENTENCE = "检测能力完整"
STRENGTHS = OpinionPart.STRENGTHS


@pytest.fixture
def story(stories: Callable[..., DeskStory]) -> DeskStory:
    story = stories("complete", "2026-0001")
    story.desk.scoring.set_opinion(story.review, Opinion(Recommendation.YES, "", f"{SENTENCE}。", "售后数据只有一年。"))
    return story


def place(story: DeskStory, page: int = 1) -> Anchor:
    return Anchor(story.dossiers[0].documents[0].sha256, page=page)


def cite(story: DeskStory, page: int = 1) -> None:
    story.desk.scoring.cite_sentence(story.review, STRENGTHS, sentence=SENTENCE, anchor=place(story, page))


def citations(story: DeskStory) -> tuple[Citation, ...]:
    return story.desk.scoring.sheet(story.review).draft.citations


def test_a_sentence_keeps_its_place_and_undo_takes_it_back(story: DeskStory) -> None:
    cite(story)
    story.reopen()
    assert citations(story) == (Citation(STRENGTHS, SENTENCE, (place(story),)),)
    story.desk.scoring.undo(story.review)
    assert citations(story) == ()
    story.desk.scoring.redo(story.review)
    assert len(citations(story)) == 1


def test_a_place_is_untied_and_the_rest_moves_to_the_new_sentence(story: DeskStory) -> None:
    cite(story)
    cite(story, page=2)
    story.desk.scoring.untie_sentence(story.review, STRENGTHS, sentence=SENTENCE, anchor=place(story))
    story.desk.scoring.retie_sentence(story.review, STRENGTHS, sentence=SENTENCE, now="检测能力较完整")
    assert citations(story) == (Citation(STRENGTHS, "检测能力较完整", (place(story, 2),)),)


def test_nothing_is_tied_to_no_words_or_to_a_strange_document(story: DeskStory) -> None:
    with pytest.raises(SentenceMissingError):
        story.desk.scoring.cite_sentence(story.review, STRENGTHS, sentence=" \0", anchor=place(story))
    with pytest.raises(DocumentUnknownError):
        story.desk.scoring.cite_sentence(
            story.review, STRENGTHS, sentence=SENTENCE, anchor=Anchor(Sha256("0" * 64), page=1)
        )


def test_a_rewritten_sentence_is_a_remark_of_the_self_check(story: DeskStory) -> None:
    cite(story)
    story.desk.scoring.set_opinion(story.review, Opinion(Recommendation.YES, "", "另写一句。", "售后数据只有一年。"))
    checked = story.desk.self_check.check(story.review)
    (found,) = [one.remark for one in checked.findings if one.remark.code is RemarkCode.SENTENCE_CHANGED]
    assert found.part is STRENGTHS
    assert SENTENCE in remark_words(found, checked.form, checked.names)


def test_the_opinion_prints_document_and_page_and_is_signed_with_them(story: DeskStory) -> None:
    cite(story)
    printed = "".join(pages_of(story.desk.forms.preview(story.review, form="opinion")))
    assert f"“{SENTENCE}”" in printed
    assert story.dossiers[0].documents[0].name in printed
    story.seal()
    with story.desk._store.reading() as work:
        assert SENTENCE.encode() in work.sealed.current()[story.review].data


def test_a_file_of_scores_written_here_is_taken_back_whole(story: DeskStory) -> None:
    cite(story)
    story.desk.scoring.attach_evidence(story.review, INDICATOR, place(story, 2))
    before = story.desk.scoring.sheet(story.review).draft
    data = json.dumps(story.desk.scoring.scores(story.review)).encode()
    story.desk.scoring.clear_score(story.review, INDICATOR)
    story.desk.scoring.untie_sentence(story.review, STRENGTHS, sentence=SENTENCE)
    story.desk.scoring.set_opinion(story.review, Opinion())
    story.desk.scoring.apply_file(story.review, data)
    assert story.desk.scoring.sheet(story.review).draft == before


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ({}, "opinion.evidence"),
        ([{"part": "title", "sentence": "x"}], "opinion.evidence.1.part"),
        ([{"part": "text", "sentence": " "}], "opinion.evidence.1.sentence"),
        ([{"part": "text", "sentence": "x", "page": 1}], "opinion.evidence.1.page"),
        ([{"part": "text", "sentence": "x", "evidence": [{"document": "0" * 64}]}], "opinion.evidence.1.evidence"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(story: DeskStory, given: object, at: str) -> None:
    with pytest.raises(ScoresFileError) as refusal:
        story.desk.scoring.apply_file(story.review, json.dumps({"opinion": {"evidence": given}}).encode())
    assert refusal.value.sentence().find(at) > 0
    assert citations(story) == ()
