"""Finding packages by their content: chat programs and mail rename files and put a ZIP around them.

A package is looked for under any name and one level inside an ordinary ZIP, never deeper. Nothing is unpacked to disk.
"""

import io
import itertools
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, Final, Protocol, TypeVar

from app.crypto import sealing
from app.crypto.sealing import Rewindable
from app.domain.outcome import Outcome
from app.packages import container
from app.packages.reader import MAX_FILE_BYTES, SMALL_BYTES
from app.packages.refusal import PackageRefusedError, damaged, over_limit

T = TypeVar("T")

MAX_WRAPPED: Final = 1_000
# What chat programs and mail write. Other methods let a few bytes claim gigabytes of memory.
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_MOST_SHRINKING: Final = 1.1
_MAX_DIRECTORY: Final = 256 * 1024  # of a wrapping ZIP; more names than anybody sends
_END_MAGIC: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_ZIP64_MAGIC: Final = b"PK\x06\x07"
_NAME_AND_TYPE: Final = container.MIMETYPE_NAME.encode("ascii") + container.MIMETYPE
_LOOK: Final = 128
# What zipfile and the decompressors below it raise on damaged archives.
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, KeyError, IndexError,
    RuntimeError, OverflowError,
)  # fmt: skip


class Wrapping(StrEnum):
    """What a file looks like from its first bytes."""

    SEALED = "sealed"
    OPEN = "open"  # an invitation, or inner bytes that were kept
    ZIP = "zip"  # maybe with packages in it
    NONE = "none"


class Source(Rewindable, Protocol):
    """The bytes of something that looks like a package."""

    def close(self) -> None:
        """They are no longer needed."""


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """Something that looks like a package. *inner_name* is its untrusted name in a wrapping ZIP, else empty."""

    inner_name: str
    opener: Callable[[], Source]

    @contextmanager
    def open(self) -> Iterator[Source]:
        """The bytes, rewindable."""
        source = self.opener()
        try:
            yield source
        finally:
            source.close()


def wrapping_of(untrusted_start: bytes) -> Wrapping:
    """Tell from the first 128 bytes."""
    if untrusted_start.startswith((sealing.MAGIC, sealing.ARMOR_MAGIC)):
        return Wrapping.SEALED
    if not untrusted_start.startswith(container.LOCAL_MAGIC):
        return Wrapping.ZIP if untrusted_start.startswith(_END_MAGIC) else Wrapping.NONE
    is_ours = untrusted_start.startswith(_NAME_AND_TYPE, container.LOCAL.size)
    return Wrapping.OPEN if is_ours else Wrapping.ZIP


def find_packages(file: Path) -> tuple[FoundPackage, ...]:
    """The packages that *file* is or has inside; at least one.

    Raises:
        PackageRefusedError: ``not_a_package``, ``damaged`` or ``over_limit``.
    """
    if not file.is_file():  # a pipe or device would never end
        raise PackageRefusedError(Outcome.NOT_A_PACKAGE, "not_a_file")
    if file.stat().st_size > MAX_FILE_BYTES:
        raise over_limit("file_size")
    with file.open("rb") as source:
        wrapping = wrapping_of(source.read(_LOOK))
        if wrapping is Wrapping.NONE:
            raise PackageRefusedError(Outcome.NOT_A_PACKAGE, "not_recognised")
        if wrapping is not Wrapping.ZIP:
            return (FoundPackage("", lambda: file.open("rb")),)
        names = _packages_inside(source)
    if not names:
        raise PackageRefusedError(Outcome.NOT_A_PACKAGE, "zip_without_package")
    return tuple(FoundPackage(name, partial(_open_inside, file, place)) for place, name in names)


def _packages_inside(source: BinaryIO) -> list[tuple[int, str]]:
    """Place and untrusted name of each entry that looks like a package."""
    _check_directory(source)
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return [
                (place, entry.filename) for place, entry in enumerate(entries) if _looks_like_package(archive, entry)
            ]
    except _UNREADABLE as problem:
        raise PackageRefusedError(Outcome.NOT_A_PACKAGE, "zip_unreadable") from problem


def _check_directory(source: BinaryIO) -> None:
    """Bound the directory before the library reads it into memory."""
    size = source.seek(0, io.SEEK_END)
    tail_size = min(size, _END_SIZE + 0xFFFF + 20)
    source.seek(size - tail_size)
    tail = source.read(tail_size)
    place = tail.rfind(_END_MAGIC)
    if place < 0 or len(tail) - place < _END_SIZE:
        raise PackageRefusedError(Outcome.NOT_A_PACKAGE, "zip_unreadable")
    if _ZIP64_MAGIC in tail:
        raise PackageRefusedError(Outcome.NOT_A_PACKAGE, "zip64")
    if int.from_bytes(tail[place + 12 : place + 16], "little") > _MAX_DIRECTORY:
        raise over_limit("zip_directory")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_WRAPPED:
        raise over_limit("zip_entries")
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for before, after in itertools.pairwise(ordered):
        # Entries that share bytes are a known way to make a small file large.
        if before.header_offset + container.LOCAL.size + before.compress_size > after.header_offset:
            raise damaged("zip_overlap")


def _looks_like_package(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if entry.is_dir() or entry.flag_bits & 1 or entry.compress_type not in _METHODS:  # the second: a ZIP password
        return False
    with archive.open(entry) as member:
        return wrapping_of(member.read(_LOOK)) in {Wrapping.SEALED, Wrapping.OPEN}


def _open_inside(file: Path, place: int) -> Source:
    archive = zipfile.ZipFile(file)
    try:
        entry = archive.infolist()[place]
        _check_size(entry)
        if entry.file_size > SMALL_BYTES:
            return _Inside(archive, archive.open(entry))
        with archive, archive.open(entry) as member:
            return io.BytesIO(member.read(entry.file_size + 1))
    except _UNREADABLE as problem:
        archive.close()
        raise damaged("zip_entry") from problem
    except BaseException:
        archive.close()
        raise


def _check_size(entry: zipfile.ZipInfo) -> None:
    """What is sealed does not shrink; an entry that did is a bomb, and is refused before it is inflated."""
    if entry.file_size > MAX_FILE_BYTES:
        raise over_limit("file_size")
    if entry.file_size > SMALL_BYTES and entry.file_size > entry.compress_size * _MOST_SHRINKING:
        raise over_limit("zip_ratio")


class _Inside:
    """A large entry, read without holding it; what zipfile raises on the way becomes a refusal."""

    def __init__(self, archive: zipfile.ZipFile, member: IO[bytes]) -> None:
        self._archive = archive
        self._member = member

    def read(self, size: int, /) -> bytes:
        return self._guarded(lambda: self._member.read(size))

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._guarded(lambda: self._member.seek(offset, whence))

    def close(self) -> None:
        self._member.close()
        self._archive.close()

    def _guarded(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except _UNREADABLE as problem:
            raise damaged("zip_entry") from problem
