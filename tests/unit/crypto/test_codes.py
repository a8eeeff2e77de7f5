"""Codes that are compared by eye, read out and typed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import codes
from tests.support import pki

DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(DIGESTS)
def test_request_code_is_five_groups_of_five_digits(sha256: str) -> None:
    groups = codes.request_code(sha256).split(" ")
    assert [len(group) for group in groups] == [5] * 5
    assert all(group.isdecimal() for group in groups)
    assert int("".join(groups)) == int(sha256, 16) % 10**25


def test_fingerprint_is_eight_groups_of_the_roots_digest() -> None:
    root = pki.shared_world().root.certificate
    shown = codes.fingerprint(root)
    assert [len(group) for group in shown.split(" ")] == [5] * 8
    assert int(codes.digits_of(shown)) == int(hashlib.sha256(root).hexdigest(), 16) % 10**40


@given(DIGESTS)
def test_package_code_has_enough_digits_for_the_telephone(sha256: str) -> None:
    assert len(codes.digits_of(codes.package_code(sha256))) == codes.PACKAGE_DIGITS == 20


@given(st.binary(min_size=16, max_size=16), DIGESTS, st.sampled_from(["new", "late", "bad_signature"]))
def test_receipt_number_is_eight_digits(nonce: bytes, sha256: str, outcome: str) -> None:
    number = codes.receipt_number(nonce, sha256, outcome)
    assert len(number) == 8
    assert number.isdecimal()


def test_receipt_number_changes_with_nonce_file_and_outcome() -> None:
    sha256 = hashlib.sha256(b"one").hexdigest()
    other = hashlib.sha256(b"two").hexdigest()
    numbers = {
        codes.receipt_number(b"n" * 16, sha256, "new"),
        codes.receipt_number(b"m" * 16, sha256, "new"),
        codes.receipt_number(b"n" * 16, other, "new"),
        codes.receipt_number(b"n" * 16, sha256, "late"),
    }
    assert len(numbers) == 4
    assert codes.receipt_number(b"n" * 16, sha256, "new") == codes.receipt_number(b"n" * 16, sha256, "new")


@pytest.mark.parametrize(
    "typed", ["12345 67890", "1234567890", "12345-67890", "１２３４５６７８９０", " 12345\u3000,67890 ", "12345－67890"]
)
def test_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert codes.is_same_code("12345 67890", typed)


@pytest.mark.parametrize("typed", ["", "12345 67891", "1234567890 1", "12345 6789O", "x12345 67890"])
def test_other_digits_or_letters_are_another_code(typed: str) -> None:
    assert not codes.is_same_code("12345 67890", typed)
