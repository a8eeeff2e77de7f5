import pytest

from app.domain.ids import ApplicationCode
from app.intake.finding import Level
from app.intake.folders import Matching, match_folders
from app.intake.listing import Folder
from app.intake.summary_row import ReadRow
from tests.support.intake_material import uscc

ROWS = [
    ReadRow(row=4, findings=(), number=1, operator="示例甲食品有限公司", uscc=uscc(1), offering_name="示例苹果汁"),
    ReadRow(row=5, findings=(), number=2, operator="示例乙集团有限公司", uscc=uscc(2), offering_name="示例大米"),
    ReadRow(row=6, findings=(), number=3, operator="示例丙农机股份有限公司", uscc=uscc(3), offering_name="示例拖拉机"),
    ReadRow(row=7, findings=(), number=12, operator="示例丙农机股份有限公司", uscc=uscc(3), offering_name="示例收割机"),
    ReadRow(
        row=8, findings=(), number=13, operator="示例甲食品有限公司沈阳分公司", uscc=uscc(4), offering_name="示例梨汁"
    ),
]


def match(*names: str, **how: object) -> Matching:
    folders = [Folder(None, name) for name in names]  # type: ignore[arg-type] - names alone decide
    return match_folders(folders, ROWS, **({"merged": {}, "known": {}} | how))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("1", 4),
        ("01 示例甲食品有限公司", 4),
        ("1_示例苹果汁", 4),
        ("１、示例甲", 4),
        ("（2）随便什么", 5),
        ("012-示例收割机", 7),
        ("3示例丙农机股份有限公司", 6),
        (uscc(2), 5),
        (uscc(2).lower() + " 示例", 5),
        (uscc(3) + " 示例收割机", 7),
        ("示例甲食品有限公司", 4),
        ("示例甲 食品有限公司（材料）", 4),
        ("示例甲食品有限公司沈阳分公司", 8),
        ("示例丙农机股份有限公司-示例拖拉机", 6),
    ],
)
def test_a_folder_finds_its_row(name: str, row: int) -> None:
    matching = match(name)
    assert list(matching.folders) == [row]
    assert (matching.doubts, matching.findings) == ({}, ())


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("示例丙农机股份有限公司", {6, 7}),  # which of its products?
        (uscc(3), {6, 7}),
        ("3 示例乙集团有限公司", {5, 6}),  # number and name contradict each other
        (f"1 {uscc(2)}", {4, 5}),
        ("3 示例丙农机股份有限公司 示例收割机", {6, 7}),
        ("示例乙集团", {5}),  # without the legal form
        ("材料-示例乙集团有限公司", {5}),
        ("示例大米", {5}),
    ],
)
def test_a_doubtful_folder_is_told_with_its_candidates_and_not_taken(name: str, rows: set[int]) -> None:
    matching = match(name)
    assert matching.folders == {}
    assert set(matching.doubts) == rows
    assert [f.code for f in matching.findings] == ["folder_doubtful"]
    assert all(f.level is Level.ERROR and name in f.sentence for found in matching.doubts.values() for f in found)


@pytest.mark.parametrize("name", ["99 示例丁", "其他材料", "2026", "1.2 图纸", "1a", "甲"])
def test_a_folder_that_fits_no_row_is_told(name: str) -> None:
    matching = match(name)
    assert (matching.folders, matching.doubts) == ({}, {})
    assert [(f.code, f.path) for f in matching.findings] == [("folder_without_row", name)]


def test_two_folders_of_one_row_are_both_doubtful() -> None:
    matching = match("1 示例甲", "01 示例甲 补充")
    assert matching.folders == {}
    assert [f.code for f in matching.doubts[4]] == ["folder_doubtful"]
    assert len(matching.findings) == 2


def test_a_certain_folder_stays_although_another_name_is_unclear() -> None:
    matching = match("2 示例乙", "材料-示例乙集团有限公司")
    assert set(matching.folders) == {5}
    assert [f.level for f in matching.doubts[5]] == [Level.WARNING]


def test_an_application_of_the_record_is_found_by_its_code() -> None:
    known = {5: ApplicationCode("2026-0002")}
    assert set(match("2026-0002 补充材料", known=known).folders) == {5}
    assert set(match("2026-0002 示例甲食品有限公司", known=known).doubts) == {4, 5}


def test_a_merged_row_shares_the_folder_of_the_row_it_stands_for() -> None:
    assert set(match("2 随便", merged={5: 4}).folders) == {4}
    assert set(match("1", "2", merged={5: 4}).doubts) == {4}


def test_a_number_given_to_two_rows_decides_nothing() -> None:
    twice = [ROWS[0], ReadRow(row=9, findings=(), number=1, operator="示例丁", uscc=uscc(9), offering_name="示例蜂蜜")]
    matching = match_folders([Folder(None, "1 材料")], twice, merged={}, known={})  # type: ignore[arg-type]
    assert set(matching.doubts) == {4, 9}
