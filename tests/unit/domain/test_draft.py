"""A draft: like an assessment, but every field may still be empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draft import Draft, Entry
from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, Sha256
from app.domain.review import Assessment, Opinion, Recommendation, VetoFinding
from app.domain.scoring import Score, Standing
from app.services import desk_fields
from tests.support.secretariat import rubric

INDICATORS = [indicator.id for indicator in rubric().indicators]
_ANCHORS = st.builds(Anchor, st.just(Sha256("a" * 64)), page=st.none() | st.integers(1, 99))
_TEXTS = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@st.composite
def entries(draw: st.DrawFn, indicator: IndicatorId) -> Entry:
    standing = draw(st.none() | st.sampled_from(Standing))
    percent = draw(st.integers(0, 20)) * 5 if standing is Standing.GIVEN else None
    evidence = tuple(draw(st.lists(_ANCHORS, max_size=2)))
    return Entry(indicator, standing, percent, draw(st.booleans()), draw(_TEXTS), evidence)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    chosen = sorted(draw(st.sets(st.sampled_from(INDICATORS), max_size=4)))
    opinion = Opinion(draw(st.none() | st.sampled_from(Recommendation)), *(draw(_TEXTS) for _ in range(3)))
    vetoes = (VetoFinding("V6", "编号相同"),) if draw(st.booleans()) else ()
    made = (draw(entries(indicator)) for indicator in chosen)
    return Draft(tuple(entry for entry in made if not entry.is_empty), opinion, vetoes)


@given(drafts())
def test_a_draft_is_the_same_after_it_was_taken_apart_into_fields(draft: Draft) -> None:
    assert desk_fields.draft_from(desk_fields.fields_of(draft)) == draft


@given(drafts())
def test_only_what_has_a_value_is_signed(draft: Draft) -> None:
    signed = {score.indicator for score in draft.assessment(rubric()).scores}
    assert signed == {entry.indicator for entry in draft.entries if entry.standing is not None}
    assert draft.scored == len(signed)


def test_a_revision_starts_from_what_was_signed() -> None:
    assessment = Assessment((Score(INDICATORS[0], percent=75, reason="好"),), Opinion(text="意见"))
    assert Draft.of(assessment).assessment(rubric()) == assessment


def test_an_untouched_draft_knows_it() -> None:
    assert Draft().is_untouched
    assert not Draft(opinion=Opinion(text="一")).is_untouched
    assert not Draft((Entry(INDICATORS[0], reason="先写理由"),)).is_untouched


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (Entry(INDICATORS[0]), ""),
        (Entry(INDICATORS[0], at_cap=True), "cap"),
        (Entry(INDICATORS[0], Standing.GIVEN, 75), "75"),
        (Entry(INDICATORS[0], Standing.GIVEN, 45, at_cap=True), "45/cap"),
        (Entry(INDICATORS[0], Standing.NOT_APPLICABLE), "na"),
        (Entry(INDICATORS[0], Standing.UNJUDGED, at_cap=True), "unjudged/cap"),
    ],
)
def test_a_value_is_written_in_plain_characters(entry: Entry, text: str) -> None:
    assert entry.value_text() == text
    field = desk_fields.value_field(entry.standing, entry.percent, at_cap=entry.at_cap)
    assert desk_fields.read_value(field) == (entry.standing, entry.percent, entry.at_cap)
