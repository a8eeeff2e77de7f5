"""One review, signed at two desks from the same beginning: which versions the expert still has to choose among.

Pure rules over what is held, the same for every order of arrival. Nobody but the expert chooses.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.examination import ReviewForm
from app.domain.history import Difference
from app.domain.ids import ApplicationCode, DeviceCode, ReviewId, Sha256
from app.domain.review import Assessment, ReviewKind


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldVersion:
    """A signed version that is held because of another one.

    Attributes:
        base: the revision it replaces; ``None`` for a first one.
        is_fork: something else already replaces the same base; otherwise its base is not in the record.
        data: the bytes of its ``review.json``.
    """

    review: ReviewId
    content: Sha256
    base: Sha256 | None
    is_fork: bool
    data: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One signed version of a review.

    Attributes:
        code: the 8 digits on its printed sheets.
        is_counted: the record counts this one until the expert has chosen.
        is_from_here: it was signed at this desk.
        differences: what is different in it from the version that counts.
    """

    content: Sha256
    code: str
    revision: int
    device: DeviceCode
    sealed_at: datetime
    reason: str
    assessment: Assessment
    is_counted: bool
    is_from_here: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A review in more than one signed version, the one that counts first."""

    review: ReviewId
    application: ApplicationCode
    operator: str
    kind: ReviewKind
    form: ReviewForm
    versions: tuple[Version, ...]


def settled_with(held: Iterable[HeldVersion], settled: Collection[Sha256]) -> frozenset[Sha256]:
    """*settled*, and every held version that one of them replaces: what was chosen among stands for its beginnings."""
    bases = {one.content: one.base for one in held}
    found = set(settled)
    left = list(settled)
    while left:
        base = bases.get(left.pop())
        if base is not None and base in bases and base not in found:
            found.add(base)
            left.append(base)
    return frozenset(found)


def waiting(
    held: Iterable[HeldVersion], *, settled: Collection[Sha256], known: Collection[Sha256]
) -> tuple[HeldVersion, ...]:
    """The last version of every branch that is held and not settled, by content.

    Args:
        settled: versions that a later revision was chosen among.
        known: what is in the record.
    """
    every = {one.content: one for one in held}
    done = settled_with(every.values(), settled) | set(known)
    forked = {content for content, one in every.items() if one.is_fork}
    grown = True
    while grown:
        more = {content for content, one in every.items() if one.base in forked} - forked
        forked |= more
        grown = bool(more)
    left = forked - done
    bases = {every[content].base for content in left}
    return tuple(every[content] for content in sorted(left - bases))
