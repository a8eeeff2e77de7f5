"""Files and folders that nobody else on this computer can read.

On POSIX by mode bits, on Windows by a discretionary access list with two entries, the owner and the system. Both
are read back: a file system without permissions (FAT) is noticed where it matters.
"""

import os
import stat
import sys
from pathlib import Path
from typing import Final

from app.errors import UserFacingError
from app.i18n import N_

_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700
_OTHERS: Final = 0o077


class FolderNotPrivateError(UserFacingError):
    """Others can read the folder, and it could not be changed."""

    code = "folder_not_private"
    message = N_("Other people on this computer can read the folder {folder}. Choose a folder of your own.")


def refuse_others_by_default() -> None:
    """First act of every program of ours: whatever is created from now on is for this person alone."""
    os.umask(_OTHERS)


def create_private_file(path: Path) -> int:
    """An open descriptor of a new, empty file, private before its first byte. Raises ``OSError`` if *path* exists."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    if sys.platform == "win32":
        return os.open(path, flags | os.O_BINARY | os.O_NOINHERIT, _FILE_MODE)
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, _FILE_MODE)


def make_private_folder(folder: Path) -> None:
    """Create *folder*, and those above it that are missing, one at a time, and check the last one afterwards.

    An existing folder of this person is closed to others. Raises ``FolderNotPrivateError`` or ``OSError``.
    """
    for level in [*reversed(folder.parents), folder]:
        if not level.is_dir():
            level.mkdir(mode=_FOLDER_MODE, exist_ok=True)
            _close_to_others(level, mode=_FOLDER_MODE)
    if not is_private(folder):
        _close_to_others(folder, mode=_FOLDER_MODE)
    if not is_private(folder):
        raise FolderNotPrivateError(folder=folder.name)


def make_private_file(path: Path) -> None:
    """Close an existing file to others, as far as the medium has permissions. Raises ``OSError``."""
    _close_to_others(path, mode=_FILE_MODE)


def is_private(path: Path) -> bool:
    """Whether only this person (and the system itself) can read *path*."""
    if sys.platform == "win32":
        from app.platform.windows_acl import is_owner_only

        return is_owner_only(path)
    status = path.stat()
    return status.st_uid == os.geteuid() and not stat.S_IMODE(status.st_mode) & _OTHERS


def _close_to_others(path: Path, *, mode: int) -> None:
    if sys.platform == "win32":
        from app.platform.windows_acl import set_owner_only

        set_owner_only(path)
    else:
        try:
            path.chmod(mode)
        except PermissionError:
            # Somebody else's: the check that follows says so in words.
            return
