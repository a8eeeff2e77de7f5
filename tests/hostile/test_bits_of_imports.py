"""Every bit and every cut of a hand-in, through the record's own import: refused, and nothing written but the tray.

A sample of them runs every time, from a printed seed; ``YOUPIN_FULL=1`` runs them all.
"""

import itertools
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.bootstrap.desk import open_desk
from app.bootstrap.record import RecordWorkspace
from app.crypto import sealing
from app.domain.outcome import Group, Outcome
from app.services.record_context import load_keys
from tests.support import journeys
from tests.support.figures import show
from tests.support.journeys import Campaign, NoForms

FULL = bool(os.environ.get("YOUPIN_FULL"))
SAMPLE = 300
BATCH = 200  # files of one call, each with its outcome
CHUNK = 4000  # files of one copy of the record: its tray keeps them all
SMALL, WHOLE = "declarations.youpin", "review.youpin"
Altered = Iterable[bytes]

pytestmark = pytest.mark.timeout(7200 if FULL else 120)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """One expert who handed in declarations, and then one signed review without its printed forms."""
    made = journeys.build(tmp_path_factory.mktemp("bits") / "评审", experts=1, applications=1)
    journeys.make_ready(made)
    with open_desk(made.desk(), journeys.PASSPHRASE, forms=NoForms()) as desk:
        desk.sealing.seal((), passphrase=journeys.PASSPHRASE, out=made.folder / SMALL, declarations=True)
        desk.sealing.seal(desk.sealing.ready(), passphrase=journeys.PASSPHRASE, out=made.folder / WHOLE)
    return made


@dataclass(frozen=True, slots=True)
class Target:
    """A package, what is inside it, and how to seal that again."""

    campaign: Campaign
    package: bytes
    inner: bytes
    recipient: str
    takes_all: bool

    def some(self, count: int, *, seed: int) -> Iterable[int]:
        """All of *count* in a full run of the small package, otherwise a sample."""
        if self.takes_all:
            return range(count)
        return sorted(random.Random(seed).sample(range(count), min(SAMPLE, count)))

    def sealed(self, altered: Altered) -> Iterator[bytes]:
        return (sealing.seal(data, [self.recipient]) for data in altered)


@pytest.fixture(params=[SMALL, WHOLE])
def target(request: pytest.FixtureRequest, campaign: Campaign) -> Target:
    package = (campaign.folder / request.param).read_bytes()
    with campaign.open_record() as record, record._context.store.reading() as work:
        identity = load_keys(work).identity
    inner = sealing.unseal(package, (identity,))
    return Target(campaign, package, inner, identity.recipient, FULL and request.param == SMALL)


def flipped(data: bytes, bits: Iterable[int]) -> Iterator[bytes]:
    for bit in bits:
        altered = bytearray(data)
        altered[bit // 8] ^= 1 << bit % 8
        yield bytes(altered)


def refuse_all(target: Target, altered: Altered, folder: Path) -> Counter[str]:
    """Import every one of *altered*; how often each outcome came. The record's digest must not move."""
    counts: Counter[str] = Counter()
    remaining = iter(altered)
    number = 0
    while chunk := list(itertools.islice(remaining, CHUNK)):
        copy = target.campaign.copy_to(folder / f"{number}")
        with copy.open_record() as record:
            counts += _refuse(record, chunk, copy.folder / "arrived")
        shutil.rmtree(copy.folder)
        number += 1
    return counts


def _refuse(record: RecordWorkspace, chunk: list[bytes], folder: Path) -> Counter[str]:
    before, seen, counts = record.verification.digest(), set(), Counter[str]()
    folder.mkdir()
    for start in range(0, len(chunk), BATCH):
        files = [folder / f"{place:03}.youpin" for place in range(len(chunk[start : start + BATCH]))]
        for file, data in zip(files, chunk[start:], strict=False):
            file.write_bytes(data)
        report = record.importing.import_files(files)
        assert len(report.packages) == len(files)
        for one in report.packages:
            assert one.outcome.group is Group.REFUSED, one.outcome
            assert one.sentence
            counts[str(one.outcome)] += 1
            seen.add(one.sha256)
    assert record.verification.digest() == before
    assert {entry.sha256 for entry in record.tray.entries()} == seen
    return counts


def test_every_flipped_bit_is_refused(target: Target, tmp_path: Path) -> None:
    bits = target.some(len(target.package) * 8, seed=1)
    counts = refuse_all(target, flipped(target.package, bits), tmp_path)
    show(f"bits of {len(target.package)} bytes flipped / accepted: {counts.total()} / 0, {dict(counts)}")


def test_every_cut_and_everything_added_is_refused(target: Target, tmp_path: Path) -> None:
    package = target.package
    cuts = [package[:length] for length in target.some(len(package), seed=2)]
    added = [package + b"\0", package + bytes(1024), package + package, b"\0" + package, b"\xef\xbb\xbf" + package]
    counts = refuse_all(target, [*cuts, *added], tmp_path)
    show(f"cuts of {len(package)} bytes and additions tried / accepted: {counts.total()} / 0, {dict(counts)}")


def test_every_bit_of_the_container_inside_is_refused_when_sealed_again(target: Target, tmp_path: Path) -> None:
    bits = target.some(len(target.inner) * 8, seed=3)
    counts = refuse_all(target, target.sealed(flipped(target.inner, bits)), tmp_path)
    show(f"inner bits of {len(target.inner)} bytes flipped / accepted: {counts.total()} / 0, {dict(counts)}")


def test_every_cut_of_the_container_inside_is_refused_when_sealed_again(target: Target, tmp_path: Path) -> None:
    inner = target.inner
    cuts = [inner[:length] for length in target.some(len(inner), seed=4)]
    added = [inner + b"\0", inner + bytes(1024), inner + inner, b"PK" + inner]
    counts = refuse_all(target, target.sealed([*cuts, *added]), tmp_path)
    show(f"inner cuts of {len(inner)} bytes and additions tried / accepted: {counts.total()} / 0, {dict(counts)}")


def test_unaltered_packages_are_taken(campaign: Campaign, tmp_path: Path) -> None:
    copy = campaign.copy_to(tmp_path / "评审")
    with copy.open_record() as record:
        done = record.importing.import_files([copy.folder / SMALL, copy.folder / WHOLE]).packages
        assert [one.outcome for one in done] == [Outcome.NEW, Outcome.NEW]
        assert record.verification.verify().is_ok
