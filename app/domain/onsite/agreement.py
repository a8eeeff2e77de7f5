"""Grades of the members, where they differ, what the team agreed on, and who dissents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.onsite.checklist import Checklist, Grade
from app.domain.onsite.grading import Conclusion, OnsiteScore, check_grade, conclude, score
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId
from app.domain.onsite.record import UnexplainedError

_WORST_FIRST: Final = (
    Grade.FAIL, Grade.MAJOR, Grade.MINOR, Grade.PASS, Grade.CONFORM, Grade.STRONG, Grade.NOT_APPLICABLE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemGrade:
    """What one member gives one item at one site; ``grade`` ``None``: taken back."""

    item: ItemId
    site: SiteId
    author: MemberId
    grade: Grade | None
    reason: str = ""
    typed_by: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the team agreed on in its meeting, with the reason. The members' own grades stay beside it."""

    item: ItemId
    site: SiteId
    grade: Grade
    reason: str
    agreed_at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UnexplainedError


@dataclass(frozen=True, slots=True)
class Dissent:
    """A member's own view, written down and never deleted; *item* ``None``: of the opinion as a whole."""

    id: EntryId
    author: MemberId
    text: str
    at: datetime
    item: ItemId | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise UnexplainedError


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One item at one site that members graded differently, for the team's meeting."""

    item: ItemId
    site: SiteId
    grades: tuple[ItemGrade, ...]
    consensus: Consensus | None = None


@dataclass(frozen=True, slots=True)
class JointOpinion:
    """What the leader has written of the joint opinion so far; with the conclusion it becomes part of the result."""

    text: str
    author: MemberId


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a visit, frozen when the team concludes it: the grades never change afterwards.

    Attributes:
        grades: of every item, in the order of the checklist.
        at_visit: the conclusion then; *now*: after rectification was verified.
        approval: the leader's reason where many items do not apply.
    """

    grades: tuple[tuple[ItemId, Grade], ...]
    at_visit: Conclusion
    now: Conclusion
    concluded_at: datetime
    by: MemberId
    opinion: str = ""
    approval: str = ""

    def score(self, checklist: Checklist) -> OnsiteScore:
        """The points, always the ones of the visit."""
        return score(checklist, dict(self.grades))

    def check(self, checklist: Checklist, *, is_limited: bool = False) -> None:
        """Raises the errors of grading, or ``ValueError`` where grades and conclusion do not belong together."""
        found = conclude(checklist, self.score(checklist), approval=self.approval, is_limited=is_limited)
        if found is not self.at_visit:
            raise ValueError("another conclusion")


def disagreements(grades: Iterable[ItemGrade], agreed: Iterable[Consensus] = ()) -> tuple[Disagreement, ...]:
    """Where members differ, also after the team has agreed: the list keeps what there was to talk about."""
    consensus = {(one.item, one.site): one for one in agreed}
    found = []
    for place, given in _by_place(grades).items():
        if len({grade.grade for grade in given}) > 1:
            found.append(Disagreement(*place, tuple(given), consensus.get(place)))
    return tuple(sorted(found, key=lambda one: (one.item, one.site)))


def settled(checklist: Checklist, grades: Iterable[ItemGrade], agreed: Iterable[Consensus] = ()) -> dict[ItemId, Grade]:
    """One grade per item: the team's, or the members' where they are one; of several sites the worst.

    An item that members grade differently at any site has none until the team agrees.

    Raises:
        UnknownItemError, GradeImpossibleError: a grade the checklist does not allow.
    """
    places: dict[tuple[ItemId, SiteId], Grade | None] = {}
    for place, given in _by_place(grades).items():
        values = {grade.grade for grade in given}
        places[place] = values.pop() if len(values) == 1 else None
    places |= {(one.item, one.site): one.grade for one in agreed}
    by_item: dict[ItemId, list[Grade | None]] = {}
    for (item, _site), grade in places.items():
        by_item.setdefault(item, []).append(grade)
    chosen: dict[ItemId, Grade] = {}
    for item, values_at_sites in by_item.items():
        known = [grade for grade in values_at_sites if grade is not None]
        if len(known) == len(values_at_sites):
            chosen[item] = min(known, key=_WORST_FIRST.index)
            check_grade(checklist, item, chosen[item])
    return {item.id: chosen[item.id] for item in checklist.items if item.id in chosen}


def _by_place(grades: Iterable[ItemGrade]) -> dict[tuple[ItemId, SiteId], list[ItemGrade]]:
    places: dict[tuple[ItemId, SiteId], list[ItemGrade]] = {}
    for grade in sorted(grades, key=lambda one: (one.item, one.site, one.author)):
        if grade.grade is not None:
            places.setdefault((grade.item, grade.site), []).append(grade)
    return places
