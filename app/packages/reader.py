"""From an untrusted file to a verified value, or a refusal with one outcome of the closed list.

Order: seal, container, format, signature, description, meaning. Nothing is believed before the signature, and nothing
decrypted is written anywhere. What needs the memory of a record or a desk (order numbers, revisions, what was
assigned) is left to the services.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from app.crypto import sealing, suite, verification
from app.crypto.certificates import Role
from app.crypto.defect import Defect, SignatureRefusedError
from app.crypto.sealing import Rewindable, SealIdentity, SealRefusedError
from app.crypto.trust import Trust, TrustInvalidError
from app.crypto.verification import VerifiedSignature
from app.domain.outcome import Outcome
from app.packages import container, trust_files
from app.packages.container_reader import ContainerIndex, ContainerReader
from app.packages.description import Description, PackageKind, PartyRole, read_description
from app.packages.held_files import HeldFiles, everything
from app.packages.manifest import Reference, read_manifest
from app.packages.refusal import PackageRefusedError, damaged, over_limit, refused_seal, refused_signature
from app.packages.writer import Skeleton

SMALL_BYTES: Final = 16 * 1024**2  # up to here a package is read in one piece
MAX_FILE_BYTES: Final = container.MAX_CONTAINER_BYTES + 8 * 1024**2  # the seal adds 16 bytes to each 64 KiB
_CHUNK: Final = 1024**2
_PARTY: Final = {
    Role.DISPATCH: PartyRole.SECRETARIAT,
    Role.EXPERT: PartyRole.EXPERT,
    Role.APPLICANT: PartyRole.APPLICANT,
}


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What the reader of a package knows of itself. Can be handed to another process.

    Attributes:
        at: the moment of judgement: now for an import, the moment of import for what is kept.
        kinds: what may come here.
        identities: what can open a package.
        trust: the pinned root with its authorities and lists; ``None`` only at a desk that has none yet, and then
            nothing but an invitation is read, under the trust it brings, for the person to compare by fingerprint.
        own_recipients: whom a package must be addressed to; those of *identities* if empty. A package opened with the
            recovery identity is still addressed to the import recipient.
        own_certificate_sha256: if set, and the addressee names a certificate, it must be this one.
        is_revoked_accepted: a person has decided to take what a revoked certificate signed.
    """

    at: datetime
    kinds: frozenset[PackageKind]
    identities: tuple[SealIdentity, ...] = ()
    trust: Trust | None = None
    own_recipients: frozenset[str] = frozenset()
    own_certificate_sha256: str | None = None
    is_revoked_accepted: bool = False

    def recipients(self) -> frozenset[str]:
        """Whom a package must be addressed to."""
        return self.own_recipients or frozenset(identity.recipient for identity in self.identities)


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """A data file that the signature covers."""

    path: str
    media: str
    size: int
    sha256: str
    application: str | None
    display_name: str


@dataclass(frozen=True, slots=True)
class VerifiedPackage:
    """A package whose every byte is covered by a signature that was checked.

    ``contents`` holds all data files by path if the package was small, otherwise nothing: see :func:`extract`.
    ``trust`` is what it was judged under: the pinned trust and, from the secretariat, newer lists it brought.
    """

    description: Description
    signature: VerifiedSignature
    files: tuple[VerifiedFile, ...]
    inner_sha256: str
    inner_size: int
    file_sha256: str
    file_size: int
    skeleton: Skeleton
    trust: Trust | None = field(repr=False)
    contents: Mapping[str, bytes] | None = field(repr=False, default=None)

    def content(self, path: str) -> bytes:
        """The bytes of a data file of a small package.

        Raises:
            PackageRefusedError: ``incomplete``: there is no such file.
        """
        if self.contents is None or path not in self.contents:
            raise PackageRefusedError(Outcome.INCOMPLETE, "file_missing")
        return self.contents[path]


class FileSink(Protocol):
    """Where the data files of a verified package go in the second pass."""

    def begin(self, file: VerifiedFile) -> None:
        """*file* starts."""

    def write(self, data: memoryview) -> None:
        """The next bytes of it, valid only during the call and final only once :func:`extract` has returned."""

    def end(self) -> None:
        """The file is complete and its digest is the signed one."""


def read_package(untrusted: Rewindable, context: ReadingContext) -> VerifiedPackage:
    """Read the package in *untrusted*, which can be rewound: whole if it is small, otherwise without keeping contents.

    Raises:
        PackageRefusedError: with the outcome.
    """
    size = untrusted.seek(0, 2)
    untrusted.seek(0)
    if size > MAX_FILE_BYTES:
        raise over_limit("file_size")
    if size <= SMALL_BYTES:
        return read_small(untrusted.read(SMALL_BYTES), context)
    file_sha256 = _digest_of(untrusted)
    reader = ContainerReader()
    is_sealed = _pour(untrusted, reader, context)
    package = _verify(reader.finish(), context, is_sealed=is_sealed, contents=None)
    return replace(package, file_sha256=file_sha256, file_size=size)


def read_small(untrusted: bytes, context: ReadingContext) -> VerifiedPackage:
    """Read a package that is in memory already. A pure function: it may run in another process.

    Raises:
        PackageRefusedError: with the outcome.
    """
    is_sealed = not untrusted.startswith(container.LOCAL_MAGIC)
    inner = untrusted
    if is_sealed:
        try:
            inner = sealing.unseal(untrusted, context.identities)
        except SealRefusedError as problem:
            raise refused_seal(problem.defect) from None
    package = _read_inner((inner,), context, is_sealed=is_sealed, keeps=everything)
    return replace(package, file_sha256=suite.digest_hex(untrusted), file_size=len(untrusted))


def try_read_small(untrusted: bytes, context: ReadingContext) -> VerifiedPackage | PackageRefusedError:
    """:func:`read_small` with the refusal as a value, for pools of processes."""
    try:
        return read_small(untrusted, context)
    except PackageRefusedError as refusal:
        return refusal


def read_container(untrusted_inner: bytes, context: ReadingContext) -> VerifiedPackage:
    """Read the inner bytes of a package that were kept or rebuilt, judged as of ``context.at``.

    ``file_sha256`` and ``file_size`` are those of the inner bytes.

    Raises:
        PackageRefusedError: with the outcome.
    """
    return read_container_stream((untrusted_inner,), context)


def read_container_stream(
    untrusted_pieces: Iterable[bytes], context: ReadingContext, *, keeps: Callable[[str], bool] = everything
) -> VerifiedPackage:
    """The same for pieces that come one after the other; ``contents`` has only the files whose path *keeps* takes.

    Raises:
        PackageRefusedError: with the outcome.
    """
    return _read_inner(untrusted_pieces, context, is_sealed=None, keeps=keeps)


def extract(untrusted: Rewindable, context: ReadingContext, *, package: VerifiedPackage, sink: FileSink) -> None:
    """The second pass: hand the data files of *package*, which was read from *untrusted* before, to *sink*.

    Raises:
        PackageRefusedError: damaged: it is not the same file any more. What *sink* got must then be forgotten.
    """
    reader = ContainerReader(_Handing(package, sink))
    _pour(untrusted, reader, context)
    if reader.finish().sha256 != package.inner_sha256:
        raise damaged("changed_between_passes")


def _digest_of(untrusted: Rewindable) -> str:
    digest = suite.new_digest()
    untrusted.seek(0)
    while chunk := untrusted.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _pour(untrusted: Rewindable, reader: ContainerReader, context: ReadingContext) -> bool:
    """Push the inner bytes into *reader*; whether they were sealed."""
    untrusted.seek(0)
    if untrusted.read(len(container.LOCAL_MAGIC)) == container.LOCAL_MAGIC:
        untrusted.seek(0)
        while chunk := untrusted.read(_CHUNK):
            reader.write(chunk)
        return False
    try:
        sealing.unseal_stream(untrusted, reader, context.identities)
    except SealRefusedError as problem:
        raise refused_seal(problem.defect) from None
    return True


def _read_inner(
    pieces: Iterable[bytes], context: ReadingContext, *, is_sealed: bool | None, keeps: Callable[[str], bool]
) -> VerifiedPackage:
    keeping = HeldFiles(keeps)
    reader = ContainerReader(keeping)
    for piece in pieces:
        reader.write(piece)
    return _verify(reader.finish(), context, is_sealed=is_sealed, contents=keeping.contents)


def _verify(
    index: ContainerIndex,
    context: ReadingContext,
    *,
    is_sealed: bool | None,
    contents: dict[str, bytes] | None,
) -> VerifiedPackage:
    skeleton = Skeleton(
        index.kept[container.DESCRIPTION_NAME],
        index.kept[container.MANIFEST_NAME],
        index.kept[container.SIGNATURE_NAME],
    )
    description = read_description(skeleton.description)
    references = read_manifest(skeleton.manifest)
    _check_coverage(index, references)
    trust = _trust_for(description, index, context)
    signature = _check_signature(skeleton, description, trust=trust, context=context)
    _check_meaning(description, signature, context, is_sealed=is_sealed)
    return VerifiedPackage(
        description=description,
        signature=signature,
        files=_files(description, index, references),
        inner_sha256=index.sha256,
        inner_size=index.size,
        file_sha256=index.sha256,
        file_size=index.size,
        skeleton=skeleton,
        trust=trust,
        contents=contents,
    )


def _check_coverage(index: ContainerIndex, references: tuple[Reference, ...]) -> None:
    """Every file is listed, every listed file is there, in the same order and with the same digest."""
    covered = index.entries[len(container.FIXED_NAMES) - 1 :]  # package.json and the data files
    if [entry.name for entry in covered] != [reference.path for reference in references]:
        raise PackageRefusedError(Outcome.BAD_SIGNATURE, "coverage")
    if [entry.sha256 for entry in covered] != [reference.sha256 for reference in references]:
        raise PackageRefusedError(Outcome.BAD_SIGNATURE, "digest_mismatch")


def _trust_for(description: Description, index: ContainerIndex, context: ReadingContext) -> Trust | None:
    if description.kind is PackageKind.ENROLMENT:
        return context.trust
    brought = None
    if description.kind.signer_role is Role.DISPATCH:
        brought = trust_files.read_trust_files(index.kept)
    if context.trust is None:
        if brought is None or description.kind is not PackageKind.INVITATION:
            raise PackageRefusedError(Outcome.UNKNOWN_SIGNER, "no_trust")
        return brought
    if brought is None:
        return context.trust
    try:
        return context.trust.merged_with(brought)
    except TrustInvalidError as problem:
        raise refused_signature(Defect.OTHER_ROOT) from problem


def _check_signature(
    skeleton: Skeleton, description: Description, *, trust: Trust | None, context: ReadingContext
) -> VerifiedSignature:
    at = context.at
    if description.kind.signer_role is Role.DISPATCH:
        # A desk's clock may be slow; what the secretariat signed is a floor under it. It can only move forward.
        at = max(at, description.issued_at)
    try:
        if trust is None or description.kind is PackageKind.ENROLMENT:
            signature = verification.verify_self_signed(skeleton.signature, skeleton.manifest)
        else:
            signature = verification.verify_detached(skeleton.signature, skeleton.manifest, trust, at=at)
    except SignatureRefusedError as problem:
        raise refused_signature(problem.defect) from problem
    if signature.revoked_at is not None and not context.is_revoked_accepted:
        raise refused_signature(Defect.REVOKED)
    return signature


def _check_meaning(
    description: Description,
    signature: VerifiedSignature,
    context: ReadingContext,
    *,
    is_sealed: bool | None,
) -> None:
    if signature.role is not description.kind.signer_role:
        raise PackageRefusedError(Outcome.WRONG_KIND, f"signed_by_{signature.role.value}")
    sender = description.sender
    if sender.cert_sha256 != signature.certificate_sha256 or sender.role is not _PARTY[signature.role]:
        raise PackageRefusedError(Outcome.BAD_SIGNATURE, "sender_mismatch")
    if description.issued_at != signature.signed_at:
        raise PackageRefusedError(Outcome.BAD_SIGNATURE, "time_mismatch")
    if description.kind not in context.kinds:
        raise PackageRefusedError(Outcome.WRONG_KIND, "kind")
    if is_sealed is not None and is_sealed != description.kind.is_sealed:
        raise PackageRefusedError(Outcome.WRONG_KIND, "sealing")
    if description.kind.is_sealed:
        _check_addressee(description, context)


def _check_addressee(description: Description, context: ReadingContext) -> None:
    own = context.recipients()
    mine = [addressee for addressee in description.to if addressee.recipient in own]
    if not mine:
        raise PackageRefusedError(Outcome.NOT_FOR_YOU, "addressee")
    certificate = context.own_certificate_sha256
    if certificate is not None and all(addressee.cert_sha256 not in {None, certificate} for addressee in mine):
        raise PackageRefusedError(Outcome.NOT_FOR_YOU, "addressee_certificate")


def _files(
    description: Description, index: ContainerIndex, references: tuple[Reference, ...]
) -> tuple[VerifiedFile, ...]:
    data = references[1:]
    if [(note.path, note.media) for note in description.files] != [(ref.path, ref.media) for ref in data]:
        raise damaged("files_mismatch")
    return tuple(
        VerifiedFile(entry.name, note.media, entry.size, entry.sha256, note.application, note.display_name)
        for entry, note in zip(index.data_entries, description.files, strict=True)
    )


class _Handing:
    """Hands data files on while comparing each with what was verified."""

    def __init__(self, package: VerifiedPackage, sink: FileSink) -> None:
        self._files = {file.path: file for file in package.files}
        self._sink = sink
        self._file: VerifiedFile | None = None

    def begin(self, name: str, size: int) -> None:
        self._file = self._files.get(name)
        if self._file is None:
            if name not in container.FIXED_NAMES:
                raise damaged("changed_between_passes")
        elif self._file.size != size:
            raise damaged("changed_between_passes")
        else:
            self._sink.begin(self._file)

    def write(self, untrusted: memoryview) -> None:
        if self._file is not None:
            self._sink.write(untrusted)

    def end(self, sha256: str) -> None:
        if self._file is None:
            return
        if self._file.sha256 != sha256:
            raise damaged("changed_between_passes")
        self._sink.end()
