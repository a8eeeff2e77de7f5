"""Sealing: what opens, what does not, and which heads are refused before any library sees them (trust test 14)."""

import errno
import io
import os
import shutil
import subprocess
import time
from pathlib import Path

import pyrage
import pytest

from app.crypto import recovery_file, sealing, suite
from app.crypto.recovery_file import RecoveryFileRefusedError, RecoverySecrets
from app.crypto.sealing import SealDefect, SealRefusedError
from tests.support.figures import show

OWN = sealing.create_identity()
OTHER = sealing.create_identity()
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="needs age")


def defect(sealed: bytes, *identities: sealing.SealIdentity) -> SealDefect:
    with pytest.raises(SealRefusedError) as caught:
        sealing.unseal(sealed, identities or (OWN,))
    return caught.value.defect


def head_with(*stanzas: bytes) -> bytes:
    return sealing.MAGIC + b"".join(stanzas) + b"--- " + b"A" * 43 + b"\n" + bytes(100)


X25519 = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"


def test_each_recipient_opens_and_nobody_else() -> None:
    sealed = sealing.seal(b"secret", [OWN.recipient, OTHER.recipient])
    assert sealing.unseal(sealed, [OWN]) == sealing.unseal(sealed, [OTHER]) == b"secret"
    assert defect(sealed, sealing.create_identity()) is SealDefect.NO_KEY_FITS


def test_without_any_identity_no_key_fits() -> None:
    sealed = sealing.seal(b"secret", [OWN.recipient])
    with pytest.raises(SealRefusedError) as caught:
        sealing.unseal(sealed, [])
    assert caught.value.defect is SealDefect.NO_KEY_FITS


def test_sealing_for_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        sealing.seal(b"x", [])


def test_stream_and_buffer_are_the_same_format() -> None:
    data = os.urandom(300_000)
    target = io.BytesIO()
    sealing.seal_stream(io.BytesIO(data), target, [OWN.recipient])
    assert sealing.unseal(target.getvalue(), [OWN]) == data
    opened = io.BytesIO()
    sealing.unseal_stream(io.BytesIO(sealing.seal(data, [OWN.recipient])), opened, [OWN])
    assert opened.getvalue() == data


def test_what_the_receiver_raises_ends_the_opening() -> None:
    class FullError(Exception):
        pass

    class Bucket(io.RawIOBase):
        taken = 0

        def write(self, data: bytes, /) -> int:  # type: ignore[override]
            self.taken += len(data)
            if self.taken > 100_000:
                raise FullError
            return len(data)

    bucket = Bucket()
    with pytest.raises(FullError):
        sealing.unseal_stream(io.BytesIO(sealing.seal(bytes(2_000_000), [OWN.recipient])), bucket, [OWN])
    assert bucket.taken < 200_000


def test_damage_deep_in_a_stream_is_a_refusal_and_a_full_disk_is_not() -> None:
    sealed = bytearray(sealing.seal(bytes(300_000), [OWN.recipient]))
    sealed[200_000] ^= 1
    with pytest.raises(SealRefusedError) as caught:
        sealing.unseal_stream(io.BytesIO(sealed), io.BytesIO(), [OWN])
    assert caught.value.defect is SealDefect.BODY_DAMAGED

    class FullDisk(io.RawIOBase):
        def write(self, data: bytes, /) -> int:  # type: ignore[override]
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        sealing.unseal_stream(io.BytesIO(sealing.seal(b"x", [OWN.recipient])), FullDisk(), [OWN])


def test_full_disk_while_sealing_is_told_as_one() -> None:
    class FullDisk(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full") as raised:
        sealing.seal_stream(io.BytesIO(bytes(200_000)), FullDisk(), [OWN.recipient])
    assert raised.value.errno == errno.ENOSPC


def test_identity_is_read_back_from_its_line_and_never_shown() -> None:
    assert sealing.identity_from(OWN.secret) == OWN
    assert OWN.secret not in repr(OWN)
    mistyped = OWN.secret[:-1] + ("Q" if OWN.secret[-1] != "Q" else "P")
    with pytest.raises(ValueError, match="not an identity") as caught:
        sealing.identity_from(mistyped)
    assert OWN.secret[:-1] not in str(caught.value)


def test_recipient_has_one_spelling() -> None:
    assert sealing.is_recipient(OWN.recipient)
    assert not sealing.is_recipient(OWN.recipient.upper())
    assert not sealing.is_recipient("age1")
    assert not sealing.is_recipient(OWN.recipient + " ")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"", SealDefect.NOT_SEALED),
        (b"PK\x03\x04", SealDefect.NOT_SEALED),
        (sealing.MAGIC.replace(b"v1", b"v2"), SealDefect.NOT_SEALED),
        (sealing.MAGIC.replace(b"\n", b"\r\n"), SealDefect.NOT_SEALED),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\nAAAA", SealDefect.ARMORED),
        (sealing.MAGIC, SealDefect.HEAD_DAMAGED),
        (head_with(), SealDefect.FOREIGN_STANZA),
        (head_with(b"-> scrypt " + b"A" * 22 + b" 23\n" + b"B" * 43 + b"\n"), SealDefect.PASSPHRASE_STANZA),
        (head_with(X25519, b"-> scrypt " + b"A" * 22 + b" 23\n" + b"B" * 43 + b"\n"), SealDefect.PASSPHRASE_STANZA),
        (head_with(X25519, b"-> yubikey-5 AAAA\nBBBB\n"), SealDefect.FOREIGN_STANZA),
        (head_with(b"-> ssh-ed25519 AAAA " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"), SealDefect.FOREIGN_STANZA),
        (head_with(X25519, b"-> mlkem768x25519 AAAA\nBBBB\n"), SealDefect.FOREIGN_STANZA),
        (head_with(*[X25519] * 65), SealDefect.HEAD_TOO_LONG),
        (head_with(*[X25519] * 10_000), SealDefect.HEAD_TOO_LONG),
        (head_with(X25519, b"-> a-grease\n\n", b"-> b-grease\n\n"), SealDefect.HEAD_TOO_LONG),
        (sealing.MAGIC + b"-> X25519 " + b"A" * 100_000, SealDefect.HEAD_TOO_LONG),
        (sealing.MAGIC + X25519, SealDefect.HEAD_DAMAGED),
        (head_with(X25519.replace(b"B" * 43, b"B" * 42)), SealDefect.HEAD_DAMAGED),
        (sealing.MAGIC + X25519 + b"--- " + b"A" * 43 + b"\n", SealDefect.BODY_DAMAGED),
    ],
)
def test_strange_heads_are_refused_before_any_library_sees_them(
    head: bytes, expected: SealDefect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyrage, "decrypt", lambda *_: pytest.fail("the library saw it"))
    started = time.process_time()
    assert defect(head) is expected
    assert time.process_time() - started < 1  # generous: the goal is 50 ms, the work is microseconds


def test_real_heads_with_grease_pass() -> None:
    for _attempt in range(200):
        sealing.inspect_head(sealing.seal(b"x", [OWN.recipient, OTHER.recipient])[: sealing.MAX_HEAD_BYTES])


def test_a_stranger_cannot_make_us_run_a_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyrage.passphrase, "decrypt", lambda *_: pytest.fail("a passphrase was tried"))
    sealed = head_with(b"-> scrypt " + b"A" * 22 + b" 10\n" + b"B" * 43 + b"\n")
    assert defect(sealed) is SealDefect.PASSPHRASE_STANZA


def test_no_bit_of_a_sealed_file_can_be_flipped_and_no_byte_cut_or_added() -> None:
    sealed = sealing.seal(b"secret" * 20, [OWN.recipient])
    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        defect(bytes(altered))
    for length in range(len(sealed)):
        defect(sealed[:length])
    defect(sealed + b"\x00")
    show(f"sealed file: {len(sealed) * 8} bits flipped / 0 accepted, {len(sealed)} cuts / 0 accepted")


@needs_age
def test_the_age_program_opens_ours_and_we_open_its(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(OWN.secret + "\n")
    (tmp_path / "ours").write_bytes(sealing.seal(b"from us", [OWN.recipient]))
    opened = subprocess.run(["age", "-d", "-i", "key", "ours"], cwd=tmp_path, capture_output=True, check=True)
    assert opened.stdout == b"from us"
    (tmp_path / "plain").write_bytes(b"from age")
    sealed = subprocess.run(["age", "-r", OWN.recipient, "plain"], cwd=tmp_path, capture_output=True, check=True).stdout
    assert sealing.unseal(sealed, [OWN]) == b"from age"


@pytest.fixture(scope="module")
def recovery() -> tuple[RecoverySecrets, bytes]:
    secrets = RecoverySecrets(suite.generate_signing_key(), OWN)
    return secrets, recovery_file.seal_recovery_file(secrets, "示例 口令 four words")


def test_recovery_file_gives_back_both_secrets(recovery: tuple[RecoverySecrets, bytes]) -> None:
    secrets, sealed = recovery
    assert recovery_file.open_recovery_file(sealed, "示例 口令 four words") == secrets
    assert b"PRIVATE" not in sealed
    assert OWN.secret not in repr(secrets)


def test_recovery_file_refuses_wrong_passphrase_and_bombs(recovery: tuple[RecoverySecrets, bytes]) -> None:
    _secrets, sealed = recovery
    marker = sealed.index(b" ", sealed.index(b"scrypt") + 7)
    bomb = sealed[:marker] + b" 23" + sealed[sealed.index(b"\n", marker) :]
    for spoiled, passphrase in (
        (sealed, "wrong"),
        (bomb, "示例 口令 four words"),
        (b"", "x"),
        (sealing.seal(b"x", [OWN.recipient]), "x"),
    ):
        with pytest.raises(RecoveryFileRefusedError):
            recovery_file.open_recovery_file(spoiled, passphrase)
