"""Pictures in memory never exceed their bound."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from ui.viewing.page_cache import PageCache, PageKey

BOUND = 100_000


def _image(side: int) -> QImage:
    return QImage(side, side, QImage.Format.Format_RGB32)


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([10, 50, 100, 150])), max_size=40))
def test_the_bound_in_bytes_holds_after_every_picture(pages: list[tuple[int, int]]) -> None:
    cache = PageCache(BOUND)
    for page, side in pages:
        cache.put(PageKey(page, side, 0), _image(side))
        assert cache.held_bytes <= BOUND
        assert cache.get(PageKey(page, side, 0)) is not None
        assert cache.held_bytes == sum(image.sizeInBytes() for image in cache._images.values())


def test_the_one_not_looked_at_for_longest_goes_first() -> None:
    cache = PageCache(BOUND)
    for page in (1, 2):
        cache.put(PageKey(page, 100, 0), _image(100))
    cache.get(PageKey(1, 100, 0))
    cache.put(PageKey(3, 100, 0), _image(100))
    assert cache.get(PageKey(2, 100, 0)) is None
    assert cache.get(PageKey(1, 100, 0)) is not None


def test_another_zoom_stands_in_at_its_sharpest() -> None:
    cache = PageCache(BOUND)
    for width in (10, 50, 20):
        cache.put(PageKey(1, width, 0), _image(width))
    stand_in = cache.any_width(1, 0)
    assert stand_in is not None
    assert stand_in.width() == 50
    assert cache.any_width(1, 90) is None
