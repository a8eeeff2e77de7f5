"""A file is replaced, never edited in place: after a crash there is the old one or the new one, and nothing between.

Written beside the target, private before its first byte, flushed to the medium, renamed over the target, and the
folder flushed too. Every failure leaves the target as it was and is told in words (:mod:`app.file_errors`).
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.file_errors import WriteNotConfirmedError, write_problem
from app.platform.durable import forget_cached, replace_file, sync_file, sync_folder
from app.platform.private_files import create_private_file

_CHUNK: Final = 1 << 20


class OlderCopy(Enum):
    """What ``X.1`` beside ``X`` is for."""

    NONE = auto()
    """Left alone."""
    KEEP = auto()
    """Holds what ``X`` held before: the way back from a bad sector or a bad day."""
    RENEW = auto()
    """Holds the new contents as well: what the old ones opened (an old passphrase) must not open any more."""


@dataclass(frozen=True, slots=True)
class Written:
    """What now stands on the medium: size in bytes and SHA-256 as lower-case hex digits."""

    size: int
    sha256: str


def older_copy_of(path: Path) -> Path:
    """``X.1`` beside ``X``."""
    return path.with_name(path.name + ".1")


def write_atomically(
    path: Path, content: bytes | Iterable[bytes], *, older: OlderCopy = OlderCopy.NONE, verify: bool = False
) -> Written:
    """Put *content* where *path* is; *verify* reads it back from the medium before the old file goes.

    An iterable is written as it comes, so that large exports need no memory; an exception it raises leaves the
    target as it was and flies on. Raises the errors of :mod:`app.file_errors`.
    """
    chunks = [content] if isinstance(content, bytes) else content
    if older is OlderCopy.KEEP and path.is_file():
        _copy(path, older_copy_of(path))
    written = _write(path, chunks, verify=verify)
    if older is OlderCopy.RENEW:
        _copy(path, older_copy_of(path))
    return written


def _copy(source: Path, target: Path) -> None:
    try:
        _write(target, _chunks_of(source), verify=False)
    except OSError as problem:  # of the source: a bad sector
        raise write_problem(problem, target) from problem


class _SourceError(Exception):
    """Carries an ``OSError`` of the contents past the handler for those of the target."""


def _write(path: Path, chunks: Iterable[bytes], *, verify: bool) -> Written:
    # A short name of its own: the target's may already be as long as the medium allows.
    part = path.with_name(f".youpin-{secrets.token_hex(8)}.part")
    try:
        descriptor = create_private_file(part)
        try:
            written = _fill(descriptor, chunks)
            if verify and _read_again(descriptor) != written:
                raise WriteNotConfirmedError(file=path.name)
        finally:
            os.close(descriptor)
        replace_file(part, path)
        sync_folder(path.parent)
    except OSError as problem:
        raise write_problem(problem, path) from problem
    except _SourceError as problem:
        if problem.__cause__ is not None:
            raise problem.__cause__ from None
        raise
    finally:
        _remove(part)
    return written


def _fill(descriptor: int, chunks: Iterable[bytes]) -> Written:
    digest, size = sha256(), 0
    for chunk in _guarded(chunks):
        digest.update(chunk)
        size += len(chunk)
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    sync_file(descriptor)
    return Written(size, digest.hexdigest())


def _guarded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from chunks
    except OSError as problem:
        raise _SourceError from problem


def _read_again(descriptor: int) -> Written:
    forget_cached(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)
    digest, size = sha256(), 0
    while chunk := os.read(descriptor, _CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return Written(size, digest.hexdigest())


def _chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        # The first failure is the one to tell; a pulled stick refuses this one too.
        return
