import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto.passphrase import (
    PassphraseMissingError,
    PassphraseTooLongError,
    PassphraseTooWeakError,
    judge_passphrase,
    require_good_passphrase,
    words_in,
)


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("iloveyou", "many people use"),
        ("liaoning2026", "others expect"),
        ("xkcdqz", "too short"),
        ("qazwsxedcrfv", "many people use"),
        ("1qaz2wsx3edc", "many people use"),
        ("bbbbbbbbbbbb", "Repeated"),
        ("23456789abcdefg", "Sequences"),
        ("12.11.1987", "Dates"),
        ("archaeological", "single word"),
    ],
)
def test_a_weak_passphrase_is_refused_with_its_weakness(passphrase: str, reason: str, english: None) -> None:
    with pytest.raises(PassphraseTooWeakError) as problem:
        require_good_passphrase(passphrase)
    assert reason in problem.value.sentence()
    assert "Four or more words" in problem.value.sentence()
    assert passphrase not in problem.value.sentence()


@pytest.mark.parametrize(
    "passphrase",
    [
        "correct horse battery staple",
        "the cat sat mat",
        "书桌 长江 铅笔 橘子",
        "v9#kQ!xw2pL",
        "窗外的蓝鲸正在数第七颗螺丝",
    ],
)
def test_four_words_or_strength_three_are_enough(passphrase: str) -> None:
    require_good_passphrase(passphrase)
    assert judge_passphrase(passphrase).score >= 3


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("a b c d", 0),
        ("cat cat CAT ｃａｔ", 1),
        ("aaa bbb ccc ddd", 0),
        ("one two six ten", 4),
        ("书桌\u3000长江 铅笔", 3),
    ],
)
def test_words_are_different_and_more_than_one_letter(passphrase: str, words: int) -> None:
    assert words_in(passphrase) == words


def test_what_others_know_of_the_person_does_not_help() -> None:
    assert (
        judge_passphrase("Zhanghuiling").score
        > judge_passphrase("Zhanghuiling", about=["Zhang Huiling", "zhanghuiling"]).score
    )


def test_nothing_and_far_too_much_are_told_apart() -> None:
    with pytest.raises(PassphraseMissingError):
        require_good_passphrase("")
    with pytest.raises(PassphraseTooLongError):
        require_good_passphrase("x" * 1025)


def test_outer_spaces_and_full_width_characters_are_pointed_out(english: None) -> None:
    assert "the space counts" in judge_passphrase(" v9#kQ!xw2pL").explanation()
    assert "full-width" in judge_passphrase("ｖ9#kQ!xw2pL").explanation()
    assert "full-width" not in judge_passphrase("书桌 长江 铅笔 橘子").explanation()


def test_a_pasted_page_is_judged_at_once() -> None:
    started = time.process_time()
    judge_passphrase("示例 text " * 20_000)
    assert time.process_time() - started < 2


@settings(max_examples=40)
@given(st.text(max_size=100))
def test_anything_typed_gets_a_judgement_in_words(passphrase: str) -> None:
    strength = judge_passphrase(passphrase, about=["示例"])
    assert 0 <= strength.score <= 4
    assert strength.is_enough is (strength.score >= 3)
    assert strength.explanation()
