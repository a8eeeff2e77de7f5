"""Packages are recognised by content, under any name and one level inside a ZIP."""

import io
import zipfile
from pathlib import Path

import pytest

from app.domain.outcome import Outcome
from app.packages import recognition
from app.packages.reader import read_package
from app.packages.recognition import Wrapping, find_packages, wrapping_of
from app.packages.refusal import PackageRefusedError
from tests.support import pki
from tests.support.pki import World


@pytest.fixture
def world() -> World:
    return pki.shared_world()


def wrapped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def refusal(file: Path) -> tuple[Outcome, str]:
    with pytest.raises(PackageRefusedError) as caught:
        find_packages(file)
    return caught.value.outcome, caught.value.reason


@pytest.mark.parametrize("name", ["9f3c.youpin", "文件(1).dat", "x.zip", "noname"])
def test_package_is_recognised_under_any_name(world: World, tmp_path: Path, name: str) -> None:
    data, written = pki.review_package(world)
    (tmp_path / name).write_bytes(data)
    (found,) = find_packages(tmp_path / name)
    with found.open() as source:
        assert read_package(source, world.at_record()).inner_sha256 == written.inner_sha256


def test_invitation_is_recognised_although_it_is_a_zip(world: World, tmp_path: Path) -> None:
    data, _written = pki.invitation_package(world)
    assert wrapping_of(data[:128]) is Wrapping.OPEN
    (tmp_path / "a.zip").write_bytes(data)
    (found,) = find_packages(tmp_path / "a.zip")
    assert found.inner_name == ""


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("small", [True, False])
def test_every_package_inside_a_zip_is_found(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, method: int, small: bool
) -> None:
    if not small:
        monkeypatch.setattr(recognition, "SMALL_BYTES", 100)
    review, one = pki.review_package(world)
    enrolment, two = pki.enrolment_package(world)
    members = (("readme.txt", b"hello"), ("文件夹/一.youpin", review), ("二.bin", enrolment))
    (tmp_path / "mail.zip").write_bytes(wrapped(*members, method=method))
    found = find_packages(tmp_path / "mail.zip")
    assert [package.inner_name for package in found] == ["文件夹/一.youpin", "二.bin"]
    digests = []
    for package in found:
        with package.open() as source:
            digests.append(read_package(source, world.at_record()).inner_sha256)
    assert digests == [one.inner_sha256, two.inner_sha256]


def test_only_one_level_is_looked_into(world: World, tmp_path: Path) -> None:
    data, _written = pki.review_package(world)
    (tmp_path / "a.zip").write_bytes(wrapped(("b.zip", wrapped(("c.youpin", data)))))
    assert refusal(tmp_path / "a.zip") == (Outcome.NOT_A_PACKAGE, "zip_without_package")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_recognised"),
        (b"hello", "not_recognised"),
        (b"PK\x03\x04", "zip_unreadable"),
        (b"PK\x05\x06" + bytes(18), "zip_without_package"),
        (b"PK\x03\x04" + bytes(100), "zip_unreadable"),
        (wrapped(("word/document.xml", b"<x/>")), "zip_without_package"),
        (wrapped(("a.youpin", b"age-encryption.org/v1\n"))[:-10], "zip_unreadable"),
    ],
)
def test_other_files_are_not_packages(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "f").write_bytes(data)
    assert refusal(tmp_path / "f") == (Outcome.NOT_A_PACKAGE, reason)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_unusual_compression_is_not_looked_into(world: World, tmp_path: Path, method: int) -> None:
    data, _written = pki.review_package(world)
    (tmp_path / "a.zip").write_bytes(wrapped(("a.youpin", data), method=method))
    assert refusal(tmp_path / "a.zip") == (Outcome.NOT_A_PACKAGE, "zip_without_package")


def test_folder_or_missing_file_is_not_a_package(tmp_path: Path) -> None:
    assert refusal(tmp_path)[1] == "not_a_file"
    assert refusal(tmp_path / "gone")[1] == "not_a_file"


def test_damaged_entry_of_a_zip_is_damaged(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, _written = pki.review_package(world)
    spoiled = bytearray(wrapped(("a.youpin", data), method=zipfile.ZIP_STORED))
    spoiled[2000] ^= 1
    (tmp_path / "a.zip").write_bytes(spoiled)
    for limit in (16 * 1024**2, 100):
        monkeypatch.setattr(recognition, "SMALL_BYTES", limit)
        (found,) = find_packages(tmp_path / "a.zip")
        with pytest.raises(PackageRefusedError) as caught, found.open() as source:
            read_package(source, world.at_record())
        assert (caught.value.outcome, caught.value.reason) == (Outcome.DAMAGED, "zip_entry")


def test_entry_under_a_zip_password_is_not_looked_at(world: World, tmp_path: Path) -> None:
    data, _written = pki.review_package(world)
    archive = bytearray(wrapped(("a.youpin", data)))
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(archive)
    assert refusal(tmp_path / "a.zip") == (Outcome.NOT_A_PACKAGE, "zip_without_package")
