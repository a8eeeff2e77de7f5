"""A chain of lines: remembering one head notices every change before it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages.log_chain import START, ChainBrokenError, ChainHead, head_of, join_lines, split_lines, verify_lines

LINES = st.lists(
    st.binary(min_size=1, max_size=30).filter(lambda line: not set(b"\r\n") & set(line)), min_size=1, max_size=12
)


def test_head_is_what_anybody_computes() -> None:
    first = hashlib.sha256(bytes(32) + b'{"n":1}').digest()
    second = hashlib.sha256(first + b'{"n":2}').hexdigest()
    assert head_of([b'{"n":1}', b'{"n":2}']) == ChainHead(2, second)
    assert ChainHead() == ChainHead(0, START)


@given(LINES)
def test_lines_verify_against_their_own_head(lines: list[bytes]) -> None:
    assert verify_lines(join_lines(lines), head_of(lines)) == tuple(lines)


@given(LINES, st.data())
def test_any_change_removal_exchange_or_insertion_breaks_the_chain(lines: list[bytes], data: st.DataObject) -> None:
    head = head_of(lines)
    altered = list(lines)
    place = data.draw(st.integers(0, len(lines) - 1))
    match data.draw(st.sampled_from(["change", "remove", "insert", "exchange"])):
        case "change":
            altered[place] += b"x"
        case "remove":
            del altered[place]
        case "insert":
            altered.insert(place, b"x")
        case _:
            other = data.draw(st.integers(0, len(lines) - 1))
            altered[place], altered[other] = altered[other], altered[place]
    if altered != lines:
        with pytest.raises(ChainBrokenError):
            verify_lines(join_lines(altered), head)


@given(LINES, LINES)
def test_a_chain_goes_on_from_any_head(before: list[bytes], after: list[bytes]) -> None:
    assert head_of(after, start=head_of(before)) == head_of(before + after)


@pytest.mark.parametrize("data", [b"a", b"a\n\nb\n", b"\n", b"a\r\n", b"a\nb"])
def test_what_is_no_event_file_is_refused(data: bytes) -> None:
    with pytest.raises(ChainBrokenError):
        split_lines(data)


@pytest.mark.parametrize("line", [b"", b"a\nb", b"a\r"])
def test_a_line_is_one_line(line: bytes) -> None:
    with pytest.raises(ChainBrokenError):
        ChainHead().after(line)
