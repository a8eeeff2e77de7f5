"""One value, one sequence of bytes: JSON as it stands in packages and under hashes.

Whatever is decoded is encoded again and compared, so that duplicate or unknown keys, spare white space, odd numbers
and deep nesting are all refused by the same rule, and a hash names a meaning and not a spelling.

A last field that a dataclass marks as :data:`~app.domain.review.CAME_LATER` is not written where it is ``None``: what
was signed before there was such a field has the same one form as today.
"""

import hashlib
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from app.domain.ids import Sha256
from app.domain.review import CAME_LATER
from app.errors import UserFacingError

T = TypeVar("T")


class NotCanonicalError(ValueError):
    """The bytes are not the one form of a value of the expected type."""


def encode(value: Any) -> bytes:
    """*value* (dataclasses, enums, tuples, moments, plain values) as UTF-8 JSON without white space."""
    data = msgspec.json.encode(value)
    for end in _left_out(cast(Hashable, type(value))):
        if not data.endswith(end):
            break
        data = data[: -len(end)] + b"}"
    return data


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


@lru_cache(maxsize=256)
def _left_out(kind: Hashable) -> tuple[bytes, ...]:
    """How the JSON of a *kind* ends where its last fields came later and are empty, the very last one first.

    Quotation marks within a string are escaped, so nothing else ends like this.
    """
    later = [one.name for one in fields(kind) if one.metadata == CAME_LATER] if is_dataclass(kind) else []
    return tuple(f',"{name}":null}}'.encode() for name in reversed(later))


def sha256(data: bytes) -> Sha256:
    """SHA-256 of *data* as 64 lower-case hex digits."""
    return Sha256(hashlib.sha256(data).hexdigest())


def digest_of(value: Any) -> Sha256:
    """SHA-256 of the one form of *value*."""
    return sha256(encode(value))
