"""Two signed versions side by side in the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.domain.task import TaskState
from app.i18n import _
from tests.support.desks import INDICATOR, DeskStory
from tests.support.forks import fork
from tests.ui.desk.conftest import OpenWindow

Start = Callable[[DeskStory], OpenWindow]
Stories = Callable[..., DeskStory]


def test_a_review_signed_at_two_computers_is_compared_and_chosen_by_keys(stories: Stories, open_window: Start) -> None:
    story = stories("complete", "2026-0001")
    fork(story)
    opened = open_window(story)
    tasks = opened.tasks
    tasks.list.select(story.review)
    tasks.list.table.view.setFocus()
    opened.press(Qt.Key.Key_Return)
    opened.settle()
    page = tasks.forking
    assert page.isVisible()
    assert [line.is_different for line in page.lines()] == [True, True, True]
    assert not any(button.isEnabled() for button in page.buttons)
    opened.type("study")
    assert all(button.isEnabled() for button in page.buttons)
    page.only_different.click()
    assert len(page.lines()) == 29
    page.buttons[0].setFocus()
    opened.press(Qt.Key.Key_Space)
    opened.qtbot.waitUntil(tasks.review.isVisible)
    opened.settle()
    sheet = opened.sheet()
    assert (sheet.draft.entry(INDICATOR).percent, sheet.revision, sheet.revision_reason) == (50, 2, "study")


def test_what_was_settled_meanwhile_is_said_and_left(stories: Stories, open_window: Start) -> None:
    story = stories("complete", "2026-0001")
    _here, other = fork(story)
    opened = open_window(story)
    tasks = opened.tasks
    tasks.compare_versions(story.review)
    opened.settle()
    story.desk.forks.choose(story.review, other, reason="别处已选")
    tasks.forking.set_reason("这里再选")
    tasks.forking.buttons[1].click()
    opened.settle()
    assert tasks.forking.problem()
    assert opened.sheet().revision_reason == "别处已选"


def test_the_list_says_that_there_are_two_versions(stories: Stories, open_window: Start) -> None:
    story = stories("complete", "2026-0001")
    fork(story)
    opened = open_window(story)
    task = story.desk.tasks.task(story.review)
    assert task.state is TaskState.FORKED
    tasks = opened.tasks
    tasks.list.select(story.review)
    assert tasks.list.fork_action.isEnabled()
    tasks.compare_versions(story.review)
    opened.settle()
    assert [button.text() for button in tasks.forking.buttons] == [
        _("Go on with version {letter}").format(letter=name) for name in "AB"
    ]
    tasks.forking.back_asked.emit()
    assert tasks.list.isVisible()
