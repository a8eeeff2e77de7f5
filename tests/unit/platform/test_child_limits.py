import os
import subprocess
import sys

import pytest

from app.platform.child_limits import hold, spawn_options
from app.platform.pipes import read_into, widen_pipe
from app.platform.shared_pixels import SharedPixels

posix = pytest.mark.skipif(sys.platform == "win32", reason="bounded by a Job Object there")


def _run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)


def test_a_child_inherits_no_variables_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUPIN_PASSPHRASE", "canary")
    process = spawn_options().start([sys.executable, "-I", "-c", "import os; print(dict(os.environ), os.getcwd())"])
    job = hold(process, memory_bytes=1 << 30)
    out, _ = process.communicate()
    assert b"YOUPIN" not in out
    assert b"canary" not in out
    assert (job is not None) == (sys.platform == "win32")


@posix
def test_memory_beyond_the_limit_is_refused() -> None:
    program = (
        "from app.platform.child_limits import confine\n"
        "confine(memory_bytes=300 << 20, open_files=16, readable=['/'])\n"
        "try:\n    bytearray(400 << 20)\nexcept MemoryError:\n    print('refused')"
    )
    assert _run(program).stdout == "refused\n"


@posix
def test_endless_work_without_a_parent_ends_by_itself() -> None:
    program = (
        "from app.platform import child_limits\n"
        "child_limits._SPARE_CPU_SECONDS = 0\n"
        "child_limits.allow_cpu_seconds(1)\n"
        "while True: pass"
    )
    assert _run(program).returncode < 0


@posix
def test_limits_only_ever_get_tighter() -> None:
    program = (
        "import resource\n"
        "from app.platform.child_limits import confine\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))\n"
        "confine(memory_bytes=1 << 30, open_files=16, readable=['/'])\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    assert _run(program).stdout == "(12, 12)\n"


def test_what_a_library_prints_never_reaches_the_pipe() -> None:
    program = (
        "import os\n"
        "from app.platform.pipes import binary_stdio\n"
        "reading, writing = binary_stdio()\n"
        "os.write(1, b'noise'); print('more noise', flush=True)\n"
        "os.write(writing, os.read(reading, 10))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, input=b"a\r\n\x1ab")
    assert done.stdout == b"a\r\n\x1ab"


def test_reading_into_a_buffer_takes_what_is_there_and_tells_the_end() -> None:
    reading, writing = os.pipe()
    widen_pipe(writing)
    os.write(writing, b"abc")
    buffer = bytearray(8)
    assert read_into(reading, memoryview(buffer)) == 3
    assert bytes(buffer[:3]) == b"abc"
    os.close(writing)
    assert read_into(reading, memoryview(buffer)) == 0
    os.close(reading)


@pytest.mark.skipif(sys.platform != "linux", reason="pixels go through the pipe there")
def test_shared_memory_is_seen_by_both_and_given_back() -> None:
    shared = SharedPixels.create(1 << 20, documents=1 << 16)
    assert shared is not None
    other = SharedPixels(os.dup(shared.descriptor), shared.pixels, shared.documents)
    with other.canvas as canvas:
        canvas[:3] = b"abc"
    assert shared.put(b"document")
    assert not shared.put(bytes(shared.documents + 1))
    assert shared.take(3) == b"abc"
    shared.release(beyond=0)
    assert shared.take(3) == b"\0\0\0"
    with other.laid_down(8) as laid_down:
        assert bytes(laid_down) == b"document"
    other.close()
    shared.close()
