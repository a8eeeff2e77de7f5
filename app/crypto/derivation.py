"""From something typed or random to a key: Argon2id (RFC 9106), HKDF-SHA256 (RFC 5869).

Every derived key has a label of its own, so that knowing one tells nothing of another.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.crypto.vault_errors import KeyCostOutOfRangeError, NotEnoughMemoryForKeyError

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
LEAST_MEMORY_KIB: Final = 64 * 1024
MOST_MEMORY_KIB: Final = 1024 * 1024
LEAST_PASSES: Final = 2
MOST_PASSES: Final = 10
MOST_LANES: Final = 16
MOST_WORK_KIB: Final = 4 * MOST_MEMORY_KIB  # memory times passes: about three seconds on an ordinary computer
LONGEST_PASSPHRASE: Final = 1024  # characters; far above anything typed, far below anything that hurts
_LABEL_PREFIX: Final = b"youpin vault 1/"
_LONGEST_LABEL: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfCost:
    """What one guess of a passphrase costs: memory in KiB, passes over it, and lanes worked on side by side.

    The range is checked wherever a cost appears, also in a header read from disk: a lowered cost would help a
    thief, a raised one would stop the owner. Raises ``KeyCostOutOfRangeError``.
    """

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        memory_fits = LEAST_MEMORY_KIB <= self.memory_kib <= MOST_MEMORY_KIB
        work_fits = LEAST_PASSES <= self.passes <= MOST_PASSES and self.memory_kib * self.passes <= MOST_WORK_KIB
        if not (memory_fits and work_fits and 1 <= self.lanes <= MOST_LANES):
            raise KeyCostOutOfRangeError


DEFAULT_COST: Final = KdfCost()
LOWEST_COST: Final = KdfCost(memory_kib=LEAST_MEMORY_KIB, passes=LEAST_PASSES)


def passphrase_bytes(passphrase: str) -> bytes:
    """The bytes a passphrase stands for: NFC, so that é is é however it was typed; never trimmed.

    Raises ``ValueError`` for an empty or absurdly long passphrase; whoever asks for one checks first
    (:mod:`app.crypto.passphrase`).
    """
    if not 0 < len(passphrase) <= LONGEST_PASSPHRASE:
        raise ValueError(f"a passphrase has 1 to {LONGEST_PASSPHRASE} characters")
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def stretch(passphrase: str, *, salt: bytes, cost: KdfCost) -> bytes:
    """32 bytes that cost *cost* to compute from *passphrase*. Raises ``NotEnoughMemoryForKeyError``."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"the salt has {SALT_BYTES} bytes")
    argon = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    try:
        return argon.derive(passphrase_bytes(passphrase))
    except MemoryError as problem:
        raise NotEnoughMemoryForKeyError from problem


def expand(secret: bytes, label: str, *, length: int = KEY_BYTES, salt: bytes | None = None) -> bytes:
    """*length* bytes derived from a secret that is already strong, under *label* (printable ASCII)."""
    if not 0 < len(label) <= _LONGEST_LABEL or not label.isascii() or not label.isprintable():
        raise ValueError(f"a label is 1 to {_LONGEST_LABEL} printable ASCII characters")
    if len(secret) < SALT_BYTES:
        raise ValueError("too short for a secret")
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=_LABEL_PREFIX + label.encode("ascii")).derive(secret)
