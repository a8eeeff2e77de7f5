"""An intake of everything a stranger may send: each file gets its word and nothing stops the others."""

import os
import random
import signal
from pathlib import Path

import pytest

from app.decoding.pool import DecodingPool
from app.documents.intake_findings import FindingLine, write_findings
from app.intake.check import IntakeCheck, check_intake
from app.intake.documents import check_file
from app.intake.limits import IntakeLimits
from app.intake.listing import Entry
from tests.support import stranger_files as made
from tests.support.intake_material import FIRST_ROW, row, write_files, write_table

FIXTURES = Path(__file__).parent.parent / "fixtures" / "documents"

TEXTS = [
    "<img src='file:///etc/hostname'>示例",
    "\\\\host\\share\\示例",
    "javascript:alert(1)",
    "=cmd|'/c calc'!A1",
    "+示例",
    "{示例} {0} %s %(x)s",
    "../../示例",
    "𠮷示例𪚥·ئۇيغۇر",
]


def intake(root: Path, table: Path, pool: DecodingPool) -> IntakeCheck:
    return check_intake(table, root, decoder=pool)


@pytest.fixture
def one_row(tmp_path: Path) -> Path:
    return write_table(tmp_path / "table.xlsx", [row(1), row(2)])


def test_every_hostile_file_is_named_and_the_good_ones_are_taken(
    tmp_path: Path, one_row: Path, pool: DecodingPool
) -> None:
    files = {
        "flood.png": made.png_of_size(60_000, 60_000),
        "flood2.png": made.png_of_size(20_000, 20_000),
        "claims.jpg": made.jpeg_claiming(65_535, 65_535),
        "drawing.jpg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        "overlap.docx": made.overlapping_archive(made.WORD_TYPE),
        "bomb.docx": made.office(made.WORD_TYPE, {"word/document.xml": b"\0" * 140_000_000}),
        "truncated.pdf": made.pdf()[:300],
        "junk.pdf": b"%PDF-1.4\n" + bytes(random.Random(1).randbytes(5_000)),
        "pages.pdf": made.raw_pdf(
            [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 1000000 >>"]
        ),
        "empty.pdf": b"",
        "nothing.exe": b"MZ" + b"\0" * 500,
        "archive.zip": made.archive({"../../evil": b"x"}),
    }
    write_files(tmp_path / "in", {f"1/{name}": data for name, data in files.items()})
    write_files(tmp_path / "in", {"1/good.pdf": made.pdf(("good",)), "2/good.pdf": made.pdf(("other",))})
    check = intake(tmp_path / "in", one_row, pool)
    codes = {file.path.removeprefix("1/"): file.code for file in check.files if file.path.startswith("1/")}
    assert codes.pop("good.pdf") == "ok"
    assert set(codes) == set(files)
    assert set(codes.values()) <= {"over_limit", "not_accepted", "damaged", "empty", "crashed", "timeout"}
    assert codes["flood.png"] == codes["claims.jpg"] == codes["bomb.docx"] == "over_limit"
    assert codes["drawing.jpg"] == codes["nothing.exe"] == codes["archive.zip"] == "not_accepted"
    first, second = check.applications
    assert (first.codes, [file.name for file in first.accepted]) == (["files_left_out"], ["good.pdf"])
    assert first.is_acceptable
    assert second.codes == []


def test_strangers_real_files_each_get_a_word(tmp_path: Path, one_row: Path, pool: DecodingPool) -> None:
    samples = {path.name: path.read_bytes() for path in FIXTURES.iterdir() if path.suffix != ".tsv"}
    assert len(samples) >= 15
    write_files(tmp_path / "in", {f"1/{name}": data for name, data in samples.items()})
    write_files(tmp_path / "in", {"2/good.pdf": made.pdf()})
    check = intake(tmp_path / "in", one_row, pool)
    codes = {file.path.removeprefix("1/"): file.code for file in check.files if file.row == FIRST_ROW}
    assert set(codes) == set(samples)
    assert codes["pdfium-encrypted_hello_world_r6.pdf"] == codes["poi-protected_passtika.xlsx"] == "password"
    assert codes["poi-poc-xmlbomb.xlsx"] in ("damaged", "over_limit")
    assert codes["qpdf-rotated.pdf"] == codes["pillow-hopper.heif"] == "ok"
    assert all(check.applications[n].is_acceptable for n in (0, 1))


@pytest.mark.parametrize("name", ["poi-poc-xmlbomb.xlsx", "poi-protected_passtika.xlsx", "poi-54764.xlsx"])
def test_a_hostile_table_is_one_finding(tmp_path: Path, pool: DecodingPool, name: str) -> None:
    check = intake(tmp_path, FIXTURES / name, pool)
    assert [(finding.level, finding.path) for finding in check.findings] == [("error", name)]
    assert check.applications == ()


def test_damaged_tables_are_read_or_refused_in_words(tmp_path: Path, pool: DecodingPool) -> None:
    whole = write_table(tmp_path / "whole.xlsx", [row(1)]).read_bytes()
    chance = random.Random(2)
    for _number in range(40):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (tmp_path / "t.xlsx").write_bytes(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))
        check = check_intake(tmp_path / "t.xlsx", None, decoder=pool)
        assert check.findings or len(check.applications) <= 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="children are ended by signal on POSIX only")
def test_a_child_that_dies_between_two_files_costs_neither(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.pdf": made.pdf(("a",)), "b.pdf": made.pdf(("b",))})
    with DecodingPool() as own:
        first = check_file(_entry(tmp_path / "a.pdf"), decoder=own, limits=IntakeLimits(), row=4)
        for process in own.status().process_ids:
            os.kill(process, signal.SIGKILL)
        second = check_file(_entry(tmp_path / "b.pdf"), decoder=own, limits=IntakeLimits(), row=4)
        third = check_file(_entry(tmp_path / "b.pdf"), decoder=own, limits=IntakeLimits(), row=4)
    assert first.accepted is not None
    assert second.code in ("ok", "crashed")
    assert third.accepted is not None


def _entry(path: Path) -> Entry:
    return Entry(path, path.name, path.name)


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_words_are_kept_as_they_are_and_leave_as_text(tmp_path: Path, pool: DecodingPool, text: str) -> None:
    import openpyxl

    table = write_table(tmp_path / "t.xlsx", [row(1, operator=text, remark=text, contact=text, phone=text)])
    check = check_intake(table, None, decoder=pool)
    values = check.applications[0].values
    assert (values.operator, values.remark, values.contact) == (text, text, text)
    lines = [FindingLine(**_plain(line)) for line in check.report_lines()]
    sheet = openpyxl.load_workbook(write_findings(lines, tmp_path)[0]).active
    assert sheet["B3"].value.lstrip("'") == text
    assert sheet["B3"].data_type == "s"


def _plain(line: object) -> dict[str, object]:
    return {name: getattr(line, name) for name in FindingLine.__slots__}


def test_invisible_and_turning_characters_are_dropped_with_a_warning(tmp_path: Path, pool: DecodingPool) -> None:
    table = write_table(tmp_path / "t.xlsx", [row(1, operator="示例\u202efdp.\u200bexe")])
    application = check_intake(table, None, decoder=pool).applications[0]
    assert (application.values.operator, application.codes) == ("示例fdp.exe", ["normalised"])


def test_a_line_of_a_megabyte_is_refused_at_its_cell(tmp_path: Path, pool: DecodingPool) -> None:
    table = write_table(tmp_path / "t.xlsx", [row(1, operator="示" * 32_000, standard="GB/T 1" * 5_000), row(2)])
    first, second = check_intake(table, None, decoder=pool).applications
    assert first.codes == ["over_limit"]
    assert second.is_acceptable


def test_folder_names_cannot_lead_out_of_the_folder(tmp_path: Path, one_row: Path, pool: DecodingPool) -> None:
    write_files(tmp_path / "in", {"1 ..／..／etc/a.pdf": made.pdf(), "2 <b>=1+1/a.pdf": made.pdf(("b",))})
    check = intake(tmp_path / "in", one_row, pool)
    assert [a.is_acceptable for a in check.applications] == [True, True]
    inside = (tmp_path / "in").resolve()
    assert all(file.path.resolve().is_relative_to(inside) for a in check.applications for file in a.accepted)
