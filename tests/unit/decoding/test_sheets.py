from datetime import date, datetime

import pytest

from app.decoding.document import Document
from app.decoding.errors import DamagedFileError, OverLimitError
from app.decoding.pool import DecodingPool
from app.decoding.replies import Cell, CellType
from app.domain.ids import Sha256
from tests.support import stranger_files as files


def _open(pool: DecodingPool, data: bytes) -> Document:
    return pool.open(lambda: data, Sha256(f"{hash(data):x}"))


def _sheet_xml(cells: str) -> str:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<x:worksheet xmlns:x="{namespace}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'


def test_cells_keep_their_types(pool: DecodingPool) -> None:
    moment = datetime(2026, 5, 17, 14, 3)  # noqa: DTZ001 - sheets know no zones
    row = ["示例公司", 12, 0.5, date(2026, 5, 17), moment, True, "", "=1+1"]
    with _open(pool, files.workbook([row])) as document:
        assert document.overview.sheets == ("申报表",)
        sheet = document.sheet(1)
    assert (sheet.name, sheet.total_rows, sheet.columns) == ("申报表", 1, 8)
    assert [(cell.type, cell.text) for cell in sheet.rows[0]] == [
        (CellType.TEXT, "示例公司"),
        (CellType.NUMBER, "12"),
        (CellType.NUMBER, "0.5"),
        (CellType.DATE, "2026-05-17"),
        (CellType.DATE, "2026-05-17T14:03:00"),
        (CellType.BOOLEAN, "TRUE"),
        (CellType.EMPTY, ""),
        (CellType.NUMBER, "0"),  # the value stored with the formula; nothing is calculated
    ]


@pytest.mark.parametrize("stored", ["9.1210300123456704E+16", "912103001234567891", "0.1", "42"])
def test_numbers_show_the_digits_the_file_stores(pool: DecodingPool, stored: str) -> None:
    xml = _sheet_xml(f'<x:row r="1"><x:c r="A1"><x:v>{stored}</x:v></x:c></x:row>')
    with _open(pool, files.with_sheet_xml(files.workbook([["x"]]), xml)) as document:
        (cell,) = document.sheet(1).rows[0]
    assert (cell.type, cell.raw) == (CellType.NUMBER, stored)


def test_errors_are_shown_as_errors(pool: DecodingPool) -> None:
    xml = _sheet_xml('<x:row r="1"><x:c r="A1" t="e"><x:v>#DIV/0!</x:v></x:c></x:row>')
    with _open(pool, files.with_sheet_xml(files.workbook([["x"]]), xml)) as document:
        assert document.sheet(1).rows == ((Cell(CellType.ERROR, "#DIV/0!"),),)


def test_cells_without_addresses_follow_each_other(pool: DecodingPool) -> None:
    cells = "<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2e0</x:v></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row>"
    with _open(pool, files.with_sheet_xml(files.workbook([["x"]]), _sheet_xml(cells))) as document:
        rows = document.sheet(1).rows
    assert [[cell.raw for cell in row] for row in rows] == [["1", "2e0"], ["3", ""]]


def test_rows_come_in_windows(pool: DecodingPool) -> None:
    with _open(pool, files.workbook([[number] for number in range(1, 1001)])) as document:
        window = document.sheet(1, first=901, limit=50)
        assert document.sheet(1, first=5000).rows == ()
    assert [row[0].text for row in window.rows] == [str(number) for number in range(901, 951)]
    assert (window.first, window.total_rows) == (901, 1000)


def test_a_cell_in_the_last_corner_is_over_the_limit(pool: DecodingPool) -> None:
    xml = _sheet_xml('<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>')
    with _open(pool, files.with_sheet_xml(files.workbook([["x"]]), xml)) as document, pytest.raises(OverLimitError):
        document.sheet(1)


def test_an_empty_formatted_cell_in_the_last_corner_is_not(pool: DecodingPool) -> None:
    xml = _sheet_xml(
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="1048576"><x:c r="XFD1048576"/></x:row>'
    )
    with _open(pool, files.with_sheet_xml(files.workbook([["x"]]), xml)) as document:
        assert document.sheet(1).total_rows == 1


def test_a_document_type_in_a_sheet_is_damage(pool: DecodingPool) -> None:
    xml = '<!DOCTYPE a [<!ENTITY b "c">]>' + _sheet_xml("")
    with _open(pool, files.with_sheet_xml(files.workbook([["x"]]), xml)) as document, pytest.raises(DamagedFileError):
        document.sheet(1)
