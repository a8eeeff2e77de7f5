"""Scores from a file: what it may say, and how a mistake is told."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draft import Entry
from app.domain.evidence import Anchor
from app.domain.review import Opinion, Recommendation
from app.domain.rubric import UnknownIndicatorError
from app.domain.scoring import NotAPointStepError, NotAStepError, Standing
from app.services.desk_errors import ScoresFileError, VetoUnknownError
from app.services.desk_scores_file import read_scores
from tests.support.desks import INDICATOR, DeskStory
from tests.support.secretariat import rubric

Stories = Callable[..., DeskStory]
OTHER = [indicator.id for indicator in rubric().indicators][1]


@pytest.fixture
def story(stories: Stories) -> DeskStory:
    return stories("assigned", "2026-0001").unlock()


def apply(story: DeskStory, **content) -> None:
    story.desk.scoring.apply_file(story.review, json.dumps(content).encode())


def entry(story: DeskStory) -> Entry:
    return story.desk.scoring.sheet(story.review).draft.entry(INDICATOR)


def test_the_example_of_the_help_page_is_taken(story: DeskStory) -> None:
    place = {"document": story.dossiers[0].documents[0].sha256, "page": 1, "box": [0, 0, 10, 10], "words": "研发"}
    apply(
        story,
        scores={INDICATOR: {"percent": 75, "reason": "有平台", "evidence": [place]}},
        opinion={"recommend": "yes", "text": "意见", "strengths": "优势", "concerns": "不足"},
    )
    found = entry(story)
    assert (found.percent, found.reason) == (75, "有平台")
    assert found.evidence == (Anchor(place["document"], page=1, box=(0, 0, 10, 10), words="研发"),)
    assert story.desk.scoring.sheet(story.review).draft.opinion == Opinion(Recommendation.YES, "意见", "优势", "不足")


def test_what_is_not_named_stays(story: DeskStory) -> None:
    apply(story, scores={INDICATOR: {"percent": 75, "reason": "一"}, OTHER: {"percent": 50}})
    apply(story, scores={INDICATOR: {"percent": 80}}, opinion={"text": "新"})
    assert (entry(story).percent, entry(story).reason) == (80, "一")
    assert story.desk.scoring.sheet(story.review).draft.entry(OTHER).percent == 50


def test_null_clears_an_indicator(story: DeskStory) -> None:
    apply(story, scores={INDICATOR: {"percent": 75, "reason": "一"}})
    apply(story, scores={INDICATOR: None})
    assert entry(story).is_empty


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        ({"percent": None, "na": True}, Standing.NOT_APPLICABLE),
        ({"percent": None, "unjudged": True, "reason": "缺页"}, Standing.UNJUDGED),
        ({"points": 30}, Standing.GIVEN),
        ({"percent": None}, None),
    ],
)
def test_every_way_to_say_a_value(story: DeskStory, given: dict, standing: Standing | None) -> None:
    apply(story, scores={INDICATOR: {"percent": 5}})
    apply(story, scores={INDICATOR: given})
    assert entry(story).standing is standing
    assert entry(story).percent == (75 if standing is Standing.GIVEN else None)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ([], "$"),
        ({"score": {}}, "$.score"),
        ({"scores": []}, "scores"),
        ({"scores": {"rd_platform": 75}}, "scores.rd_platform"),
        ({"scores": {"rd_platform": {"percent": "75"}}}, "scores.rd_platform.percent"),
        ({"scores": {"rd_platform": {"percent": 75.0}}}, "scores.rd_platform.percent"),
        ({"scores": {"rd_platform": {"percent": True}}}, "scores.rd_platform.percent"),
        ({"scores": {"rd_platform": {"percent": 75, "na": True}}}, "scores.rd_platform"),
        ({"scores": {"rd_platform": {"na": 1}}}, "scores.rd_platform.na"),
        ({"scores": {"rd_platform": {"reason": 1}}}, "scores.rd_platform.reason"),
        ({"scores": {"rd_platform": {"prozent": 75}}}, "scores.rd_platform.prozent"),
        ({"scores": {"rd_platform": {"evidence": {}}}}, "scores.rd_platform.evidence"),
        ({"scores": {"rd_platform": {"evidence": [{"document": "x"}]}}}, "scores.rd_platform.evidence.1"),
        ({"scores": {"rd_platform": {"evidence": [{"document": "0" * 64}]}}}, "scores.rd_platform.evidence"),
        ({"opinion": {"recommend": "maybe"}}, "opinion.recommend"),
        ({"opinion": {"recommend": ["yes"]}}, "opinion.recommend"),
        ({"opinion": {"text": None}}, "opinion.text"),
        ({"vetoes": {}}, "vetoes"),
        ({"vetoes": [{"veto": "V1"}]}, "vetoes.1.fact"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_changes_nothing(story: DeskStory, content: object, place: str) -> None:
    before = story.desk.scoring.sheet(story.review).draft
    with pytest.raises(ScoresFileError) as error:
        story.desk.scoring.apply_file(story.review, json.dumps(content).encode())
    assert error.value.facts["place"] == place
    assert error.value.sentence()
    assert story.desk.scoring.sheet(story.review).draft == before


@pytest.mark.parametrize(
    ("scores", "error"),
    [
        ({OTHER: {"percent": 50}, INDICATOR: {"percent": 77}}, NotAStepError),
        ({INDICATOR: {"points": 31}}, NotAPointStepError),
        ({"nothing": {"percent": 50}}, UnknownIndicatorError),
    ],
)
def test_a_value_the_rubric_forbids_takes_nothing_of_the_file(
    story: DeskStory, scores: dict, error: type[Exception]
) -> None:
    with pytest.raises(error):
        apply(story, scores=scores)
    assert story.desk.scoring.sheet(story.review).draft.is_untouched


def test_vetoes_of_the_file_replace_the_ones_before(story: DeskStory) -> None:
    apply(story, vetoes=[{"veto": "V6", "fact": "编号相同"}])
    apply(story, vetoes=[{"veto": "V1", "fact": "外省"}])
    assert [finding.veto for finding in story.desk.scoring.sheet(story.review).draft.vetoes] == ["V1"]
    with pytest.raises(VetoUnknownError):
        apply(story, vetoes=[{"veto": "V99", "fact": "无"}])


def is_value_or_sentence(data: bytes) -> bool:
    try:
        return read_scores(data) is not None
    except ScoresFileError as error:
        return bool(error.sentence())


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_whatever_bytes_come_the_answer_is_a_value_or_a_sentence(data: bytes) -> None:
    assert is_value_or_sentence(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["scores", "opinion", "vetoes", "rd_platform", "percent", "evidence"]), inner)
    ),
    max_leaves=12,
)


@given(_JSON)
def test_whatever_shape_it_has_the_answer_is_a_value_or_a_sentence(content: object) -> None:
    assert is_value_or_sentence(json.dumps(content).encode())
