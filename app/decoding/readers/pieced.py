"""A document in the child of which only those pieces are here that were needed so far."""

import ctypes
import mmap
import os
from collections.abc import Callable

from app.decoding.pieces import PIECE_BYTES, piece_count
from app.decoding.protocol import FrameError

Fetch = Callable[[int], memoryview]
_HEAD_BYTES = 64 * 1024  # enough to tell kinds apart


class PiecedFile:
    """Room for all of it; the system gives memory only to what is written there, which it would not for an array.

    Args:
        ends: the first and the last piece; not kept.
        size: of the whole, in bytes.
        fetch: asks the parent for another piece, whose bytes are good until the next one is asked for.

    Attributes:
        head: as much of the beginning as tells which kind of file it is.
    """

    def __init__(self, ends: memoryview, *, size: int, fetch: Fetch) -> None:
        self.size = size
        self.head = bytes(ends[:_HEAD_BYTES])
        self._fetch = fetch
        self._room = mmap.mmap(-1, size)
        self._start = ctypes.addressof(ctypes.c_char.from_buffer(self._room))
        last = piece_count(size) - 1
        self._missing = set(range(1, last))
        self._room[:PIECE_BYTES] = ends[:PIECE_BYTES]
        self._room[last * PIECE_BYTES :] = ends[PIECE_BYTES:]

    def copy(self, target: object, position: int, count: int) -> bool:
        """Copy bytes to the address *target*, after fetching what is missing of them; whether there are so many."""
        if position < 0 or count < 0 or position + count > self.size:
            return False
        if count:
            self._need(position, count)
            ctypes.memmove(target, self._start + position, count)  # type: ignore[arg-type]
        return True

    def whole(self) -> bytes:
        """All of it, for a reader that needs that."""
        self._need(0, self.size)
        return self._room[:]

    def _need(self, position: int, count: int) -> None:
        if not self._missing:
            return
        for number in range(position // PIECE_BYTES, (position + count - 1) // PIECE_BYTES + 1):
            if number in self._missing:
                self._take(number)

    def _take(self, number: int) -> None:
        try:
            data = self._fetch(number)
        except (FrameError, OSError):
            os._exit(0)  # the parent is gone; a library's callback is no place to unwind from
        if len(data) != PIECE_BYTES:
            os._exit(1)
        self._room[number * PIECE_BYTES : (number + 1) * PIECE_BYTES] = data
        self._missing.remove(number)
