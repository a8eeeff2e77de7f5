"""When is something really on the disk? Each system has its own answer."""

import errno
import os
import sys
from pathlib import Path
from typing import Final

_REPLACE_TRIES: Final = 20
_REPLACE_PAUSE_S: Final = 0.05


def sync_file(descriptor: int) -> None:
    """Return when the file's bytes are on the medium. Raises ``OSError``; then they are not."""
    if sys.platform == "darwin":
        import fcntl

        # fsync(2) of macOS leaves the bytes in the drive's own memory; its manual names this call instead.
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as problem:
            if problem.errno not in {errno.ENOTSUP, errno.EINVAL, errno.ENOTTY}:
                raise
        else:
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the folder's entries, and so a rename in it, are on the medium."""
    if sys.platform == "win32":
        return  # NTFS journals its folders, and a folder cannot be opened for writing
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as problem:
        # Some file systems (FAT over FUSE, network mounts) have no such call for folders.
        if problem.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)


def replace_file(source: Path, target: Path) -> None:
    """Put *source* in the place of *target*, all or nothing. Raises ``OSError``."""
    if sys.platform == "win32":
        import time

        # A virus scanner holds a fresh file for a moment; a second's patience is enough.
        for _ in range(_REPLACE_TRIES):
            try:
                source.replace(target)
            except PermissionError:
                time.sleep(_REPLACE_PAUSE_S)
            else:
                return
    source.replace(target)


def forget_cached(descriptor: int) -> None:
    """Ask that reading *descriptor* again reads the medium, not the memory, where the system can."""
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
