import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identifiers import (
    PhoneInvalidError,
    StandardInvalidError,
    StandardYearMissingError,
    TrademarkInvalidError,
    divided,
    read_phone,
    read_standard,
    read_trademark,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12345678", "12345678"),
        ("1", "1"),
        ("12345678a", "12345678A"),
        ("G1234567", "G1234567"),
        ("ｇ １２３４５６７", "G1234567"),
        ("第12345678号", "12345678"),
        (" 123\u00a04567 ", "1234567"),
        ("00123456", "123456"),
    ],
)
def test_trademark_numbers_get_one_form(typed: str, number: str) -> None:
    assert read_trademark(typed) == number


@pytest.mark.parametrize("typed", ["", "0", "123456789", "12345678AB", "G", "A123", "示例牌", "1.2345E+7", "1" * 100])
def test_what_is_no_trademark_number_is_refused(typed: str) -> None:
    with pytest.raises(TrademarkInvalidError):
        read_trademark(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("GB 7718-2025", "GB 7718-2025"),
        ("GB7718—2025", "GB 7718-2025"),
        ("gb／t 19001－2016", "GB/T 19001-2016"),
        ("GB/T19001 – 2016", "GB/T 19001-2016"),
        ("GB/T\u00a029186.1-2021", "GB/T 29186.1-2021"),
        ("GB/Z 19579-2012", "GB/Z 19579-2012"),
        ("NY/T 1234-2020", "NY/T 1234-2020"),
        ("YY 0505-2012", "YY 0505-2012"),
        ("QB/T 1234——2020", "QB/T 1234-2020"),
        ("DB21/T 1234-2023", "DB21/T 1234-2023"),
        ("DB2101/T 12-2023", "DB2101/T 12-2023"),
        ("DB21 1627-2008", "DB21 1627-2008"),
        ("DBS21/ 012-2021", "DBS21/ 012-2021"),
        ("T/ABC 001-2024", "T/ABC 001-2024"),
        ("T/31SCTA 001.2-2018", "T/31SCTA 001.2-2018"),
        ("Q/XYZ 001-2024", "Q/XYZ 001-2024"),
        ("Q/XYZ 0001 S-2024", "Q/XYZ 0001S-2024"),
        ("Q/XYZ J 01-2024", "Q/XYZ J 01-2024"),
    ],
)
def test_standard_numbers_get_one_form(typed: str, number: str) -> None:
    assert read_standard(typed) == number


@pytest.mark.parametrize("typed", ["GB 7718", "GB/T 19001", "T/ABC 001", "Q/XYZ 0001S", "NY/T 1234-20", "GB 2894-82"])
def test_a_standard_without_its_year_is_refused_for_that(typed: str) -> None:
    with pytest.raises(StandardYearMissingError):
        read_standard(typed)


@pytest.mark.parametrize("typed", ["", "企业标准", "GB/X 1-2020", "GB/T 1-3020", "GB/T-2020", "12-2020", "GB/T 1" * 20])
def test_what_is_no_standard_number_is_refused(typed: str) -> None:
    with pytest.raises(StandardInvalidError) as caught:
        read_standard(typed)
    assert not isinstance(caught.value, StandardYearMissingError)


@given(
    st.sampled_from(["GB", "GB/T", "GB/Z", "NY/T", "DB21/T", "DB2102/T", "T/ABC", "Q/XYZ"]),
    st.integers(1, 99999),
    st.integers(1950, 2099),
    st.sampled_from(["-", "—", "–", "－", " - ", "——"]),
    st.sampled_from(["", " ", "\u00a0", "\u3000", "  "]),
)
def test_dashes_and_blanks_of_every_kind_give_the_same_standard(
    prefix: str, number: int, year: int, dash: str, blank: str
) -> None:
    assert read_standard(f"{prefix}{blank}{number}{dash}{year}") == f"{prefix} {number}-{year}"


@given(st.text())
def test_reading_a_standard_twice_changes_nothing(text: str) -> None:
    try:
        once = read_standard(text)
    except StandardInvalidError:
        return
    assert read_standard(once) == once
    assert re.search(r"-[0-9]{4}$", once)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13900000000", "13900000000"),
        ("+86 139-0000-0000", "13900000000"),
        ("１３９００００００００", "13900000000"),
        ("024-23456789", "024-23456789"),
        ("(024)23456789", "024-23456789"),
        ("0411 2345678-801", "0411-2345678-801"),
        ("024-23456789转801", "024-23456789-801"),
        ("400-123-4567", "400-123-4567"),
    ],
)
def test_telephone_numbers_get_one_form(typed: str, number: str) -> None:
    assert read_phone(typed) == number


@pytest.mark.parametrize("typed", ["", "12345", "23900000000", "139000000000", "无", "1.39E+10", "9" * 80])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    with pytest.raises(PhoneInvalidError):
        read_phone(typed)


def test_several_numbers_in_a_cell_are_divided_by_marks_and_never_by_blanks() -> None:
    assert divided("GB/T 1-2020、Q/ABC 2-2021；T/X 3-2022\nGB 4-2023") == (
        "GB/T 1-2020",
        "Q/ABC 2-2021",
        "T/X 3-2022",
        "GB 4-2023",
    )
    assert divided(" 、") == ()
