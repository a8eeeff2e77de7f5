import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.uscc import Uscc, UsccInvalidError, check_character, organisation_check_character, suggestion

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# The first two come from GB 32100-2015 itself, the others are made up with correct check characters.
TABLE = [
    ("91350100M000100Y43", True),
    ("91350100M000100Y4Z", False),
    ("91210400MA0XN00103", True),
    ("91210103MA00001540", True),  # remainder 0 gives check character 0
    ("52210000MJ0000A11N", True),  # an association
    ("91210400MA0XN00130", False),  # two characters changed places
]


def build(head: str, organisation: str) -> str:
    first = head + organisation + organisation_check_character(organisation)
    return first + check_character(first)


codes = st.builds(
    build,
    st.from_regex(r"(?:91|92|93|51|52|53|11|12|N1)21[0-9]{4}", fullmatch=True),
    st.text(ALPHABET, min_size=8, max_size=8),
)


@pytest.mark.parametrize(("text", "is_valid"), TABLE)
def test_codes_of_the_table_are_judged_as_the_standard_does(text: str, is_valid: bool) -> None:
    if is_valid:
        assert Uscc.read(text).text == text
    else:
        with pytest.raises(UsccInvalidError):
            Uscc.read(text)


@given(codes)
def test_every_code_with_right_check_characters_is_accepted(code: str) -> None:
    assert Uscc(code).is_of_liaoning


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_changed_character_is_always_noticed(code: str, place: int, character: str) -> None:
    assume(code[place] != character)
    with pytest.raises(UsccInvalidError):
        Uscc(code[:place] + character + code[place + 1 :])


@given(codes, st.integers(0, 16))
def test_two_neighbours_changing_places_are_always_noticed(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    with pytest.raises(UsccInvalidError):
        Uscc(swapped)


@given(codes, st.data())
def test_width_blanks_and_case_do_not_matter(code: str, data: st.DataObject) -> None:
    typed = "".join(
        data.draw(
            st.sampled_from([c, c.lower(), chr(ord(c) + 0xFEE0), f" {c}", f"{c}\u00a0", f"\u200b{c}", f"{c}\u3000"])
        )
        for c in code
    )
    assert Uscc.read(typed).text == code


def test_a_lookalike_is_suggested_and_never_taken() -> None:
    with pytest.raises(UsccInvalidError) as caught:
        Uscc.read("9121O103MA00001540")
    assert caught.value.hint == "91210103MA00001540"
    assert "91210103MA00001540" in caught.value.sentence()


def test_a_transposition_is_suggested() -> None:
    assert suggestion("91210400MA0XN00130") == "91210400MA0XN00103"


def test_the_standards_own_bad_example_gets_no_suggestion() -> None:
    assert suggestion("91350100M000100Y4Z") is None


@pytest.mark.parametrize("text", ["", "9121", "91210103MA00001540X"])
def test_a_wrong_length_is_told_without_a_suggestion(text: str, english: None) -> None:
    with pytest.raises(UsccInvalidError) as caught:
        Uscc.read(text)
    assert "18 characters" in caught.value.sentence()
    assert caught.value.hint is None


def test_letters_in_the_area_are_told(english: None) -> None:
    with pytest.raises(UsccInvalidError) as caught:
        Uscc("91A10103MA00001540")
    assert "not digits" in caught.value.sentence()


def test_a_wrong_organisation_code_is_noticed_although_the_last_character_fits(english: None) -> None:
    first = "91210103MA0000155"
    with pytest.raises(UsccInvalidError) as caught:
        Uscc(first + check_character(first))
    assert "17th" in caught.value.sentence()


def test_another_province_is_no_error_but_can_be_asked() -> None:
    code = Uscc("91350100M000100Y43")
    assert not code.is_of_liaoning
    assert (code.entity, code.area) == ("91", "350100")
