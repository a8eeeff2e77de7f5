"""Sizes of files as people read them: one unit everywhere, or a file has two sizes."""

from typing import Final

from app.domain.parting import MEGABYTE
from app.i18n import _

_KILOBYTE: Final = 1_000


def size_words(size: int) -> str:
    """*size* bytes in decimal units, as media are sold and mail limits are set."""
    if size < MEGABYTE:
        return _("{count} KB").format(count=max(1, round(size / _KILOBYTE)))
    return _("{count} MB").format(count=f"{size / MEGABYTE:.1f}")
