"""Reading back what was signed: one revision that is damaged must not take the others along."""

from functools import lru_cache

from app.domain.review import SealedReview
from app.packages import canonical
from app.services.desk_errors import SignedDamagedError
from app.storage.desk.records import SealedRecord


def is_as_signed(record: SealedRecord) -> bool:
    """Whether the words of *record* are still the ones that were signed."""
    return _signed(record) is not None


def signed_of(record: SealedRecord) -> SealedReview:
    """What was signed.

    Raises:
        SignedDamagedError: it is not that any more.
    """
    signed = _signed(record)
    if signed is None:
        raise SignedDamagedError(application=record.application)
    return signed


def _signed(record: SealedRecord) -> SealedReview | None:
    return _read(record.data) if _digest(record.data) == record.content_sha256 else None


@lru_cache(maxsize=1024)
def _digest(data: bytes) -> str:
    return canonical.sha256(data)


@lru_cache(maxsize=256)
def _read(data: bytes) -> SealedReview | None:
    try:
        return canonical.decode(data, SealedReview)
    except canonical.NotCanonicalError:
        return None
