"""The desk's last head, kept outside of the database, so that a database put back to an earlier day is noticed.

SQLCipher authenticates every page but not which day it is from: an old copy, an old page or a cut write-ahead log opens
without a word. So after each commit the counter and head of all changes are written here, under a key of the vault. A
database that is behind this file has lost something; one that is ahead only means that the program ended in between.

Two slots are written in turn: a power cut can tear one of them and the other still stands. Nothing here is synced to
the disk, because being behind is harmless.
"""

import hmac
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.ids import Sha256

_MAGIC: Final = b"YPHEAD1\x00"
_BODY: Final = struct.Struct(">8sQ32s")
_TAG: Final = 32
_SLOT: Final = 512  # one sector: written whole or not at all on ordinary disks
_SLOTS: Final = 2


@dataclass(frozen=True, slots=True)
class Head:
    """How many changes there have been, and a hash over them."""

    counter: int
    head: Sha256


class HeadFile:
    """The file beside one desk; not safe for two processes, which the desk's lock prevents."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self._key = path, key

    def read(self) -> Head | None:
        """The newest genuine head, or ``None`` where there is none."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        found = (self._parse(data[at : at + _BODY.size + _TAG]) for at in range(0, _SLOTS * _SLOT, _SLOT))
        return max((head for head in found if head), key=lambda head: head.counter, default=None)

    def write(self, head: Head) -> None:
        """Remember *head* in the slot that does not hold the one before it.

        Raises:
            OSError: the medium is gone or full. The database has the change all the same.
        """
        body = _BODY.pack(_MAGIC, head.counter, bytes.fromhex(head.head))
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.lseek(descriptor, head.counter % _SLOTS * _SLOT, os.SEEK_SET)
            os.write(descriptor, body + self._tag(body))
        finally:
            os.close(descriptor)

    def _parse(self, slot: bytes) -> Head | None:
        body, tag = slot[: _BODY.size], slot[_BODY.size :]
        if len(slot) != _BODY.size + _TAG or not hmac.compare_digest(tag, self._tag(body)):
            return None
        _magic, counter, head = _BODY.unpack(body)
        return Head(counter, Sha256(head.hex()))

    def _tag(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")
