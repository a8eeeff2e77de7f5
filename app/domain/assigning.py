"""Who reviews what, and who must not (Art. 9 and 13; grounds for recusal as for procurement experts)."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from app.domain.application import FaceSheet
from app.domain.conflict import ConflictKind, Declared
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId
from app.domain.review import ReviewKind
from app.domain.roster import ExpertEntry


class AssignmentState(StrEnum):
    """How far one expert's review of one application has come, as the record knows."""

    ASSIGNED = "assigned"  # decided, not sent yet
    ISSUED = "issued"
    DECLARED = "declared"  # no conflict; nothing signed yet
    RETURNED = "returned"
    WITH_LEADER = "with_leader"  # of a visit: in the review that the leader signed
    RECUSED = "recused"
    ABSTAINED = "abstained"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationEntry:
    """One line of the list of applications."""

    application: ApplicationCode
    operator: str
    uscc: str
    offering_name: str
    category: str
    offering: str
    recommender: str
    region: str
    state: str
    documents: int
    bytes: int
    assigned: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True)
class AssignedPair:
    """One expert for one application, under the review id the record minted for it."""

    application: ApplicationCode
    expert: ExpertCode
    review: ReviewId
    kind: ReviewKind = ReviewKind.QUALIFICATION


@dataclass(frozen=True, slots=True)
class AssignmentCell:
    """Where one assignment stands; ``is_leader``: the expert leads the visit that it is for (Art. 14)."""

    review: ReviewId
    state: AssignmentState
    declared: Declared | None = None
    deadline_at: datetime | None = None
    is_leader: bool = False


@dataclass(frozen=True, slots=True)
class ConflictGround:
    """Why an expert must not review an application: the kind, and the organisation both are tied to."""

    kind: ConflictKind
    organisation: str


@dataclass(frozen=True, slots=True)
class AssignmentMatrix:
    """Applications × experts for one kind of review. Cells and conflicts are sparse, keyed by (application, expert)."""

    applications: tuple[ApplicationEntry, ...]
    experts: tuple[ExpertEntry, ...]
    cells: Mapping[tuple[ApplicationCode, ExpertCode], AssignmentCell]
    conflicts: Mapping[tuple[ApplicationCode, ExpertCode], tuple[ConflictGround, ...]]
    kind: ReviewKind = ReviewKind.QUALIFICATION


_ENDINGS: Final = ("集团有限公司", "股份有限公司", "有限责任公司", "有限公司", "集团", "公司")


@lru_cache(maxsize=8192)  # asked for the same few bodies again and again, by matrices and imports
def organisation_key(name: str) -> str:
    """*name* without spaces, punctuation, width and the usual legal ending, to compare two spellings of one body."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    letters = "".join(sign for sign in folded if sign.isalnum())
    for ending in _ENDINGS:
        if letters.endswith(ending) and len(letters) > len(ending) + 1:
            return letters.removesuffix(ending)
    return letters


def conflict_grounds(face: FaceSheet, ties: Mapping[str, ConflictKind]) -> tuple[ConflictGround, ...]:
    """The grounds on which somebody with *ties* must not review *face*.

    Args:
        ties: organisations by :func:`organisation_key`, with the kind of relation to them.
    """
    found: dict[str, ConflictGround] = {}
    for organisation, kind in _organisations_of(face):
        tie = ties.get(organisation_key(organisation))
        if tie is not None and organisation:
            found.setdefault(organisation, ConflictGround(kind or tie, organisation))
    return tuple(found.values())


def ties_of(employer: str, relations: Iterable[str]) -> dict[str, ConflictKind]:
    """What :func:`conflict_grounds` compares: the employer and every declared relation."""
    ties = {organisation_key(name): ConflictKind.ECONOMIC_INTEREST for name in relations if organisation_key(name)}
    if organisation_key(employer):
        ties[organisation_key(employer)] = ConflictKind.EMPLOYMENT
    return ties


def _organisations_of(face: FaceSheet) -> Iterable[tuple[str, ConflictKind | None]]:
    yield face.operator, None
    yield face.trademark_holder, None
    yield from ((drafter, ConflictKind.STANDARD_DRAFTER) for drafter in face.drafters)
    yield face.laboratory, ConflictKind.LABORATORY
    yield face.recommender, ConflictKind.RECOMMENDER
