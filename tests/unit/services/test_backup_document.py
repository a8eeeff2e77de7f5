"""BACKUP.md is enough to read a photograph beside a backup: this reader knows nothing but the two documents."""

import hashlib
import hmac
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.kept_files import KeptFiles
from app.crypto.vault_errors import SecretDamagedError
from app.domain.ids import Sha256
from app.services.photo_copies import PhotoCopies
from tests.support.vaults import desk_vault

MIB = 1 << 20


def hkdf(secret: bytes, label: str) -> bytes:
    """RFC 5869 for 32 bytes, by hand."""
    root = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(root, b"youpin vault 1/" + label.encode() + b"\x01", "sha256")


def additional(digest: bytes, number: int, *, is_last: bool) -> bytes:
    parts = (b"kept", b"last" if is_last else b"more", digest + number.to_bytes(8, "big"))
    return b"\x01" + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def read(file: bytes, contents: bytes, digest: bytes) -> bytes:
    assert file[:8] == b"YPKEPT\x00\x01"
    rest, plain, number = file[8:], b"", 0
    while rest:
        piece, rest = rest[: 1 + 12 + MIB + 16], rest[1 + 12 + MIB + 16 :]
        assert piece[:1] == b"\x01"
        bound = additional(digest, number, is_last=not rest)
        plain += AESGCM(contents).decrypt(piece[1:13], piece[13:], bound)
        number += 1
    return plain


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB])
def test_a_reader_written_from_the_document_finds_the_photograph(tmp_path: Path, size: int) -> None:
    vault = desk_vault().vault
    photo = hashlib.sha256(b"example").digest() * (size // 32 + 1)
    photo = photo[:size]
    digest = hashlib.sha256(photo)
    copies = PhotoCopies(tmp_path / "photos-x", KeptFiles(vault.derive("backup")))
    copies.write(Sha256(digest.hexdigest()), iter([photo[:10], photo[10:]]))
    (file,) = (tmp_path / "photos-x").iterdir()
    assert copies.holds(Sha256(digest.hexdigest()), size)
    backup = vault.derive("backup")
    name = hmac.digest(hkdf(backup, "kept names"), digest.digest(), "sha256").hex()
    assert file.name == f"{name}.photo"
    assert read(file.read_bytes(), hkdf(backup, "kept contents"), digest.digest()) == photo


def test_pieces_that_are_cut_moved_or_of_another_photograph_do_not_open(tmp_path: Path) -> None:
    kept = KeptFiles(bytes(range(32)))
    photo = bytes(MIB) + b"x" * MIB + b"end"
    digest = Sha256(hashlib.sha256(photo).hexdigest())
    whole = b"".join(kept.seal(digest, [photo[:MIB], photo[MIB : 2 * MIB], photo[2 * MIB :]]))
    first, second, rest = whole[8 : 8 + MIB + 29], whole[8 + MIB + 29 : 8 + 2 * (MIB + 29)], whole[8 + 2 * (MIB + 29) :]
    head = whole[:8]
    other = Sha256("0" * 64)
    for spoilt, name in (
        (head + first + second, digest),
        (head + second + first + rest, digest),
        (head + first + rest, digest),
        (head, digest),
        (whole + b"x", digest),
        (b"X" + whole[1:], digest),
        (whole, other),
    ):
        file = tmp_path / "x"
        file.write_bytes(spoilt)
        with file.open("rb") as sealed, pytest.raises(SecretDamagedError):
            list(kept.open(name, sealed))
