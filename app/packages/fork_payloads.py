"""Forks: one review, signed at two desks from the same beginning. FORMAT.md says how they travel.

To the desks of that expert: which version the record counts, which ones it holds, and the exact bytes of each, so that
the expert can lay them side by side. Back to the record: which versions the expert chose among.
"""

from dataclasses import dataclass
from typing import Final

from app.domain.ids import ReviewId, Sha256

FORKS: Final = "forks.json"  # a ``ForksPayload``, in a receipt and in part 1 of an assignment
MOST_VERSIONS: Final = 64


@dataclass(frozen=True, slots=True)
class ReviewFork:
    """What the record has of one review that came in more than one version.

    Attributes:
        counts: SHA-256 of the ``review.json`` that counts in the record.
        waiting: those that are held beside it; empty once the expert has chosen.
    """

    review: ReviewId
    counts: Sha256
    waiting: tuple[Sha256, ...] = ()


@dataclass(frozen=True, slots=True)
class ForksPayload:
    """Every fork of one expert, those that are settled included.

    Attributes:
        log_index: the record's log when this was written; an older answer never replaces a newer one.
    """

    log_index: int
    forks: tuple[ReviewFork, ...]


def fork_path(review: ReviewId, content: Sha256) -> str:
    """One version of a review, as the ``review.json`` that was signed."""
    return f"forks/{review}/{content}.json"


def settles_path(review: ReviewId) -> str:
    """In a review package: a list of SHA-256, the versions that the expert chose among before signing this one."""
    return f"reviews/{review}/settles.json"


def unwritten_path(review: ReviewId) -> str:
    """In a review package: what this revision builds on and no written package holds, the latest first."""
    return f"reviews/{review}/unwritten.json"
