"""A key file from a damaged disk or a clever enemy: refused, in words, and cheaply."""

import time
import tracemalloc
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import derivation, key_slots
from app.crypto.key_header import MOST_BYTES, KeyHeader
from app.crypto.unlocked_header import Passphrase, unlock
from app.crypto.vault import Vault, WorkspaceKind, open_vault
from app.crypto.vault_errors import (
    HeaderDamagedError,
    HeaderNewerError,
    KeyCostOutOfRangeError,
    RecoveryCodeWrongError,
    WrongPassphraseError,
)
from app.errors import UserFacingError
from tests.support.vaults import DESK_PASSPHRASE, OPENERS, desk_vault, record_vault

SLOTS_AT = 34
COST_AT = SLOTS_AT + 1
NAME_AT = SLOTS_AT + 23


@pytest.fixture
def no_derivation(monkeypatch: pytest.MonkeyPatch) -> None:
    headers()  # made once, and not under this rule

    def forbidden(*_: object, **__: object) -> bytes:
        raise AssertionError("a key was derived for a damaged file")

    monkeypatch.setattr(derivation, "stretch", forbidden)
    monkeypatch.setattr(key_slots, "stretch", forbidden)


def with_sum(untrusted: bytes) -> bytes:
    """What an enemy writes, who can compute a SHA-256 too."""
    return untrusted[:-32] + sha256(untrusted[:-32]).digest()


def flipped(data: bytes, bit: int) -> bytes:
    altered = bytearray(data)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)


def replaced(data: bytes, at: int, value: bytes) -> bytes:
    return with_sum(data[:at] + value + data[at + len(value) :])


def headers() -> list[bytes]:
    return [desk_vault().header_bytes, record_vault().to_bytes()]


@pytest.mark.usefixtures("no_derivation")
def test_every_flipped_bit_is_found_before_any_derivation() -> None:
    count = 0
    for header in headers():
        for bit in range(len(header) * 8):
            with pytest.raises(HeaderDamagedError):
                open_vault(flipped(header, bit), passphrase=DESK_PASSPHRASE)
            count += 1
    assert count > 4000


@pytest.mark.usefixtures("no_derivation")
def test_every_truncation_and_every_addition_is_found_before_any_derivation() -> None:
    for header in headers():
        for untrusted in [header[:cut] for cut in range(len(header))] + [header + b"\0", header * 2, b"\0" + header]:
            with pytest.raises(HeaderDamagedError):
                open_vault(untrusted, passphrase=DESK_PASSPHRASE)


def test_every_bit_flipped_by_somebody_who_repairs_the_sum_is_refused_too() -> None:
    desk = desk_vault()
    assert desk.recovery_code
    accepted, refusals = 0, set()
    for bit in range((len(desk.header_bytes) - 32) * 8):
        try:
            unlock(with_sum(flipped(desk.header_bytes, bit)), desk.recovery_code)
        except (HeaderDamagedError, HeaderNewerError, KeyCostOutOfRangeError, RecoveryCodeWrongError) as problem:
            refusals.add(type(problem))
        else:
            accepted += 1
    assert accepted == 0
    assert len(refusals) == 4


@pytest.mark.parametrize("place", ["salt", "memory", "passes", "lanes", "nonce", "wrapped", "tag"])
def test_a_changed_field_of_the_passphrase_slot_never_opens(place: str) -> None:
    offset = {"memory": 1, "passes": 5, "lanes": 6, "salt": 7, "nonce": 25, "wrapped": 40, "tag": 84}[place]
    header = desk_vault().header_bytes
    value = {"memory": (65537).to_bytes(4, "big"), "passes": b"\x03", "lanes": b"\x02"}.get(
        place, bytes([header[SLOTS_AT + offset] ^ 1])
    )
    with pytest.raises(WrongPassphraseError):
        open_vault(replaced(header, SLOTS_AT + offset, value), passphrase=DESK_PASSPHRASE)


@pytest.mark.usefixtures("no_derivation")
@pytest.mark.parametrize(
    ("memory", "passes", "lanes"),
    [
        *[(memory, 3, 4) for memory in (0, 8 * 1024, 65535, (1 << 20) + 1, 64 << 20)],
        *[(65536, passes, 4) for passes in (0, 1, 11, 255)],
        *[(65536, 2, lanes) for lanes in (0, 17, 255)],
        ((1 << 32) - 1, 255, 255),
    ],
)
def test_lowered_and_raised_costs_are_refused_at_once(memory: int, passes: int, lanes: int) -> None:
    untrusted = replaced(desk_vault().header_bytes, COST_AT, memory.to_bytes(4, "big") + bytes([passes, lanes]))
    tracemalloc.start()
    started = time.process_time()
    with pytest.raises(KeyCostOutOfRangeError):
        open_vault(untrusted, passphrase=DESK_PASSPHRASE)
    assert time.process_time() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_slot_moved_to_another_header_opens_nothing() -> None:
    body = desk_vault().header_bytes[SLOTS_AT : SLOTS_AT + 85]
    other = Vault.create(
        kind=WorkspaceKind.DESK, passphrase="somebody else's", cost=derivation.LOWEST_COST
    ).header_bytes
    with pytest.raises(WrongPassphraseError):
        open_vault(replaced(other, SLOTS_AT, body), passphrase=DESK_PASSPHRASE)


def test_a_renamed_opener_opens_nothing() -> None:
    header = record_vault().to_bytes()
    name = "示例甲".encode()
    assert header[NAME_AT + 1 :].startswith(name)
    untrusted = replaced(header, NAME_AT + 1, "示例丁".encode())
    with pytest.raises(WrongPassphraseError):
        open_vault(untrusted, passphrase=OPENERS["示例甲"], opener="示例丁")


def test_a_dropped_slot_is_noticed_by_everybody_else() -> None:
    header = record_vault().to_bytes()
    slot = 25 + len("示例甲".encode()) + 60
    shorter = bytearray(header[:SLOTS_AT] + header[SLOTS_AT + slot :])
    shorter[31:34] = len(shorter).to_bytes(2, "big") + b"\x01"
    with pytest.raises(HeaderDamagedError):
        open_vault(with_sum(bytes(shorter)), passphrase=OPENERS["示例乙"])


@pytest.mark.usefixtures("no_derivation")
@pytest.mark.parametrize("at", [8, 9])
def test_a_newer_version_or_suite_is_told_as_such(at: int) -> None:
    with pytest.raises(HeaderNewerError):
        open_vault(replaced(desk_vault().header_bytes, at, b"\x02"), passphrase=DESK_PASSPHRASE)


@pytest.mark.usefixtures("no_derivation")
@pytest.mark.parametrize(
    "alter",
    [
        lambda header: replaced(header, 10, b"\x03"),  # no such kind
        lambda header: replaced(header, 10, b"\x02"),  # a desk's slots in a record
        lambda header: replaced(header, 27, bytes(4)),  # generation 0
        lambda header: replaced(header, 31, b"\x00\x00"),  # a length that is not the length
        lambda header: replaced(header, 33, b"\x02"),  # a slot too few
        lambda header: replaced(header, 33, b"\xff"),  # more slots than bytes
        lambda header: replaced(header, SLOTS_AT, b"\x09"),  # no such slot
        lambda header: replaced(header, NAME_AT, b"\xff"),  # a name longer than the file
        lambda header: replaced(header, NAME_AT, b"\x01"),  # a desk with a named slot
        lambda header: with_sum(header[: -64 - 77] + header[-64:]),  # without its office slot
        lambda header: with_sum(header[:-64] + bytes(MOST_BYTES) + header[-64:]),
    ],
)
def test_what_cannot_have_been_written_is_damaged(alter: Callable[[bytes], bytes]) -> None:
    with pytest.raises(HeaderDamagedError):
        open_vault(alter(desk_vault().header_bytes), passphrase=DESK_PASSPHRASE)


@pytest.mark.usefixtures("no_derivation")
def test_slots_in_another_order_are_refused() -> None:
    header = desk_vault().header_bytes
    recovery, office = header[SLOTS_AT + 85 : SLOTS_AT + 162], header[SLOTS_AT + 162 : SLOTS_AT + 239]
    with pytest.raises(HeaderDamagedError):
        open_vault(replaced(header, SLOTS_AT + 85, office + recovery), passphrase=DESK_PASSPHRASE)


@given(st.binary(max_size=600), st.booleans())
def test_any_bytes_are_refused_in_words(noise: bytes, signed: bool) -> None:
    untrusted = with_sum(b"YPKEYHDR\x01\x01" + noise + bytes(32)) if signed else noise
    with pytest.raises(UserFacingError):
        KeyHeader.read(untrusted)


@given(st.data())
def test_a_header_with_anything_in_the_middle_is_read_or_refused(data: st.DataObject) -> None:
    header = bytearray(data.draw(st.sampled_from(headers())))
    for _ in range(data.draw(st.integers(1, 4))):
        header[data.draw(st.integers(10, len(header) - 65))] = data.draw(st.integers(0, 255))
    try:
        read = KeyHeader.read(with_sum(bytes(header)))
    except UserFacingError:
        return
    assert read._body() == bytes(header[:-64])


def test_every_wrong_passphrase_costs_a_guesser_the_whole_derivation() -> None:
    header = desk_vault().header_bytes
    started = time.perf_counter()
    for number in range(5):
        with pytest.raises(WrongPassphraseError):
            unlock(header, Passphrase(f"guess {number}"))
    lowest = (time.perf_counter() - started) / 5
    default = derivation.DEFAULT_COST
    factor = default.memory_kib * default.passes / (65536 * 2)
    assert lowest * factor > 0.1
