"""What a child process for strangers' documents may still do, on each operating system.

The parent calls :func:`spawn_options` and :func:`hold`, the child :func:`confine` before it reads the first
stranger's byte. What a system cannot do is reported, not pretended: see :class:`Confinement`.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

_SPARE_CPU_SECONDS: Final = 2
_M_TRIM_THRESHOLD: Final = -1  # malloc.h of glibc
_M_MMAP_THRESHOLD: Final = -3


@dataclass(frozen=True, slots=True, kw_only=True)
class Confinement:
    """What took effect."""

    memory_limited: bool
    network_isolated: bool
    files_isolated: bool
    privileges_dropped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpawnOptions:
    """How the parent starts the child: nothing inherited but the pipes."""

    environment: Mapping[str, str] = field(repr=False)
    folder: str
    creation_flags: int
    new_session: bool

    def start(self, command: Sequence[str], *, pass_fds: Sequence[int] = ()) -> "subprocess.Popen[bytes]":
        """The child with pipes on its standard input and output and nothing on its standard error.

        Raises:
            OSError: the program cannot be started.
        """
        return subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            close_fds=True,
            pass_fds=tuple(pass_fds),
            env=dict(self.environment),
            cwd=self.folder,
            creationflags=self.creation_flags,
            start_new_session=self.new_session,
        )


def spawn_options() -> SpawnOptions:
    """An environment without a single inherited secret, no console window, no shared terminal."""
    if sys.platform == "win32":
        root = os.environ.get("SYSTEMROOT", r"C:\Windows")  # without it Windows cannot load its own libraries
        return SpawnOptions(
            environment={"SYSTEMROOT": root},
            folder=root,
            creation_flags=subprocess.CREATE_NO_WINDOW,
            new_session=False,
        )
    # A session of its own: Ctrl+C at the command line is for the parent to decide about.
    return SpawnOptions(environment={"LC_ALL": "C.UTF-8"}, folder="/", creation_flags=0, new_session=True)


def hold(process: "subprocess.Popen[bytes]", *, memory_bytes: int) -> object | None:
    """Bounds set from outside, where the system has them; keep the result as long as the child.

    Returns:
        The Job Object on Windows; None elsewhere, where the child bounds itself.
    """
    if sys.platform == "win32":
        from app.platform.job_object import JobObject

        # A virtual environment's python.exe is a launcher that starts the real one.
        launcher = sys.prefix != sys.base_prefix
        job = JobObject(memory_bytes=memory_bytes, processes=2 if launcher else 1)
        job.assign(int(process._handle))  # type: ignore[attr-defined]  # Popen keeps it private
        return job
    return None


def confine(*, memory_bytes: int, open_files: int, readable: Sequence[str]) -> Confinement:
    """Give up what the child does not need. Called once, in the child, with one thread running.

    Args:
        memory_bytes: address space (Linux), or set from outside (Windows).
        open_files: file descriptors at once, the standard ones included.
        readable: folders that may still be read where the system can forbid the rest: the program itself.
    """
    if sys.platform == "win32":
        return Confinement(memory_limited=True, network_isolated=False, files_isolated=False, privileges_dropped=False)
    import resource

    memory_limited = _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)  # it never writes a file
    _limit(resource.RLIMIT_NOFILE, open_files)
    if sys.platform != "linux":
        return Confinement(
            memory_limited=memory_limited, network_isolated=False, files_isolated=False, privileges_dropped=False
        )
    from app.platform import linux_confinement

    network_isolated = linux_confinement.leave_network()
    privileges_dropped = linux_confinement.drop_privileges()
    files_isolated = linux_confinement.leave_files(readable)
    linux_confinement.forbid_inspection()
    return Confinement(
        memory_limited=memory_limited,
        network_isolated=network_isolated,
        files_isolated=files_isolated,
        privileges_dropped=privileges_dropped,
    )


def keep_freed_memory(*, up_to: int) -> None:
    """Let blocks of *up_to* bytes be used again instead of fetched from the system anew; elsewhere than Linux: nothing.

    Fetching the memory of a picture anew for every page takes a third of the time of drawing a scanned one.
    """
    if sys.platform == "linux":
        import ctypes

        try:
            set_option = ctypes.CDLL(None).mallopt
        except AttributeError:  # another C library than glibc
            return
        set_option(_M_MMAP_THRESHOLD, up_to)
        set_option(_M_TRIM_THRESHOLD, 2 * up_to)


def allow_cpu_seconds(seconds: float) -> None:
    """The child's processor time for what comes next.

    The parent's clock ends a child that hangs; this ends one whose parent is gone. The soft limit moves on
    with every request because the system counts from the start of the process.
    """
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime + seconds) + _SPARE_CPU_SECONDS
        _limit(resource.RLIMIT_CPU, until, soft_only=True)


def _limit(which: int, value: int, *, soft_only: bool = False) -> bool:
    """Lower a limit, never above what is already allowed; whether it holds."""
    if sys.platform == "win32":
        return False
    import resource

    _, hard = resource.getrlimit(which)
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(which, (wanted, hard if soft_only else wanted))
    except (OSError, ValueError):  # macOS refuses some of them
        return False
    return True
