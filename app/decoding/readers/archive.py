"""Office files as ZIP archives: everything about the wrapping is checked before any part is read.

Python 3.11's zipfile neither notices overlapping members nor duplicate names and believes the sizes written
down until the end of a member, so all three are checked here.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from app.decoding.limits import Limits
from app.decoding.protocol import Refused

_CHUNK: Final = 1024 * 1024
_LOCAL_HEADER: Final = 30
_ENCRYPTED: Final = 0x1


class OfficeArchive:
    """The members of an Office file, bounded and free of overlaps, duplicates and escapes."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, struct.error):
            raise Refused("damaged") from None
        self._check(len(data))

    def _check(self, length: int) -> None:
        members = self._zip.infolist()
        if len(members) > self._limits.archive_members:
            raise Refused("over_limit")
        if sum(member.file_size for member in members) > self._limits.archive_bytes:
            raise Refused("over_limit")
        names = [member.filename.lower() for member in members]
        if len(set(names)) != len(names):
            raise Refused("damaged")
        if any(_is_escape(name) for name in names):
            raise Refused("damaged")
        self._check_places(members, length)

    def _check_places(self, members: list[zipfile.ZipInfo], length: int) -> None:
        end = 0
        for member in sorted(members, key=lambda member: member.header_offset):
            if member.flag_bits & _ENCRYPTED:
                raise Refused("password")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refused("damaged")
            if member.file_size > self._limits.archive_member_bytes:
                raise Refused("over_limit")
            if member.header_offset < end:  # two members out of the same bytes: the densest kind of bomb
                raise Refused("over_limit")
            end = member.header_offset + _LOCAL_HEADER + member.compress_size
        if end > length:
            raise Refused("damaged")

    def names(self) -> list[str]:
        """Names of all members."""
        return self._zip.namelist()

    def has(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """One member, checked against the size and the checksum written down for it.

        Raises:
            Refused: ``damaged`` if it is missing or broken, ``over_limit`` if it is more than it says.
        """
        return b"".join(self._chunks(name))

    def prove(self) -> None:
        """Inflate every member once and keep nothing: sizes and checksums are true from here on.

        For readers that inflate by themselves and would believe them.
        """
        for name in self._zip.namelist():
            for _ in self._chunks(name):
                pass

    def _chunks(self, name: str) -> Iterator[bytes]:
        info = self._zip.NameToInfo.get(name)
        if info is None:
            raise Refused("damaged")
        left = info.file_size
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    left -= len(piece)
                    if left < 0:
                        raise Refused("over_limit")
                    yield piece
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error):
            raise Refused("damaged") from None
        if left:
            raise Refused("damaged")


def _is_escape(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\0" in name
