"""The one byte form of the container, and that ordinary tools read it."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import container
from app.packages.container_reader import ContainerReader
from app.packages.refusal import PackageRefusedError
from tests.support import pki
from tests.support.raw_container import zipped

FIXED = [(container.MIMETYPE_NAME, container.MIMETYPE), *((name, b"x") for name in container.FIXED_NAMES[1:])]
NAMES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}(/[a-z0-9][a-z0-9._-]{0,20}){0,3}", fullmatch=True)


def read(data: bytes, *, step: int | None = None) -> ContainerReader:
    reader = ContainerReader()
    for start in range(0, len(data), step or len(data)):
        reader.write(data[start : start + (step or len(data))])
    return reader


def test_ordinary_zip_tools_agree_with_us() -> None:
    data, written = pki.review_package(pki.shared_world())
    del data
    inner = zipped([*written.skeleton.parts(), *((file.path, file.source().read()) for file in pki.REVIEW_FILES)])
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:4] == list(container.FIXED_NAMES)
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs unzip")
def test_unzip_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    (tmp_path / "c.zip").write_bytes(zipped([*FIXED, ("a/b.json", b"{}"), ("empty", b"")]))
    found = subprocess.run(["unzip", "-tqq", "c.zip"], cwd=tmp_path, capture_output=True, check=False)
    assert found.returncode == 0, found.stdout


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=8), st.integers(1, 200))
def test_what_is_read_does_not_depend_on_how_it_arrives(files: dict[str, bytes], step: int) -> None:
    names = sorted(files)
    parts = [*FIXED, *((name, files[name]) for name in names)]
    if not container.are_data_names(names):
        return
    data = zipped(parts)
    assert len(data) == container.container_size((name, len(part)) for name, part in parts)
    whole, pieces = read(data).finish(), read(data, step=step).finish()
    assert whole == pieces
    assert [entry.name for entry in whole.data_entries] == names


BAD_NAMES = [
    "../x", "/abs", "C:/x", "c:x", "a\\..\\b", "con.txt", "con", "nul", "aux.tar.gz", "com1", "lpt9.pdf", "x.", "x ",
    "a/./b", "a//b", "a/", "", ".", "..", ".hidden", "a/.hidden", "A.pdf", "é", "评审.pdf", "a\x00b", "a\u202eb",
    "a b", "x" * 121, "mimetype", "package.json", "meta-inf/x", "META-INF/x", "META-INF/ASiCManifest.xml",
    "a/con/b", "mimetype/x", "a\n", "-a", "_a",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_could_do_harm_anywhere_are_refused(name: str) -> None:
    assert not container.is_data_name(name)


@pytest.mark.parametrize("name", ["a", "dossiers/2026-0001/0001", "a.b_c-d/e.json", "x" * 120, "console.txt", "0"])
def test_ordinary_names_are_allowed(name: str) -> None:
    assert container.is_data_name(name)


@pytest.mark.parametrize("names", [["b", "a"], ["a", "a"], ["a", "a/b"], ["a", "a-b", "a/b"]])
def test_names_out_of_order_twice_or_file_and_folder_at_once_are_refused(names: list[str]) -> None:
    assert not container.are_data_names(names)


@given(st.text(max_size=40))
def test_no_allowed_name_leaves_its_folder(name: str) -> None:
    if container.is_data_name(name):
        parts = name.split("/")
        assert not {"", ".", ".."} & set(parts)
        assert name == name.lower()


@given(st.binary(max_size=400))
def test_rubbish_is_refused_and_raises_nothing_else(data: bytes) -> None:
    with pytest.raises(PackageRefusedError):
        read(data or b"x").finish()
