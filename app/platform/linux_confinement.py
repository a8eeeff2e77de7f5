"""Linux: namespaces, Landlock and process flags, by system call because the standard library has none of them.

Sources: unshare(2), prctl(2), landlock(7). Each function says whether it took effect; none raises, because a
kernel or a container may forbid any of them and the program still has to work there.
"""

import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_CLONE_NEWIPC: Final = 0x0800_0000
_CLONE_NEWUSER: Final = 0x1000_0000
_CLONE_NEWNET: Final = 0x4000_0000
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38

# The numbers are the same on every architecture: they are younger than the unified table.
_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_ADD_RULE: Final = 445
_LANDLOCK_RESTRICT_SELF: Final = 446
_LANDLOCK_ASK_VERSION: Final = 1
_LANDLOCK_PATH_BENEATH: Final = 1
_READ_FILE: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
_FILE_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP_RIGHTS: Final = 0b11  # bind, connect
_SCOPES: Final = 0b11  # abstract sockets, signals


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def leave_network() -> bool:
    """Move into a network of one's own in which there is nothing, not even a working loopback."""
    libc = _libc()
    private = _CLONE_NEWNET | _CLONE_NEWIPC
    return any(libc.unshare(flags) == 0 for flags in (private | _CLONE_NEWUSER, private))


def drop_privileges() -> bool:
    """No program started from here on can gain rights by being started."""
    return bool(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def forbid_inspection() -> bool:
    """No core dump and no debugger of the same user sees the documents in memory."""
    return bool(_libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)


def leave_files(readable: Sequence[str]) -> bool:
    """Only *readable* folders can still be opened, for reading; no program can be started. Needs Linux 5.13."""
    libc = _libc()
    libc.syscall.restype = ctypes.c_long
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_ASK_VERSION)
    if version < 1:
        return False
    rights = _Ruleset(
        files=max(mask for since, mask in _FILE_RIGHTS.items() if since <= version),
        network=_TCP_RIGHTS if version >= 4 else 0,
        scoped=_SCOPES if version >= 6 else 0,
    )
    known = 8 * (1 + (version >= 4) + (version >= 6))  # an older kernel refuses a longer structure
    ruleset = libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(rights), ctypes.c_size_t(known), 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow_reading(libc, ruleset, path)
        return bool(libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow_reading(libc: ctypes.CDLL, ruleset: int, path: str) -> None:
    if sys.platform != "linux":
        return
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # this system has no such folder
        return
    try:
        allowed = _READ_FILE | (_READ_FOLDER if Path(path).is_dir() else 0)
        rule = _PathRule(allowed=allowed, folder=folder)
        libc.syscall(_LANDLOCK_ADD_RULE, ruleset, _LANDLOCK_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(folder)
