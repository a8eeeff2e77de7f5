"""What the child has and may do, looked at from outside while it runs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.decoding.child import worker_command
from app.decoding.pool import DecodingPool
from app.domain.ids import Sha256
from app.platform.child_limits import spawn_options
from tests.support import stranger_files as files

CANARY = "canary-5c1f-passphrase"
linux = pytest.mark.skipif(sys.platform != "linux", reason="looked up in /proc")


def test_command_and_environment_hold_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUPIN_PASSPHRASE", CANARY)
    monkeypatch.setenv("YOUPIN_RECOVERY_PASSPHRASE", CANARY)
    options = spawn_options()
    assert set(options.environment) <= {"LC_ALL", "SYSTEMROOT"}
    assert CANARY not in repr([options, options.environment, worker_command()])


@linux
def test_the_running_child_holds_no_secret_and_few_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YOUPIN_PASSPHRASE", CANARY)
    with (tmp_path / "store").open("w"), DecodingPool() as pool:
        pool.probe(files.pdf())
        (process_id,) = pool.status().process_ids
        process = Path(f"/proc/{process_id}")
        try:
            environment = (process / "environ").read_bytes()
            descriptors = [str(entry.readlink()) for entry in (process / "fd").iterdir()]
        except PermissionError:
            pytest.skip("only root may look into a process that forbids it")
        assert CANARY.encode() not in environment + (process / "cmdline").read_bytes()
        assert re.fullmatch(rb"(LC_ALL=C\.UTF-8\0)?", environment)
        assert all(re.match(r"pipe:|/dev/null|/memfd:pixels", name) for name in descriptors), descriptors


@linux
def test_the_running_child_is_bounded(pool: DecodingPool) -> None:
    pool.start()
    (process_id,) = pool.status().process_ids
    limits = Path(f"/proc/{process_id}/limits").read_text(encoding="ascii")
    for name, value in (
        ("Max address space", pool.limits.memory_bytes),
        ("Max open files", pool.limits.open_files),
        ("Max core file size", 0),
        ("Max file size", 0),
    ):
        assert re.search(rf"{name} +{value} ", limits), limits
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii")
    assert re.search(r"NoNewPrivs:\s+1", status)
    assert re.search(r"Threads:\s+1\n", status)


@linux
def test_the_child_lives_in_a_network_of_its_own_where_the_system_allows_it(pool: DecodingPool) -> None:
    pool.start()
    if not pool.status().network_isolated:
        pytest.skip("this system allows no network namespace")
    (process_id,) = pool.status().process_ids
    devices = Path(f"/proc/{process_id}/net/dev").read_text(encoding="ascii").splitlines()[2:]
    assert [line.split(":")[0].strip() for line in devices] == ["lo"]


ESCAPE = """
import os, sys, tempfile
from app.platform.child_limits import confine
done = confine(memory_bytes=1 << 30, open_files=16, readable=[sys.prefix, sys.base_prefix, "/lib", "/usr/lib"])
def tried(act):
    try:
        act()
    except OSError as error:
        return type(error).__name__
    return "done"
print(done.files_isolated, tried(lambda: open(sys.argv[1]).read()),
      tried(lambda: os.write(os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT), b"x")),
      tried(lambda: os.execv("/bin/true", ["true"])), file=sys.stderr)
"""


@linux
def test_a_confined_process_reads_no_private_file_writes_none_and_starts_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "store.desk"
    secret.write_text(CANARY, encoding="utf-8")
    command = [sys.executable, "-c", ESCAPE, str(secret), str(tmp_path / "new")]
    seen = subprocess.run(command, check=True, capture_output=True, text=True).stderr.split()
    if seen[0] != "True":
        pytest.skip("this kernel has no Landlock")
    assert seen == ["True", "PermissionError", "PermissionError", "PermissionError"]
    assert not (tmp_path / "new").exists()


@linux
def test_the_child_opens_no_socket_starts_no_process_and_writes_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    calls = "trace=prctl,socket,connect,execve,execveat,fork,vfork,clone,clone3,openat,creat,unlink,rename"
    command = [strace, "-f", "-qq", "-o", str(trace), "-e", calls, *worker_command()]
    monkeypatch.setattr("app.decoding.child.worker_command", lambda: command)
    heif = Path(__file__).parent.parent.parent / "fixtures" / "documents" / "pillow-hopper.heif"
    with DecodingPool() as pool:
        for data in (
            files.pdf(),
            files.picture("WEBP"),
            files.workbook([["a"]]),
            files.word("<w:p/>"),
            heif.read_bytes(),
        ):
            pool.probe(data)
        # Ended through its pipe, so that strace ends with it.
        script = files.page_with(
            b"", catalogue=b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://example.org'\\)) >>"
        )
        pool.open(lambda: script, Sha256("js")).render(1, width=50)
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    # Before it is confined, and before any document, the interpreter itself may ask the system who the user is.
    confined = next(number for number, line in enumerate(lines) if "PR_SET_NO_NEW_PRIVS" in line)
    assert not [line for line in lines if "AF_INET" in line or "AF_NETLINK" in line]
    assert not [line for line in lines[confined:] if re.search(r"\b(socket|connect|creat|unlink|rename)\(", line)]
    forked = [line for line in lines if re.search(r"\b(fork|vfork|clone3?)\(", line) and "CLONE_THREAD" not in line]
    assert forked == []
    assert sum("execve(" in line for line in lines) == 1  # itself
    written = [line for line in lines if re.search(r"O_(WRONLY|RDWR|CREAT)", line) and "/dev/null" not in line]
    assert written == []


def test_the_worker_imports_neither_qt_nor_database_nor_keys() -> None:
    program = "import app.decoding.worker, app.decoding.readers.pdf, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-c", program], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert not loaded & {
        "PySide6",
        "sqlalchemy",
        "sqlcipher3",
        "cryptography",
        "keyring",
        "socket",
        "ssl",
        "app.i18n",
        "PIL",
    }
    assert not [name for name in loaded if re.match(r"app\.(crypto|storage|packages|services|domain)", name)]
