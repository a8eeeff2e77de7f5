"""Any order of arrival ends in the same place: which review counts, which declaration counts, what waits."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.bootstrap.desk import DeskWorkspace, open_desk
from app.bootstrap.record import RecordWorkspace
from app.domain.conflict import ConflictKind, Declared
from app.domain.ids import Sha256
from app.domain.outcome import Group
from app.services.desk_declaring import DeclarationLine
from tests.support import journeys
from tests.support.journeys import Campaign, NoForms

COUNT = 7


@dataclass(frozen=True, slots=True)
class Sent:
    """Everything two experts handed in, in the order in which they did."""

    campaign: Campaign
    files: tuple[Path, ...]


@pytest.fixture(scope="module")
def sent(ready_once: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Three revisions of one review, others signed between them, and a declaration that comes later than the first."""
    campaign = ready_once.copy_to(tmp_path_factory.mktemp("orders") / "评审")
    one, two, three = campaign.applications
    files: list[Path] = []

    def hand_in(desk: DeskWorkspace, *applications: str) -> None:
        files.append(campaign.folder / f"{len(files)}.youpin")
        reviews = [desk.tasks.review_of(application) for application in applications]
        desk.sealing.seal(reviews, passphrase=journeys.PASSPHRASE, out=files[-1], declarations=True)

    with open_desk(campaign.desk(1), journeys.PASSPHRASE, forms=NoForms()) as desk:
        hand_in(desk, one)
        for percent, more in ((50, (one, two)), (100, (one,))):
            review = desk.tasks.review_of(one)
            desk.scoring.revise(review, "复核")
            desk.scoring.apply_file(review, journeys.scores(percent))
            hand_in(desk, *more)
        hand_in(desk, three)
    with open_desk(campaign.desk(2), journeys.PASSPHRASE, forms=NoForms()) as desk:
        hand_in(desk)
        line = DeclarationLine(desk.tasks.review_of(three), Declared.CONFLICT, ConflictKind.KINSHIP, "表兄任职")
        desk.declaring.declare([line])
        hand_in(desk, one)
        hand_in(desk, two)
    assert len(files) == COUNT
    return Sent(campaign, tuple(files))


End = tuple[tuple[str, str, str, Fraction | None], ...]


def end_of(record: RecordWorkspace) -> tuple[End, tuple[Sha256, ...]]:
    """What counts for everybody, and the signed revisions that are there."""
    results = record.results.results()
    lines = [(r.application, e.expert, str(e.status), e.total) for r in results for e in r.experts]
    kept = [entry.sha256 for r in results for e in r.experts for entry in record.results.history(e.review)]
    return tuple(sorted(lines, key=str)), tuple(sorted(kept))


@pytest.fixture(scope="module")
def arrive(sent: Sent, tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[int]], object]:
    """Import the files one after the other, in the order given, into a fresh copy of the record."""

    def run(order: list[int]) -> object:
        folder = tmp_path_factory.mktemp("arrival")
        for ending in ("", ".key"):
            name = sent.campaign.record.name + ending
            (folder / name).write_bytes((sent.campaign.folder / name).read_bytes())
        copy = Campaign(folder, sent.campaign.clock, sent.campaign.experts)
        with copy.open_record() as record:
            for place in order:
                (done,) = record.importing.import_files([sent.files[place]]).packages
                assert done.outcome.group is not Group.REFUSED
            assert record.verification.verify().is_ok
            return end_of(record), len(record.tray.entries())

    return run


# Half of the third package waits for the second, and is taken out of it later than the rest.
@example(order=[0, 2, 1, 3, 4, 5, 6], again=[])
@settings(max_examples=7, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(COUNT)), again=st.lists(st.integers(0, COUNT - 1), max_size=3))
def test_every_order_of_arrival_ends_the_same(
    arrive: Callable[[list[int]], object], order: list[int], again: list[int]
) -> None:
    assert arrive([*order, *again]) == arrive_in_order(arrive)


_FIRST: dict[int, object] = {}


def arrive_in_order(arrive: Callable[[list[int]], object]) -> object:
    """The end when everything arrives as it was sent; worked out once."""
    if id(arrive) not in _FIRST:
        _FIRST[id(arrive)] = arrive(list(range(COUNT)))
    return _FIRST[id(arrive)]


def test_what_counts_in_the_end(arrive: Callable[[list[int]], object]) -> None:
    (lines, kept), waiting = arrive_in_order(arrive)  # type: ignore[misc]
    status = {(application, expert): (state, total) for application, expert, state, total in lines}
    assert status["2026-0001", "E0001"] == ("sealed", 1000)
    assert status["2026-0003", "E0002"] == ("recused", None)
    assert status["2026-0001", "E0003"] == ("missing", None)
    assert (len(kept), waiting) == (7, 0)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(COUNT)), lost=st.sets(st.sampled_from([3, 4, 5]), max_size=2))
def test_later_packages_heal_what_was_lost(
    arrive: Callable[[list[int]], object], order: list[int], lost: set[int]
) -> None:
    """Every package carries again what has no receipt yet, so those that lie between may be lost."""
    kept = [place for place in order if place not in lost - {3}]
    assert arrive(kept) == arrive_in_order(arrive)
