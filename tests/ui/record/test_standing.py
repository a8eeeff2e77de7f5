"""Where a campaign stands, and what comes next."""

import pytest

from tests.support.record_world import FakeDesk, RecordWorld
from ui.record.standing import Standing, Step, standing_of

SENT = Standing(applications=4, experts=2, assigned=8, sent=8)


@pytest.mark.parametrize(
    ("standing", "step"),
    [
        (Standing(), Step.INTAKE),
        (Standing(applications=4, unassigned=4), Step.EXPERTS),
        (Standing(applications=4, unassigned=4, experts=2, without_device=1), Step.EXPERTS),
        (Standing(applications=4, unassigned=1, experts=2), Step.ASSIGNMENT),
        (Standing(applications=4, experts=2, assigned=8, to_send=8), Step.ISSUE),
        (SENT, Step.IMPORT),
        (Standing(applications=4, experts=2, assigned=8, sent=8, signed=7, excused=1), Step.RESULTS),
        (Standing(waiting=1), Step.IMPORT),
    ],
)
def test_next_step_is_the_first_that_is_not_done_and_the_tray_comes_before_everything(
    standing: Standing, step: Step
) -> None:
    assert standing.next_step() is step


def test_what_is_held_has_come_back_and_is_not_in_the_record() -> None:
    standing = Standing(sent=8, signed=3, excused=1, held=2)
    assert (standing.back, standing.settled, standing.open) == (6, 4, 2)


def test_figures_are_read_from_the_record(world: RecordWorld, desks: list[FakeDesk]) -> None:
    lines = [line for line in world.record.returns.overview() if line.expert == desks[0].expert]
    assert world.take(desks[0].hand_in(desks[0].sealed(lines[0].review), desks[0].sealed(lines[1].review))) == ["new"]
    assert world.take(b"nothing of ours") == ["not_a_package"]
    standing = standing_of(world.record)
    assert (standing.applications, standing.experts, standing.assigned) == (4, 3, 8)
    assert (standing.sent, standing.signed, standing.open, standing.waiting) == (8, 2, 6, 0)
    assert standing.dismissable == 1  # nothing about it can be decided
    assert standing.next_step() is Step.IMPORT


def test_empty_record_stands_at_the_beginning(world: RecordWorld) -> None:
    assert standing_of(world.record) == Standing()
