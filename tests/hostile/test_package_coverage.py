"""The signature covers every file, once, under its own name (trust test 7)."""

import hashlib
from collections.abc import Callable

import pytest

from app.crypto import sealing, signing
from app.domain.outcome import Outcome
from app.packages import container
from app.packages.manifest import Reference, write_manifest
from app.packages.reader import read_container, read_small
from app.packages.refusal import PackageRefusedError
from tests.support import pki
from tests.support.pki import ISSUED_AT, World
from tests.support.raw_container import Parts, signed_parts, zipped

Mutator = Callable[[Parts], Parts]
FIRST = len(container.FIXED_NAMES)


@pytest.fixture
def world() -> World:
    return pki.shared_world()


@pytest.fixture
def parts(world: World) -> Parts:
    """A good package, taken apart."""
    _data, written = pki.review_package(world)
    return [*written.skeleton.parts(), *((file.path, file.source().read()) for file in pki.REVIEW_FILES)]


def refused(inner: bytes, world: World) -> tuple[Outcome, str]:
    with pytest.raises(PackageRefusedError) as caught:
        read_container(inner, world.at_record())
    sealed = sealing.seal(inner, [world.importing.recipient])
    with pytest.raises(PackageRefusedError):
        read_small(sealed, world.at_record())
    return caught.value.outcome, caught.value.reason


def test_the_parts_are_good_before_anything_is_done_to_them(world: World, parts: Parts) -> None:
    assert read_container(zipped(parts), world.at_record()).description.seq == 1


MUTATORS: dict[str, tuple[Mutator, str]] = {
    "extra file": (lambda parts: [*parts, ("zzz", b"x")], "coverage"),
    "extra empty file": (lambda parts: [*parts, ("zzz", b"")], "coverage"),
    "missing file": (lambda parts: parts[:-1], "coverage"),
    "no data file": (lambda parts: parts[:FIRST], "coverage"),
    "same name twice": (lambda parts: [*parts, parts[-1]], "container_order"),
    "same name in other case": (lambda parts: [*parts, (parts[-1][0].upper(), b"x")], "zip_name"),
    "files exchanged": (
        lambda parts: [*parts[:-2], (parts[-2][0], parts[-1][1]), (parts[-1][0], parts[-2][1])],
        "digest_mismatch",
    ),
    "file changed": (lambda parts: [*parts[:-1], (parts[-1][0], parts[-1][1] + b" ")], "digest_mismatch"),
    "file renamed": (lambda parts: [*parts[:-1], (parts[-1][0] + "x", parts[-1][1])], "coverage"),
    "files in another order": (lambda parts: [*parts[:-2], parts[-1], parts[-2]], "container_order"),
    "description changed": (
        lambda parts: [*parts[:3], (parts[3][0], parts[3][1].replace(b'"seq":1', b'"seq":2')), *parts[4:]],
        "digest_mismatch",
    ),
    "manifest emptied": (lambda parts: [parts[0], (parts[1][0], write_manifest(())), *parts[2:]], "manifest_form"),
    "no signature": (lambda parts: [*parts[:2], (parts[2][0], b""), *parts[3:]], "not_canonical"),
    "signature left out": (lambda parts: [*parts[:2], *parts[3:]], "container_order"),
    "mimetype left out": (lambda parts: parts[1:], "container_order"),
    "mimetype changed": (lambda parts: [(parts[0][0], b"application/zip"), *parts[1:]], "container_mimetype"),
    "nothing": (lambda _parts: [], "zip_header"),
    "second signature": (lambda parts: [*parts, ("META-INF/signature002.p7s", parts[2][1])], "zip_name"),
    "second manifest": (lambda parts: [*parts, ("META-INF/ASiCManifest1.xml", parts[1][1])], "zip_name"),
}


@pytest.mark.parametrize("name", MUTATORS)
def test_container_that_is_not_exactly_what_was_signed_is_refused(world: World, parts: Parts, name: str) -> None:
    mutate, reason = MUTATORS[name]
    found = refused(zipped(mutate(parts)), world)
    if name == "manifest emptied":
        assert found[1] in {reason, "manifest_without_description"}
    else:
        assert found[1] == reason


def test_file_listed_twice_is_refused_although_it_was_signed_so(world: World, parts: Parts) -> None:
    data = parts[FIRST:]
    twice = signed_parts(parts[3][1], [*data, data[-1]], world.expert.signer, at=ISSUED_AT)
    assert refused(zipped(twice[:-1]), world)[1] == "manifest_names"


def test_description_that_is_not_listed_is_refused_although_it_was_signed_so(world: World, parts: Parts) -> None:
    unlisted = signed_parts(parts[3][1], parts[FIRST:], world.expert.signer, at=ISSUED_AT, listed=False)
    assert refused(zipped(unlisted), world)[1] == "manifest_without_description"


def test_file_the_description_does_not_know_is_refused_although_it_was_signed_so(world: World, parts: Parts) -> None:
    more = signed_parts(parts[3][1], [*parts[FIRST:], ("zzz", b"x")], world.expert.signer, at=ISSUED_AT)
    assert refused(zipped(more), world) == (Outcome.DAMAGED, "files_mismatch")


def test_manifest_of_another_package_does_not_fit(world: World, parts: Parts) -> None:
    _data, other = pki.review_package(world)
    swapped = [parts[0], ("META-INF/ASiCManifest.xml", other.skeleton.manifest), parts[2], *parts[3:]]
    assert refused(zipped(swapped), world)[0] is Outcome.BAD_SIGNATURE


def test_digest_algorithm_in_the_manifest_cannot_be_chosen(world: World, parts: Parts) -> None:
    references = [Reference(name, "application/json", hashlib.sha256(data).hexdigest()) for name, data in parts[3:]]
    manifest = write_manifest(references).replace(b"xmlenc#sha256", b"xmlenc#sha512")
    signature = signing.sign_detached(manifest, world.expert.signer, signed_at=ISSUED_AT)
    changed = [parts[0], (parts[1][0], manifest), (parts[2][0], signature), *parts[3:]]
    assert refused(zipped(changed), world) == (Outcome.DAMAGED, "manifest_form")
