"""Private marks: made on the page, noted beside it, jumped to, deleted and put back."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.domain.application import MediaType
from app.domain.evidence import Anchor
from tests.support import stranger_files
from tests.support.desks import DeskStory
from tests.support.searchable import with_files
from tests.ui.desk.conftest import OpenWindow

FILES = (("01 申请书.pdf", MediaType.PDF, stranger_files.pdf([f"page {n}" for n in range(1, 9)])),)


def test_a_mark_is_made_noted_deleted_and_put_back(
    stories: Callable[..., DeskStory], open_window: Callable[[DeskStory], OpenWindow]
) -> None:
    opened = open_window(with_files(stories, FILES))
    review = opened.review()
    assert review.notes.isHidden()
    opened.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert opened.window.focusWidget() is review.notes.note
    review.notes.note.setText("再看一次")
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    document = opened.story.dossiers[0].documents[0].sha256
    (kept,) = opened.story.desk.reading.marks(opened.story.review)
    assert (kept.note, kept.anchor) == ("再看一次", Anchor(document, page=1))
    review.notes.remove.click()
    opened.settle()
    assert opened.story.desk.reading.marks(opened.story.review) == ()
    review.notes.undo.click()
    opened.settle()
    assert opened.story.desk.reading.marks(opened.story.review) == (kept,)
    review.viewer.canvas.go_to(8)
    review.notes.list.itemClicked.emit(review.notes.list.item(0))
    assert review.notes.list.count() == 1


def test_a_note_that_is_half_typed_survives_the_next_mark_and_a_closed_window(
    stories: Callable[..., DeskStory], open_window: Callable[[DeskStory], OpenWindow]
) -> None:
    opened = open_window(with_files(stories, FILES))
    review = opened.review()
    for words in ("示例一", "示例二"):
        opened.press(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        opened.settle()
        review.notes.note.setText(words)
    opened.close()
    assert [mark.note for mark in opened.story.desk.reading.marks(opened.story.review)] == ["示例一", "示例二"]
