"""What is marked on a page, as words."""

from dataclasses import dataclass

from ui.viewing.selection import LONGEST_QUOTE, marked_words, nearest_word, region, word_at
from ui.viewing.sheet_view import column_name


@dataclass(frozen=True)
class Word:
    text: str
    box: tuple[int, int, int, int]
    starts_line: bool = False
    after_space: bool = False


LINE = [
    Word("抗", (0, 0, 10, 10), starts_line=True),
    Word("拉", (10, 0, 20, 10)),
    Word("GB/T", (30, 0, 60, 10), after_space=True),
    Word("1591", (70, 0, 90, 10), after_space=True),
    Word("强度", (0, 20, 20, 30), starts_line=True),
    Word("steel", (0, 40, 20, 50), starts_line=True),
    Word("plate", (0, 60, 20, 70), starts_line=True),
]


def test_chinese_runs_on_and_latin_words_keep_their_blanks() -> None:
    assert marked_words(1, LINE, first=0, last=4).words == "抗拉 GB/T 1591强度"
    assert marked_words(1, LINE, first=6, last=5).words == "steel plate"


def test_the_box_lies_around_all_marked_words() -> None:
    assert marked_words(1, LINE, first=1, last=4).box == (0, 0, 90, 30)


def test_a_quotation_is_bounded() -> None:
    long = [Word("字", (0, 0, 1, 1))] * 1000
    assert len(marked_words(1, long, first=0, last=999).words) == LONGEST_QUOTE


def test_a_point_beside_a_word_means_it_and_one_far_away_means_none() -> None:
    assert word_at(LINE, (15, 5)) == 1
    assert word_at(LINE, (95, 5), reach=10) == 3
    assert word_at(LINE, (500, 500), reach=10) is None
    assert nearest_word(LINE, (500, 66)) == 6
    assert nearest_word([], (0, 0)) is None


def test_a_region_is_upright_whichever_way_it_was_drawn() -> None:
    assert region(2, (50, 60), (10, 20)).box == (10, 20, 50, 60)


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_name(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
