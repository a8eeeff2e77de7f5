"""Files of a package that was kept, one MiB at a time: for those too large to hold.

What lies in the rows is told in :mod:`app.storage.record.files`: an index, then the files one after the other.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from app.piece_file import open_pieces
from app.storage.blobs import CHUNK_BYTES


class OriginalReader:
    """The rows of one package and owner as one long run of bytes, and the files in it.

    Args:
        row: the content of a row by its number, in the clear; empty where there is none. All but the last are full.
        index_of: where the files begin in a run of bytes, and path and size of each, from as much of the run as the
            index needs; ``None`` while more is needed.
    """

    def __init__(
        self,
        row: Callable[[int], bytes],
        index_of: Callable[[bytes], tuple[int, list[tuple[str, int]]] | None],
    ) -> None:
        self._row, self._index_of = row, index_of

    def sources(self) -> dict[str, Callable[[], BinaryIO]]:
        """By path, what opens one of the files."""
        begin, number = bytearray(), 0
        index = None
        while index is None and (chunk := self._row(number)):
            begin += chunk
            index, number = self._index_of(bytes(begin)), number + 1
        found: dict[str, Callable[[], BinaryIO]] = {}
        start, files = index or (0, [])
        for path, size in files:
            found[path] = _Opener(self._row, start, size)
            start += size
        return found


class _Opener:
    """Opens one file."""

    def __init__(self, row: Callable[[int], bytes], start: int, size: int) -> None:
        self._row, self._start, self._size = row, start, size

    def __call__(self) -> BinaryIO:
        return open_pieces(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        number, skipped = divmod(self._start, CHUNK_BYTES)
        left = self._size
        while left and (chunk := self._row(number)[skipped : skipped + left]):
            yield chunk
            left -= len(chunk)
            number, skipped = number + 1, 0
