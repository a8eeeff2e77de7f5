"""What counts as the same when words are searched for."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import fold, folded
from app.domain.text_pages import joined
from app.storage.desk.search_repository import pairs


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=40))
def test_whatever_was_put_in_is_found_there(before: str, wanted: str, after: str) -> None:
    key = folded(wanted)
    text = before + wanted + after
    found = list(fold(text).find_all(key))
    if key and "\x1f" not in fold(wanted).text:
        assert found
        for start, end in found:
            assert 0 <= start < end <= len(text)
            assert key in folded(text[start:end])


@given(st.text(max_size=40))
def test_every_character_is_in_one_pair_or_ends_a_run(text: str) -> None:
    tokens = pairs(fold(text).text).split(" ")
    assert sum(len(token) > 0 for token in tokens) == len(fold(text).text.replace("\x1f", ""))


@given(st.sets(st.integers(1, 60)), st.integers(0, 60))
def test_runs_of_pages_hold_exactly_the_pages(pages: set[int], border: int) -> None:
    early = joined((), sorted(page for page in pages if page <= border))
    runs = joined(early, sorted(page for page in pages if page > border))
    assert {page for first, last in runs for page in range(first, last + 1)} == pages
    assert all(before[1] + 1 < after[0] for before, after in itertools.pairwise(runs))
