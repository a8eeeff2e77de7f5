"""Files made to cost time, memory or other people's files (trust tests 11 to 15)."""

import dataclasses
import io
import json
import os
import struct
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from app.crypto import sealing
from app.domain.outcome import Outcome
from app.packages import container
from app.packages.container import Entry
from app.packages.container_reader import ContainerReader
from app.packages.reader import read_package
from app.packages.recognition import find_packages
from app.packages.refusal import PackageRefusedError
from tests.support import pki
from tests.support.figures import show
from tests.support.raw_container import Parts, zipped

FULL = os.environ.get("YOUPIN_FULL") == "1"
ROOT = Path(__file__).parents[2]
OWN = sealing.create_identity()
FIXED: Parts = [(container.MIMETYPE_NAME, container.MIMETYPE), *((name, b"x") for name in container.FIXED_NAMES[1:])]
needs_rusage = pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module to measure memory")


def sealed(inner: bytes) -> bytes:
    return sealing.seal(inner, [OWN.recipient])


def wrapped(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr(name, data)
    return bytearray(target.getvalue())


def declaring(archive: bytearray, size: int) -> bytes:
    """*archive* with one entry, whose headers now declare *size* bytes."""
    central = archive.index(b"PK\x01\x02")
    struct.pack_into("<I", archive, 22, size)
    struct.pack_into("<I", archive, central + 24, size)
    return bytes(archive)


def closing() -> bytes:
    """The last bytes of a container that holds nothing but the fixed parts."""
    return container.closing([Entry(name, len(data), zlib.crc32(data)) for name, data in FIXED])


def parse(inner: bytes) -> None:
    reader = ContainerReader()
    reader.write(inner)
    reader.finish()


def with_fixed(place: int, data: bytes) -> bytes:
    parts = list(FIXED)
    parts[place] = (parts[place][0], data)
    return zipped(parts)


def overlapping() -> bytes:
    """Many entries of one directory that share one stretch of bytes."""
    inner = b"age-encryption.org/v1\n" + bytes(1000)
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 10, 0, 0, 0, 33, zlib.crc32(inner), len(inner), len(inner), 1, 0
    )
    body = local + b"a" + inner
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\x01\x02", 10, 10, 0, 0, 0, 33, zlib.crc32(inner), len(inner), len(inner), 1, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    directory = b"".join(entry + bytes([97 + n % 26]) for n in range(900))
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 900, 900, len(directory), len(body), 0)
    return body + directory + end


def million_empty_entries() -> bytes:
    """A ZIP directory of a million names over one empty entry."""
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 10, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 10, 10, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    return local + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 31, 0)


def too_many() -> bytes:
    return zipped([*FIXED, *((f"{n:07d}", b"") for n in range(container.MAX_ENTRIES - 3))])


def declared_in_container(size: int) -> bytes:
    good = zipped([*FIXED, ("a", b"x" * 100)])
    place = good.index(container.local_header(Entry("a", 100, zlib.crc32(b"x" * 100))))
    return good[: place + 18] + struct.pack("<II", size, size) + good[place + 26 :]


def cases() -> Iterator[tuple[str, bytes, set[str], float]]:
    """Name, file, reasons that are right, seconds that are the goal."""
    head = b"age-encryption.org/v1\n"
    yield "declares 4 GB, holds 10 kB", declaring(wrapped("a", head + bytes(10_000)), 0xFFFFFFF0), {"file_size"}, 1
    yield (
        "declares 10 B, inflates 200 MB",
        declaring(wrapped("a", head + bytes(200_000_000)), 30),
        {"zip_entry", "zip_unreadable"},
        1,
    )
    yield "inflates a thousandfold", bytes(wrapped("a", head + bytes(200_000_000))), {"zip_ratio"}, 1
    yield (
        "inflates a millionfold",
        bytes(wrapped("a", head + bytes(90_000_000), zipfile.ZIP_BZIP2)),
        {"zip_without_package"},
        1,
    )
    yield "overlapping entries", overlapping(), {"zip_overlap"}, 1
    nested = bytes(wrapped("b.zip", bytes(wrapped("c.zip", bytes(50_000_000)))))
    yield "nested archives", nested, {"zip_without_package"}, 1
    yield "a million empty entries", million_empty_entries(), {"zip_directory"}, 2
    yield "5,001 entries", sealed(too_many()), {"container_entries"}, 2
    yield "name of 121 characters", sealed(zipped([*FIXED, ("a" * 121, b"x")])), {"zip_name"}, 2
    yield "manifest of 1 MiB and 1 byte", sealed(with_fixed(1, bytes(1024**2 + 1))), {"part_size"}, 2
    yield "signature of 64 KiB and 1 byte", sealed(with_fixed(2, bytes(64 * 1024 + 1))), {"part_size"}, 2
    yield "description of 1 MiB and 1 byte", sealed(with_fixed(3, bytes(1024**2 + 1))), {"part_size"}, 2
    yield "description of deep JSON", sealed(with_fixed(3, b"[" * 1_000_000)), {"description_form"}, 2
    yield (
        "description of a long number",
        sealed(with_fixed(3, b'{"seq":' + b"1" * 1_000_000 + b"}")),
        {"description_form"},
        2,
    )
    yield "file of 4 GB declared", sealed(declared_in_container(0xFFFFFFFF)), {"container_size", "part_size"}, 2
    yield (
        "10,000 stanzas",
        head + (b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n") * 10_000,
        {"head_too_long"},
        0.05,
    )
    scrypt = b"-> scrypt " + b"A" * 22 + b" 23\n" + b"B" * 43 + b"\n--- " + b"A" * 43 + b"\n" + bytes(100)
    yield "passphrase with work factor 23", head + scrypt, {"passphrase_stanza"}, 0.05
    plugin = b"-> yubikey AAAA\nBBBB\n--- " + b"A" * 43 + b"\n" + bytes(100)
    yield "plugin", head + plugin, {"foreign_stanza"}, 0.05


@needs_rusage
def test_bombs_are_refused_quickly_and_without_memory(tmp_path: Path) -> None:
    named = list(cases())
    paths = []
    for number, (_name, data, _reasons, _seconds) in enumerate(named):
        paths.append(tmp_path / f"评审 资料({number})")
        paths[-1].write_bytes(data)
    warm_up = tmp_path / "warm-up"
    warm_up.write_bytes(sealed(zipped(FIXED)))
    job = {"identity": OWN.secret, "warm_up": str(warm_up), "paths": [str(path) for path in paths]}
    child = subprocess.run(
        [sys.executable, "-m", "tests.support.reading_child"],
        input=json.dumps(job).encode(), cwd=ROOT, capture_output=True, check=False, timeout=100,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr.decode()
    answers = json.loads(child.stdout)
    for (name, _data, reasons, seconds), answer in zip(named, answers, strict=True):
        show(f"{name}: {answer['reason']}, {answer['seconds'] * 1000:.1f} ms, +{answer['grown_kib'] / 1024:.1f} MiB")
        assert answer["reason"] in reasons, name
        assert answer["grown_kib"] <= 64 * 1024, name
        assert answer["seconds"] <= seconds * 10, name  # ten times the goal: other tests run beside this one


class Endless:
    """A sealed stream that never ends: the start of a good container, then one entry without end."""

    def __init__(self, start: bytes) -> None:
        self._reading, self._writing = os.pipe()
        self._plain = start
        self._thread = threading.Thread(target=self._seal, daemon=True)
        self._thread.start()
        self._first = b""
        self._place = 0
        self.taken = 0

    def _seal(self) -> None:
        with os.fdopen(self._writing, "wb") as target:
            try:
                pyrage.encrypt_io(self._Zeros(self._plain), target, [pyrage.x25519.Recipient.from_str(OWN.recipient)])
            except (pyrage.EncryptError, OSError):
                return  # the reader has had enough

    class _Zeros:
        def __init__(self, start: bytes) -> None:
            self._start = io.BytesIO(start)

        def read(self, size: int, /) -> bytes:
            return self._start.read(size) or bytes(size)

    def read(self, size: int, /) -> bytes:
        while len(self._first) < sealing.MAX_HEAD_BYTES:
            self._first += os.read(self._reading, sealing.MAX_HEAD_BYTES - len(self._first))
        if self._place < len(self._first):
            part = self._first[self._place : self._place + size]
            self._place += len(part)
            return part
        part = os.read(self._reading, size)
        self.taken += len(part)
        return part

    def seek(self, offset: int, whence: int = 0, /) -> int:
        assert (offset, whence) == (0, 0)
        self._place = 0
        return 0

    def close(self) -> None:
        os.close(self._reading)
        self._thread.join(10)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_endless_stream_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = container.MAX_CONTAINER_BYTES if FULL else 8 * 1024**2
    monkeypatch.setattr(container, "MAX_CONTAINER_BYTES", limit)
    start = zipped(FIXED)[: -len(closing())]
    largest = limit - len(start) - container.LOCAL.size - 1
    source = Endless(start + container.local_header(Entry("a", largest, 0)))
    try:
        with pytest.raises(PackageRefusedError) as caught:
            sealing.unseal_stream(source, ContainerReader(), [OWN])
    finally:
        source.close()
    show(f"endless stream: stopped after {source.taken} bytes, limit {limit}")
    assert caught.value.outcome in {Outcome.DAMAGED, Outcome.OVER_LIMIT}
    assert source.taken < limit + 1024**2


def test_endless_entries_end_at_the_limit() -> None:
    reader = ContainerReader()
    written = 0

    def feed() -> None:
        nonlocal written
        reader.write(zipped(FIXED)[: -len(closing())])
        for number in range(1_000_000):
            written += 1
            reader.write(container.local_header(Entry(f"{number:07d}", 0, 0)))

    with pytest.raises(PackageRefusedError) as caught:
        feed()
    assert (caught.value.outcome, caught.value.reason) == (Outcome.OVER_LIMIT, "container_entries")
    assert written <= container.MAX_ENTRIES


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_named_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.youpin")
    with pytest.raises(PackageRefusedError) as caught:
        find_packages(tmp_path / "pipe.youpin")
    assert caught.value.outcome is Outcome.NOT_A_PACKAGE


BAD_NAMES = [
    "../x", "/abs", "C:\\x", "a\\..\\b", "con.txt", "nul", "x.", "x ", "a\u202eb", "x" * 260, "a/../../x", "~/x",
    "$HOME", "%TEMP%/x", "\\\\host\\share",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_paths_that_lead_elsewhere_are_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    encoded = name.encode("utf-8")
    good = zipped([*FIXED, ("a" * len(encoded), b"x")])
    spoiled = good.replace(b"a" * len(encoded), encoded)
    with pytest.raises(PackageRefusedError):
        parse(spoiled)
    (tmp_path / "f").write_bytes(sealed(spoiled))
    before = sorted(tmp_path.rglob("*"))
    (found,) = find_packages(tmp_path / "f")
    with found.open() as source, pytest.raises(PackageRefusedError):
        read_package(source, dataclasses.replace(pki.shared_world().at_record(), identities=(OWN,)))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("mode", [0o120777, 0o060644, 0o010644])
def test_links_and_devices_in_a_container_are_refused(mode: int) -> None:
    good = bytearray(zipped([*FIXED, ("a", b"/etc/passwd")]))
    place = good.rindex(b"PK\x01\x02")
    good[place + 5] = 3  # made on Unix
    struct.pack_into("<I", good, place + 38, mode << 16)
    with pytest.raises(PackageRefusedError) as caught:
        parse(bytes(good))
    assert caught.value.reason == "zip_directory"
