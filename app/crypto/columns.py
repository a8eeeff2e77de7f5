"""The one cipher for values inside a table: AES-256-GCM (NIST SP 800-38D), bound to the place they stand in.

A sealed value is ``version (1 byte, 1) ‖ nonce (12 random bytes) ‖ ciphertext ‖ tag (16)``, with
``version ‖ context`` as additional data: a value copied to another row or column does not open there.
With random nonces one key is good for 2³² values (SP 800-38D, 8.3), thousands of times more than a campaign has.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.crypto.derivation import KEY_BYTES
from app.crypto.vault_errors import SecretDamagedError

OVERHEAD: Final = 29  # bytes a sealed value is longer than the plain one
_VERSION: Final = b"\x01"
_NONCE: Final = 12
_TAG: Final = 16


def cell_context(table: str, column: str, row: bytes) -> bytes:
    """The place of a value, unambiguous whatever its parts contain."""
    parts = (table.encode(), column.encode(), row)
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


class ColumnCipher:
    """Seals and opens values under one 32-byte key; safe to share between threads."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the key has {KEY_BYTES} bytes")
        self._cipher = AESGCM(key)

    def encrypt(self, plaintext: bytes, *, context: bytes) -> bytes:
        """*plaintext* sealed for the place *context*; never the same twice."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plaintext, _VERSION + context)

    def decrypt(self, ciphertext: bytes, *, context: bytes) -> bytes:
        """The value sealed for exactly this place. Raises ``SecretDamagedError``."""
        if len(ciphertext) < OVERHEAD or ciphertext[:1] != _VERSION:
            raise SecretDamagedError
        try:
            return self._cipher.decrypt(ciphertext[1 : 1 + _NONCE], ciphertext[1 + _NONCE :], _VERSION + context)
        except InvalidTag:
            raise SecretDamagedError from None
