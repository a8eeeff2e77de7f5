"""A visit as it came back to the record, and who has signed for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import ExpertCode, Sha256
from app.domain.onsite.acknowledgement import Acknowledgement
from app.domain.onsite.agreement import Dissent
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.ids import VisitId
from app.domain.onsite.opinion import OpinionMember


class PhotoGap(StrEnum):
    """Why a photograph is not in the package that should hold it."""

    MISSING = "missing"  # its bytes are not on the desk
    DAMAGED = "damaged"  # they are not the ones that were taken in


@dataclass(frozen=True, slots=True)
class LostPhoto:
    """A photograph that the visit rests on and that could not be packed."""

    sha256: Sha256
    number: int
    name: str
    gap: PhotoGap


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What one signed revision says of its visit beyond grades and points.

    Attributes:
        photos: in the package of this revision. *earlier*: relied on and sent before. *lost*: named as missing.
    """

    visit: VisitId
    at_visit: Conclusion
    now: Conclusion
    opinion: str
    approval: str
    concluded_at: datetime
    members: tuple[OpinionMember, ...]
    dissents: tuple[Dissent, ...]
    acknowledgement: Acknowledgement | None
    photos: tuple[Sha256, ...]
    earlier: tuple[Sha256, ...]
    lost: tuple[LostPhoto, ...]


class SignedBy(StrEnum):
    """How a member stands below the joint opinion."""

    PACKAGE = "package"  # the leader, by signing the review package
    DIGITAL = "digital"
    PAPER = "paper"
    EARLIER = "earlier"  # signed an earlier wording
    MISSING = "missing"


def signatures(
    members: Iterable[OpinionMember], *, opinion: Sha256, cosigned: Mapping[ExpertCode, frozenset[Sha256]]
) -> tuple[tuple[OpinionMember, SignedBy], ...]:
    """How everybody stands below *opinion*.

    Args:
        cosigned: the opinions of this application that each expert has signed digitally.
    """
    return tuple((one, _signed_by(one, opinion, cosigned.get(ExpertCode(one.id), frozenset()))) for one in members)


def _signed_by(member: OpinionMember, opinion: Sha256, signed: frozenset[Sha256]) -> SignedBy:
    if member.is_leader:
        return SignedBy.PACKAGE
    if opinion in signed:
        return SignedBy.DIGITAL
    if member.has_signed_paper:
        return SignedBy.PAPER
    return SignedBy.EARLIER if signed else SignedBy.MISSING
