"""Keeping and rebuilding packages as they came: skeleton, files under the keys of their applications, exact bytes."""

from collections.abc import Callable, Iterator
from itertools import chain

from app.domain.ids import ApplicationCode
from app.packages.reader import SMALL_BYTES, VerifiedFile, extract
from app.packages.recognition import FoundPackage
from app.packages.writer import PackageFile, rebuild_container, rebuild_container_stream
from app.services.record_reading import ReadHandIn, ReadingSetup
from app.storage.record.files import FileRepository, OriginalWriter, original_index
from app.storage.record.packages import StoredPackage
from app.storage.record.unit_of_work import RecordWork


def rebuilt(work: RecordWork, package: StoredPackage) -> Iterator[bytes]:
    """The inner bytes of an accepted package exactly as they were signed; a large one is read twice and never held.

    Raises:
        FilesDestroyedError: part of it was destroyed by order. SecretDamagedError: a row was changed.
    """
    owners = work.files.owners_of(package.sha256)
    if package.size > SMALL_BYTES:
        opened = [work.files.original_sources(package.sha256, owner).items() for owner in owners]
        files = [PackageFile(path, "", source) for path, source in chain.from_iterable(opened)]
        yield from rebuild_container_stream(package.skeleton, files)
        return
    held: dict[str, bytes] = {}
    for owner in owners:
        held |= work.files.original(package.sha256, owner)
    yield rebuild_container(package.skeleton, held)


def keep_large_original(
    files: FileRepository,
    hand_in: ReadHandIn,
    package: FoundPackage,
    *,
    setup: ReadingSetup,
    owner_of: Callable[[ApplicationCode], ApplicationCode],
) -> None:
    """Store the files of a package too large for memory, one application at a time.

    It is decrypted once per application; each pass compares every byte with what was verified.

    Raises:
        PackageRefusedError: damaged: the file is another one now.
    """
    verified = hand_in.verified
    if verified is None:
        raise RuntimeError("only a large package is read again")
    owners: dict[ApplicationCode, list[VerifiedFile]] = {}
    for file in verified.files:
        owners.setdefault(owner_of(ApplicationCode(file.application or "")), []).append(file)
    for owner, own in owners.items():
        target = files.original_writer(hand_in.sha256, owner)
        target.write(original_index((file.path, file.size) for file in own))
        with package.open() as untrusted:
            extract(untrusted, setup.context, package=verified, sink=_OwnerSink(target, own))
        target.finish()


class _OwnerSink:
    """Hands on the files of one owner as they come by."""

    def __init__(self, target: OriginalWriter, own: list[VerifiedFile]) -> None:
        self._target = target
        self._wanted = {file.path for file in own}
        self._is_wanted = False

    def begin(self, file: VerifiedFile) -> None:
        self._is_wanted = file.path in self._wanted

    def write(self, data: memoryview) -> None:
        if self._is_wanted:
            self._target.write(data)

    def end(self) -> None:
        self._is_wanted = False
