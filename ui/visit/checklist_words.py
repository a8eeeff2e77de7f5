"""Grades as sign, word and tone, and whose grade at which site the checklist is about."""

from dataclasses import dataclass
from typing import Final

from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.ids import ItemId, MemberId, SiteId
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.state import State, Tone

_GRADES: Final = {
    Grade.STRONG: ("+", Tone.GOOD),
    Grade.CONFORM: ("✓", Tone.GOOD),
    Grade.MINOR: ("○", Tone.WARN),
    Grade.MAJOR: ("●", Tone.BAD),
    Grade.NOT_APPLICABLE: ("–", Tone.NEUTRAL),
    Grade.PASS: ("✓", Tone.GOOD),
    Grade.FAIL: ("●", Tone.BAD),
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, and where: *author* ``None`` is the expert at this desk."""

    site: SiteId
    author: MemberId | None = None


def given_grade(sheet: VisitSheet, item: ItemId, hand: Hand) -> Grade | None:
    """What *hand* gave *item* there."""
    author = hand.author or sheet.me
    found = (one for one in sheet.grades if (one.item, one.site, one.author) == (item, hand.site, author))
    return next((one.grade for one in found), None)


def grade_state(sheet: VisitSheet, item: ItemId, hand: Hand) -> State:
    """How an item stands for a list: what *hand* gave, or that the members differ."""
    if any(one.item == item for one in sheet.disagreements):
        return State("≠", _("grades differ"), Tone.WARN)
    grade = dict(sheet.settled).get(item) if sheet.result else given_grade(sheet, item, hand)
    if grade is not None:
        sign, tone = _GRADES[grade]
        return State(sign, sheet.checklist.label_of(grade), tone)
    if item in dict(sheet.settled):
        return State("·", _("graded by others"), Tone.NEUTRAL)
    return State("", _("not graded"), Tone.NEUTRAL)


def is_ungraded(sheet: VisitSheet, item: ItemId, hand: Hand) -> bool:
    """Whether *hand* still has to grade *item*: nobody of the team has."""
    return given_grade(sheet, item, hand) is None and item not in dict(sheet.settled)


def method_words(sheet: VisitSheet, methods: tuple[Method, ...]) -> str:
    """The methods by their names in the checklist."""
    names = dict(sheet.checklist.methods)
    return _(", ").join(names[method] for method in methods)
