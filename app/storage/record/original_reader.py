"""Files of a package that was kept, one MiB at a time: for those too large to hold.

What lies in the rows is told in :mod:`app.storage.record.files`: an index, then the files one after the other.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from app.piece_file import open_pieces
from app.storage.blobs import CHUNK_BYTES

Row = Callable[[int], bytes]
"""The content of a row by its number, in the clear; empty where there is none. All but the last are full."""
Index = tuple[int, list[tuple[str, int]]]
"""Where the files begin in the rows taken together, and path and size of each."""


def sources(row: Row, index_of: Callable[[bytes], Index | None]) -> dict[str, Callable[[], BinaryIO]]:
    """By path, what opens one of the files.

    Args:
        index_of: the index, from as much of the rows as it needs; ``None`` while more is needed.
    """
    begin, number = b"", 0
    index = None
    while index is None and (chunk := row(number)):
        begin += chunk
        index, number = index_of(begin), number + 1
    found: dict[str, Callable[[], BinaryIO]] = {}
    start, files = index or (0, [])
    for path, size in files:
        found[path] = partial(_open, row, start, size)
        start += size
    return found


def _open(row: Row, start: int, size: int) -> BinaryIO:
    return open_pieces(_pieces(row, start, size))


def _pieces(row: Row, start: int, size: int) -> Iterator[bytes]:
    number, skipped = divmod(start, CHUNK_BYTES)
    while size and (chunk := row(number)[skipped : skipped + size]):
        yield chunk
        size -= len(chunk)
        number, skipped = number + 1, 0
