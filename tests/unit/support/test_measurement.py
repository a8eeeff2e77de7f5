"""A ratio says on which side of its goal it is, in both directions."""

import pytest

from tests.bench.measurement import Measurement


def _measured(value: float, *, at_most: bool) -> Measurement:
    return Measurement(name="x", value=value, floor=10, unit="ms", goal_ratio=1.5, at_most=at_most)


@pytest.mark.parametrize(("value", "is_met"), [(14, True), (15, True), (16, False)])
def test_a_time_must_not_exceed_its_goal(value: float, is_met: bool) -> None:
    assert _measured(value, at_most=True).is_met is is_met


@pytest.mark.parametrize(("value", "is_met"), [(14, False), (15, True), (16, True)])
def test_a_rate_must_reach_its_goal(value: float, is_met: bool) -> None:
    assert _measured(value, at_most=False).is_met is is_met


def test_a_floor_of_nothing_measures_nothing() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        Measurement(name="x", value=1, floor=0, unit="ms", goal_ratio=1, at_most=True)
