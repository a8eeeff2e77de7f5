"""Not one bit of a package can change, and nothing can be cut off or added (trust tests 1 to 3).

``YOUPIN_FULL=1`` tries every place; otherwise an evenly spread sample.
"""

import io
import os
import random
from collections.abc import Callable, Iterable

import pytest

from app.crypto import sealing
from app.packages.container_reader import ContainerReader
from app.packages.reader import ReadingContext, read_container, read_package, read_small
from app.packages.refusal import PackageRefusedError
from app.packages.writer import PackageFile
from tests.support import pki
from tests.support.figures import show
from tests.support.pki import World

FULL = os.environ.get("YOUPIN_FULL") == "1"
SEED = 20261102


@pytest.fixture
def world() -> World:
    return pki.shared_world()


def stride(step: int) -> int:
    return 1 if FULL else step


def accepted(variants: Iterable[bytes], read: Callable[[bytes], object]) -> tuple[int, int]:
    """How many variants there were and how many were read. Any other exception than a refusal fails the test."""
    count = taken = 0
    for variant in variants:
        count += 1
        try:
            read(variant)
        except PackageRefusedError:
            continue
        taken += 1
    return count, taken


def flipped(data: bytes, places: Iterable[int]) -> Iterable[bytes]:
    for place in places:
        altered = bytearray(data)
        altered[place // 8] ^= 1 << place % 8
        yield bytes(altered)


def report(what: str, found: tuple[int, int]) -> None:
    show(f"{what}: {found[0]} tried / {found[1]} accepted")
    assert found[1] == 0
    assert found[0] > 0


def test_no_bit_of_a_package_can_be_flipped(world: World) -> None:
    data, _written = pki.review_package(world)
    context = world.at_record()
    read_small(data, context)
    places = range(0, len(data) * 8, stride(5))
    report("bits of a package", accepted(flipped(data, places), lambda one: read_small(one, context)))


def test_no_bit_of_the_inner_container_can_be_flipped(world: World) -> None:
    data, _written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    context = world.at_record()
    read_container(inner, context)
    places = range(len(inner) * 8)
    report("bits of the inner container", accepted(flipped(inner, places), lambda one: read_container(one, context)))


def test_inner_flips_sealed_again_are_refused_too(world: World) -> None:
    data, _written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    context = world.at_record()
    places = random.Random(SEED).sample(range(len(inner) * 8), 4000 if FULL else 300)
    sealed = (sealing.seal(one, [world.importing.recipient]) for one in flipped(inner, places))
    report("inner bits, sealed again", accepted(sealed, lambda one: read_small(one, context)))


def test_no_bit_of_an_open_invitation_can_be_flipped(world: World) -> None:
    data, _written = pki.invitation_package(world)
    context = world.at_desk()
    read_small(data, context)
    places = range(0, len(data) * 8, stride(5))
    report("bits of an invitation", accepted(flipped(data, places), lambda one: read_small(one, context)))


def test_package_cut_at_any_length_is_refused(world: World) -> None:
    data, _written = pki.review_package(world)
    context = world.at_record()
    lengths = range(0, len(data), stride(2))
    report("cuts of a package", accepted((data[:n] for n in lengths), lambda one: read_small(one, context)))
    inner = sealing.unseal(data, [world.importing])
    lengths = range(0, len(inner), stride(2))
    report("cuts of the container", accepted((inner[:n] for n in lengths), lambda one: read_container(one, context)))


def test_nothing_can_be_added_before_or_after(world: World) -> None:
    data, _written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    context = world.at_record()
    extras = [b"\x00", b"\n", bytes(1024), data, inner, b"PK\x05\x06" + bytes(18)]
    around = [part for extra in extras for part in (data + extra, extra + data)]
    report("additions to a package", accepted(around, lambda one: read_small(one, context)))
    around = [part for extra in extras for part in (inner + extra, extra + inner)]
    report("additions to the container", accepted(around, lambda one: read_container(one, context)))


def test_no_byte_at_either_end_of_a_large_package_can_change(world: World) -> None:
    document = PackageFile.from_bytes("dossiers/1", "application/pdf", data=random.Random(SEED).randbytes(20_000_000))
    data, _written = pki.assignment_package(world, files=(document,))
    context = world.at_desk()
    read(data, context)
    ends = [*range(65_536), *range(len(data) - 65_536, len(data))]
    chosen = random.Random(SEED).sample(ends, 300 if FULL else 12)
    altered = (data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :] for place in chosen)
    report("bytes of a large package", accepted(altered, lambda one: read(one, context)))


def read(data: bytes, context: ReadingContext) -> None:
    read_package(io.BytesIO(data), context)


def test_mutants_of_a_container_raise_nothing_but_refusals(world: World) -> None:
    """A small fuzzer: bytes exchanged, removed, doubled and moved."""
    data, _written = pki.review_package(world)
    inner = sealing.unseal(data, [world.importing])
    chance = random.Random(SEED)

    def mutants(count: int) -> Iterable[bytes]:
        for _number in range(count):
            altered = bytearray(inner)
            for _change in range(chance.randint(1, 4)):
                start = chance.randrange(len(altered))
                end = min(len(altered), start + chance.randint(1, 40))
                piece = bytes(altered[start:end])
                match chance.randrange(4):
                    case 0:
                        del altered[start:end]
                    case 1:
                        altered[start:start] = piece
                    case 2:
                        altered[start:end] = chance.randbytes(end - start)
                    case _:
                        del altered[start:end]
                        place = chance.randrange(len(altered))
                        altered[place:place] = piece
            if altered != inner:
                yield bytes(altered)

    context = world.at_record()
    report("mutants", accepted(mutants(20_000 if FULL else 1500), lambda one: read_container(one, context)))


def test_parser_alone_raises_nothing_but_refusals_on_any_arrival() -> None:
    chance = random.Random(SEED)

    def arrive(pieces: Iterable[bytes]) -> None:
        reader = ContainerReader()
        for piece in pieces:
            reader.write(piece)
        reader.finish()

    for _number in range(500):
        pieces = [chance.randbytes(chance.randint(1, 40)) for _piece in range(50)]
        with pytest.raises(PackageRefusedError):
            arrive(pieces)
