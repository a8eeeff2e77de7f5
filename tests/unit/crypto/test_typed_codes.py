import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.recovery_code import OfficeHalf, RecoveryCode
from app.crypto.typed_code import ALPHABET, write_code
from app.crypto.vault_errors import CodeChecksumError, CodeLengthError, CodeMistypedError, CodeSymbolError
from app.errors import UserFacingError

recovery_codes = st.binary(min_size=20, max_size=20).map(RecoveryCode)
office_halves = st.binary(min_size=16, max_size=16).map(OfficeHalf)
FULL_WIDTH = {ord(symbol): ord(symbol) + 0xFEE0 for symbol in ALPHABET + ALPHABET.lower() + "-"}


@given(recovery_codes)
def test_a_recovery_code_is_read_as_it_was_written(code: RecoveryCode) -> None:
    groups = code.text().split("-")
    assert [len(group) for group in groups] == [5] * 8
    assert RecoveryCode.read(code.text()) == code


@given(office_halves)
def test_a_reset_code_is_read_as_it_was_written(half: OfficeHalf) -> None:
    assert [len(group) for group in half.text().split("-")] == [5] * 7
    assert OfficeHalf.read(half.text()) == half


@given(recovery_codes, st.sampled_from(["", " ", "  ", "—", "－", "·", "\u3000", "\n", "_"]), st.booleans())
def test_case_width_separators_and_likenesses_do_not_matter(code: RecoveryCode, joint: str, wide: bool) -> None:
    typed = code.text().lower().replace("0", "o").replace("1", "l").replace("-", joint)
    assert RecoveryCode.read(typed.translate(FULL_WIDTH) if wide else typed) == code


@given(recovery_codes, st.integers(0, 39), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_named_by_its_group(code: RecoveryCode, place: int, symbol: str) -> None:
    typed = list(code.text().replace("-", ""))
    if typed[place] == symbol:
        return
    typed[place] = symbol
    with pytest.raises(CodeMistypedError) as problem:
        RecoveryCode.read("".join(typed))
    assert problem.value.facts == {"group": place // 5 + 1}


@given(recovery_codes, st.integers(0, 39), st.integers(0, 39))
def test_two_exchanged_characters_of_a_group_are_noticed(code: RecoveryCode, one: int, other: int) -> None:
    typed = list(code.text().replace("-", ""))
    if one // 5 != other // 5 or typed[one] == typed[other]:
        return
    typed[one], typed[other] = typed[other], typed[one]
    with pytest.raises(CodeMistypedError):
        RecoveryCode.read("".join(typed))


@given(recovery_codes, st.integers(0, 7), st.integers(0, 7))
def test_two_exchanged_groups_are_noticed(code: RecoveryCode, one: int, other: int) -> None:
    groups = code.text().split("-")
    if one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(CodeMistypedError):
        RecoveryCode.read("-".join(groups))


@given(st.integers(0, (1 << 140) - 1))
def test_a_reset_code_with_a_false_sum_is_noticed(number: int) -> None:
    typed = write_code(number, groups=7, purpose=1)
    half = OfficeHalf((number >> 12).to_bytes(16, "big"))
    if half.text() != typed:
        with pytest.raises(CodeChecksumError):
            OfficeHalf.read(typed)


@given(st.text(max_size=200))
def test_anything_typed_is_a_code_or_an_error_in_words(typed: str) -> None:
    for kind in (RecoveryCode, OfficeHalf):
        try:
            code = kind.read(typed)
        except UserFacingError as problem:
            told = problem.sentence()
        else:
            told = code.text()
        assert told


@given(recovery_codes)
def test_a_missing_group_is_told_with_both_lengths(code: RecoveryCode) -> None:
    with pytest.raises(CodeLengthError) as problem:
        RecoveryCode.read(code.text()[6:])
    assert problem.value.facts == {"groups": 8, "size": 5, "typed": 35}


@given(office_halves)
def test_a_reset_code_is_no_recovery_code(half: OfficeHalf) -> None:
    with pytest.raises(CodeLengthError):
        RecoveryCode.read(half.text())


@pytest.mark.parametrize("symbol", ["U", "u", "!", "示", "\x00"])
def test_a_character_that_never_occurs_is_named(symbol: str) -> None:
    with pytest.raises(CodeSymbolError) as problem:
        RecoveryCode.read("ABCDE" + symbol)
    assert problem.value.facts["symbol"] in {symbol.upper(), "?"}


def test_codes_are_not_shown_by_repr() -> None:
    assert "b'" not in repr(RecoveryCode.new()) + repr(OfficeHalf.new())


def test_fresh_codes_differ() -> None:
    assert len({RecoveryCode.new() for _ in range(50)} | {OfficeHalf.new() for _ in range(50)}) == 100


@pytest.mark.parametrize("kind", [RecoveryCode, OfficeHalf])
def test_a_code_of_another_size_cannot_be_made(kind: type[RecoveryCode] | type[OfficeHalf]) -> None:
    with pytest.raises(ValueError, match="bytes"):
        kind(b"short")


@given(office_halves, office_halves)
def test_either_half_alone_says_nothing_of_the_whole(one: OfficeHalf, other: OfficeHalf) -> None:
    whole = one.joined(other)
    assert OfficeHalf(whole).joined(other) == one.value
