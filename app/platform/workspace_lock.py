"""One process per workspace file, by a lock of the operating system that ends with its holder.

The lock is held on ``X.desk.lock`` beside the workspace; the file names the holder for whoever comes second. A file
left behind by a killed process locks nothing.
"""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.errors import UserFacingError
from app.file_errors import write_problem
from app.i18n import N_
from app.platform.network_folder import is_network_folder

_MOST_BYTES: Final = 400
_LOCKED_BYTE: Final = 1 << 30  # far behind the text, because Windows forbids reading locked bytes


class WorkspaceBusyError(UserFacingError):
    """Somebody else, or another window of the same person, has the workspace open."""

    code = "workspace_busy"
    message = N_("{file} is already open on {host} (process {process}). Close it there first.")


class WorkspaceOnNetworkError(UserFacingError):
    """Locks on file servers are promises nobody keeps."""

    code = "workspace_on_network"
    message = N_("{file} is in a network folder, where it can be damaged. Move it to a disk of this computer.")


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who has a workspace open."""

    process: str
    host: str


class WorkspaceLock:
    """Held from :meth:`take` until :meth:`release` or the end of the process, however it ends."""

    __slots__ = ("_descriptor", "_path")

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, workspace: Path) -> Self:
        """Lock *workspace* without waiting.

        Raises ``WorkspaceBusyError``, ``WorkspaceOnNetworkError`` or an error of :mod:`app.file_errors`.
        """
        if is_network_folder(workspace.parent):
            raise WorkspaceOnNetworkError(file=workspace.name)
        path = workspace.with_name(workspace.name + ".lock")
        while True:
            try:
                descriptor = _open(path)
            except OSError as problem:
                raise write_problem(problem, workspace) from problem
            if not _try_lock(descriptor):
                holder = _read_holder(descriptor)
                os.close(descriptor)
                raise WorkspaceBusyError(file=workspace.name, host=holder.host, process=holder.process)
            if _is_still(path, descriptor):
                break
            os.close(descriptor)  # its last holder removed it between our opening and our locking
        _write_holder(descriptor)
        return cls(path, descriptor)

    def release(self) -> None:
        """Give it up; a second call does nothing."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        if sys.platform == "win32":
            # An open file cannot be removed there, and one that somebody has opened since must not be.
            os.close(descriptor)
            try:
                self._path.unlink(missing_ok=True)
            except PermissionError:
                return
        else:
            self._path.unlink(missing_ok=True)
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT
    if sys.platform == "win32":
        return os.open(path, flags | os.O_BINARY | os.O_NOINHERIT, 0o600)
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # flock, not lockf: closing any other descriptor of the file must not drop it.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _write_holder(descriptor: int) -> None:
    text = f"{os.getpid()} {platform.node()}\n".encode()[:_MOST_BYTES]
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text)


def _read_holder(descriptor: int) -> LockHolder:
    os.lseek(descriptor, 0, os.SEEK_SET)
    process, _, host = os.read(descriptor, _MOST_BYTES).decode("utf-8", "replace").strip().partition(" ")
    shown = "".join(symbol for symbol in host if symbol.isprintable())
    return LockHolder(process if process.isdecimal() else "?", shown or "?")
