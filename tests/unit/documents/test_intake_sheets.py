import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.decoding.pool import DecodingPool
from app.documents.intake_findings import FindingLine, harmless, write_findings
from app.documents.intake_template import EXAMPLE, HEADING_ROW, write_template
from app.domain.summary_table import EXAMPLE_SHEET_NAME, SHEET_NAME, Column, column_of
from app.intake.check import check_intake


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "01_推荐汇总表.xlsx"
    write_template(path)
    return path


def test_the_template_has_every_column_as_text_with_a_hint(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == [SHEET_NAME, EXAMPLE_SHEET_NAME]
    sheet = book[SHEET_NAME]
    headings = sheet[HEADING_ROW]
    assert [column_of(cell.value) for cell in headings] == list(Column)
    assert all(cell.comment and cell.comment.text for cell in headings)
    assert sheet.max_row == HEADING_ROW
    assert {columns.number_format for columns in sheet.column_dimensions.values()} == {"@"}
    assert [c.value.startswith("●") for c in headings] == [column.is_required for column in Column]


def test_the_template_offers_the_closed_lists(template: Path) -> None:
    validations = openpyxl.load_workbook(template)[SHEET_NAME].data_validations.dataValidation
    assert [v.formula1 for v in validations] == ['"农业品牌,工业品牌,服务业品牌,区域品牌"', '"产品,服务"']


def test_a_filled_template_passes_the_intake_without_a_finding(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for place, column in enumerate(Column, start=1):
        book[SHEET_NAME].cell(HEADING_ROW + 1, place).value = EXAMPLE[column]
    book.save(template)
    with DecodingPool() as decoder:
        check = check_intake(template, None, decoder=decoder)
    assert check.findings == ()
    assert [(a.level, a.codes) for a in check.applications] == [("ok", [])]


def test_the_example_is_recognisably_invented() -> None:
    assert "示例" in EXAMPLE[Column.OPERATOR]
    assert "示例" in EXAMPLE[Column.OFFERING_NAME]


def line(recommender: str = "示例市局", **changed: object) -> FindingLine:
    values = {
        "row": 4, "operator": "示例甲", "offering_name": "示例果汁", "place": "1/a.pdf",
        "level": "error", "code": "empty", "sentence": "空文件",
    } | changed  # fmt: skip
    return FindingLine(recommender, **values)  # type: ignore[arg-type]


def rows(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def test_every_recommender_gets_one_sheet(tmp_path: Path) -> None:
    written = write_findings([line("甲局"), line("乙局"), line("甲局", row=5), line("", row=None)], tmp_path)
    assert [len(rows(path)) for path in written] == [2, 1, 1]
    assert len(set(written)) == 3
    assert rows(written[0])[1][:4] == ["5", "示例甲", "示例果汁", "1/a.pdf"]
    assert not rows(written[2])[0][0]


def test_names_that_no_system_allows_become_files_all_the_same(tmp_path: Path) -> None:
    written = write_findings([line("../甲:局?"), line("..\\甲:局?"), line("甲" * 300), line("\x00")], tmp_path)
    assert all(path.parent == tmp_path and path.is_file() for path in written)
    assert len({path.name.casefold() for path in written}) == 4


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u3000=1", "|x", "%x"])
def test_what_looks_like_a_formula_is_written_as_text(tmp_path: Path, text: str) -> None:
    path = write_findings([line(operator=text, place=text, sentence=text)], tmp_path)[0]
    assert rows(path)[0][1] == f"'{text}"
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_links_of_strangers_stay_text(tmp_path: Path) -> None:
    path = write_findings([line(place="http://example.invalid/x", operator="\\\\host\\share")], tmp_path)[0]
    with zipfile.ZipFile(path) as book:
        assert b"hyperlink" not in book.read("xl/worksheets/sheet1.xml")


@given(st.text(max_size=50))
def test_harmless_text_never_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).lstrip(" \u3000\ufeff").startswith(("=", "+", "-", "@"))


def test_a_megabyte_in_one_cell_is_cut_to_what_a_cell_holds(tmp_path: Path) -> None:
    path = write_findings([line(sentence="示" * 1_000_000)], tmp_path)[0]
    assert len(str(rows(path)[0][5])) <= 32_767
