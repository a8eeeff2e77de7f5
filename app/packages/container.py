"""The one byte form of the container: ASiC-E (ETSI EN 319 162-1) in a ZIP without any choice left.

A ZIP says most things twice and some things never signed; readers disagree about which copy counts. Here every byte
follows from the list of (name, size, CRC-32) and the contents, so a reader rebuilds all of it and compares.
"""

import itertools
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MIMETYPE_NAME: Final = "mimetype"
MIMETYPE: Final = b"application/vnd.etsi.asic-e+zip"
MANIFEST_NAME: Final = "META-INF/ASiCManifest.xml"
SIGNATURE_NAME: Final = "META-INF/signature001.p7s"
DESCRIPTION_NAME: Final = "package.json"
# These four come first, in this order; data files follow, sorted by name.
FIXED_NAMES: Final = (MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME, DESCRIPTION_NAME)

MAX_ENTRIES: Final = 5_000  # the four fixed ones included
MAX_CONTAINER_BYTES: Final = 2 * 1024**3 - 1  # no ZIP64, and signed 32-bit readers exist
MAX_NAME: Final = 120
MAX_OF_FIXED: Final = {
    MIMETYPE_NAME: len(MIMETYPE),
    MANIFEST_NAME: 1024**2,
    SIGNATURE_NAME: 64 * 1024,
    DESCRIPTION_NAME: 1024**2,
}

LOCAL_MAGIC: Final = b"PK\x03\x04"
CENTRAL_MAGIC: Final = b"PK\x01\x02"
LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_VERSION: Final = 10  # PKWARE APPNOTE 4.4.3: 1.0 is enough for stored files
_DATE: Final = 0x0021  # 1980-01-01, the first day a ZIP can name
_PART: Final = re.compile(r"[a-z0-9][a-z0-9._-]*(?<!\.)")
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored file as the ZIP's two headers describe it."""

    name: str
    size: int
    crc: int


def is_data_name(name: str) -> bool:
    """Whether a data file may be called *name*: lower-case parts of letters, digits, ``.``, ``_`` and ``-``.

    Parts that Windows takes for a device (``con.txt``) or shortens (``x.``) are out, and so is everything that could
    leave a folder.
    """
    if len(name) > MAX_NAME or not name.isascii() or name in FIXED_NAMES:
        return False
    parts = name.split("/")
    if parts[0] in {"meta-inf", MIMETYPE_NAME, DESCRIPTION_NAME}:
        return False
    return all(_PART.fullmatch(part) and part.split(".")[0] not in _DEVICES for part in parts)


def are_data_names(names: Sequence[str]) -> bool:
    """Whether *names* may stand in one container: each allowed, sorted without repetition, no file that is a folder."""
    if not all(is_data_name(name) for name in names):
        return False
    if any(before >= after for before, after in itertools.pairwise(names)):
        return False
    files = set(names)
    return not any(folder in files for name in names for folder in _folders(name))


def _folders(name: str) -> Iterator[str]:
    parts = name.split("/")
    for count in range(1, len(parts)):
        yield "/".join(parts[:count])


def local_header(entry: Entry) -> bytes:
    """The bytes before the contents of *entry*."""
    name = entry.name.encode("ascii")
    return LOCAL.pack(LOCAL_MAGIC, _VERSION, 0, 0, 0, _DATE, entry.crc, entry.size, entry.size, len(name), 0) + name


def closing(entries: Sequence[Entry]) -> bytes:
    """The bytes after the last contents: central directory and its end record."""
    directory = bytearray()
    offset = 0
    for entry in entries:
        name = entry.name.encode("ascii")
        directory += _CENTRAL.pack(
            CENTRAL_MAGIC, _VERSION, _VERSION, 0, 0, 0, _DATE, entry.crc, entry.size, entry.size,
            len(name), 0, 0, 0, 0, 0, offset,
        )  # fmt: skip
        directory += name
        offset += LOCAL.size + len(name) + entry.size
    count = len(entries)
    return bytes(directory) + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)


def container_size(sizes: Iterable[tuple[str, int]]) -> int:
    """The size in bytes of a container whose entries have these names and sizes."""
    return _END.size + sum(LOCAL.size + _CENTRAL.size + 2 * len(name) + size for name, size in sizes)
