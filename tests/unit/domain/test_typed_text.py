from hypothesis import given
from hypothesis import strategies as st

from app.domain.typed_text import comparable, has_unseen_characters, tidy_code, tidy_name


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)
    assert comparable(comparable(text)) == comparable(text)


@given(st.text())
def test_a_tidy_name_has_nothing_that_nobody_sees(text: str) -> None:
    assert not has_unseen_characters(tidy_name(text))


def test_rare_characters_of_names_are_kept() -> None:
    assert tidy_name("  𠮷野\u3000·\u00a0阿依古丽 ") == "𠮷野 · 阿依古丽"
    assert tidy_name("示例" * 300) == "示例" * 300


def test_marks_that_turn_the_writing_around_are_dropped_and_noticed() -> None:
    assert tidy_name("示例\u202eFDP.exe\x00") == "示例FDP.exe"
    assert has_unseen_characters("示例\u202e")
    assert not has_unseen_characters("示例 有限\n公司")


def test_names_are_the_same_whatever_their_width_case_and_blanks() -> None:
    assert comparable("示例牌 Ａpple（1.5 L）") == comparable("示例牌apple(1.5L)")
    assert comparable("1.5 L") != comparable("15 L")


def test_codes_lose_blanks_and_full_width_characters() -> None:
    assert tidy_code("９１ｇｂ／Ｔ\u200b—1\t") == "91GB/T-1"
