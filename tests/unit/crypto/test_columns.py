import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.columns import OVERHEAD, ColumnCipher, cell_context
from app.crypto.vault_errors import SecretDamagedError

CIPHER = ColumnCipher(bytes(range(32)))
HERE = cell_context("review", "reason", b"row 1")


@given(st.binary(max_size=2000), st.binary(max_size=50))
def test_a_value_opens_where_it_was_sealed(plaintext: bytes, context: bytes) -> None:
    sealed = CIPHER.encrypt(plaintext, context=context)
    assert len(sealed) == len(plaintext) + OVERHEAD
    assert CIPHER.decrypt(sealed, context=context) == plaintext


def test_a_value_never_looks_the_same_twice() -> None:
    assert len({CIPHER.encrypt(b"same", context=HERE) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "place",
    [
        cell_context("review", "reason", b"row 2"),
        cell_context("review", "note", b"row 1"),
        cell_context("reviewr", "eason", b"row 1"),
        b"",
    ],
)
def test_a_value_moved_to_another_place_is_refused(place: bytes) -> None:
    sealed = CIPHER.encrypt("示例理由".encode(), context=HERE)
    with pytest.raises(SecretDamagedError):
        CIPHER.decrypt(sealed, context=place)


def test_every_flipped_bit_and_every_truncation_is_refused() -> None:
    sealed = CIPHER.encrypt("示例理由".encode(), context=HERE)
    altered = [sealed[:cut] for cut in range(len(sealed))] + [sealed + b"\0"]
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        altered.append(bytes(flipped))
    for untrusted in altered:
        with pytest.raises(SecretDamagedError):
            CIPHER.decrypt(untrusted, context=HERE)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SecretDamagedError):
        ColumnCipher(bytes(32)).decrypt(CIPHER.encrypt(b"", context=HERE), context=HERE)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        ColumnCipher(b"short")


@given(st.tuples(st.text(), st.text(), st.binary()), st.tuples(st.text(), st.text(), st.binary()))
def test_two_places_never_have_the_same_context(one: tuple[str, str, bytes], other: tuple[str, str, bytes]) -> None:
    assert (cell_context(*one) == cell_context(*other)) is (one == other)
