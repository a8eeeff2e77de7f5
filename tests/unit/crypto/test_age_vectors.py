"""The 143 public vectors of the age format (trust test 10): what they say is wrong is refused, without exception.

Sixteen good ones are refused as well, because they lie outside the profile that packages keep to: armour, passphrases,
hybrid keys and stanzas of unknown kinds. They are named here, so that no other can join them unseen.
"""

import hashlib
import io
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from app.crypto import sealing
from app.crypto.sealing import SealDefect, SealIdentity, SealRefusedError
from tests.support.figures import show

VECTORS: Final = Path(__file__).parents[2] / "fixtures" / "age" / "vectors.zip"
COUNTS: Final = {
    "success": 26,
    "no match": 13,
    "HMAC failure": 1,
    "header failure": 62,
    "payload failure": 19,
    "armor failure": 22,
}
OUTSIDE: Final = {
    "armor_crlf": SealDefect.ARMORED,
    "armor_full_last_line": SealDefect.ARMORED,
    "armor_hybrid": SealDefect.ARMORED,
    "armor_no_eol": SealDefect.ARMORED,
    "armor_scrypt": SealDefect.ARMORED,
    "armor_whitespace_outside": SealDefect.NOT_SEALED,
    "armor_x25519": SealDefect.ARMORED,
    "hybrid": SealDefect.FOREIGN_STANZA,
    "hybrid_and_x25519": SealDefect.FOREIGN_STANZA,
    "hybrid_grease": SealDefect.FOREIGN_STANZA,
    "hybrid_multiple_recipients": SealDefect.FOREIGN_STANZA,
    "scrypt": SealDefect.PASSPHRASE_STANZA,
    "stanza_empty_body": SealDefect.FOREIGN_STANZA,
    "stanza_empty_last_line": SealDefect.FOREIGN_STANZA,
    "stanza_valid_characters": SealDefect.FOREIGN_STANZA,
    "x25519_grease": SealDefect.FOREIGN_STANZA,
}


@dataclass(frozen=True, slots=True)
class Vector:
    name: str
    expected: str
    payload: str
    identities: tuple[str, ...]
    sealed: bytes

    @classmethod
    def read(cls, name: str, data: bytes) -> "Vector":
        head, _, sealed = data.partition(b"\n\n")
        lines = [line.split(": ", 1) for line in head.decode().splitlines()]
        values = dict(lines)
        return cls(
            name,
            values["expect"],
            values.get("payload", ""),
            tuple(value for key, value in lines if key == "identity"),
            zlib.decompress(sealed) if values.get("compressed") == "zlib" else sealed,
        )

    def keys(self) -> list[SealIdentity]:
        """The identities of the kind that this version has; hybrid ones are none of ours."""
        return [sealing.identity_from(one) for one in self.identities if not one.startswith("AGE-SECRET-KEY-PQ-")]

    def is_payload(self, released: bytes) -> bool:
        return hashlib.sha256(released).hexdigest() == self.payload


with zipfile.ZipFile(VECTORS) as archive:
    ALL: Final = [Vector.read(name, archive.read(name)) for name in archive.namelist()]


def opened(vector: Vector) -> tuple[bytes, SealDefect | None]:
    """The whole plaintext, or why there is none."""
    try:
        return sealing.unseal(vector.sealed, vector.keys()), None
    except SealRefusedError as refusal:
        return b"", refusal.defect


def streamed(vector: Vector) -> tuple[bytes, SealDefect | None]:
    """What reached the receiver of a stream, and why no more did."""
    target = io.BytesIO()
    try:
        sealing.unseal_stream(io.BytesIO(vector.sealed), target, vector.keys())
    except SealRefusedError as refusal:
        return target.getvalue(), refusal.defect
    return target.getvalue(), None


def of_each(vectors: list[Vector]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", vectors, ids=[vector.name for vector in vectors])


def test_all_vectors_are_here() -> None:
    assert Counter(vector.expected for vector in ALL) == COUNTS
    assert set(OUTSIDE) <= {vector.name for vector in ALL if vector.expected == "success"}


@of_each([one for one in ALL if one.expected == "success" and one.name not in OUTSIDE])
def test_a_good_file_within_the_profile_opens_to_the_right_plaintext(vector: Vector) -> None:
    for plaintext, defect in (opened(vector), streamed(vector)):
        assert defect is None
        assert vector.is_payload(plaintext)


@of_each([one for one in ALL if one.name in OUTSIDE])
def test_a_good_file_outside_the_profile_is_refused_by_its_head(vector: Vector) -> None:
    assert opened(vector) == streamed(vector) == (b"", OUTSIDE[vector.name])


@of_each([one for one in ALL if one.expected not in {"success", "payload failure"}])
def test_a_bad_file_is_refused_and_releases_nothing(vector: Vector) -> None:
    plaintext, defect = streamed(vector)
    assert (plaintext, defect) == opened(vector)
    assert (plaintext, defect is not None) == (b"", True)
    if vector.expected == "no match":
        assert defect in {SealDefect.NO_KEY_FITS, SealDefect.FOREIGN_STANZA, SealDefect.PASSPHRASE_STANZA} or (
            vector.name.startswith("armor_") and defect is SealDefect.ARMORED
        )
    if vector.expected == "armor failure":
        assert defect in {SealDefect.ARMORED, SealDefect.NOT_SEALED}
    if vector.expected == "HMAC failure":
        assert defect is SealDefect.BODY_DAMAGED


@of_each([one for one in ALL if one.expected == "payload failure"])
def test_a_damaged_body_releases_genuine_pieces_to_a_stream_and_nothing_as_a_whole(vector: Vector) -> None:
    assert opened(vector)[0] == b""
    released, defect = streamed(vector)
    if defect is SealDefect.ARMORED:
        assert released == b""
    else:
        assert defect is SealDefect.BODY_DAMAGED
        assert vector.is_payload(released)


def test_no_passphrase_or_foreign_key_reaches_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = []
    monkeypatch.setattr(sealing.pyrage, "decrypt", lambda *_arguments: reached.append(1) or b"")
    for vector in ALL:
        if vector.name.startswith(("scrypt", "hybrid", "armor")):
            opened(vector)
    assert not reached


def test_the_figures() -> None:
    accepted = [vector for vector in ALL if opened(vector)[1] is None]
    assert all(vector.expected == "success" for vector in accepted)
    wrong = sum(vector.expected != "success" for vector in ALL)
    show(
        f"age vectors {len(ALL)}: opened {len(accepted)}, wrong ones {wrong} / 0 accepted, "
        f"outside the profile {len(OUTSIDE)} refused"
    )
