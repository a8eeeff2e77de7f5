"""``package.json``: what a package is, from whom, to whom, and where it stands in the exchange.

Decoded strictly into frozen values and encoded again for comparison: there is one byte form, so doubled or unknown
keys, other spellings of numbers and moments, and deep nesting have nowhere to be. See FORMAT.md for each field.
"""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, field

from app import __version__
from app.crypto import sealing, suite
from app.crypto.certificates import Role
from app.domain.outcome import Outcome
from app.packages import container, manifest
from app.packages.refusal import PackageRefusedError, damaged

SCHEMA: Final = 1
MIN_APP: Final = "0.1.0"  # the first version that reads schema 1

_MAX_COUNT: Final = 2**53 - 1  # what every JSON reader holds exactly
Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Hex64 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Count = Annotated[int, Meta(ge=0, le=_MAX_COUNT)]
Positive = Annotated[int, Meta(ge=1, le=_MAX_COUNT)]
Name = Annotated[str, Meta(min_length=1, max_length=64)]
Moment = Annotated[datetime, Meta(tz=True)]
_VERSION: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")


class PackageKind(StrEnum):
    """What a package carries."""

    INVITATION = "invitation"
    ENROLMENT = "enrolment"
    CREDENTIAL = "credential"
    ASSIGNMENT = "assignment"
    REVIEW = "review"
    EXCHANGE = "exchange"
    RECEIPT = "receipt"

    @property
    def signer_role(self) -> Role:
        """Whose signature this kind needs."""
        return _SIGNERS[self]

    @property
    def is_sealed(self) -> bool:
        """Whether it is encrypted. An invitation goes to people who have no key yet."""
        return self is not PackageKind.INVITATION


_SIGNERS: Final = {
    PackageKind.INVITATION: Role.DISPATCH,
    PackageKind.CREDENTIAL: Role.DISPATCH,
    PackageKind.ASSIGNMENT: Role.DISPATCH,
    PackageKind.RECEIPT: Role.DISPATCH,
    PackageKind.REVIEW: Role.EXPERT,
    PackageKind.EXCHANGE: Role.EXPERT,
    PackageKind.ENROLMENT: Role.APPLICANT,
}


class PartyRole(StrEnum):
    """Who sends or receives."""

    SECRETARIAT = "secretariat"
    EXPERT = "expert"
    APPLICANT = "applicant"  # an expert who has no certificate yet


class Sender(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signed; must name the certificate in the signature."""

    role: PartyRole
    cert_sha256: Hex64


class Addressee(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reader this package was sealed for. The record's recovery identity is never listed."""

    role: PartyRole
    recipient: Annotated[str, Meta(max_length=200)]  # age1…
    expert_id: Name | None = None
    cert_sha256: Hex64 | None = None


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which of how many; an assignment may come in several files."""

    number: Positive = 1
    of: Positive = 1

    def __post_init__(self) -> None:
        if self.number > self.of:
            raise ValueError("a part beyond the last")


class Reply(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The package this one answers."""

    package_id: Hex32
    sha256: Hex64  # of its inner bytes


class LogHead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place in the record's chain of acts."""

    index: Count
    head: Hex64


class LogState(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The record's chain now, and at the place this desk was told of last time, restated from today's chain."""

    index: Count
    head: Hex64
    last: LogHead | None = None


class FileNote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the manifest does not say of a data file."""

    path: Annotated[str, Meta(max_length=container.MAX_NAME)]
    media: Annotated[str, Meta(max_length=200)]
    application: Name | None = None
    display_name: Annotated[str, Meta(max_length=255)] = ""


class Description(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything in ``package.json``. Moments are whole seconds in UTC.

    Raises:
        ValueError: a combination that no package has; reading turns it into a refusal.
    """

    schema: Count = SCHEMA
    suite: Count = int(suite.CURRENT)
    min_app: Annotated[str, Meta(max_length=20)] = MIN_APP
    kind: PackageKind
    package_id: Hex32
    campaign_id: Name
    sender: Sender = field(name="from")
    to: tuple[Addressee, ...] = ()
    seq: Count = 0
    prev_sha256: Hex64 | None = None
    issued_at: Moment
    deadline: Moment | None = None
    not_after: Moment | None = None
    nonce: Hex32
    part: Part = Part()
    supersedes: tuple[Hex32, ...] = ()
    in_reply_to: Reply | None = None
    crl_number: Count | None = None
    log: LogState | None = None
    files: tuple[FileNote, ...] = ()

    def __post_init__(self) -> None:
        for moment in (self.issued_at, self.deadline, self.not_after):
            if moment is not None and (moment.utcoffset() != UTC.utcoffset(None) or moment.microsecond):
                raise ValueError("a moment that is not a whole second in UTC")
        if self.kind.is_sealed != bool(self.to):
            raise ValueError("sealed for nobody, or an open package for somebody")
        if not all(sealing.is_recipient(addressee.recipient) for addressee in self.to):
            raise ValueError("a recipient that is none")


class _FormatHead(Struct, frozen=True):
    schema: int | UnsetType = UNSET
    suite: int | UnsetType = UNSET
    min_app: str | UnsetType = UNSET


_HEAD_DECODER: Final = msgspec.json.Decoder(_FormatHead)
_DECODER: Final = msgspec.json.Decoder(Description)
_ENCODER: Final = msgspec.json.Encoder()


def write_description(description: Description) -> bytes:
    """The one byte form of *description*."""
    return _ENCODER.encode(description)


def check_format(untrusted: bytes) -> None:
    """Tell a newer package from a damaged one, before anything strict is asked of it.

    Raises:
        PackageRefusedError: ``format_too_new``, or damaged.
    """
    try:
        head = _HEAD_DECODER.decode(untrusted)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise damaged("description_form") from problem
    newer_schema = isinstance(head.schema, int) and head.schema > SCHEMA
    other_suite = isinstance(head.suite, int) and head.suite > 0 and head.suite not in suite.SUPPORTED
    newer_app = isinstance(head.min_app, str) and _is_newer(head.min_app)
    if newer_schema or other_suite or newer_app:
        raise PackageRefusedError(Outcome.FORMAT_TOO_NEW, "format_too_new")


def read_description(untrusted: bytes) -> Description:
    """The description in *untrusted*.

    Raises:
        PackageRefusedError: ``format_too_new``, or damaged: anything but the one byte form.
    """
    check_format(untrusted)
    try:
        description = _DECODER.decode(untrusted)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise damaged("description_form") from problem
    if write_description(description) != untrusted:
        raise damaged("description_form")
    if description.schema != SCHEMA or description.suite not in suite.SUPPORTED:
        raise damaged("description_form")
    if not all(manifest.is_media_type(note.media) for note in description.files):
        raise damaged("description_media")
    return description


def _is_newer(version: str) -> bool:
    if _VERSION.fullmatch(version) is None:
        return False
    return _numbers(version) > _numbers(__version__)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))
