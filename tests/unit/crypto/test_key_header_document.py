"""KEYHEADER.md is enough to open a key file: this reader knows nothing but the document."""

import hashlib
import hmac
import struct
import unicodedata

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.support.vaults import DESK_PASSPHRASE, desk_vault


def hkdf(secret: bytes, label: str, length: int, salt: bytes = bytes(32)) -> bytes:
    """RFC 5869, section 2, by hand."""
    root = hmac.digest(salt, secret, "sha256")
    block = out = b""
    for count in range(1, length // 32 + 2):
        block = hmac.digest(root, block + b"youpin vault 1/" + label.encode() + bytes([count]), "sha256")
        out += block
    return out[:length]


def test_a_reader_written_from_the_document_finds_the_database_key() -> None:
    desk = desk_vault()
    assert desk.recovery_code
    assert desk.office_half_b
    data = desk.header_bytes
    assert hashlib.sha256(data[:-32]).digest() == data[-32:]
    magic, version, suite, kind = struct.unpack(">8sBBB", data[:11])
    assert (magic, version, suite, kind) == (b"YPKEYHDR", 1, 1, 1)
    generation, length, slots = struct.unpack(">IHB", data[27:34])
    assert (generation, length, slots) == (1, len(data), 3)
    identity = data[:27]

    at = 34
    type_, memory, passes, lanes, salt, name = struct.unpack(">BIBB16sB", data[at : at + 24])
    keyring = data[at + 24]
    assert (type_, name, keyring) == (1, 0, 0)
    typed = unicodedata.normalize("NFC", DESK_PASSPHRASE).encode()
    stretched = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(typed)
    front, nonce, wrapped = data[at : at + 25], data[at + 25 : at + 37], data[at + 37 : at + 85]
    master = AESGCM(hkdf(stretched, "slot passphrase", 32, salt)).decrypt(nonce, wrapped, identity + front)

    at += 85
    front, nonce, wrapped = data[at : at + 17], data[at + 17 : at + 29], data[at + 29 : at + 77]
    assert front[0] == 2
    key = hkdf(desk.recovery_code.value, "slot recovery", 32, front[1:])
    assert AESGCM(key).decrypt(nonce, wrapped, identity + front) == master

    at += 77
    front, nonce, wrapped = data[at : at + 17], data[at + 17 : at + 29], data[at + 29 : at + 77]
    assert front[0] == 3
    joined = bytes(a ^ b for a, b in zip(front[1:], desk.office_half_b.value, strict=True))
    assert AESGCM(hkdf(joined, "slot office", 32)).decrypt(nonce, wrapped, identity + front) == master

    assert at + 77 == len(data) - 64
    working = hkdf(master, "opened", 32)
    assert hmac.digest(hkdf(working, "header mac", 32), data[:-64], "sha256") == data[-64:-32]
    database = desk.vault.database_key()
    assert hkdf(working, "vault db", 48) == database.key + database.salt
