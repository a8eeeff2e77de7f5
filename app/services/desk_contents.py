"""The data files of a verified package on their way into a desk: values into memory, documents into the store."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from app.domain.ids import Sha256
from app.domain.outcome import Outcome
from app.packages import canonical
from app.packages.canonical import NotCanonicalError
from app.packages.reader import ReadingContext, VerifiedFile, VerifiedPackage, extract
from app.packages.recognition import Source
from app.packages.refusal import PackageRefusedError, over_limit
from app.progress import Progress
from app.storage.desk.blob_writer import BlobWriter
from app.storage.desk.store import UnitOfWork

T = TypeVar("T")
DOSSIERS: Final = "dossiers/"
_MOST_VALUES: Final = 64 * 1024 * 1024  # bytes of everything that is not a document


class Contents:
    """Everything but the documents, by path, and which documents were listed with which hash."""

    def __init__(self, values: Mapping[str, bytes], documents: Mapping[str, Sha256]) -> None:
        self._values, self.documents = values, documents

    def has(self, path: str) -> bool:
        """Whether the package has that file."""
        return path in self._values

    def raw(self, path: str) -> bytes:
        """The bytes of a file. Raises ``PackageRefusedError``: ``incomplete``."""
        if path not in self._values:
            raise PackageRefusedError(Outcome.INCOMPLETE, "file_missing")
        return self._values[path]

    def value(self, path: str, kind: type[T]) -> T:
        """The value a JSON file is the one form of. Raises ``PackageRefusedError``: ``incomplete``."""
        try:
            return canonical.decode(self.raw(path), kind)
        except NotCanonicalError as problem:
            raise PackageRefusedError(Outcome.INCOMPLETE, "payload_form") from problem


def take_contents(
    package: VerifiedPackage,
    source: Source,
    context: ReadingContext,
    *,
    work: UnitOfWork,
    wants: Callable[[VerifiedFile], bool],
    progress: Progress,
) -> Contents:
    """Read the data files: documents that *wants* asks for go into the store, in the caller's transaction.

    Raises:
        PackageRefusedError: the file is not what it was a moment ago. Cancelled: as *progress* says.
    """
    sink = _Sink(work, wants, progress, total=package.inner_size)
    if package.contents is None:
        extract(source, context, package=package, sink=sink)
    else:
        for file in package.files:
            sink.begin(file)
            sink.write(memoryview(package.contents[file.path]))
            sink.end()
    documents = {file.path: Sha256(file.sha256) for file in package.files if file.path.startswith(DOSSIERS)}
    return Contents(sink.values, documents)


class _Sink:
    """Sorts files as they come by."""

    def __init__(
        self, work: UnitOfWork, wants: Callable[[VerifiedFile], bool], progress: Progress, *, total: int
    ) -> None:
        self._work, self._wants, self._progress, self._total = work, wants, progress, total
        self.values: dict[str, bytes] = {}
        self._path = ""
        self._buffer: bytearray | None = None
        self._blob: BlobWriter | None = None
        self._kept = self._seen = 0

    def begin(self, file: VerifiedFile) -> None:
        self._path, self._buffer, self._blob = file.path, None, None
        if not file.path.startswith(DOSSIERS):
            self._kept += file.size
            if self._kept > _MOST_VALUES:
                raise over_limit("values")
            self._buffer = bytearray()
        elif self._wants(file) and not self._work.blobs.has(Sha256(file.sha256)):
            self._blob = self._work.blob_writer(Sha256(file.sha256))

    def write(self, data: memoryview) -> None:
        self._seen += len(data)
        self._progress.step(min(self._seen, self._total), self._total)
        if self._buffer is not None:
            self._buffer += data
        elif self._blob is not None:
            self._blob.write(data)

    def end(self) -> None:
        if self._buffer is not None:
            self.values[self._path] = bytes(self._buffer)
        elif self._blob is not None:
            self._blob.close()
