"""What a disk can refuse, in words. The world failed, not the program."""

import errno
from pathlib import Path
from typing import Final

from app.errors import UserFacingError
from app.i18n import N_


class DiskFullError(UserFacingError):
    """No space, no quota, or a file size limit; what was there before is still there."""

    code = "disk_full"
    message = N_("{file} was not saved: the disk is full. Free some space and try again; nothing was lost.")


class WriteRefusedError(UserFacingError):
    """No permission, or another program holds the file."""

    code = "write_refused"
    message = N_(
        "{file} was not saved: this computer does not allow writing there. "
        "Choose another folder, or close the program that has the file open."
    )


class ReadOnlyMediumError(UserFacingError):
    """A locked card, a CD, a stick with its switch set."""

    code = "read_only_medium"
    message = N_("{file} was not saved: the medium is read-only. Choose another one.")


class FolderMissingError(UserFacingError):
    """The folder is gone, or the stick was pulled out."""

    code = "folder_missing"
    message = N_("{file} was not saved: the folder is not there. If it is on a stick, plug it in again.")


class FileNameRefusedError(UserFacingError):
    """Too long, or with characters the medium cannot hold."""

    code = "file_name_refused"
    message = N_("{file} was not saved: the medium does not accept this file name. Choose a shorter, simpler one.")


class WriteFailedError(UserFacingError):
    """The medium failed while writing."""

    code = "write_failed"
    message = N_("{file} was not saved: the medium did not take it. Use another disk or stick.")


class WriteNotConfirmedError(UserFacingError):
    """Read again, the file differs from what was written."""

    code = "write_not_confirmed"
    message = N_("{file} was not saved: read back, it was not what was written. The medium is faulty; use another.")


_KINDS: Final[dict[int, type[UserFacingError]]] = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EFBIG: DiskFullError,
    errno.EACCES: WriteRefusedError,
    errno.EPERM: WriteRefusedError,
    errno.EBUSY: WriteRefusedError,
    errno.EISDIR: WriteRefusedError,
    errno.EROFS: ReadOnlyMediumError,
    errno.ENOENT: FolderMissingError,
    errno.ENOTDIR: FolderMissingError,
    errno.ENODEV: FolderMissingError,
    errno.ENAMETOOLONG: FileNameRefusedError,
    errno.EINVAL: FileNameRefusedError,
    errno.EILSEQ: FileNameRefusedError,
}


def write_problem(problem: OSError, path: Path) -> UserFacingError:
    """The words for *problem*, met while writing *path*; only the file's own name is told."""
    return _KINDS.get(problem.errno or 0, WriteFailedError)(file=path.name)
