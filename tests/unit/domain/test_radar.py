"""The radar as geometry."""

from math import dist, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.radar import radar

CENTRE = (100.0, 80.0)
shares = st.lists(st.none() | st.floats(0, 1), min_size=3, max_size=9)


@given(shares)
def test_a_value_lies_on_its_spoke_at_its_share_of_the_radius(values: list[float | None]) -> None:
    shape = radar(values, centre=CENTRE, radius=50)
    for value, spoke in zip(values, shape.spokes, strict=True):
        assert isclose(dist(CENTRE, spoke.end), 50)
        if value is None:
            assert spoke.value is None
        else:
            assert spoke.value is not None
            assert isclose(dist(CENTRE, spoke.value), 50 * value, abs_tol=1e-6)


@given(shares)
def test_the_outline_holds_every_value_once_and_never_a_missing_one(values: list[float | None]) -> None:
    shape = radar(values, centre=CENTRE, radius=50)
    present = [value for value in values if value is not None]
    assert sum(len(stretch) for stretch in shape.stretches) == len(present)
    assert shape.is_closed == (len(present) == len(values))


def test_a_run_across_the_top_stays_in_one_piece() -> None:
    shape = radar([1, 1, None, 1, 1, 1], centre=CENTRE, radius=50)
    assert [len(stretch) for stretch in shape.stretches] == [5]


def test_the_first_dimension_points_upwards_and_the_next_one_to_the_right() -> None:
    shape = radar([1] * 6, centre=CENTRE, radius=50)
    assert shape.spokes[0].end == pytest.approx((100, 30))
    assert shape.spokes[1].end[0] > CENTRE[0]
    assert [spoke.side for spoke in shape.spokes] == [0, 1, 1, 0, -1, -1]


def test_no_values_give_no_outline() -> None:
    shape = radar([None] * 6, centre=CENTRE, radius=50)
    assert shape.stretches == ()
    assert not shape.is_closed


@pytest.mark.parametrize("values", [[1, 1], [0.5, 1.1, 0], [0, -0.1, 0]])
def test_what_is_no_radar_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match=r"axes|shares"):
        radar(values, centre=CENTRE, radius=50)
