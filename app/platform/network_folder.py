"""Whether a folder lies on another computer: locks and write-ahead logs cannot be relied on there."""

import re
import sys
from pathlib import Path
from typing import Final

_NETWORK_TYPES: Final = frozenset(
    {"afs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")  # proc(5): space, tab, newline and backslash in octal
_DRIVE_REMOTE: Final = 4  # GetDriveTypeW


def is_network_folder(folder: Path) -> bool:
    """Whether *folder* is on a file server, where this system can tell; False where it cannot (macOS)."""
    folder = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        anchor = folder.anchor
        return anchor.startswith("\\\\") or ctypes.WinDLL("kernel32").GetDriveTypeW(anchor) == _DRIVE_REMOTE
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return False
    return file_system_of(folder, mounts.read_text(encoding="utf-8", errors="surrogateescape")) in _NETWORK_TYPES


def file_system_of(folder: Path, mount_table: str) -> str:
    """The type of the file system *folder* is on, after the table of proc(5); the last matching mount covers others."""
    best, kind = -1, ""
    for line in mount_table.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split()
        if len(fields) < 5 or not right:
            continue
        point = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        if len(point.parts) >= best and folder.is_relative_to(point):
            best, kind = len(point.parts), right.split()[0]
    return kind
