import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from app import atomic_file
from app.atomic_file import OlderCopy, older_copy_of, write_atomically
from app.errors import UserFacingError
from app.file_errors import (
    DiskFullError,
    FileNameRefusedError,
    FolderMissingError,
    ReadOnlyMediumError,
    WriteFailedError,
    WriteNotConfirmedError,
    WriteRefusedError,
    write_problem,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="mode bits, resource limits and kill -9 are POSIX")


def entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_written_and_described(tmp_path: Path) -> None:
    written = write_atomically(tmp_path / "示例 (1).youpin", b"made up", verify=True)
    assert (tmp_path / "示例 (1).youpin").read_bytes() == b"made up"
    assert written.size == 7
    assert written.sha256 == sha256(b"made up").hexdigest()
    assert entries(tmp_path) == {"示例 (1).youpin"}


def test_a_long_export_comes_in_pieces(tmp_path: Path) -> None:
    written = write_atomically(tmp_path / "x", (bytes([number]) * 1000 for number in range(200)), verify=True)
    assert written.size == 200_000
    assert (tmp_path / "x").read_bytes()[1000:1001] == b"\x01"


@posix
def test_the_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_atomically(tmp_path / "key", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_the_older_copy_is_kept_renewed_or_left_alone(tmp_path: Path) -> None:
    key = tmp_path / "示例.desk.key"
    older = older_copy_of(key)
    assert older.name == "示例.desk.key.1"
    write_atomically(key, b"one", older=OlderCopy.KEEP)
    assert entries(tmp_path) == {key.name}
    write_atomically(key, b"two", older=OlderCopy.KEEP)
    assert (key.read_bytes(), older.read_bytes()) == (b"two", b"one")
    write_atomically(key, b"three")
    assert (key.read_bytes(), older.read_bytes()) == (b"three", b"one")
    write_atomically(key, iter([b"fo", b"ur"]), older=OlderCopy.RENEW)
    assert (key.read_bytes(), older.read_bytes()) == (b"four", b"four")


def failing_source(error: Exception) -> Iterator[bytes]:
    yield b"the beginning"
    raise error


@pytest.mark.parametrize("error", [RuntimeError("a bug"), OSError(errno.EIO, "the source's disk"), KeyboardInterrupt()])
def test_a_source_that_fails_leaves_the_old_file_and_flies_on(tmp_path: Path, error: Exception) -> None:
    target = tmp_path / "x"
    write_atomically(target, b"old")
    with pytest.raises(type(error)):
        write_atomically(target, failing_source(error))
    assert target.read_bytes() == b"old"
    assert entries(tmp_path) == {"x"}


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EFBIG, DiskFullError),
        (errno.EACCES, WriteRefusedError),
        (errno.EROFS, ReadOnlyMediumError),
        (errno.ENOENT, FolderMissingError),
        (errno.ENAMETOOLONG, FileNameRefusedError),
        (errno.EIO, WriteFailedError),
        (None, WriteFailedError),
    ],
)
def test_what_a_disk_refuses_is_told_in_words(number: int | None, kind: type[UserFacingError], english: None) -> None:
    problem = write_problem(OSError(number, "words of the system"), Path("/secret folder/示例.desk"))
    assert type(problem) is kind
    assert problem.sentence().startswith("示例.desk was not saved: ")
    assert "secret folder" not in problem.sentence()


def test_a_missing_folder_a_folder_in_the_way_and_a_long_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "in the way").mkdir()
    (tmp_path / "in the way" / "x").touch()
    for path, kind in (
        (tmp_path / "gone" / "x", FolderMissingError),
        (tmp_path / "in the way", UserFacingError),
        (tmp_path / ("长" * 200), UserFacingError),
    ):
        with pytest.raises(kind):
            write_atomically(path, b"x")
    assert entries(tmp_path) == {"in the way"}


@pytest.mark.parametrize("step", ["sync_file", "replace_file", "sync_folder"])
def test_after_a_failed_flush_nothing_claims_success(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x"
    write_atomically(target, b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "the medium")

    monkeypatch.setattr(atomic_file, step, fail)
    with pytest.raises(WriteFailedError):
        write_atomically(target, b"new")
    assert entries(tmp_path) == {"x"}
    assert target.read_bytes() == (b"new" if step == "sync_folder" else b"old")


def test_a_medium_that_reads_back_something_else_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x"
    write_atomically(target, b"old")
    real = os.write

    def flip(descriptor: int, data: bytes) -> int:
        return real(descriptor, bytes([data[0] ^ 1]) + bytes(data[1:]))

    monkeypatch.setattr(os, "write", flip)
    with pytest.raises(WriteNotConfirmedError):
        write_atomically(target, b"new", verify=True)
    assert target.read_bytes() == b"old"
    assert entries(tmp_path) == {"x"}


LIMITED = """
import resource, sys
from pathlib import Path
from app.atomic_file import OlderCopy, write_atomically
from app.file_errors import DiskFullError
target, limit = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    write_atomically(target, (bytes([65]) * 1000 for _ in range(10)), older=OlderCopy.KEEP)
except DiskFullError:
    sys.exit(3)
"""


@posix
@pytest.mark.parametrize("limit", [0, 1, 2999, 3000, 9999, 10000])
def test_a_full_disk_leaves_the_old_file_whole_and_nothing_beside_it(tmp_path: Path, limit: int) -> None:
    target = tmp_path / "示例.desk.key"
    write_atomically(target, b"old" * 1000)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(target), str(limit)], check=False)
    fits = limit >= 10_000
    assert done.returncode == (0 if fits else 3)
    assert target.read_bytes() == (b"A" * 10_000 if fits else b"old" * 1000)
    assert entries(tmp_path) <= {target.name, target.name + ".1"}
    if limit >= 3000:
        assert older_copy_of(target).read_bytes() == b"old" * 1000


KILLED = """
import os, signal, sys
from itertools import count
from pathlib import Path
from app import atomic_file
from app.platform import durable, private_files
target, fatal = Path(sys.argv[1]), int(sys.argv[2])
steps = count(1)
def watch(function):
    def step(*arguments, **more):
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **more)
    return step
for name in ("create_private_file", "sync_file", "replace_file", "sync_folder"):
    setattr(atomic_file, name, watch(getattr(atomic_file, name)))
os.write = watch(os.write)
os.close = watch(os.close)
atomic_file.write_atomically(target, b"new", older=atomic_file.OlderCopy.RENEW)
"""


@posix
def test_a_kill_at_every_step_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    seen = set()
    for fatal in range(1, 100):
        folder = tmp_path / str(fatal)
        folder.mkdir()
        target = folder / "示例.desk.key"
        write_atomically(target, b"old")
        write_atomically(target, b"old", older=OlderCopy.KEEP)
        done = subprocess.run([sys.executable, "-c", KILLED, str(target), str(fatal)], check=False)
        pair = (target.read_bytes(), older_copy_of(target).read_bytes())
        assert pair in {(b"old", b"old"), (b"new", b"old"), (b"new", b"new")}
        seen.add(pair)
        if done.returncode == 0:
            assert pair == (b"new", b"new")
            assert fatal > 10
            break
    assert len(seen) == 3
