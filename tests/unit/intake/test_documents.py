import os
from pathlib import Path

import pytest

from app.decoding.pool import DecodingPool
from app.domain.application import MediaType
from app.intake.documents import AcceptedFile, CheckedFile, FileChangedError, check_file, megabytes, read_file
from app.intake.limits import IntakeLimits
from app.intake.listing import Entry
from tests.support import stranger_files as made


@pytest.fixture
def look(tmp_path: Path, decoder: DecodingPool):
    def run(name: str, data: bytes, **limits: int) -> CheckedFile:
        path = tmp_path / name
        path.write_bytes(data)
        return check_file(Entry(path, name, f"1/{name}"), decoder=decoder, limits=IntakeLimits(**limits), row=4)

    return run


def test_a_pdf_is_accepted_with_its_pages(look) -> None:
    file = look("申请书.pdf", made.pdf(("one", "two")))
    assert (file.type, file.code, file.sentence, file.row) == ("pdf", "ok", "", 4)
    assert file.accepted.pages == 2
    assert file.accepted.document().media is MediaType.PDF
    assert file.accepted.document().name == "申请书.pdf"


def test_pictures_have_no_pages(look) -> None:
    file = look("照片.png", made.picture("PNG"))
    assert (file.type, file.accepted.pages, file.accepted.media) == ("png", None, MediaType.PNG)


def test_the_content_counts_and_a_wrong_ending_is_a_warning(look) -> None:
    file = look("照片.pdf", made.picture("PNG"))
    assert (file.type, file.level, file.code) == ("png", "warning", "type_mismatch")
    assert file.accepted.media is MediaType.PNG


def test_an_archive_is_refused_with_the_advice_to_unpack_it(look, english: None) -> None:
    file = look("材料.zip", made.archive({"a.txt": b"x"}))
    assert (file.level, file.code, file.accepted) == ("error", "not_accepted", None)
    assert "Unpack" in file.sentence


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.pdf", b"", "empty"),
        ("坏.pdf", b"%PDF-1.7\n" + b"junk" * 50, "damaged"),
        ("密.pdf", made.pdf(password="secret"), "password"),
        ("文.txt", "示例".encode() * 20, "not_accepted"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_accepted"),
    ],
)
def test_bad_files_are_named_and_not_taken(look, name: str, data: bytes, code: str) -> None:
    file = look(name, data)
    assert (file.level, file.code, file.accepted) == ("error", code, None)
    assert file.findings[0].path == f"1/{name}"
    assert file.sentence


def test_a_heavy_scan_is_refused_with_the_weight_of_a_page(look, english: None) -> None:
    data = made.pdf(("one", "two")) + b"\n%" + b" " * 400_000
    file = look("扫描.pdf", data, file_bytes=300_000)
    assert (file.code, file.type, file.accepted) == ("over_limit", "pdf", None)
    assert "0.2 MB per page; scan it again at 200 dpi" in file.sentence


def test_a_heavy_sheet_is_to_be_divided(look, english: None) -> None:
    file = look("表.xlsx", made.workbook([["示例"]]), file_bytes=1_000)
    assert file.code == "over_limit"
    assert "Divide it" in file.sentence


def test_a_file_nobody_may_read_is_a_finding(look, tmp_path: Path, decoder: DecodingPool) -> None:
    entry = Entry(tmp_path / "没有.pdf", "没有.pdf", "1/没有.pdf")
    assert check_file(entry, decoder=decoder, limits=IntakeLimits(), row=4).code == "unreadable"


def test_more_than_the_child_may_get_is_refused_unread(tmp_path: Path) -> None:
    from app.decoding.limits import Limits

    (tmp_path / "a.pdf").write_bytes(made.pdf())
    with DecodingPool(limits=Limits(document_bytes=100)) as small:
        entry = Entry(tmp_path / "a.pdf", "a.pdf", "1/a.pdf")
        file = check_file(entry, decoder=small, limits=IntakeLimits(), row=4)
    assert (file.code, small.status().restarts) == ("over_limit", 0)


def test_checked_bytes_are_read_again_and_compared(look, tmp_path: Path) -> None:
    data = made.pdf()
    accepted = look("a.pdf", data).accepted
    assert accepted.read_verified() == data
    for changed in (data[:-1] + b"x", data + b"x", data[:-1]):
        (tmp_path / "a.pdf").write_bytes(changed)
        with pytest.raises(FileChangedError):
            accepted.read_verified()
    (tmp_path / "a.pdf").unlink()
    with pytest.raises(FileChangedError):
        accepted.read_verified()


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system opens links without asking")
def test_a_link_put_in_place_of_a_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match=r"a\.pdf"):
        read_file(tmp_path / "a.pdf", at_most=100)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes in folders exist on POSIX only")
def test_a_pipe_put_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    with pytest.raises(OSError, match="ordinary"):
        read_file(tmp_path / "a.pdf", at_most=100)


def test_megabytes_are_never_nothing() -> None:
    assert [megabytes(n) for n in (1, 150_000, 50_000_000)] == ["0.1", "0.1", "50.0"]


def test_accepted_files_are_values() -> None:
    assert AcceptedFile.__dataclass_params__.frozen  # type: ignore[attr-defined]
