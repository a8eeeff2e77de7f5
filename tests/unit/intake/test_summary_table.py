from datetime import date
from pathlib import Path

import pytest

from app.decoding.pool import DecodingPool
from app.domain.application import ApplicationState, BrandCategory, Offering
from app.domain.ids import ApplicationCode
from app.domain.regions import RecommenderType
from app.domain.summary_table import Column
from app.intake.check import CheckedApplication, IntakeCheck, check_intake
from app.intake.finding import Level
from app.intake.limits import IntakeLimits
from tests.support.intake_material import FIRST_ROW, CellValue, Row, row, uscc, write_table


@pytest.fixture
def check(tmp_path: Path, decoder: DecodingPool):
    def run(*rows: Row, limits: IntakeLimits | None = None, **how: object) -> IntakeCheck:
        table = write_table(tmp_path / "汇总 表.xlsx", rows, **how)  # type: ignore[arg-type]
        return check_intake(table, None, decoder=decoder, limits=limits)

    return run


@pytest.fixture
def check_cell(check):
    """What becomes of one row in which one cell is different."""

    def run(column: str, value: CellValue) -> CheckedApplication:
        return check(row(1, **{column: value})).applications[0]

    return run


def test_a_row_without_faults_becomes_an_application(check) -> None:
    result = check(row(1, trademark="10000001、g1234567", standard="GB/T 31121—2014\nQ/SLJ 0001S-2024"))
    assert result.findings == ()
    application = result.applications[0]
    assert (application.row, application.level, application.codes) == (FIRST_ROW, Level.OK, [])
    assert application.is_acceptable
    taken = application.values.application(
        ApplicationCode("2026-0001"), state=ApplicationState.RECOMMENDED, documents=()
    )
    assert taken.face.uscc == uscc(1)
    assert taken.face.category is BrandCategory.AGRI
    assert taken.face.offering is Offering.PRODUCT
    assert taken.face.trademark == "10000001、G1234567"
    assert taken.face.standards == ("GB/T 31121-2014", "Q/SLJ 0001S-2024")
    assert (taken.face.recommender, taken.face.region) == ("沈阳市市场监督管理局", "210100")
    assert (taken.rank, taken.industry, taken.phone) == ("1", "1523", "13900000000")


def test_columns_may_come_in_any_order_and_with_other_brackets(check, tmp_path: Path, decoder: DecodingPool) -> None:
    headings = [f"● {c.value}".replace("(", "（").replace(")", "）") for c in Column]
    assert check(row(1), headings=headings).applications[0].level is Level.OK


def test_a_table_of_another_name_and_without_a_version_is_read_with_a_warning(check) -> None:
    result = check(row(1), version=None, sheet_name="Sheet1")
    assert [f.code for f in result.findings] == ["template_version"]
    assert result.applications[0].is_acceptable


def test_a_table_of_another_version_is_refused(check) -> None:
    result = check(row(1), version=2)
    assert [(f.level, f.code) for f in result.findings] == [("error", "template_version")]
    assert result.applications == ()


def test_a_sheet_without_headings_is_refused(check) -> None:
    result = check(row(1), headings=["甲", "乙", "丙"])
    assert [f.code for f in result.findings] == ["no_header"]


def test_missing_double_and_unknown_columns_are_named(check) -> None:
    headings = [c.value for c in Column]
    headings[3], headings[8], headings[13] = "社会信用", "推荐单位", "备用"
    found = {(f.code, f.column) for f in check(row(1), headings=headings).findings}
    assert found == {
        ("column_missing", "统一社会信用代码"),
        ("column_missing", "商标注册号"),
        ("column_unknown", "社会信用"),
        ("column_twice", "推荐单位"),
        ("column_unknown", "备用"),
    }


def test_an_optional_column_may_be_absent(check) -> None:
    headings = [c.value for c in Column][:13]
    assert check(row(1), headings=headings).applications[0].is_acceptable


def test_a_table_without_rows_is_told(check) -> None:
    assert [f.code for f in check().findings] == ["no_rows"]


def test_empty_rows_are_passed_over(check) -> None:
    empty: Row = dict.fromkeys(Column, "  ")
    result = check(row(1), empty, row(2))
    assert [a.row for a in result.applications] == [FIRST_ROW, FIRST_ROW + 2]


def test_more_rows_than_allowed_are_refused(check) -> None:
    result = check(*[row(n) for n in range(1, 6)], limits=IntakeLimits(rows=4))
    assert [f.code for f in result.findings] == ["over_limit"]


def test_long_tables_are_read_to_the_end(check) -> None:
    result = check(*[row(n) for n in range(1, 452)])
    assert len(result.acceptable) == 451
    assert result.applications[-1].values.number == 451


@pytest.mark.parametrize("column", [c for c in Column if c.is_required])
def test_every_required_cell_is_missed(check_cell, column: Column) -> None:
    application = check_cell(column.name.lower(), None)
    assert ("missing", column.value) in [(f.code, f.column) for f in application.findings]
    assert application.values is None


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("uscc", 9.12101030e17, "digits_lost"),
        ("uscc", "9.121E+17", "digits_lost"),
        ("uscc", 12345, "digits_lost"),
        ("uscc", "91210400MA0XN00130", "uscc_invalid"),
        ("uscc", date(2026, 3, 1), "date_cell"),
        ("trademark", 1.5, "digits_lost"),
        ("trademark", "1.2E+07", "digits_lost"),
        ("trademark", "示例牌", "trademark_invalid"),
        ("trademark", "10000001、示例牌", "trademark_invalid"),
        ("standard", "企业标准", "standard_invalid"),
        ("standard", "GB 7718", "standard_year_missing"),
        ("standard", date(2014, 1, 1), "date_cell"),
        ("standard", "、", "missing"),
        ("standard", "、".join(f"GB {n}-2020" for n in range(1, 30)), "over_limit"),
        ("industry", 131, "leading_zero"),
        ("industry", "饮料", "industry_invalid"),
        ("number", "一", "number_invalid"),
        ("number", "0", "number_invalid"),
        ("number", 1.5, "number_invalid"),
        ("rank", "第1", "number_invalid"),
        ("category", "名牌", "not_in_list"),
        ("offering", "产品和服务", "not_in_list"),
        ("operator", "\u200b", "missing"),
        ("operator", "示" * 501, "over_limit"),
        ("operator", True, "cell_error"),
    ],
)
def test_what_cannot_be_read_without_guessing_is_an_error(check_cell, column: str, value: CellValue, code: str) -> None:
    application = check_cell(column, value)
    assert [(f.level, f.code) for f in application.findings] == [("error", code)]
    assert application.findings[0].row == FIRST_ROW
    assert application.findings[0].column == Column[column.upper()].value
    assert not application.is_acceptable


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("uscc", uscc(1).replace("2101", "2101\u00a0"), "normalised"),
        ("uscc", uscc(1).replace("9", "９"), "normalised"),
        ("uscc", uscc(1, area="110101"), "other_province"),
        ("operator", "示例\u200b食品\u00a0有限公司", "normalised"),
        ("operator", "示例食品有限公司沈阳分公司", "branch_office"),
        ("recommender", "示例行业协会", "recommender_unknown"),
        ("trademark", 10000001, "number_cell"),
        ("standard", "GB/T\u00a031121-2014", "normalised"),
        ("industry", 1523, "number_cell"),
        ("industry", "15\u200b23", "normalised"),
        ("phone", 2420000000, "leading_zero"),
        ("phone", "无", "phone_invalid"),
        ("phone", "1.39E+10", "digits_lost"),
        ("contact", date(2026, 1, 1), "date_cell"),
    ],
)
def test_what_was_read_with_a_doubt_is_taken_with_a_warning(
    check_cell, column: str, value: CellValue, code: str
) -> None:
    application = check_cell(column, value)
    assert [(f.level, f.code) for f in application.findings] == [("warning", code)]
    assert application.is_acceptable


@pytest.mark.parametrize(
    ("column", "value"),
    [("number", 1), ("rank", 1), ("phone", 13900000000), ("phone", ""), ("category", "农业"), ("industry", "A0131")],
)
def test_what_loses_nothing_is_no_finding(check_cell, column: str, value: CellValue) -> None:
    assert check_cell(column, value).findings == ()


def test_an_error_value_of_the_spreadsheet_is_told(tmp_path: Path, decoder: DecodingPool) -> None:
    import openpyxl

    table = write_table(tmp_path / "t.xlsx", [row(1)])
    book = openpyxl.load_workbook(table)
    book.active.cell(FIRST_ROW, 3).value = "#N/A"
    book.save(table)
    application = check_intake(table, None, decoder=decoder).applications[0]
    assert application.codes == ["cell_error"]


def test_a_lookalike_in_a_code_is_only_a_hint(check_cell) -> None:
    wrong = uscc(1).replace("0", "O", 1)
    application = check_cell("uscc", wrong)
    assert uscc(1) in application.sentences[0]
    assert application.values is None


def test_merged_cells_make_the_rows_they_touch_unusable_and_no_others(check) -> None:
    merged_recommender = (FIRST_ROW - 1, 1, FIRST_ROW, 1)
    result = check(row(1), row(2), row(3), merged=[merged_recommender])
    assert [a.is_acceptable for a in result.applications] == [False, False, True]
    assert result.applications[0].codes[0] == "merged_cells"


def test_a_merged_heading_makes_the_table_unusable(check) -> None:
    result = check(row(1), merged=[(2, 12, 2, 13)])
    assert "merged_cells" in [f.code for f in result.findings]
    assert result.applications == ()


def test_a_title_across_merged_cells_is_fine(check) -> None:
    assert check(row(1), merged=[(0, 0, 0, 13)]).applications[0].level is Level.OK


def test_a_department_has_no_region_and_the_code_gives_the_city(check_cell) -> None:
    values = check_cell("recommender", "辽宁省农业农村厅").values
    assert values.recommender.type is RecommenderType.DEPARTMENT
    assert values.region == "210100"


def test_the_demonstration_zone_is_known_by_name_alone(check_cell) -> None:
    assert check_cell("recommender", "沈抚改革创新示范区市场监督管理局").values.region == "LN-SF"


def test_formulas_and_markup_of_strangers_stay_what_they_are(check_cell) -> None:
    text = "=cmd|'/c calc'!A1 <img src=x> \\\\host\\share"
    assert check_cell("remark", text).values.remark == text
