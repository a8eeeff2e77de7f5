"""Copies of photographs beside the backups of a desk: each kept once, written once, whichever backups name it.

A photograph never changes and is known by the SHA-256 of its bytes, so five backups need no five copies. The copies of
one desk lie in a folder of their own, sealed under a key of the same vault as the backups; see BACKUP.md.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.atomic_file import write_atomically
from app.crypto.kept_files import KeptFiles
from app.crypto.key_header import KeyHeader
from app.crypto.vault_errors import SecretDamagedError
from app.domain.ids import Sha256
from app.platform.private_files import make_private_folder
from app.progress import Progress
from app.services.desk_visit_check import photo_names
from app.storage.blobs import rechunked
from app.storage.desk.store import DeskStore

_ENDING: Final = ".photo"
_UNFINISHED: Final = ".youpin-*.part"  # as app.atomic_file names what has no name yet
_DIGITS: Final = 16


def photo_folder(backups: Path, key_file: bytes) -> Path:
    """Where the copies for the backups in *backups* lie, of the desk with this key file.

    Raises:
        HeaderDamagedError, HeaderNewerError.
    """
    return backups / f"photos-{KeyHeader.read(key_file).vault_id.hex()[:_DIGITS]}"


class PhotoCopies:
    """The copies in one folder."""

    def __init__(self, folder: Path, kept: KeptFiles) -> None:
        self.folder, self._kept = folder, kept

    def holds(self, sha256: Sha256, size: int) -> bool:
        """Whether a copy is there, as far as its length tells; *size* in bytes of the photograph."""
        with suppress(OSError):
            return self._file(sha256).stat().st_size == self._kept.sealed_size(size)
        return False

    def is_sound(self, sha256: Sha256) -> bool:
        """Whether the copy, read as a whole, is the photograph."""
        try:
            for _piece in self.read(sha256):
                pass
        except (OSError, SecretDamagedError):
            return False
        return True

    def read(self, sha256: Sha256) -> Iterator[bytes]:
        """The photograph in pieces, compared with its hash at the end.

        Raises:
            OSError: there is no copy, or the medium failed. SecretDamagedError: it is not what was written.
        """
        digest = hashlib.sha256()
        with self._file(sha256).open("rb") as file:
            for piece in self._kept.open(sha256, file):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != sha256:
            raise SecretDamagedError

    def write(self, sha256: Sha256, pieces: Iterable[bytes]) -> None:
        """Keep a photograph; what stands there afterwards was read back.

        Raises:
            OSError: no folder can be made. UserFacingError: the medium failed, in words; no half copy is left.
        """
        make_private_folder(self.folder)
        write_atomically(self._file(sha256), self._kept.seal(sha256, rechunked(pieces)), verify=True)

    def prune(self, named: Iterable[Sha256]) -> None:
        """Remove every copy of what is not *named*, and what a power cut left without a name."""
        needed = {self._file(sha256) for sha256 in named}
        for path in (*self.folder.glob(f"*{_ENDING}"), *self.folder.glob(_UNFINISHED)):
            if path not in needed:
                with suppress(OSError):
                    path.unlink()

    def _file(self, sha256: Sha256) -> Path:
        return self.folder / f"{self._kept.name(sha256)}{_ENDING}"


def bring_back(store: DeskStore, copies: PhotoCopies, progress: Progress) -> tuple[str, ...]:
    """Fetch the photographs that a backup names into the desk it was put back as.

    Returns:
        The photographs whose copies are missing or damaged, as a person knows them.

    Raises:
        StorageUnavailableError: the disk is full. Cancelled: as *progress* says.
    """
    named = store.photos_to_bring_back()
    lost: set[Sha256] = set()
    done, total = 0, sum(named.values())
    for sha256, size in named.items():
        progress.step(done, total)
        if not _fetch(store, copies, sha256):
            lost.add(sha256)
        done += size
    store.forget_photos_to_bring_back()
    with store.reading() as work:
        names = photo_names(work)
    unknown = [sha256[:8] for sha256 in sorted(lost - names.keys())]
    return (*(name for sha256, name in names.items() if sha256 in lost), *unknown)


def _fetch(store: DeskStore, copies: PhotoCopies, sha256: Sha256) -> bool:
    with store.writing() as work:
        if work.photos.has(sha256):
            return True
        writer = work.photo_writer(sha256)
        try:
            for piece in copies.read(sha256):
                writer.write(piece)
        except (OSError, SecretDamagedError):
            return False
        writer.close()
        work.commit_aside()
    return True
