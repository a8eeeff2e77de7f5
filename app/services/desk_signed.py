"""Reading back what was signed: one revision that is damaged must not take the others along."""

from functools import lru_cache

from app.domain.review import SealedReview
from app.packages import canonical
from app.services.desk_errors import SignedDamagedError
from app.storage.desk.records import SealedRecord


def is_as_signed(record: SealedRecord) -> bool:
    """Whether the words of *record* are still the ones that were signed."""
    return _read(record.data) is not None and _digest(record.data) == record.content_sha256


def signed_of(record: SealedRecord) -> SealedReview:
    """What was signed.

    Raises:
        SignedDamagedError: it is not that any more.
    """
    signed = _read(record.data)
    if signed is None or _digest(record.data) != record.content_sha256:
        raise SignedDamagedError(application=record.application)
    return signed


@lru_cache(maxsize=1024)
def _digest(data: bytes) -> str:
    return canonical.sha256(data)


@lru_cache(maxsize=256)
def _read(data: bytes) -> SealedReview | None:
    try:
        return canonical.decode(data, SealedReview)
    except canonical.NotCanonicalError:
        return None
