"""Large documents that a child gets piece by piece, as it asks for them: nobody waits for the last page to see the first.

Whoever makes :class:`Pieces` vouches for each piece by itself, as the store does for a document as a whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.decoding.protocol import FrameError

PIECE_BYTES: Final = 1 << 20


def piece_count(size: int) -> int:
    """In how many pieces *size* bytes come."""
    return -(-size // PIECE_BYTES)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document of *size* bytes; *read* gives one piece of 1 MiB, counted from 0, the last one shorter.

    What *read* raises ends the child that asked for the piece, and is raised to whoever asked about the document.
    """

    size: int
    read: Callable[[int], bytes]

    def __post_init__(self) -> None:
        if self.size <= PIECE_BYTES:
            raise ValueError("a document of one piece is handed over whole")


Source = Callable[[], bytes | Pieces]


class Supply:
    """The pieces of one document for one child, which needs each only once."""

    def __init__(self, pieces: Pieces) -> None:
        self._read = pieces.read
        self._left = set(range(1, piece_count(pieces.size)))  # the first goes along with the question

    def piece(self, number: int) -> bytes:
        """The piece asked for.

        Raises:
            FrameError: there is no such piece, or it was given before.
        """
        if number not in self._left:
            raise FrameError
        self._left.remove(number)
        return self._read(number)
