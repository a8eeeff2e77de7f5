"""A dossier opens where it was left, and the list says what was read."""

from collections.abc import Callable

import pytest

from app.domain.application import MediaType
from app.domain.evidence import Anchor
from app.services.desk_reading import ReadingPlace
from tests.support import stranger_files
from tests.support.desks import DeskStory
from tests.support.searchable import with_files
from tests.ui.desk.conftest import OpenWindow
from ui.viewing.page_layout import Fit, Zoom

FILES = (
    ("01 申请书.pdf", MediaType.PDF, stranger_files.pdf([f"page {n}" for n in range(1, 9)])),
    ("02 报告.pdf", MediaType.PDF, stranger_files.pdf([f"part {n}" for n in range(1, 4)])),
)


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Callable[[DeskStory], OpenWindow]) -> OpenWindow:
    return open_window(with_files(stories, FILES))


def test_a_dossier_opens_at_its_first_document_and_later_where_it_was_left(opened: OpenWindow) -> None:
    review = opened.review()
    first, second = (document.sha256 for document in opened.story.dossiers[0].documents)
    assert review.viewer.sha256() == first
    review.viewer.canvas.set_zoom(Zoom(Fit.FACTOR, 2.0))
    review.viewer.go_to(Anchor(second, page=3))
    opened.settle()
    review.close_review()
    opened.settle()
    place = opened.story.desk.reading.reading(opened.story.review).place
    assert place == ReadingPlace(second, 3, "factor:2.0")
    review.viewer.canvas.set_zoom(Zoom())
    review.open(opened.story.review)
    opened.settle()
    assert (review.viewer.sha256(), review.viewer.canvas.page()) == (second, 3)
    assert review.viewer.canvas.zoom() == Zoom(Fit.FACTOR, 2.0)


def test_the_list_says_how_much_was_read(opened: OpenWindow) -> None:
    review = opened.review()
    review.track.keep()
    opened.settle()
    model = review.viewer.documents.model()
    assert "1/8" not in str(model.index(1, 0).data())
    document = opened.story.dossiers[0].documents[0]
    assert review.track.read(document.sha256) == 1
    assert str(model.index(0, 0).data()) != str(document.name)


def test_a_review_that_is_left_and_never_read_on_writes_nothing(opened: OpenWindow) -> None:
    review = opened.review()
    review.close_review()
    opened.settle()
    with opened.story.desk._store.reading() as work:
        before = work.head()
    review.open(opened.story.review)
    opened.settle()
    with opened.story.desk._store.reading() as work:
        assert work.head() == before
