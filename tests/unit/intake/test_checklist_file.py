"""The checklist of Article 14 from its file."""

import pytest

from app.domain.application import BrandCategory
from app.domain.onsite.checklist import Checklist, ChecklistInvalidError, Grade, UnknownItemError
from app.domain.onsite.ids import ItemId
from app.intake.checklist_file import default_checklist, read_checklist
from app.packages import canonical
from app.paths import resource

DEFAULT = resource("data", "onsite-default.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> bytes:
    assert old in DEFAULT
    return DEFAULT.replace(old, new, 1).encode()


def test_the_default_has_four_aspects_of_a_hundred_points_and_says_that_it_is_not_official() -> None:
    checklist = default_checklist()
    assert [aspect.full for aspect in checklist.aspects] == [30, 30, 20, 20]
    assert len(list(checklist.items)) == 27
    assert [item.id for item in checklist.items if item.is_veto] == ["A7", "B1", "B3", "B4", "C1", "C2", "C3"]
    assert [rule.percent for rule in checklist.grades] == [100, 85, 50, 0, None]
    assert (checklist.rectification_days, checklist.not_applicable_percent) == (15, 20)
    assert checklist.status_notice()


def test_an_official_file_carries_no_notice() -> None:
    official = read_checklist(changed("status: default_not_official", "status: official"))
    assert official.status_notice() == ""


def test_it_has_one_canonical_form() -> None:
    assert canonical.decode(canonical.encode(default_checklist()), Checklist) == default_checklist()


def test_services_and_regional_brands_read_some_items_differently_and_no_mark_moves() -> None:
    plain = default_checklist()
    service, regional = plain.for_category(BrandCategory.SERVICE), plain.for_category(BrandCategory.REGIONAL)
    assert plain.for_category(BrandCategory.AGRI) is plain
    for reading in (service, regional):
        assert [(i.id, i.weight, i.is_veto) for i in reading.items] == [
            (i.id, i.weight, i.is_veto) for i in plain.items
        ]
    differing = [one.id for one, other in zip(plain.items, service.items, strict=True) if one != other]
    assert differing == ["B1", "B2", "B3", "B4"]
    assert regional.item(ItemId("C6")).name == "成员一致性"


def test_an_item_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(UnknownItemError) as refused:
        default_checklist().item(ItemId("Z1"))
    assert "Z1" in refused.value.sentence()
    assert default_checklist().percent_of(Grade.PASS) == 85
    assert default_checklist().percent_of(Grade.FAIL) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total: 100", "total: 99"),
        ("coef: 0.85", "coef: 8.5"),
        ("coef: 0.85", "coef: 0.855"),
        ("coef: 0.50", "coef: 0.90"),
        ("coef: null", "coef: 0.1"),
        ("{id: A2, w: 4", "{id: A1, w: 4"),
        ("{id: A2, w: 4", "{id: A2, w: 0"),
        ("how: [I, R]", "how: [I, X]"),
        ("how: [I, R]", "how: [I, I]"),
        ("how: [I, R]", "how: []"),
        ("veto: true", "veto: yes"),
        ("{up_to: 50, size: 5}", "{up_to: 50, size: 7}"),
        ("{up_to: 50, size: 5}", "{up_to: 5, size: 5}"),
        ("    - {up_to: null, size: 20}\n", ""),
        ("pass_total: 70", "pass_total: 101"),
        ("fail_from_major: 2", "fail_from_major: 0"),
        ("rectification_days: 15", "rectification_days: 0"),
        ("- {id: C6, name: 成员一致性", "- {id: C9, name: 成员一致性"),
        ("    service:", "    services:"),
        ("status: default_not_official", "status: maybe"),
        ("  version: 0.1\n", ""),
        ("onsite:", "offsite:"),
        ("W: 见证检测}", "W: 见证检测, X: 其他}"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_with_the_place(old: str, new: str) -> None:
    with pytest.raises(ChecklistInvalidError) as refused:
        read_checklist(changed(old, new))
    assert refused.value.sentence()
