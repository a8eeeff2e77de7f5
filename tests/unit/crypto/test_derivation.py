import unicodedata

import pytest

from app.crypto import derivation
from app.crypto.derivation import DEFAULT_COST, LOWEST_COST, KdfCost, expand, passphrase_bytes, stretch
from app.crypto.vault_errors import KeyCostOutOfRangeError, NotEnoughMemoryForKeyError


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [
        *[(memory, 3, 4) for memory in (8 * 1024, 65535, (1 << 20) + 1, 64 << 20)],
        *[(65536, passes, 4) for passes in (0, 1, 11)],
        *[(65536, 2, lanes) for lanes in (0, 17)],
        (1 << 20, 5, 4),
        (1 << 19, 9, 4),
    ],
)
def test_a_cost_outside_the_range_is_neither_a_downgrade_nor_a_bomb(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(KeyCostOutOfRangeError):
        KdfCost(memory_kib=memory_kib, passes=passes, lanes=lanes)


@pytest.mark.parametrize(("memory_kib", "passes"), [(65536, 2), (65536, 10), (1 << 20, 4), (1 << 19, 8)])
def test_the_ends_of_the_range_are_allowed(memory_kib: int, passes: int) -> None:
    assert KdfCost(memory_kib=memory_kib, passes=passes).passes == passes


def test_the_default_cost_is_256_mebibytes_three_passes_four_lanes() -> None:
    assert (DEFAULT_COST.memory_kib, DEFAULT_COST.passes, DEFAULT_COST.lanes) == (262144, 3, 4)


def test_a_passphrase_is_the_same_however_its_accents_are_typed() -> None:
    composed = "示例 café"
    assert passphrase_bytes(composed) == passphrase_bytes(unicodedata.normalize("NFD", composed))


def test_a_passphrase_is_never_trimmed() -> None:
    assert len({passphrase_bytes(text) for text in ("a b", " a b", "a b ", "a  b", "A b")}) == 5


@pytest.mark.parametrize("passphrase", ["", "x" * 1025])
def test_an_empty_or_pasted_novel_is_no_passphrase(passphrase: str) -> None:
    with pytest.raises(ValueError, match="passphrase"):
        passphrase_bytes(passphrase)


def test_stretching_gives_the_answer_of_the_reference_implementation() -> None:
    # argon2id_hash_raw(2, 65536, 4, …) of libargon2, the reference implementation of RFC 9106.
    key = stretch("made-up passphrase", salt=bytes(range(16)), cost=LOWEST_COST)
    assert key.hex() == "a96bb43530f3b50ef6eec26d0f09b6d918f0cfe1c5df553a3b4786e888d6cc99"


def test_a_computer_without_the_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Starved:
        def __init__(self, **_: object) -> None: ...

        def derive(self, _: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr(derivation, "Argon2id", Starved)
    with pytest.raises(NotEnoughMemoryForKeyError):
        stretch("made-up passphrase", salt=bytes(16), cost=LOWEST_COST)


def test_labels_give_unrelated_keys() -> None:
    secret = bytes(32)
    keys = {expand(secret, label) for label in ("db", "backup", "headlog", "columns")}
    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)


@pytest.mark.parametrize("label", ["", "x" * 65, "示例", "new\nline"])
def test_a_label_is_printable_ascii(label: str) -> None:
    with pytest.raises(ValueError, match="label"):
        expand(bytes(32), label)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="short"):
        expand(b"0123456789", "db")
