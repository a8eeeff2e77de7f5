"""The checklist of the on-site assessment (Art. 14): four aspects, their items, grades and the rules of the conclusion.

Like the rubric it is data with a version. The regulation names the four aspects and leaves the rest open, so a
checklist that is not official says so wherever it appears.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final, Self

from app.domain.application import BrandCategory
from app.domain.onsite.ids import AspectId, ItemId
from app.errors import UserFacingError
from app.i18n import N_, _

UNOFFICIAL_NOTICE: Final = N_("Default on-site checklist; the officially published rules take precedence.")
_HUNDRED: Final = 100


class ChecklistInvalidError(UserFacingError):
    """The checklist contradicts itself; ``what`` is a translated clause that says where."""

    code = "checklist_invalid"
    message = N_("This on-site checklist cannot be used: {what}. Correct the file and try again.")


class UnknownItemError(UserFacingError):
    """Something names an item that the checklist does not have."""

    code = "unknown_item"
    message = N_("The checklist has no item “{item}”. Check the number and try again.")


class Method(StrEnum):
    """How something was found out."""

    INTERVIEW = "I"
    RECORD = "R"
    OBSERVATION = "O"
    SAMPLE = "S"
    DEMONSTRATION = "D"
    WITNESS = "W"


class Grade(StrEnum):
    """What an item gets. A veto item is only passed or failed; the others take one of the five."""

    STRONG = "strong"
    CONFORM = "conform"
    MINOR = "minor"
    MAJOR = "major"
    NOT_APPLICABLE = "na"
    PASS = "pass"  # noqa: S105 - a grade
    FAIL = "fail"


PLAIN_GRADES: Final = (Grade.STRONG, Grade.CONFORM, Grade.MINOR, Grade.MAJOR, Grade.NOT_APPLICABLE)
VETO_GRADES: Final = (Grade.PASS, Grade.FAIL)
_COUNTS_AS: Final = {Grade.PASS: Grade.CONFORM, Grade.FAIL: Grade.MAJOR}


@dataclass(frozen=True, slots=True)
class GradeRule:
    """Name of a grade and its share of the item's weight in per cent; ``None``: not counted."""

    grade: Grade
    label: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One line: what to ask, what proof to look for, and by which methods."""

    id: ItemId
    weight: int
    is_veto: bool
    name: str
    methods: tuple[Method, ...]
    ask: str
    evidence: str

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The boxes there are for this item."""
        return VETO_GRADES if self.is_veto else PLAIN_GRADES


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the four aspects of Article 14 and the points it is worth."""

    id: AspectId
    name: str
    full: int
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class SamplingStep:
    """Up to *up_to* pieces (``None``: any number), look at *size* of them (``None``: at all)."""

    up_to: int | None
    size: int | None


@dataclass(frozen=True, slots=True)
class ConclusionRule:
    """The edges between the four conclusions.

    Attributes:
        pass_total: points below which the visit is failed.
        fail_from_major: so many major nonconformities fail it.
        recheck_from_minor: so many minor ones need a second visit.
        texts: the rules in words, by conclusion, for print.
    """

    pass_total: int
    fail_from_major: int
    recheck_from_minor: int
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What an item says for one category of brands; weight, methods and veto mark stay."""

    item: ItemId
    name: str
    ask: str
    evidence: str


@dataclass(frozen=True)
class Checklist:
    """A whole, consistent checklist.

    Raises:
        ChecklistInvalidError: points do not add up, an identifier is used twice, a grade is missing, the sampling
            table leaves a gap, or a reading names an unknown item.
    """

    id: str
    version: str
    is_official: bool
    total: int
    methods: tuple[tuple[Method, str], ...]
    grades: tuple[GradeRule, ...]
    sampling: tuple[SamplingStep, ...]
    conclusion: ConclusionRule
    not_applicable_percent: int
    rectification_days: int
    aspects: tuple[Aspect, ...]
    readings: tuple[tuple[BrandCategory, tuple[Reading, ...]], ...] = ()

    def __post_init__(self) -> None:
        _check_grades(self)
        _check_items(self)
        _check_numbers(self)
        _check_sampling(self.sampling)

    @property
    def items(self) -> Iterator[ChecklistItem]:
        """Every item in the order of the checklist."""
        return (item for aspect in self.aspects for item in aspect.items)

    @cached_property
    def _by_id(self) -> dict[ItemId, ChecklistItem]:
        return {item.id: item for item in self.items}

    def item(self, item_id: ItemId) -> ChecklistItem:
        """The item of that number. Raises ``UnknownItemError``."""
        try:
            return self._by_id[item_id]
        except KeyError:
            raise UnknownItemError(item=item_id) from None

    def percent_of(self, grade: Grade) -> int | None:
        """The share of an item's weight that *grade* earns; ``None`` where the item is not counted."""
        wanted = _COUNTS_AS.get(grade, grade)
        return next(rule.percent for rule in self.grades if rule.grade is wanted)

    def label_of(self, grade: Grade) -> str:
        """What *grade* is called in this checklist; a veto item passes as conforming or does not conform."""
        if grade is Grade.FAIL:
            return _(N_("does not conform (veto)"))
        wanted = _COUNTS_AS.get(grade, grade)
        return next(rule.label for rule in self.grades if rule.grade is wanted)

    def for_category(self, category: BrandCategory) -> Self:
        """The same as it reads for *category*: a factory's process step is a service's point of contact."""
        readings = {r.item: r for kind, found in self.readings if kind is category for r in found}
        if not readings:
            return self
        aspects = tuple(
            replace(aspect, items=tuple(_read(item, readings.get(item.id)) for item in aspect.items))
            for aspect in self.aspects
        )
        return replace(self, aspects=aspects)

    def status_notice(self) -> str:
        """What every print-out of an unofficial checklist has to say; empty for an official one."""
        return "" if self.is_official else _(UNOFFICIAL_NOTICE)


def _read(item: ChecklistItem, reading: Reading | None) -> ChecklistItem:
    return replace(item, name=reading.name, ask=reading.ask, evidence=reading.evidence) if reading else item


def _refuse(clause: str, **facts: object) -> ChecklistInvalidError:
    return ChecklistInvalidError(what=_(clause).format(**facts))


def _check_grades(checklist: Checklist) -> None:
    if tuple(rule.grade for rule in checklist.grades) != PLAIN_GRADES:
        raise _refuse(N_("the five grades must be there in their order"))
    shares = [rule.percent for rule in checklist.grades]
    counted = [share for share in shares[:-1] if share is not None]
    if shares[-1] is not None or len(counted) != len(shares) - 1:
        raise _refuse(N_("every grade but “not applicable” needs a coefficient"))
    if counted != sorted(counted, reverse=True) or not all(0 <= share <= _HUNDRED for share in counted):
        raise _refuse(N_("the coefficients must fall from 1 to 0 at most"))
    if {method for method, _label in checklist.methods} != set(Method):
        raise _refuse(N_("the methods must be I, R, O, S, D and W"))


def _check_items(checklist: Checklist) -> None:
    items = list(checklist.items)
    names = [*(item.id for item in items), *(aspect.id for aspect in checklist.aspects)]
    for name in names:
        if not name or names.count(name) > 1:
            raise _refuse(N_("the identifier “{name}” is empty or used twice"), name=name)
    _check_weights(checklist)
    known = {item.id for item in items}
    for _category, readings in checklist.readings:
        for reading in readings:
            if reading.item not in known:
                raise _refuse(N_("a reading names the unknown item “{name}”"), name=reading.item)


def _check_weights(checklist: Checklist) -> None:
    for item in checklist.items:
        if item.weight <= 0 or not item.methods or len(set(item.methods)) != len(item.methods):
            raise _refuse(N_("item {item} needs a weight, and each method once"), item=item.id)
    for aspect in checklist.aspects:
        if not aspect.items or aspect.full <= 0:
            raise _refuse(N_("the aspect “{name}” needs points and items"), name=aspect.name)
    if sum(aspect.full for aspect in checklist.aspects) != checklist.total:
        raise _refuse(N_("the points of the aspects do not add up to {total}"), total=checklist.total)


def _check_numbers(checklist: Checklist) -> None:
    rule = checklist.conclusion
    if not 0 <= rule.pass_total <= checklist.total:
        raise _refuse(N_("the threshold of {points} points is more than there are"), points=rule.pass_total)
    if rule.fail_from_major < 1 or rule.recheck_from_minor < 1:
        raise _refuse(N_("the conclusion must count from one nonconformity on"))
    if checklist.rectification_days < 1 or not 0 <= checklist.not_applicable_percent <= _HUNDRED:
        raise _refuse(N_("the days of rectification or the share of items not applicable are not possible"))


def _check_sampling(steps: tuple[SamplingStep, ...]) -> None:
    edges = [step.up_to for step in steps]
    if not edges or edges[-1] is not None:
        raise _refuse(N_("the sampling table must end with a line for any number"))
    inner = [edge for edge in edges[:-1] if edge is not None]
    if len(inner) != len(edges) - 1 or inner != sorted(set(inner)) or any(edge < 1 for edge in inner):
        raise _refuse(N_("the lines of the sampling table must rise"))
    before = 0
    for step in steps:
        if step.size is not None and not 1 <= step.size <= before + 1:
            raise _refuse(N_("the sampling table asks for more pieces than there may be"))
        before = step.up_to or before
