"""Writing: signed first, sealed after, and put together again from its parts."""

import io
from pathlib import Path

import pytest

from app.crypto import sealing, suite
from app.packages import container
from app.packages.reader import read_package, read_small
from app.packages.writer import (
    PackageFile,
    PackageTooLargeError,
    SourceChangedError,
    rebuild_container,
    rebuild_container_stream,
)
from tests.support import pki
from tests.support.pki import World


@pytest.fixture
def world() -> World:
    return pki.shared_world()


def test_what_is_written_is_what_is_read(world: World) -> None:
    data, written = pki.review_package(world)
    package = read_small(data, world.at_record())
    assert package.description == written.description
    assert (package.inner_sha256, package.inner_size) == (written.inner_sha256, written.inner_size)
    assert (package.file_sha256, package.file_size) == (written.file_sha256, written.size)
    assert (package.file_sha256, package.file_size) == (suite.digest_hex(data), len(data))
    assert {path: package.content(path) for path in package.contents or ()} == {
        file.path: file.source().read() for file in pki.REVIEW_FILES
    }
    assert package.files[0].display_name == "交卷"


def test_recovery_identity_opens_everything_that_goes_to_the_record(world: World) -> None:
    data, written = pki.review_package(world)
    assert suite.digest_hex(sealing.unseal(data, [world.recovery])) == written.inner_sha256


def test_container_is_rebuilt_byte_for_byte_from_its_parts(world: World) -> None:
    data, written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    package = read_small(data, world.at_record())
    assert package.contents is not None
    shuffled = dict(reversed(package.contents.items()))
    assert rebuild_container(package.skeleton, shuffled) == inner
    streamed = rebuild_container_stream(written.skeleton, list(reversed(pki.REVIEW_FILES)))
    assert b"".join(streamed) == inner


def test_files_come_from_disk_too(world: World, tmp_path: Path) -> None:
    path = tmp_path / "评审 资料(1).pdf"
    path.write_bytes(b"%PDF-1.4" * 1000)
    file = PackageFile.from_path("dossiers/2026-0001/0001", "application/pdf", file=path, display_name=path.name)
    data, _written = pki.assignment_package(world, files=(file,))
    package = read_package(io.BytesIO(data), world.at_desk())
    assert package.content("dossiers/2026-0001/0001") == path.read_bytes()


def test_invitation_is_open_and_still_signed(world: World) -> None:
    data, written = pki.invitation_package(world)
    assert data.startswith(container.LOCAL_MAGIC)
    assert suite.digest_hex(data) == written.inner_sha256 == written.file_sha256


def test_a_source_that_changes_between_signing_and_packing_is_noticed(world: World) -> None:
    versions = iter([b"first", b"other"])
    fickle = PackageFile("a", "text/plain", lambda: io.BytesIO(next(versions)))
    with pytest.raises(SourceChangedError):
        pki.review_package(world, files=(fickle,))


@pytest.mark.parametrize("path", ["../x", "A", "con", "mimetype", "a//b"])
def test_names_no_reader_would_take_are_not_written(world: World, path: str) -> None:
    with pytest.raises(ValueError, match="name"):
        pki.review_package(world, files=(PackageFile.from_bytes(path, "text/plain", data=b""),))


def test_two_files_of_one_name_and_odd_media_types_are_not_written(world: World) -> None:
    twice = PackageFile.from_bytes("a", "text/plain", data=b"")
    with pytest.raises(ValueError, match="name"):
        pki.review_package(world, files=(twice, twice))
    with pytest.raises(ValueError, match="media"):
        pki.review_package(world, files=(PackageFile.from_bytes("a", "text/plain; charset=utf-8", data=b""),))


def test_more_files_or_words_than_a_reader_takes_are_not_written(world: World) -> None:
    many = tuple(PackageFile.from_bytes(f"{n:05d}", "text/plain", data=b"") for n in range(container.MAX_ENTRIES))
    with pytest.raises(PackageTooLargeError):
        pki.review_package(world, files=many)
    with pytest.raises(PackageTooLargeError):  # the manifest passes a mebibyte first
        pki.review_package(world, files=many[: container.MAX_ENTRIES - 4])


def test_an_addressee_who_could_not_open_it_is_noticed(world: World) -> None:
    by = world.expert.signer
    to = pki.Addressee(role=pki.PartyRole.SECRETARIAT, recipient=world.importing.recipient)
    described = pki.describe(pki.PackageKind.REVIEW, by.certificate, (to,))
    with pytest.raises(ValueError, match="open"):
        pki.packed(described, (), by, (world.recovery.recipient,))
    with pytest.raises(ValueError, match="sealed for nobody"):
        pki.packed(described, (), by)


def test_two_packages_of_the_same_things_differ_outside_and_agree_on_nothing_secret(world: World) -> None:
    first, _ = pki.review_package(world)
    second, _ = pki.review_package(world)
    assert first != second
    assert b"E0001" not in first
    assert "交卷".encode() not in first
