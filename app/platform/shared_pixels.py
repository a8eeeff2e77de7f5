"""A piece of memory that parent and child both see, for pixels: on Linux a memfd, elsewhere there is none.

Measured for a page of 1200 x 1700 pixels (8 MB): 0.8 ms through a memfd, 3.3 ms through a pipe of 1 MiB,
9.5 ms through a pipe of the usual 64 KiB; the page itself takes about 10 ms to draw.
"""

import mmap
import os
import sys
from typing import Self


class SharedPixels:
    """The parent creates it and hands the descriptor on; the child maps the same one."""

    def __init__(self, descriptor: int, size: int) -> None:
        self.descriptor = descriptor
        self.size = size
        self._map = mmap.mmap(descriptor, size)

    @classmethod
    def create(cls, size: int) -> Self | None:
        """New shared memory, of which only pages that are written cost anything; None where there is none."""
        if sys.platform != "linux":
            return None
        descriptor = os.memfd_create("pixels", os.MFD_CLOEXEC)
        os.ftruncate(descriptor, size)
        return cls(descriptor, size)

    @property
    def memory(self) -> mmap.mmap:
        """For the child, to draw into."""
        return self._map

    def take(self, count: int) -> bytes:
        """A copy of the first *count* bytes, which the child can no longer change."""
        return self._map[:count]

    def release(self, *, beyond: int) -> None:
        """Give memory after *beyond* bytes back to the system; an unusually large page was drawn."""
        start = -(-beyond // mmap.PAGESIZE) * mmap.PAGESIZE
        if sys.platform == "linux" and start < self.size:
            self._map.madvise(mmap.MADV_REMOVE, start, self.size - start)

    def close(self) -> None:
        """The memory is gone once the child has ended, too."""
        self._map.close()
        os.close(self.descriptor)
