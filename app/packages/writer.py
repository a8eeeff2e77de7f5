"""Making a package: sign first, then seal, both while streaming.

The inner bytes are put together once more by :func:`rebuild_container`: a record keeps the three signed parts and the
files apart, each file under the key of its application, and still gets exactly the bytes that were signed.
"""

import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from app.crypto import sealing, signing, suite
from app.crypto.certificates import CertifiedKey
from app.domain.ids import ApplicationCode, PackageId
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import container
from app.packages.container import Entry
from app.packages.description import Description, FileNote, write_description
from app.packages.manifest import Reference, is_media_type, write_manifest

_CHUNK: Final = 1024**2
_JSON: Final = "application/json"


class PackageTooLargeError(UserFacingError):
    """More than one package may hold."""

    code = "package_too_large"
    message = N_("This would be too much for one package. Split it into smaller parts.")


class SourceChangedError(UserFacingError):
    """A file changed between signing it and packing it."""

    code = "source_changed"
    message = N_("A file changed while the package was being made. Close it in other programs and try again.")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A data file to be packed; *source* is opened twice and must give the same bytes both times."""

    path: str
    media: str
    source: Callable[[], BinaryIO] = field(repr=False)
    display_name: str = ""
    application: ApplicationCode | None = None

    @classmethod
    def from_bytes(
        cls,
        path: str,
        media: str,
        *,
        data: bytes,
        display_name: str = "",
        application: ApplicationCode | None = None,
    ) -> "PackageFile":
        """A file whose bytes are at hand."""
        return cls(path, media, lambda: io.BytesIO(data), display_name, application)

    @classmethod
    def from_path(
        cls,
        path: str,
        media: str,
        *,
        file: Path,
        display_name: str = "",
        application: ApplicationCode | None = None,
    ) -> "PackageFile":
        """A file on disk."""
        return cls(path, media, lambda: file.open("rb"), display_name, application)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The three signed parts of a container, byte for byte. With the data files they give the container again."""

    description: bytes = field(repr=False)
    manifest: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def parts(self) -> tuple[tuple[str, bytes], ...]:
        """Name and bytes of the fixed entries, in order."""
        return (
            (container.MIMETYPE_NAME, container.MIMETYPE),
            (container.MANIFEST_NAME, self.manifest),
            (container.SIGNATURE_NAME, self.signature),
            (container.DESCRIPTION_NAME, self.description),
        )


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """What was written. ``inner_sha256`` names the package everywhere; ``file_sha256`` is of the sealed file."""

    package_id: PackageId
    description: Description
    inner_sha256: str
    inner_size: int
    file_sha256: str
    size: int
    skeleton: Skeleton = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Measured:
    entry: Entry
    sha256: str


def write_package(
    target: BinaryIO,
    description: Description,
    *,
    files: Sequence[PackageFile],
    signer: CertifiedKey,
    recipients: Sequence[str] = (),
) -> WrittenPackage:
    """Write *files* as one package into *target*.

    *description* comes without ``files``; the signing time is its ``issued_at``. *recipients* are all who can open it:
    everybody of ``description.to`` and, for what goes to the record, the recovery recipient. An invitation has none.

    Raises:
        PackageTooLargeError: it would not be readable.
        SourceChangedError: a source gave other bytes the second time; *target* holds rubbish then.
        ValueError: a name, media type or recipient that no package may have.
    """
    ordered = sorted(files, key=lambda file: file.path)
    _check(description, ordered, recipients)
    measured = [_measure(file) for file in ordered]
    notes = tuple(
        FileNote(path=file.path, media=file.media, application=file.application, display_name=file.display_name)
        for file in ordered
    )
    complete = msgspec.structs.replace(description, files=notes)
    skeleton = _sign(complete, ordered, measured, signer=signer)
    inner = _Pieces(_container(skeleton, ordered, measured))
    outer = _Counted(target)
    if description.kind.is_sealed:
        sealing.seal_stream(inner, outer, recipients)
    else:
        while chunk := inner.read(_CHUNK):
            outer.write(chunk)
    return WrittenPackage(
        PackageId(description.package_id),
        complete,
        inner.digest.hexdigest(),
        inner.size,
        outer.digest.hexdigest(),
        outer.size,
        skeleton,
    )


def rebuild_container(skeleton: Skeleton, files: Mapping[str, bytes]) -> bytes:
    """The exact inner bytes of a package from its signed parts and its data files by path."""
    parts = [*skeleton.parts(), *sorted(files.items())]
    entries = [Entry(name, len(data), zlib.crc32(data)) for name, data in parts]
    pieces = []
    for entry, (_name, data) in zip(entries, parts, strict=True):
        pieces += [container.local_header(entry), data]
    return b"".join([*pieces, container.closing(entries)])


def rebuild_container_stream(skeleton: Skeleton, files: Sequence[PackageFile]) -> Iterator[bytes]:
    """The same, piece by piece, for files too large to hold; each source is opened twice."""
    ordered = sorted(files, key=lambda file: file.path)
    return _container(skeleton, ordered, [_measure(file) for file in ordered])


def _check(description: Description, ordered: Sequence[PackageFile], recipients: Sequence[str]) -> None:
    if len(ordered) + len(container.FIXED_NAMES) > container.MAX_ENTRIES:
        raise PackageTooLargeError
    if not container.are_data_names([file.path for file in ordered]):
        raise ValueError("a data file's name is not allowed")
    if not all(is_media_type(file.media) for file in ordered):
        raise ValueError("a media type is not allowed")
    if description.files:
        raise ValueError("the list of files is the writer's to make")
    if description.kind.is_sealed != bool(recipients):
        raise ValueError("sealed for nobody, or an open package for somebody")
    if not {addressee.recipient for addressee in description.to} <= set(recipients):
        raise ValueError("an addressee could not open this")


def _measure(file: PackageFile) -> _Measured:
    size = crc = 0
    digest = suite.new_digest()
    with file.source() as source:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
            digest.update(chunk)
            if size > container.MAX_CONTAINER_BYTES:
                raise PackageTooLargeError
    return _Measured(Entry(file.path, size, crc), digest.hexdigest())


def _sign(
    description: Description,
    ordered: Sequence[PackageFile],
    measured: Sequence[_Measured],
    *,
    signer: CertifiedKey,
) -> Skeleton:
    description_bytes = write_description(description)
    references = [Reference(container.DESCRIPTION_NAME, _JSON, suite.digest_hex(description_bytes))]
    references += [
        Reference(file.path, file.media, found.sha256) for file, found in zip(ordered, measured, strict=True)
    ]
    manifest = write_manifest(references)
    signature = signing.sign_detached(manifest, signer, signed_at=description.issued_at)
    skeleton = Skeleton(description_bytes, manifest, signature)
    parts = [(name, len(data)) for name, data in skeleton.parts()]
    if any(size > container.MAX_OF_FIXED[name] for name, size in parts):
        raise PackageTooLargeError
    parts += [(found.entry.name, found.entry.size) for found in measured]
    if container.container_size(parts) > container.MAX_CONTAINER_BYTES:
        raise PackageTooLargeError
    return skeleton


def _container(skeleton: Skeleton, ordered: Sequence[PackageFile], measured: Sequence[_Measured]) -> Iterator[bytes]:
    entries = []
    for name, data in skeleton.parts():
        entries.append(Entry(name, len(data), zlib.crc32(data)))
        yield container.local_header(entries[-1])
        yield data
    for file, found in zip(ordered, measured, strict=True):
        entries.append(found.entry)
        yield container.local_header(found.entry)
        digest = suite.new_digest()
        with file.source() as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != found.sha256:
            raise SourceChangedError
    yield container.closing(entries)


class _Pieces:
    """Pieces as something that can be read, and their digest on the way."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")
        self.digest = suite.new_digest()
        self.size = 0

    def read(self, size: int = _CHUNK, /) -> bytes:
        while not self._piece:
            following = next(self._pieces, None)
            if following is None:
                return b""
            self._piece = memoryview(following)
        part = bytes(self._piece[:size])
        self._piece = self._piece[size:]
        self.digest.update(part)
        self.size += len(part)
        return part


class _Counted:
    """A file that is written once, front to back, and digested on the way."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.digest = suite.new_digest()
        self.size = 0

    def write(self, data: bytes, /) -> int:
        self._target.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self._target.flush()
