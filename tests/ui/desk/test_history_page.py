"""Looking back at a draft in the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.i18n import _
from tests.support.desks import INDICATOR, DeskStory
from tests.ui.desk.conftest import OpenWindow

Start = Callable[[DeskStory], OpenWindow]


def test_an_earlier_state_is_put_back_by_keys_and_undone(stories: Callable[..., DeskStory], open_window: Start) -> None:
    story = stories("complete", "2026-0001")
    story.clock.forward(minutes=30)
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    opened = open_window(story)
    review = opened.review()
    review.more.look_back.trigger()
    opened.settle()
    page = review.more.history
    assert page.isVisible()
    assert [button.text() for button in page.buttons] == [_("Put back")] * 2
    assert review.window().focusWidget() is page.buttons[0]
    opened.press(Qt.Key.Key_Space)
    opened.settle()
    assert opened.sheet().draft.entry(INDICATOR).percent == 75
    review.editor.undo()
    opened.settle()
    assert opened.sheet().draft.entry(INDICATOR).percent == 50


def test_what_changed_since_the_signature_is_listed_before_signing_again(
    stories: Callable[..., DeskStory], open_window: Start
) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    story.desk.scoring.revise(story.review, "示例理由")
    story.desk.scoring.set_score(story.review, INDICATOR, percent=50)
    opened = open_window(story)
    review = opened.review()
    review.more.look_back.trigger()
    opened.settle()
    assert "75" in review.more.history.words()
    assert "50" in review.more.history.words()
