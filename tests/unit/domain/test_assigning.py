import pytest

from app.domain.application import BrandCategory, FaceSheet, Offering
from app.domain.assigning import conflict_grounds, organisation_key, ties_of
from app.domain.conflict import ConflictKind
from app.domain.ids import ApplicationCode

FACE = FaceSheet(
    ApplicationCode("2026-0001"), "示例钢构有限公司", "91210000000000000X", "示例钢", BrandCategory.INDUSTRIAL,
    Offering.PRODUCT, "沈阳市市场监督管理局", trademark_holder="示例集团", drafters=("示例标准院",),
    laboratory="示例检测中心",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例钢构有限公司", "示例钢构"),
        ("示例钢构 有限公司", "示例钢构股份有限公司"),
        ("ＡＢＣ（沈阳）有限责任公司", "abc沈阳"),
    ],
)
def test_two_spellings_of_one_organisation_are_the_same(one: str, other: str) -> None:
    assert organisation_key(one) == organisation_key(other)


def test_a_name_that_is_only_a_legal_ending_stays() -> None:
    assert organisation_key("公司") == "公司"


@pytest.mark.parametrize(
    ("employer", "relations", "kind"),
    [
        ("示例钢构", (), ConflictKind.EMPLOYMENT),
        ("", ("示例集团有限公司",), ConflictKind.ECONOMIC_INTEREST),
        ("示例标准院", (), ConflictKind.STANDARD_DRAFTER),
        ("示例检测中心", (), ConflictKind.LABORATORY),
        ("沈阳市市场监督管理局", (), ConflictKind.RECOMMENDER),
    ],
)
def test_tie_to_whoever_stands_on_the_face_sheet_is_a_conflict(
    employer: str, relations: tuple[str, ...], kind: ConflictKind
) -> None:
    grounds = conflict_grounds(FACE, ties_of(employer, relations))
    assert [ground.kind for ground in grounds] == [kind]


def test_nobody_is_tied_to_an_empty_name() -> None:
    assert conflict_grounds(FACE, ties_of("", ("", "  "))) == ()
    assert conflict_grounds(FACE, ties_of("示例大学", ())) == ()
