import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.file_errors import FolderMissingError
from app.platform import workspace_lock
from app.platform.workspace_lock import WorkspaceBusyError, WorkspaceLock, WorkspaceOnNetworkError

HOLDER = """
import sys
from pathlib import Path
from app.platform.workspace_lock import WorkspaceLock
lock = WorkspaceLock.take(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "示例 (1).desk"


def hold(workspace: Path) -> "subprocess.Popen[bytes]":
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(workspace)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout
    assert holder.stdout.readline().strip() == b"held"
    return holder


def end(holder: "subprocess.Popen[bytes]") -> None:
    holder.communicate(timeout=30)


def test_the_second_opener_is_refused_at_once_and_told_who_was_first(workspace: Path) -> None:
    holder = hold(workspace)
    started = time.perf_counter()
    with pytest.raises(WorkspaceBusyError) as problem:
        WorkspaceLock.take(workspace)
    assert time.perf_counter() - started < 4  # nothing waits here; a busy machine may still pause us
    assert problem.value.facts == {
        "file": workspace.name,
        "process": str(holder.pid),
        "host": platform.node(),
    }
    end(holder)


def test_a_lock_ends_with_its_holder_even_when_killed(workspace: Path) -> None:
    holder = hold(workspace)
    holder.kill()
    end(holder)
    assert workspace.with_name(workspace.name + ".lock").exists()
    with WorkspaceLock.take(workspace):
        pass


def test_a_lock_ends_with_its_holder_that_ends_in_peace(workspace: Path) -> None:
    end(hold(workspace))
    WorkspaceLock.take(workspace).release()


def test_the_same_process_cannot_open_a_workspace_twice(workspace: Path) -> None:
    with WorkspaceLock.take(workspace), pytest.raises(WorkspaceBusyError) as problem:
        WorkspaceLock.take(workspace)
    assert problem.value.facts["process"] == str(os.getpid())


def test_releasing_leaves_nothing_behind_and_may_be_repeated(workspace: Path) -> None:
    lock = WorkspaceLock.take(workspace)
    lock.release()
    assert list(workspace.parent.iterdir()) == []
    again = WorkspaceLock.take(workspace)
    lock.release()
    with pytest.raises(WorkspaceBusyError):
        WorkspaceLock.take(workspace)
    again.release()


def test_other_workspaces_in_the_same_folder_stay_free(workspace: Path) -> None:
    with WorkspaceLock.take(workspace), WorkspaceLock.take(workspace.with_name("other.desk")):
        pass


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"nobody", b"12 a\x1b[31mb", b"9" * 1000])
def test_a_lock_file_with_nonsense_is_nobodys_name(workspace: Path, text: bytes, english: None) -> None:
    lock = WorkspaceLock.take(workspace)
    with workspace.with_name(workspace.name + ".lock").open("r+b") as file:
        file.truncate(0)
        file.write(text)
    with pytest.raises(WorkspaceBusyError) as problem:
        WorkspaceLock.take(workspace)
    assert problem.value.sentence().isprintable()
    lock.release()


def test_a_missing_folder_is_told_in_words(workspace: Path) -> None:
    with pytest.raises(FolderMissingError):
        WorkspaceLock.take(workspace.parent / "gone" / "x.desk")


def test_a_network_folder_is_refused(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_lock, "is_network_folder", lambda _: True)
    with pytest.raises(WorkspaceOnNetworkError):
        WorkspaceLock.take(workspace)
    assert list(workspace.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_a_lock_file_removed_between_opening_and_locking_is_opened_again(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.with_name(workspace.name + ".lock")
    real, removals = workspace_lock._try_lock, []

    def slow(descriptor: int) -> bool:
        if not removals:
            removals.append(path.unlink())
        return real(descriptor)

    monkeypatch.setattr(workspace_lock, "_try_lock", slow)
    with WorkspaceLock.take(workspace):
        assert path.exists()
        with pytest.raises(WorkspaceBusyError):
            WorkspaceLock.take(workspace)
