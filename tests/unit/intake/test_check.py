"""The whole intake on real tables and folders."""

from pathlib import Path

import pytest

from app.decoding.pool import DecodingPool
from app.domain.application import Application, ApplicationState
from app.domain.ids import ApplicationCode
from app.errors import Cancelled
from app.intake.check import IntakeCheck, check_intake
from app.intake.limits import IntakeLimits
from tests.support import stranger_files as made
from tests.support.intake_material import FIRST_ROW, row, write_files, write_table


def pdf(text: str) -> bytes:
    return made.pdf((text,))


@pytest.fixture
def check(tmp_path: Path, decoder: DecodingPool):
    """Rows 1 to 3 and whatever files the test lays beside them."""

    def run(files: dict[str, bytes], *, rows: int = 3, **how: object) -> IntakeCheck:
        root = tmp_path / "材料 (1)"
        root.mkdir(exist_ok=True)
        write_files(root, files)
        table = write_table(tmp_path / "01_推荐汇总表.xlsx", [row(n) for n in range(1, rows + 1)])
        return check_intake(table, root, decoder=decoder, **how)  # type: ignore[arg-type]

    return run


def test_applications_with_good_files_are_taken_and_the_others_are_not(check) -> None:
    result = check({"1 甲/申请书.pdf": pdf("1"), "2 乙/申请书.pdf": pdf("2"), "2 乙/坏.pdf": b"%PDF-1.7 junk"})
    first, second, third = result.applications
    assert (first.level, first.codes, first.folder) == ("ok", [], "1 甲")
    assert (second.level, second.codes) == ("warning", ["files_left_out"])
    assert (third.level, third.codes) == ("error", ["no_folder"])
    assert [a.row for a in result.acceptable] == [FIRST_ROW, FIRST_ROW + 1]
    assert [file.name for file in second.accepted] == ["申请书.pdf"]
    assert [a.row for a in result.refused] == [FIRST_ROW + 2]
    assert [(file.path, file.type, file.code) for file in result.files] == [
        ("1 甲/申请书.pdf", "pdf", "ok"),
        ("2 乙/坏.pdf", "", "damaged"),
        ("2 乙/申请书.pdf", "pdf", "ok"),
    ]


def test_without_a_folder_the_table_alone_is_looked_at(check, tmp_path: Path, decoder: DecodingPool) -> None:
    table = write_table(tmp_path / "t.xlsx", [row(1)])
    result = check_intake(table, None, decoder=decoder)
    assert (result.applications[0].is_acceptable, result.files) == (True, ())


def test_a_dossier_without_any_good_file_is_not_taken(check) -> None:
    result = check({"1/空.pdf": b"", "1/Thumbs.db": b"x"}, rows=1)
    assert result.applications[0].codes == ["no_files"]
    assert {file.code for file in result.files} == {"empty", "ignored"}


def test_what_lies_beside_the_folders_is_named(check, tmp_path: Path) -> None:
    result = check({"1/a.pdf": pdf("1"), "零散.pdf": pdf("x"), "9 多余/a.pdf": pdf("y"), ".DS_Store": b"x"}, rows=1)
    found = {file.path: (file.level, file.code, file.row) for file in result.files}
    assert found == {
        "1/a.pdf": ("ok", "ok", FIRST_ROW),
        "9 多余": ("error", "folder_without_row", None),
        ".DS_Store": ("ok", "ignored", None),
        "零散.pdf": ("warning", "loose_file", None),
    }
    assert result.applications[0].is_acceptable


def test_the_table_may_lie_among_the_folders(tmp_path: Path, decoder: DecodingPool) -> None:
    write_files(tmp_path, {"1/a.pdf": pdf("1"), "~$01_推荐汇总表.xlsx": b"lock"})
    result = check_intake(write_table(tmp_path / "01_推荐汇总表.xlsx", [row(1)]), tmp_path, decoder=decoder)
    assert {file.path: file.code for file in result.files} == {"1/a.pdf": "ok", "~$01_推荐汇总表.xlsx": "ignored"}


def test_a_doubtful_folder_stops_its_candidates_only(check) -> None:
    result = check({"1/a.pdf": pdf("1"), "3 示例2号食品有限公司/a.pdf": pdf("2")})
    assert [a.codes for a in result.applications] == [[], ["folder_doubtful"], ["folder_doubtful"]]
    assert [a.row for a in result.acceptable] == [FIRST_ROW]


def test_the_same_file_twice_in_a_dossier_is_taken_once(check) -> None:
    result = check({"1/1.pdf": pdf("1"), "1/2.pdf": pdf("1")}, rows=1)
    assert [file.code for file in result.files] == ["ok", "duplicate"]
    assert [file.name for file in result.applications[0].accepted] == ["1.pdf"]
    assert result.applications[0].level == "ok"


def test_the_same_file_in_two_dossiers_is_taken_twice_with_a_warning(check) -> None:
    result = check({"1/a.pdf": pdf("1"), "2/b.pdf": pdf("1")}, rows=2)
    assert [file.code for file in result.files] == ["same_in_other", "same_in_other"]
    assert "2/b.pdf" in result.files[0].sentence
    assert [a.codes for a in result.applications] == [["same_in_other"], ["same_in_other"]]
    assert [len(a.accepted) for a in result.acceptable] == [1, 1]


def test_a_dossier_above_its_limit_is_not_taken_and_names_the_heaviest_file(check, english: None) -> None:
    heavy = pdf("2") + b"\n%" + b" " * 300_000
    result = check({"1/a.pdf": pdf("1"), "1/重.pdf": heavy}, rows=1, limits=IntakeLimits(dossier_bytes=200_000))
    application = result.applications[0]
    assert (application.level, application.codes) == ("error", ["over_limit"])
    assert "“重.pdf”" in application.sentences[0]
    assert "0.3 MB per page" in application.sentences[0]


def test_a_wrong_ending_is_told_at_the_row_as_well(check) -> None:
    result = check({"1/a.pdf": made.picture("PNG")}, rows=1)
    assert (result.applications[0].codes, result.applications[0].is_acceptable) == (["type_mismatch"], True)


def test_a_second_run_finds_everything_taken(check) -> None:
    files = {"1/a.pdf": pdf("1"), "2/a.pdf": pdf("2")}
    first = check(files, rows=2)
    record = tuple(_taken(application, n) for n, application in enumerate(first.acceptable, start=1))
    second = check(files, rows=2, known=record)
    assert second.acceptable == ()
    assert [(a.known, a.level, a.codes, a.new_files) for a in second.applications] == [
        ("2026-0001", "ok", ["already_taken"], ()),
        ("2026-0002", "ok", ["already_taken"], ()),
    ]


def test_a_later_run_names_the_files_that_the_record_does_not_have(check) -> None:
    record = tuple(_taken(a, 1) for a in check({"1/a.pdf": pdf("1")}, rows=1).acceptable)
    later = check({"1/补.pdf": pdf("more")}, rows=1, known=record)
    assert [file.name for file in later.applications[0].new_files] == ["补.pdf"]


def test_another_file_of_a_known_name_takes_its_place_and_says_so(check) -> None:
    record = tuple(_taken(a, 1) for a in check({"1/a.pdf": pdf("1"), "1/b.pdf": pdf("2")}, rows=1).acceptable)
    later = check({"1/a.pdf": pdf("mended"), "1/b.pdf": pdf("2")}, rows=1, known=record)
    (application,) = later.extended
    assert [file.name for file in application.new_files] == ["a.pdf"]
    assert [(file.path, file.code) for file in later.files if file.findings] == [("1/a.pdf", "replaces")]


def test_another_file_beside_the_one_of_its_name_is_added(check) -> None:
    record = tuple(_taken(a, 1) for a in check({"1/a.pdf": pdf("1")}, rows=1).acceptable)
    later = check({"1/a.pdf": pdf("1"), "1/旧/a.pdf": pdf("2")}, rows=1, known=record)
    assert [len(one.new_files) for one in later.extended] == [1]
    assert {file.code for file in later.files} == {"ok"}


def test_a_file_of_another_application_of_the_record_is_a_warning(check) -> None:
    record = tuple(_taken(a, 1) for a in check({"1/a.pdf": pdf("1")}, rows=1).acceptable)
    later = check({"2/b.pdf": pdf("1")}, rows=2, known=record)
    assert [file.code for file in later.files if file.row == FIRST_ROW + 1] == ["same_in_other"]


def _taken(application, number: int) -> Application:
    return application.values.application(
        ApplicationCode(f"2026-{number:04}"),
        state=ApplicationState.RECOMMENDED,
        documents=tuple(file.document() for file in application.accepted),
    )


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("t.xlsx", b"", "empty"),
        ("t.xlsx", made.pdf(), "not_accepted"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_accepted"),
        ("t.csv", "序号,推荐单位".encode(), "not_accepted"),
        ("t.xlsx", b"PK\x03\x04 broken", "not_accepted"),
    ],
)
def test_a_table_that_cannot_be_read_is_a_finding(
    tmp_path: Path, decoder: DecodingPool, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = check_intake(tmp_path / name, tmp_path, decoder=decoder)
    assert [(f.level, f.path) for f in result.findings] == [("error", name)]
    assert result.findings[0].code in (code, "damaged")
    assert result.applications == ()


def test_a_table_that_is_not_there_is_a_finding(tmp_path: Path, decoder: DecodingPool) -> None:
    result = check_intake(tmp_path / "没有.xlsx", tmp_path, decoder=decoder)
    assert [f.code for f in result.findings] == ["unreadable"]


def test_a_table_above_its_limit_is_a_finding(tmp_path: Path, decoder: DecodingPool) -> None:
    table = write_table(tmp_path / "t.xlsx", [row(1)])
    result = check_intake(table, None, decoder=decoder, limits=IntakeLimits(table_bytes=100))
    assert [f.code for f in result.findings] == ["over_limit"]


def test_looking_changes_nothing_on_the_disk(check, tmp_path: Path) -> None:
    files = {"1/a.pdf": pdf("1"), "2/b.zip": made.archive({"a": b"b"})}
    check(files, rows=2)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    root = tmp_path / "材料 (1)"
    from app.decoding.pool import DecodingPool as Pool

    with Pool() as pool:
        check_intake(tmp_path / "01_推荐汇总表.xlsx", root, decoder=pool)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_progress_is_told_row_by_row_and_can_stop(check) -> None:
    steps: list[tuple[int, int]] = []

    class Watching:
        def step(self, done: int, total: int) -> None:
            steps.append((done, total))
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        check({"1/a.pdf": pdf("1")}, progress=Watching())
    assert steps == [(0, 3), (1, 3), (2, 3)]


def test_report_lines_name_everything_that_somebody_has_to_do(check) -> None:
    result = check({"1/a.pdf": pdf("1"), "2/坏.pdf": b"", "9/x.pdf": pdf("x")}, rows=2)
    lines = [(line.recommender, line.row, line.place, line.code) for line in result.report_lines()]
    office = "沈阳市市场监督管理局"
    assert lines == [
        (office, FIRST_ROW + 1, "", "no_files"),
        (office, FIRST_ROW + 1, "2/坏.pdf", "empty"),
        ("", None, "9", "folder_without_row"),
    ]
