"""Keeping and rebuilding packages as they came: skeleton, files under the keys of their applications, exact bytes."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.ids import ApplicationCode, Sha256
from app.packages.reader import VerifiedFile, extract
from app.packages.recognition import find_packages
from app.packages.refusal import damaged
from app.packages.writer import rebuild_container
from app.services.record_reading import ReadHandIn, ReadingSetup
from app.storage.record.bulk import Row
from app.storage.record.files import FileRepository, original_index
from app.storage.record.packages import StoredPackage
from app.storage.record.unit_of_work import RecordWork


def rebuild(work: RecordWork, package: StoredPackage) -> tuple[bytes, dict[str, bytes]]:
    """The inner bytes of an accepted package exactly as they were signed, and its files by path.

    Raises:
        FilesDestroyedError: part of it was destroyed by order. SecretDamagedError: a row was changed.
    """
    files: dict[str, bytes] = {}
    for owner in work.files.owners_of(package.sha256):
        files |= work.files.original(package.sha256, owner)
    return rebuild_container(package.skeleton, files), files


def large_original_rows(
    files: FileRepository,
    hand_in: ReadHandIn,
    source: Path,
    *,
    setup: ReadingSetup,
    owner_of: Callable[[ApplicationCode], ApplicationCode],
) -> Iterator[Row]:
    """The rows of a package too large for memory, one application at a time.

    The file is decrypted once per application; each pass compares every byte with what was verified.

    Raises:
        PackageRefusedError: damaged: the file is another one now.
    """
    package = hand_in.verified
    if package is None:
        raise RuntimeError("only a large package is read again")
    owners: dict[ApplicationCode, list[VerifiedFile]] = {}
    for file in package.files:
        owners.setdefault(owner_of(ApplicationCode(file.application or "")), []).append(file)
    for owner, own in owners.items():
        sink = _OwnerSink(files, hand_in.sha256, owner, own)
        for found in find_packages(source):
            with found.open() as untrusted:
                extract(untrusted, setup.context, package=package, sink=sink)
            break
        else:
            raise damaged("changed_between_passes")
        yield from sink.rows()


class _OwnerSink:
    """Seals the files of one owner as they come by, in rows of 1 MiB."""

    def __init__(self, files: FileRepository, package: Sha256, owner: ApplicationCode, own: list[VerifiedFile]) -> None:
        self._files, self._package, self._owner = files, package, owner
        self._wanted = {file.path for file in own}
        self._pieces: list[bytes] = [original_index((file.path, file.size) for file in own)]
        self._is_wanted = False

    def begin(self, file: VerifiedFile) -> None:
        self._is_wanted = file.path in self._wanted

    def write(self, data: memoryview) -> None:
        if self._is_wanted:
            self._pieces.append(bytes(data))

    def end(self) -> None:
        self._is_wanted = False

    def rows(self) -> Iterator[Row]:
        """The sealed rows; what was gathered is of one application only."""
        yield from self._files.sealed_original(self._package, self._owner, self._pieces)
