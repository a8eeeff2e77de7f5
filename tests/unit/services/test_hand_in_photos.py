"""A hand-in with the photographs of a visit: as large as they are, and never in memory as a whole."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from app.domain.onsite.ids import ItemId
from app.file_errors import FolderMissingError
from tests.support.onsite_team import Visiting
from tests.support.onsite_world import PASSPHRASE
from tests.support.visit_photos import picture

MEGABYTE = 1 << 20
PHOTOS, EACH = 12, 5 * MEGABYTE


class Held:
    """The most that was held at once since this began, in bytes."""

    peak = 0


@contextmanager
def counted() -> Iterator[Held]:
    held = Held()
    tracemalloc.start()
    try:
        yield held
        held.peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture
def photographed(visiting: Visiting, tmp_path: Path) -> Visiting:
    """Sixty megabytes of photographs on one item, each with the short film that telephones append."""
    files = []
    for number in range(PHOTOS):
        file = picture(tmp_path / f"IMG_{number + 100}.JPG", seed=number + 100)
        with file.open("ab") as appended:
            appended.write(Random(number).randbytes(EACH))
        files.append(file)
    for one in visiting.leader.desk.visits.photos.take(visiting.visit, files).photos:
        assert one.photo is not None
        visiting.leader.desk.visits.photos.bind(visiting.visit, one.photo.sha256, ItemId("A1"))
    visiting.conclude()
    return visiting


def test_hand_in_is_never_held_as_a_whole_and_arrives_as_it_was_signed(photographed: Visiting, tmp_path: Path) -> None:
    leader = photographed.leader
    with pytest.raises(FolderMissingError):  # signs and draws the forms, which have a small copy of every photograph
        leader.desk.sealing.seal(
            [leader.on_site(photographed.application).review],
            passphrase=PASSPHRASE,
            out=photographed.world.folder / "没有" / "x.youpin",
        )
    with counted() as held:
        handed_in = photographed.hand_in(leader)
    size = handed_in.file.stat().st_size
    assert size > PHOTOS * EACH
    assert held.peak < size / 3
    assert photographed.take(handed_in) == ["new"]
    facts = photographed.result().facts
    assert facts is not None
    assert (len(facts.photos), facts.lost) == (PHOTOS + 1, ())
    with counted() as held:
        assert photographed.world.record.record.verification.verify().is_ok
    assert held.peak < size / 3
    with counted() as held:
        photographed.world.record.record.exporting.export(tmp_path / "导出")
    assert held.peak < size / 3
    originals = [file.stat().st_size for file in (tmp_path / "导出" / "originals").rglob("*.asice")]
    assert max(originals) > PHOTOS * EACH
