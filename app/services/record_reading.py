"""Reading one review package: verification and every rule that needs no memory of the record.

Runs in worker processes, so that all cores verify while one writes. What it gives back is what the writer inserts.
"""

import base64
import binascii
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from app.domain.conflict import Declaration
from app.domain.ids import (
    ApplicationCode,
    CampaignId,
    DeviceCode,
    ExpertCode,
    PackageId,
    ReviewId,
    Sha256,
)
from app.domain.importing import Unwritten
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind, SealedReview
from app.packages import canonical, payloads
from app.packages.fork_payloads import MOST_VERSIONS, settles_path, unwritten_path
from app.packages.payloads import HandInPayload, events_path, review_path
from app.packages.reader import (
    SMALL_BYTES,
    ReadingContext,
    VerifiedFile,
    VerifiedPackage,
    extract,
    read_package,
    read_small,
)
from app.packages.recognition import Source, Wrapping, wrapping_of
from app.packages.refusal import PackageRefusedError, damaged, over_limit
from app.packages.writer import Skeleton
from app.platform.time_limit import OutOfTimeError, within
from app.services.record_forms import CampaignForms
from app.services.record_onsite import ReadCosignature, read_cosignature, read_visit
from app.services.record_projecting import ReadReview, project, project_visit

T = TypeVar("T")
SECONDS: Final = 5.0
MAX_VALUES: Final = 64 * 1024 * 1024  # bytes of everything but printed forms and photographs
_PHOTOGRAPH: Final = "image/"  # of a visit: evidence that comes with the review
_VALUES: Final = (".json", ".jsonl", ".p7s")


@dataclass(frozen=True, slots=True)
class ReadingSetup:
    """What a reading process needs to know; crosses to it once.

    Attributes:
        root_crl, issuing_crl: numbers of the lists it judges under.
        seconds: that one package may take; a large one has more, in proportion.
    """

    context: ReadingContext
    forms: CampaignForms = field(repr=False)
    root_crl: int
    issuing_crl: int
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHandIn:
    """One verified review package. ``contents`` is absent for a large one, which is read again when it is stored."""

    file_sha256: Sha256
    file_size: int
    sha256: Sha256
    size: int
    package: PackageId
    campaign: CampaignId
    seq: int
    nonce: bytes = field(repr=False)
    expert: ExpertCode
    device: DeviceCode
    certificate_sha256: Sha256
    is_revoked: bool
    declarations: tuple[tuple[ReviewId, Declaration], ...]
    office_half: bytes | None = field(repr=False)
    reviews: tuple[ReadReview, ...]
    skeleton: Skeleton = field(repr=False)
    owners: Mapping[str, ApplicationCode]
    contents: Mapping[str, bytes] | None = field(repr=False)
    verified: VerifiedPackage | None = field(repr=False, default=None)
    cosignatures: tuple[ReadCosignature, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that did not verify, with what is known of it."""

    outcome: Outcome
    reason: str
    file_sha256: Sha256
    file_size: int


def read_hand_in(untrusted: bytes, setup: ReadingSetup) -> ReadHandIn | Refusal:
    """Verify a package that is in memory. A pure function, but for the time it may take."""
    try:
        return _in_time(setup.seconds, lambda: _hand_in(read_small(untrusted, setup.context), setup, None))
    except PackageRefusedError as refusal:
        return Refusal(refusal.outcome, refusal.reason, canonical.sha256(untrusted), len(untrusted))


def read_large_hand_in(untrusted: Source, setup: ReadingSetup) -> ReadHandIn:
    """Verify a package too large for memory; photographs and forms are not kept.

    Raises:
        PackageRefusedError: with the outcome.
    """

    def read() -> ReadHandIn:
        package = read_package(untrusted, setup.context)
        if package.contents is not None:
            return _hand_in(package, setup, None)
        sink = _ValueSink()
        extract(untrusted, setup.context, package=package, sink=sink)
        return _hand_in(package, setup, sink.values)

    size = untrusted.seek(0, io.SEEK_END)
    return _in_time(setup.seconds * (1 + size / SMALL_BYTES), read)


def _in_time(seconds: float, read: Callable[[], ReadHandIn]) -> ReadHandIn:
    try:
        return within(seconds, read)
    except OutOfTimeError:
        raise over_limit("time") from None


def is_value(path: str) -> bool:
    """Whether a file of a package says something that is read, or is a printed form or a photograph."""
    return path.endswith(_VALUES)


def hand_in_of(package: VerifiedPackage, setup: ReadingSetup) -> ReadHandIn:
    """What a package that was kept says; its contents are at hand.

    Raises:
        PackageRefusedError: it does not hold what a hand-in holds.
    """
    return _hand_in(package, setup, None)


def _hand_in(package: VerifiedPackage, setup: ReadingSetup, values: Mapping[str, bytes] | None) -> ReadHandIn:
    contents = package.contents if values is None else values
    if contents is None:
        raise damaged("no_contents")
    payload = _decoded(contents, payloads.HAND_IN, HandInPayload)
    signature, description = package.signature, package.description
    if (payload.expert, payload.device) != (signature.name, signature.device):
        raise PackageRefusedError(Outcome.BAD_SIGNATURE, "signer_mismatch")
    if len(set(payload.reviews)) != len(payload.reviews):
        raise damaged("review_twice")
    return ReadHandIn(
        file_sha256=Sha256(package.file_sha256),
        file_size=package.file_size,
        sha256=Sha256(package.inner_sha256),
        size=package.inner_size,
        package=PackageId(description.package_id),
        campaign=CampaignId(description.campaign_id),
        seq=description.seq,
        nonce=bytes.fromhex(description.nonce),
        expert=payload.expert,
        device=payload.device,
        certificate_sha256=Sha256(signature.certificate_sha256),
        is_revoked=signature.revoked_at is not None,
        declarations=payload.declarations,
        office_half=_office_half(payload.office_half),
        reviews=tuple(_review(review, contents, package, setup=setup) for review in payload.reviews),
        skeleton=package.skeleton,
        owners={file.path: ApplicationCode(file.application or "") for file in package.files},
        contents=package.contents,
        verified=package if package.contents is None else None,
        cosignatures=_cosignatures(payload, contents, setup.context),
    )


def _cosignatures(
    payload: HandInPayload, contents: Mapping[str, bytes], context: ReadingContext
) -> tuple[ReadCosignature, ...]:
    read = (read_cosignature(one, contents, trust=context.trust, at=context.at) for one in payload.cosignatures)
    return tuple(one for one in read if one is not None)


def _decoded(contents: Mapping[str, bytes], path: str, kind: type[T]) -> T:
    try:
        return canonical.decode(contents[path], kind)
    except KeyError:
        raise PackageRefusedError(Outcome.INCOMPLETE, "file_missing") from None
    except canonical.NotCanonicalError:
        raise damaged("payload_form") from None


def _review(
    review: ReviewId, contents: Mapping[str, bytes], package: VerifiedPackage, *, setup: ReadingSetup
) -> ReadReview:
    sealed = _decoded(contents, review_path(review), SealedReview)
    if (sealed.review, sealed.expert) != (review, package.signature.name):
        raise damaged("review_of_other")
    photographs = frozenset(
        Sha256(file.sha256)
        for file in package.files
        if file.media.startswith(_PHOTOGRAPH) and file.application == sealed.application
    )
    events = contents.get(events_path(review), b"")
    unwritten = _versions(contents, unwritten_path(review), tuple[Unwritten, ...], name="unwritten")
    if sealed.kind is ReviewKind.ONSITE:
        visit = read_visit(sealed, contents, package.files, readings=setup.forms.readings)
        read = project_visit(sealed, contents[review_path(review)], events=events, visit=visit)
        return replace(read, unwritten=unwritten)
    read = project(sealed, contents[review_path(review)], events=events, photographs=photographs, forms=setup.forms)
    settles = _versions(contents, settles_path(review), tuple[Sha256, ...], name="settles")
    return replace(read, settles=settles, unwritten=unwritten)


def _versions(contents: Mapping[str, bytes], path: str, kind: type[tuple[T, ...]], *, name: str) -> tuple[T, ...]:
    """A list of other versions beside a review, called *name*; nothing where the package has none."""
    if path not in contents:
        return ()
    versions = _decoded(contents, path, kind)
    if len(versions) > MOST_VERSIONS:
        raise over_limit(name)
    return versions


def _office_half(encoded: str) -> bytes | None:
    if not encoded:
        return None
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return None


class _ValueSink:
    """Keeps the small files of a large package."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self._buffer: bytearray | None = None
        self._path = ""
        self._kept = 0

    def begin(self, file: VerifiedFile) -> None:
        self._path = file.path
        self._buffer = bytearray() if is_value(file.path) else None
        if self._buffer is not None:
            self._kept += file.size
            if self._kept > MAX_VALUES:
                raise over_limit("values")

    def write(self, data: memoryview) -> None:
        if self._buffer is not None:
            self._buffer += data

    def end(self) -> None:
        if self._buffer is not None:
            self.values[self._path] = bytes(self._buffer)


# In a worker process: set once when it starts.
_setups: list[ReadingSetup] = []


def prepare_worker(setup: ReadingSetup) -> None:
    """First act of a worker process."""
    _setups[:] = [setup]


def read_files_in_worker(files: list[Path]) -> list[ReadHandIn | Refusal | None]:
    """Read small files in a worker process; ``None`` for what the parent has to read itself."""
    return [read_small_file(file, _setups[0]) for file in files]


def read_small_file(file: Path, setup: ReadingSetup) -> ReadHandIn | Refusal | None:
    """Read *file* if it is one small sealed package; ``None`` for anything else."""
    try:
        if not file.is_file() or file.stat().st_size > SMALL_BYTES:
            return None
        data = file.read_bytes()
    except OSError:
        return None
    return read_hand_in(data, setup) if wrapping_of(data[:128]) is Wrapping.SEALED else None
