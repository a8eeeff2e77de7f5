"""Which sentence of an opinion evidence is tied to, and whether it still stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.citing import ordered, retied, sentence_at, stands, tied, untied
from app.domain.evidence import Anchor
from app.domain.ids import Sha256
from app.domain.review import Citation, Opinion, OpinionPart
from app.domain.text_length import word_count

HERE, THERE = Anchor(Sha256("a" * 64), page=1), Anchor(Sha256("b" * 64), page=2)
TEXT = "研发平台完整。检测能力强！\n售后数据只有一年"


@pytest.mark.parametrize(
    ("position", "sentence"),
    [
        (0, "研发平台完整"),
        (6, "研发平台完整"),
        (7, "检测能力强"),
        (12, "检测能力强"),
        (13, "检测能力强"),
        (15, "售后数据只有一年"),
        (len(TEXT), "售后数据只有一年"),
        (999, "售后数据只有一年"),
    ],
)
def test_the_sentence_around_the_cursor_is_meant(position: int, sentence: str) -> None:
    assert sentence_at(TEXT, position) == sentence


def test_after_the_last_full_stop_the_sentence_just_written_is_meant() -> None:
    assert sentence_at("研发平台完整。", 7) == "研发平台完整"


def test_without_words_there_is_no_sentence() -> None:
    assert sentence_at(" 。\n", 1) == ""


def test_a_decimal_point_ends_no_sentence() -> None:
    assert sentence_at("yield is 99.5 per cent. Next", 4) == "yield is 99.5 per cent"


@given(st.text(alphabet="研发。！ \n.a", max_size=30), st.integers(0, 40))
def test_what_is_found_always_stands_in_the_text(text: str, position: int) -> None:
    sentence = sentence_at(text, position)
    if sentence:
        assert stands(Citation(OpinionPart.TEXT, sentence, (HERE,)), Opinion(text=text))


def test_a_rewritten_sentence_no_longer_stands_and_spaces_make_no_difference() -> None:
    citation = Citation(OpinionPart.STRENGTHS, "产值 1.5 亿", (HERE,))
    assert stands(citation, Opinion(strengths="产值1.5亿。"))
    assert not stands(citation, Opinion(strengths="产值15亿。"))
    assert not stands(citation, Opinion(text="产值1.5亿。"))


def test_places_are_tied_once_untied_one_by_one_and_moved_to_another_sentence() -> None:
    found: tuple[Citation, ...] = ()
    for anchor in (HERE, HERE, THERE):
        found = tied(found, OpinionPart.TEXT, sentence="甲", anchor=anchor)
    assert found == (Citation(OpinionPart.TEXT, "甲", (HERE, THERE)),)
    found = tied(found, OpinionPart.TEXT, sentence="乙", anchor=THERE)
    assert retied(found, OpinionPart.TEXT, sentence="甲", now="乙") == (
        Citation(OpinionPart.TEXT, "乙", (HERE, THERE)),
    )
    assert untied(found, OpinionPart.TEXT, sentence="甲", anchor=HERE)[0].evidence == (THERE,)
    assert untied(found, OpinionPart.TEXT, sentence="甲", anchor=None) == (Citation(OpinionPart.TEXT, "乙", (THERE,)),)


def test_citations_stand_in_the_order_of_the_form() -> None:
    given_order = (Citation(OpinionPart.TEXT, "丙", (HERE,)), Citation(OpinionPart.STRENGTHS, "甲", (HERE,)))
    assert [each.sentence for each in ordered(given_order)] == ["甲", "丙"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("研发平台，完整。", 6), ("GB/T 19001-2016 标准", 4), ("3.5 per cent", 3), ("共12项", 3), ("…，。 ", 0)],
)
def test_length_counts_characters_and_words(text: str, count: int) -> None:
    assert word_count(text) == count
