"""Data files of a package that are held in memory while it is read."""

from collections.abc import Callable

from app.packages import container


def everything(_path: str) -> bool:
    """All data files, where a package is small."""
    return True


class HeldFiles:
    """Takes the entries of a container as they come, and keeps the data files whose path *keeps* takes."""

    def __init__(self, keeps: Callable[[str], bool]) -> None:
        self.contents: dict[str, bytes] = {}
        self._keeps = keeps
        self._pieces: list[bytes] = []
        self._name, self._is_kept = "", False

    def begin(self, name: str, size: int) -> None:
        self._name, self._pieces = name, []
        self._is_kept = name not in container.FIXED_NAMES and self._keeps(name)

    def write(self, untrusted: memoryview) -> None:
        if self._is_kept:
            self._pieces.append(bytes(untrusted))

    def end(self, sha256: str) -> None:
        if self._is_kept:
            self.contents[self._name] = b"".join(self._pieces)
