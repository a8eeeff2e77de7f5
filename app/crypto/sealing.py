"""Sealing for the owner of a key: age v1 files (C2SP age.md) through pyrage, X25519 recipients only.

age gives secrecy and lets no byte be changed; it says nothing of who sealed. That is the inner signature's work, so
nothing in an opened file is believed before that has been checked.

A stranger's file is looked at here before the library sees it: a passphrase stanza is a bomb (its work factor decides
how much memory is taken), a plugin stanza starts programs, and armour is a second form of the same bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol

import pyrage

MAGIC: Final = b"age-encryption.org/v1\n"
ARMOR_MAGIC: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
MAX_HEAD_BYTES: Final = 16 * 1024
MAX_STANZAS: Final = 64

_B64_43: Final = rb"[A-Za-z0-9+/]{43}"
_X25519: Final = re.compile(rb"-> X25519 " + _B64_43 + rb"\n" + _B64_43 + rb"\n")
# age.md: arguments are printable ASCII; the body is wrapped at 64 columns and ends with a shorter, maybe empty, line.
_GREASE: Final = re.compile(
    rb"-> [!-~]{1,64}-grease(?: [!-~]{1,64}){0,8}\n(?:[A-Za-z0-9+/]{64}\n){0,16}[A-Za-z0-9+/]{0,63}\n"
)
_END: Final = re.compile(rb"--- " + _B64_43 + rb"\n")
_NO_MATCH: Final = "No matching keys found"


class SealDefect(StrEnum):
    """Why a sealed file is not opened."""

    NOT_SEALED = "not_sealed"
    ARMORED = "armored"
    HEAD_TOO_LONG = "head_too_long"
    PASSPHRASE_STANZA = "passphrase_stanza"  # noqa: S105 - the name of a defect
    FOREIGN_STANZA = "foreign_stanza"
    HEAD_DAMAGED = "head_damaged"
    NO_KEY_FITS = "no_key_fits"
    BODY_DAMAGED = "body_damaged"


class SealRefusedError(Exception):
    """A sealed file that is not opened. Whoever asked turns :attr:`defect` into words."""

    def __init__(self, defect: SealDefect) -> None:
        super().__init__(defect.value)
        self.defect = defect


@dataclass(frozen=True, slots=True)
class SealIdentity:
    """A private key that opens what is sealed for :attr:`recipient`."""

    secret: str = field(repr=False)  # AGE-SECRET-KEY-1…
    recipient: str  # age1…


class Readable(Protocol):
    """Where sealing takes bytes from."""

    def read(self, size: int, /) -> bytes:
        """At most *size* bytes; none at the end."""


class Rewindable(Readable, Protocol):
    """A source that can be read more than once."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place; where that is."""


class Writable(Protocol):
    """Where opened bytes go, in order. Whatever it raises ends the opening and reaches the caller."""

    def write(self, data: bytes, /) -> int:
        """Take all of *data*."""

    def flush(self) -> None:
        """Nothing is held back."""


def create_identity() -> SealIdentity:
    """A new pair of keys."""
    identity = pyrage.x25519.Identity.generate()
    return SealIdentity(str(identity), str(identity.to_public()))


def identity_from(secret: str) -> SealIdentity:
    """The pair that belongs to *secret*.

    Raises:
        ValueError: it is no such key.
    """
    try:
        identity = pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise ValueError("not an identity") from None  # the library's words might repeat the secret
    return SealIdentity(str(identity), str(identity.to_public()))


@lru_cache(maxsize=256)  # every package to one record names the same few
def is_recipient(text: str) -> bool:
    """Whether *text* is a recipient that this version can seal for, in its one spelling."""
    try:
        return str(pyrage.x25519.Recipient.from_str(text)) == text
    except pyrage.RecipientError:
        return False


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """*data*, sealed so that each of *recipients* can open it."""
    return bytes(pyrage.encrypt(data, _recipients(recipients)))


def seal_stream(source: Readable, target: Writable, recipients: Sequence[str]) -> None:
    """Seal everything *source* gives into *target*; what either of them raises flies on."""
    watched, sink = _Watched(source), _WatchedTarget(target)
    try:
        pyrage.encrypt_io(watched, sink, _recipients(recipients))
    except pyrage.EncryptError:
        watched.raise_again()
        sink.raise_again()
        raise


def inspect_head(untrusted_start: bytes) -> None:
    """Look at the first :data:`MAX_HEAD_BYTES` of a file before any library does.

    Only X25519 stanzas and one "grease" stanza (meaningless on purpose) are let through.

    Raises:
        SealRefusedError: with the defect.
    """
    head = untrusted_start[:MAX_HEAD_BYTES]
    if head.startswith(ARMOR_MAGIC):
        raise SealRefusedError(SealDefect.ARMORED)
    if not head.startswith(MAGIC):
        raise SealRefusedError(SealDefect.NOT_SEALED)
    place = len(MAGIC)
    stanzas = greased = 0
    while (end := _END.match(head, place)) is None:
        if match := _X25519.match(head, place):
            stanzas += 1
        elif match := _GREASE.match(head, place):
            greased += 1
        else:
            raise SealRefusedError(_unknown(head, place, is_whole=len(untrusted_start) < MAX_HEAD_BYTES))
        if stanzas > MAX_STANZAS or greased > 1:
            raise SealRefusedError(SealDefect.HEAD_TOO_LONG)
        place = match.end()
    if not stanzas:
        raise SealRefusedError(SealDefect.FOREIGN_STANZA)
    if len(untrusted_start) <= end.end():
        raise SealRefusedError(SealDefect.BODY_DAMAGED)


def unseal(untrusted: bytes, identities: Sequence[SealIdentity]) -> bytes:
    """What was sealed, whole: nothing is given out unless every byte of it is genuine.

    Raises:
        SealRefusedError: with the defect.
    """
    inspect_head(untrusted[:MAX_HEAD_BYTES])
    try:
        return bytes(pyrage.decrypt(untrusted, _identities(identities)))
    except pyrage.DecryptError as problem:
        raise SealRefusedError(_defect_of(problem)) from None


def unseal_stream(untrusted: Rewindable, target: Writable, identities: Sequence[SealIdentity]) -> None:
    """Open *untrusted*, which can be rewound, piece by piece into *target*.

    Each piece is genuine, but only a return without an exception says that nothing was cut off at the end: *target*
    must not act on anything before.

    Raises:
        SealRefusedError: with the defect.
    """
    untrusted.seek(0)
    inspect_head(untrusted.read(MAX_HEAD_BYTES))
    untrusted.seek(0)
    source, sink = _Watched(untrusted), _WatchedTarget(target)
    try:
        pyrage.decrypt_io(source, sink, _identities(identities))
    except (pyrage.DecryptError, OSError) as problem:  # a damaged body comes as an OSError
        source.raise_again()
        sink.raise_again()
        raise SealRefusedError(_defect_of(problem)) from None


class _Watched:
    """A source whose own failure is not lost: the library would turn it into one of its errors."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._problem: BaseException | None = None

    def read(self, size: int, /) -> bytes:
        try:
            return self._source.read(size)
        except BaseException as problem:
            self._problem = problem
            raise

    def raise_again(self) -> None:
        if self._problem is not None:
            raise self._problem


class _WatchedTarget:
    """A target whose own failure is told from the library's."""

    def __init__(self, target: Writable) -> None:
        self._target = target
        self._problem: BaseException | None = None

    def write(self, data: bytes, /) -> int:
        try:
            return self._target.write(data)
        except BaseException as problem:
            self._problem = problem
            raise

    def flush(self) -> None:
        self._target.flush()

    def raise_again(self) -> None:
        if self._problem is not None:
            raise self._problem


def _unknown(head: bytes, place: int, *, is_whole: bool) -> SealDefect:
    if head.startswith(b"-> scrypt ", place):
        return SealDefect.PASSPHRASE_STANZA
    if not is_whole and b"\n--- " not in head:
        return SealDefect.HEAD_TOO_LONG
    known = head.startswith((b"-> X25519 ", b"--- "), place)
    if head.startswith(b"-> ", place) and not known and b"\n" in head[place:]:
        return SealDefect.FOREIGN_STANZA
    return SealDefect.HEAD_DAMAGED


def _defect_of(problem: Exception) -> SealDefect:
    return SealDefect.NO_KEY_FITS if str(problem) == _NO_MATCH else SealDefect.BODY_DAMAGED


def _recipients(recipients: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if not recipients:
        raise ValueError("nobody could open this")
    return [pyrage.x25519.Recipient.from_str(recipient) for recipient in dict.fromkeys(recipients)]


def _identities(identities: Sequence[SealIdentity]) -> list[pyrage.x25519.Identity]:
    return [pyrage.x25519.Identity.from_str(identity.secret) for identity in identities]
