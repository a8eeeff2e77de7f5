"""What goes wrong with disks, sticks and people, made with the real thing."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import Cancelled


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process can grow beyond *size* bytes, as on a disk that is full there. POSIX only."""
    if sys.platform == "win32":
        raise RuntimeError("Windows limits no file")
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class Pulled:
    """Takes the stick out when half of the work is done."""

    def __init__(self, stick: Path) -> None:
        self._stick = stick

    def step(self, done: int, total: int) -> None:
        if self._stick.exists() and done * 2 > total:
            shutil.rmtree(self._stick)


class Stopped:
    """Somebody presses “stop” when half of the work is done."""

    def step(self, done: int, total: int) -> None:
        if done * 2 > total:
            raise Cancelled
