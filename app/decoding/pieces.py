"""Large documents that a child gets piece by piece, as it asks for them: the first page does not wait for the others.

Whoever makes :class:`Pieces` vouches for each piece by itself, as the store does for a document as a whole.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.decoding.protocol import FrameError

PIECE_BYTES: Final = 1 << 20


def piece_count(size: int) -> int:
    """In how many pieces *size* bytes come."""
    return -(-size // PIECE_BYTES)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document of *size* bytes in pieces of 1 MiB, counted from 0, the last one shorter.

    Attributes:
        head, tail: the first and the last piece, which go along with the question: a PDF begins at its end.
        read: gives another. What it raises ends the child that asked for the piece, and is raised to whoever asked
            about the document.
    """

    size: int
    head: bytes = field(repr=False)
    tail: bytes = field(repr=False)
    read: Callable[[int], bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if self.size <= PIECE_BYTES:
            raise ValueError("a document of one piece is handed over whole")
        if len(self.head) != PIECE_BYTES or len(self.tail) != self.size - PIECE_BYTES * (piece_count(self.size) - 1):
            raise ValueError("the first and the last piece do not fit the size")


Source = Callable[[], bytes | Pieces]


class Supply:
    """The pieces of one document for one child, which needs each only once."""

    def __init__(self, pieces: Pieces) -> None:
        self._read = pieces.read
        self._left = set(range(1, piece_count(pieces.size) - 1))

    def piece(self, number: int) -> bytes:
        """The piece asked for.

        Raises:
            FrameError: there is no such piece, or it was given before.
        """
        if number not in self._left:
            raise FrameError
        self._left.remove(number)
        return self._read(number)
