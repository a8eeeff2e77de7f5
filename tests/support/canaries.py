"""Strings that must never be found in the clear, and the search for them."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_PIECE = 1 << 20


class Canaries:
    """Words and keys of one story, in every form in which a computer could have written them down."""

    def __init__(self) -> None:
        self._needles: dict[bytes, str] = {}
        self._names: set[str] = set()

    def __len__(self) -> int:
        return len(self._names)

    def word(self, name: str, text: str) -> str:
        """Look for *text* in UTF-8, UTF-16 and as JSON escapes it; gives it back."""
        escaped = text.encode("ascii", "backslashreplace")
        for form in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), escaped):
            self._add(name, form)
        return text

    def key(self, name: str, key: bytes) -> None:
        """Look for *key* raw and in hex."""
        for form in (key, key.hex().encode(), key.hex().upper().encode()):
            self._add(name, form)

    def found_in(self, data: bytes) -> set[str]:
        """The names of what stands in *data*."""
        return {name for needle, name in self._needles.items() if needle in data}

    def found_in_files(self, files: Iterable[Path]) -> dict[str, set[str]]:
        """Per file, by its name, what stands in it or in the name itself."""
        found = {}
        for file in files:
            names = self.found_in(os.fsencode(file.name)) | self._in_file(file)
            if names:
                found[str(file)] = names
        return found

    def _in_file(self, file: Path) -> set[str]:
        overlap = max(len(needle) for needle in self._needles) - 1
        names: set[str] = set()
        before = b""
        with file.open("rb") as source:
            while piece := source.read(_PIECE):
                names |= self.found_in(before + piece)
                before = piece[-overlap:]
        return names

    def _add(self, name: str, needle: bytes) -> None:
        if len(needle) < 8:
            raise ValueError("too short to be sure of")
        self._names.add(name)
        self._needles[needle] = name


def files_below(*folders: Path) -> Iterator[Path]:
    """Every ordinary file, hidden ones too."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path
