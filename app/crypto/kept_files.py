"""Large files that lie outside of a workspace's database, each sealed by itself and read piece by piece.

A sealed file is ``YPKEPT`` ``0x00`` ``0x01`` and then pieces of 1 MiB, the last one shorter, each sealed as in
:mod:`app.crypto.columns`. What is sealed with a piece says which file it belongs to, where in it, and whether it is the
last: a file that was cut, put together from others or given another's name does not open. Names are keyed digests, so
that nobody without the key can ask whether a certain photograph lies there.
"""

import hmac
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from app.crypto.columns import OVERHEAD, ColumnCipher, cell_context
from app.crypto.derivation import expand
from app.crypto.vault_errors import SecretDamagedError
from app.domain.ids import Sha256

PIECE: Final = 1 << 20
_MAGIC: Final = b"YPKEPT\x00\x01"


class KeptFiles:
    """Seals and opens files known by their SHA-256, under one 32-byte key."""

    __slots__ = ("_cipher", "_naming")

    def __init__(self, key: bytes) -> None:
        self._cipher, self._naming = ColumnCipher(expand(key, "kept contents")), expand(key, "kept names")

    def name(self, sha256: Sha256) -> str:
        """What the file is called: 64 hex digits that say nothing without the key."""
        return hmac.digest(self._naming, bytes.fromhex(sha256), "sha256").hex()

    @staticmethod
    def sealed_size(size: int) -> int:
        """Bytes of the sealed file for *size* plain ones."""
        return len(_MAGIC) + size + max(1, -(-size // PIECE)) * OVERHEAD

    def seal(self, sha256: Sha256, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The sealed file. *pieces* have :data:`PIECE` bytes, the last one as many or fewer; none: an empty file."""
        yield _MAGIC
        coming = iter(pieces)
        piece, number = next(coming, b""), 0
        while True:
            following = next(coming, None)
            if len(piece) > PIECE or (following is not None and len(piece) != PIECE):
                raise ValueError("only the last piece may be shorter")
            yield self._cipher.encrypt(piece, context=_place(sha256, number, is_last=following is None))
            if following is None:
                return
            piece, number = following, number + 1

    def open(self, sha256: Sha256, sealed: BinaryIO) -> Iterator[bytes]:
        """The plain pieces of a sealed file. Raises ``SecretDamagedError`` where it is not what was sealed."""
        if sealed.read(len(_MAGIC)) != _MAGIC:
            raise SecretDamagedError
        piece, number = sealed.read(PIECE + OVERHEAD), 0
        while True:
            following = sealed.read(PIECE + OVERHEAD)
            yield self._cipher.decrypt(piece, context=_place(sha256, number, is_last=not following))
            if not following:
                return
            piece, number = following, number + 1


def _place(sha256: Sha256, number: int, *, is_last: bool) -> bytes:
    return cell_context("kept", "last" if is_last else "more", bytes.fromhex(sha256) + number.to_bytes(8, "big"))
