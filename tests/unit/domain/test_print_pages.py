"""Pages as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.print_pages import MOST, PagesUnreadableError, PrintPages, TooManyPagesError


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", (3,)),
        ("1-3", (1, 2, 3)),
        (" 7，1－3 ", (1, 2, 3, 7)),
        ("2、4～5", (2, 4, 5)),
        ("1至2", (1, 2)),
        ("2-4,3-5", (2, 3, 4, 5)),
        ("", (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        ("*", (1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ],
)
def test_pages_are_read_as_people_write_them(text: str, numbers: tuple[int, ...]) -> None:
    assert PrintPages.read(text, count=9).numbers == numbers


@pytest.mark.parametrize("text", ["0", "10", "3-2", "1-", "-1", "1,,2", "a", "1-2-3", "1,10", "9" * 40])
def test_what_names_no_page_of_the_document_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PagesUnreadableError) as refused:
        PrintPages.read(text, count=9)
    assert "1-3,7" in refused.value.sentence()


def test_a_second_dossier_is_not_printed() -> None:
    assert len(PrintPages.read("", count=MOST).numbers) == MOST
    with pytest.raises(TooManyPagesError):
        PrintPages.read("", count=MOST + 1)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_written_is_read_as_the_same_pages(numbers: set[int]) -> None:
    pages = PrintPages(tuple(sorted(numbers)))
    assert PrintPages.read(pages.text(), count=60) == pages
