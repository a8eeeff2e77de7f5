"""Where pages stand, and back again."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF

from ui.viewing.page_layout import Fit, PageLayout, Zoom


@dataclass(frozen=True)
class Size:
    width: int
    height: int


side = st.integers(1_000, 200_000)
sizes = st.lists(st.builds(Size, side, side), min_size=1, max_size=8)
zooms = st.builds(Zoom, st.sampled_from(Fit), st.sampled_from([0.25, 1.0, 3.0]))
turns = st.sampled_from([0, 90, 180, 270])


def _layout(pages: list[Size], zoom: Zoom, rotation: int) -> PageLayout:
    return PageLayout.of(pages, is_picture=False, zoom=zoom, rotation=rotation, room=QSizeF(800, 600), gap=12)


@given(sizes, zooms, turns)
def test_pages_follow_each_other_and_never_overlap(pages: list[Size], zoom: Zoom, rotation: int) -> None:
    layout = _layout(pages, zoom, rotation)
    for above, below in zip(layout.rects, layout.rects[1:], strict=False):
        assert below.top() > above.bottom()
    assert all(layout.page_at(rect.center().y()) == page for page, rect in enumerate(layout.rects, start=1))


@given(sizes, zooms, turns, st.floats(0, 1), st.floats(0, 1))
def test_a_point_of_a_page_is_found_again_at_any_zoom_and_turn(
    pages: list[Size], zoom: Zoom, rotation: int, across: float, down: float
) -> None:
    layout = _layout(pages, zoom, rotation)
    page = len(pages)
    point = round(across * pages[-1].width), round(down * pages[-1].height)
    view = layout.to_view(page, (*point, *point)).topLeft()
    found = layout.to_page(page, view)
    assert abs(found[0] - point[0]) <= 1
    assert abs(found[1] - point[1]) <= 1


@given(sizes, turns)
def test_fitting_the_width_uses_all_of_it_and_fitting_the_page_shows_all_of_it(
    pages: list[Size], rotation: int
) -> None:
    wide, whole = _layout(pages, Zoom(Fit.WIDTH), rotation), _layout(pages, Zoom(Fit.PAGE), rotation)
    assert all(abs(rect.width() - 776) < 0.01 for rect in wide.rects)
    assert all(rect.width() < 776.01 and rect.height() < 576.01 for rect in whole.rects)


def test_real_size_is_96_pixels_to_the_inch() -> None:
    layout = _layout([Size(7_200, 14_400)], Zoom(Fit.FACTOR), 0)
    assert (layout.rects[0].width(), layout.rects[0].height()) == (96, 192)
    assert layout.factor(1) == 1


def test_steps_of_zoom_end_somewhere() -> None:
    zoom = Zoom(Fit.FACTOR)
    for _step in range(40):
        zoom = zoom.stepped(1, zoom.factor)
    assert zoom.factor == 5
    for _step in range(40):
        zoom = zoom.stepped(-1, zoom.factor)
    assert zoom.factor == 0.25
