"""An on-site checklist from its YAML file: the default that comes with the program, or the official one.

An entry nobody knows is refused rather than passed over, because a misspelt weight would otherwise go unnoticed.
"""

import re
from functools import cache
from typing import Final

from app.domain.application import BrandCategory
from app.domain.onsite.checklist import (
    Aspect,
    Checklist,
    ChecklistInvalidError,
    ChecklistItem,
    ConclusionRule,
    Grade,
    GradeRule,
    Method,
    Reading,
    SamplingStep,
)
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.ids import AspectId, ItemId
from app.i18n import N_
from app.intake.rubric_file import OFFICIAL, UNOFFICIAL
from app.intake.yaml_file import Entry, YamlProblem, load
from app.paths import resource

_COEFFICIENT: Final = re.compile(r"(?:0(?:\.([0-9]{1,2}))?|1(?:\.0{1,2})?)")


def read_checklist(data: bytes) -> Checklist:
    """The checklist in *data*, checked as a whole.

    Raises:
        ChecklistInvalidError: its sentence names the place and what is wrong there.
    """
    try:
        return _checklist(Entry(load(data)))
    except YamlProblem as found:
        raise ChecklistInvalidError(what=str(found)) from None


@cache
def default_checklist() -> Checklist:
    """The proposal that comes with the program; it is not official and says so wherever it appears."""
    return read_checklist(resource("data", "onsite-default.yaml").read_bytes())


def _checklist(file: Entry) -> Checklist:
    head = file.mapping(required=("onsite",))["onsite"].mapping(
        required=(
            "id", "version", "status", "total", "methods", "grades", "sampling", "conclusion",
            "not_applicable_percent", "rectification_days", "aspects",
        ),
        optional=("score", "severity", "profiles"),
    )  # fmt: skip
    return Checklist(
        id=head["id"].text(),
        version=head["version"].text(),
        is_official=head["status"].one_of((UNOFFICIAL, OFFICIAL).index, names=f"{OFFICIAL}, {UNOFFICIAL}") == 1,
        total=head["total"].whole(lowest=1),
        methods=_methods(head["methods"]),
        grades=_grades(head["grades"]),
        sampling=tuple(_step(step) for step in head["sampling"].items()),
        conclusion=_conclusion(head["conclusion"]),
        not_applicable_percent=head["not_applicable_percent"].whole(highest=100),
        rectification_days=head["rectification_days"].whole(lowest=1, highest=365),
        aspects=tuple(_aspect(aspect) for aspect in head["aspects"].items()),
        readings=_readings(head["profiles"]) if "profiles" in head else (),
    )


def _methods(entry: Entry) -> tuple[tuple[Method, str], ...]:
    labels = entry.mapping(required=tuple(Method))
    return tuple((method, labels[method].text()) for method in Method)


def _grades(entry: Entry) -> tuple[GradeRule, ...]:
    names = (Grade.STRONG, Grade.CONFORM, Grade.MINOR, Grade.MAJOR, Grade.NOT_APPLICABLE)
    rules = entry.mapping(required=names)
    found = []
    for name in names:
        fields = rules[name].mapping(required=("label", "coef"))
        found.append(GradeRule(name, fields["label"].text(), _percent(fields["coef"])))
    return tuple(found)


def _percent(entry: Entry) -> int | None:
    """A coefficient from 0 to 1 with at most two decimals, as per cent: no binary floating point on the way."""
    if entry.value is None:
        return None
    found = _COEFFICIENT.fullmatch(entry.text())
    if found is None:
        raise entry.wrong(N_("a number from 0 to 1 with at most two decimals is expected here"))
    return 100 if entry.text().startswith("1") else int((found[1] or "0").ljust(2, "0"))


def _step(entry: Entry) -> SamplingStep:
    fields = entry.mapping(required=("up_to", "size"))
    up_to, size = (None if fields[name].value is None else fields[name].whole(lowest=1) for name in ("up_to", "size"))
    return SamplingStep(up_to, size)


def _conclusion(entry: Entry) -> ConclusionRule:
    fields = entry.mapping(required=("pass_total", "fail_from_major", "recheck_from_minor"), optional=("texts",))
    texts = fields["texts"].mapping(required=tuple(Conclusion)) if "texts" in fields else {}
    return ConclusionRule(
        fields["pass_total"].whole(),
        fields["fail_from_major"].whole(lowest=1),
        fields["recheck_from_minor"].whole(lowest=1),
        tuple((name, texts[name].text()) for name in Conclusion if name in texts),
    )


def _aspect(entry: Entry) -> Aspect:
    fields = entry.mapping(required=("id", "name", "full", "items"))
    return Aspect(
        AspectId(fields["id"].text()),
        fields["name"].text(),
        fields["full"].whole(lowest=1),
        tuple(_item(item) for item in fields["items"].items()),
    )


def _item(entry: Entry) -> ChecklistItem:
    fields = entry.mapping(required=("id", "w", "veto", "name", "how", "ask", "evidence"))
    return ChecklistItem(
        id=ItemId(fields["id"].text()),
        weight=fields["w"].whole(lowest=1),
        is_veto=fields["veto"].truth(),
        name=fields["name"].text(),
        methods=tuple(how.one_of(Method, names=", ".join(Method)) for how in fields["how"].items()),
        ask=fields["ask"].text(),
        evidence=fields["evidence"].text(),
    )


def _readings(entry: Entry) -> tuple[tuple[BrandCategory, tuple[Reading, ...]], ...]:
    profiles = entry.mapping(required=(), optional=tuple(BrandCategory))
    return tuple((BrandCategory(name), tuple(_reading(one) for one in profiles[name].items())) for name in profiles)


def _reading(entry: Entry) -> Reading:
    fields = entry.mapping(required=("id", "name", "ask", "evidence"))
    return Reading(ItemId(fields["id"].text()), fields["name"].text(), fields["ask"].text(), fields["evidence"].text())
