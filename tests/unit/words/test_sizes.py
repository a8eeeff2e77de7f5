"""Sizes of files."""

import pytest

from app.words.sizes import size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 KB"),
        (1_499, "1 KB"),
        (1_500, "2 KB"),
        (999_499, "999 KB"),
        (1_000_000, "1.0 MB"),
        (45_000_000, "45.0 MB"),
    ],
)
def test_a_size_is_said_in_decimal_units_and_never_as_nothing(size: int, words: str) -> None:
    assert size_words(size) == words
