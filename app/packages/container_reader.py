"""Reading the container from bytes as they arrive: a push parser that keeps almost nothing.

It is fed by decryption and does not wait for the end, so that neither a bomb nor an endless stream makes it hold more
than the few small parts it was told to keep. Each header is built again from its values and compared.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from app.crypto import suite
from app.packages import container, trust_files
from app.packages.container import Entry
from app.packages.refusal import damaged, over_limit

MAX_TRUST_BYTES: Final = 256 * 1024
_KEPT: Final = {**container.MAX_OF_FIXED, **dict.fromkeys(trust_files.NAMES, MAX_TRUST_BYTES)}


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One entry as it was found: its size in bytes and the digest of its contents."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ContainerIndex:
    """What a whole, well-formed container holds. *kept* has the fixed parts and the trust files."""

    entries: tuple[ReadEntry, ...]
    kept: Mapping[str, bytes] = field(repr=False)
    sha256: str
    size: int

    @property
    def data_entries(self) -> tuple[ReadEntry, ...]:
        """The entries after the fixed ones."""
        return self.entries[len(container.FIXED_NAMES) :]


class EntrySink(Protocol):
    """Where contents go while a container is read. Nothing in them has been verified yet."""

    def begin(self, name: str, size: int) -> None:
        """An entry of *size* bytes starts."""

    def write(self, untrusted: memoryview) -> None:
        """The next bytes of it; valid only during the call."""

    def end(self, sha256: str) -> None:
        """The entry is complete."""


class _Nowhere:
    def begin(self, name: str, size: int) -> None: ...

    def write(self, untrusted: memoryview) -> None: ...

    def end(self, sha256: str) -> None: ...


class ContainerReader:
    """Takes the bytes of one container through :meth:`write`; :meth:`finish` says what it was.

    Raises:
        PackageRefusedError: from both, as soon as a byte differs from the one form or a limit is passed.
    """

    def __init__(self, sink: EntrySink | None = None) -> None:
        self._sink = sink or _Nowhere()
        self._whole = suite.new_digest()
        self._size = 0
        self._zip_entries: list[Entry] = []
        self._entries: list[ReadEntry] = []
        self._kept: dict[str, bytes] = {}
        self._head = bytearray()  # a header, until it is complete
        self._left = 0  # bytes of the current contents still to come
        self._offset = 0  # where the current entry starts
        self._closing: bytes | None = None
        self._closing_place = 0

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        self._size += len(data)
        if self._size > container.MAX_CONTAINER_BYTES:
            raise over_limit("container_size")
        self._whole.update(data)
        view = memoryview(data)
        while view:
            if self._closing is not None:
                view = self._read_closing(view)
            elif self._left:
                view = self._read_contents(view)
            else:
                view = self._read_head(view)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def finish(self) -> ContainerIndex:
        """The container is complete."""
        if self._closing is None or self._closing_place != len(self._closing):
            raise damaged("container_incomplete")
        if len(self._entries) < len(container.FIXED_NAMES):
            raise damaged("container_parts_missing")
        return ContainerIndex(tuple(self._entries), self._kept, self._whole.hexdigest(), self._size)

    def _read_head(self, view: memoryview) -> memoryview:
        if not self._head and len(view) >= container.LOCAL.size and bytes(view[:4]) == container.LOCAL_MAGIC:
            self._head += view[: container.LOCAL.size]  # the usual case: all of it is here
            view = view[container.LOCAL.size :]
        wanted = self._wanted()
        missing = wanted - len(self._head)
        self._head += view[:missing]
        view = view[missing:]
        if len(self._head) < wanted:
            return view
        if wanted == len(container.LOCAL_MAGIC):
            if self._head == container.CENTRAL_MAGIC:
                self._begin_closing()
            elif self._head != container.LOCAL_MAGIC:
                raise damaged("zip_header")
        elif wanted > container.LOCAL.size:
            self._begin_entry()
        return view

    def _wanted(self) -> int:
        if len(self._head) < len(container.LOCAL_MAGIC):
            return len(container.LOCAL_MAGIC)
        if len(self._head) < container.LOCAL.size:
            return container.LOCAL.size
        name_length = container.LOCAL.unpack_from(self._head)[9]
        if not 0 < name_length <= container.MAX_NAME:
            raise damaged("zip_name")
        return container.LOCAL.size + int(name_length)

    def _begin_entry(self) -> None:
        fields = container.LOCAL.unpack_from(self._head)
        try:
            name = self._head[container.LOCAL.size :].decode("ascii")
        except UnicodeDecodeError as problem:
            raise damaged("zip_name") from problem
        entry = Entry(name, size=fields[7], crc=fields[6])
        if container.local_header(entry) != self._head:
            raise damaged("zip_header")
        self._check_place(entry)
        self._offset += len(self._head) + entry.size
        if self._offset > container.MAX_CONTAINER_BYTES:
            raise over_limit("container_size")
        self._zip_entries.append(entry)
        self._head.clear()
        self._left = entry.size
        self._crc = 0
        self._digest = suite.new_digest()
        self._keep: bytearray | None = bytearray() if name in _KEPT else None
        self._sink.begin(name, entry.size)
        if not entry.size:
            self._end_entry()

    def _check_place(self, entry: Entry) -> None:
        place = len(self._zip_entries)
        if place >= container.MAX_ENTRIES:
            raise over_limit("container_entries")
        if entry.size > _KEPT.get(entry.name, container.MAX_CONTAINER_BYTES):
            raise over_limit("part_size")
        if place < len(container.FIXED_NAMES):
            if entry.name != container.FIXED_NAMES[place]:
                raise damaged("container_order")
            return
        if not container.is_data_name(entry.name):
            raise damaged("zip_name")
        if place > len(container.FIXED_NAMES) and entry.name <= self._zip_entries[-1].name:
            raise damaged("container_order")

    def _read_contents(self, view: memoryview) -> memoryview:
        part = view[: self._left]
        self._left -= len(part)
        self._crc = zlib.crc32(part, self._crc)
        self._digest.update(part)
        if self._keep is not None:
            self._keep += part
        self._sink.write(part)
        if not self._left:
            self._end_entry()
        return view[len(part) :]

    def _end_entry(self) -> None:
        entry = self._zip_entries[-1]
        if self._crc != entry.crc:
            raise damaged("zip_checksum")
        if self._keep is not None:
            self._kept[entry.name] = bytes(self._keep)
        if entry.name == container.MIMETYPE_NAME and self._kept[entry.name] != container.MIMETYPE:
            raise damaged("container_mimetype")
        sha256 = self._digest.hexdigest()
        self._entries.append(ReadEntry(entry.name, entry.size, sha256))
        self._sink.end(sha256)

    def _begin_closing(self) -> None:
        self._closing = container.closing(self._zip_entries)
        self._closing_place = len(self._head)
        self._head.clear()

    def _read_closing(self, view: memoryview) -> memoryview:
        assert self._closing is not None  # noqa: S101 - only called in this state
        end = self._closing_place + len(view)
        if end > len(self._closing):
            raise damaged("zip_after_end")
        if self._closing[self._closing_place : end] != view:
            raise damaged("zip_directory")
        self._closing_place = end
        return view[len(view) :]
