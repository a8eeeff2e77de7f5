"""Nonconformities that contradict what else the team has written: the item's grade, or their own evidence.

The conclusion is counted from the grades alone, so a nonconformity that says more
than its item's grade would be left out of it without a word, and a grade that says
more than every nonconformity under it would count what nobody wrote down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.onsite.checklist import Grade
from app.domain.onsite.finding import Finding, FindingKind
from app.domain.onsite.ids import EntryId, ItemId
from app.domain.onsite.record import EvidenceRecord, RecordState
from app.errors import UserFacingError
from app.i18n import N_

_AS_A_GRADE: Final = {Grade.MINOR: 1, Grade.MAJOR: 2, Grade.FAIL: 2}
_AS_A_FINDING: Final = {FindingKind.MINOR: 1, FindingKind.MAJOR: 2}


class FindingAgainstGradeError(UserFacingError):
    """A nonconformity under an item whose grade says less."""

    code = "finding_against_grade"
    message = N_(
        "The visit cannot be concluded yet. A nonconformity says more than the grade at: {items}. Grade the item down, "
        "or write the finding down as what it is."
    )


class GradeAgainstFindingError(UserFacingError):
    """A grade that says more than every nonconformity under it."""

    code = "grade_against_finding"
    message = N_(
        "The visit cannot be concluded yet. The grade says more than the nonconformity at: {items}. Write the finding "
        "down as a major one, or grade the item as it is."
    )


class EvidenceWithdrawnError(UserFacingError):
    """A nonconformity that rests on withdrawn records alone."""

    code = "evidence_withdrawn"
    message = N_(
        "What the nonconformity at {items} rests on was withdrawn. Give it a record that stands or a photo, or "
        "withdraw it, too."
    )


class Contradiction(StrEnum):
    """What does not go together."""

    GRADE = "grade"  # the nonconformity says more than it
    KIND = "kind"  # the grade says more than the nonconformity
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Contradicting:
    """One nonconformity that counts, and what it contradicts."""

    what: Contradiction
    item: ItemId
    finding: EntryId


def contradictions(
    grades: Mapping[ItemId, Grade], findings: Iterable[Finding], records: Iterable[EvidenceRecord]
) -> tuple[Contradicting, ...]:
    """Everything of the kind, in the order of the items; items without a grade contradict nothing."""
    withdrawn = {one.id for one in records if one.state is RecordState.WITHDRAWN}
    found, worst = [], dict[ItemId, int]()
    counting = [one for one in findings if one.counts]
    for one in counting:
        worst[one.item] = max(worst.get(one.item, 0), _AS_A_FINDING[one.kind])
    for one in sorted(counting, key=lambda one: (one.item, one.id)):
        if is_unsupported(one, withdrawn):
            found.append(Contradicting(Contradiction.EVIDENCE, one.item, one.id))
        grade = grades.get(one.item)
        if grade is not None and _AS_A_FINDING[one.kind] > _AS_A_GRADE.get(grade, 0):
            found.append(Contradicting(Contradiction.GRADE, one.item, one.id))
        if grade is not None and _AS_A_GRADE.get(grade, 0) > worst[one.item] == _AS_A_FINDING[one.kind]:
            found.append(Contradicting(Contradiction.KIND, one.item, one.id))
    return tuple(found)


def is_unsupported(finding: Finding, withdrawn: Iterable[EntryId]) -> bool:
    """Whether a nonconformity rests on *withdrawn* records and on nothing else."""
    return finding.counts and not finding.photos and set(finding.records) <= set(withdrawn)


def require_none(found: Iterable[Contradicting]) -> None:
    """Nothing contradicts anything.

    Raises:
        EvidenceWithdrawnError, FindingAgainstGradeError, GradeAgainstFindingError.
    """
    kinds: tuple[tuple[Contradiction, type[UserFacingError]], ...] = (
        (Contradiction.EVIDENCE, EvidenceWithdrawnError),
        (Contradiction.GRADE, FindingAgainstGradeError),
        (Contradiction.KIND, GradeAgainstFindingError),
    )
    several = tuple(found)
    for what, error in kinds:
        if items := items_of(several, what):
            raise error(items=", ".join(items))


def items_of(found: Iterable[Contradicting], what: Contradiction) -> tuple[ItemId, ...]:
    """The items at which *what* is contradicted, each once."""
    return tuple(dict.fromkeys(one.item for one in found if one.what is what))
