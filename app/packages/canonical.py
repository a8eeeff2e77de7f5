"""One value, one sequence of bytes: JSON as it stands in packages and under hashes.

Whatever is decoded is encoded again and compared, so that duplicate or unknown keys, spare white space, odd numbers
and deep nesting are all refused by the same rule, and a hash names a meaning and not a spelling.
"""

import hashlib
from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from app.domain.ids import Sha256
from app.errors import UserFacingError

T = TypeVar("T")


class NotCanonicalError(ValueError):
    """The bytes are not the one form of a value of the expected type."""


def encode(value: Any) -> bytes:
    """*value* (dataclasses, enums, tuples, moments, plain values) as UTF-8 JSON without white space."""
    return msgspec.json.encode(value)


def decode(data: bytes, kind: type[T]) -> T:
    """The value of type *kind* that *data* is the one form of.

    Raises:
        NotCanonicalError: wrong type, a value that refuses itself, or other bytes than :func:`encode` would give.
    """
    try:
        value: T = _decoder(cast(Hashable, kind)).decode(data)
    except (msgspec.MsgspecError, UserFacingError, UnicodeError, RecursionError, ValueError) as problem:
        raise NotCanonicalError(type(problem).__name__) from None
    if encode(value) != data:
        raise NotCanonicalError("other bytes")
    return value


@lru_cache(maxsize=64)
def _decoder(kind: Hashable) -> "msgspec.json.Decoder[Any]":
    # Taking a type apart costs more than decoding a value of it.
    return msgspec.json.Decoder(kind, strict=True)


def sha256(data: bytes) -> Sha256:
    """SHA-256 of *data* as 64 lower-case hex digits."""
    return Sha256(hashlib.sha256(data).hexdigest())


def digest_of(value: Any) -> Sha256:
    """SHA-256 of the one form of *value*."""
    return sha256(encode(value))
