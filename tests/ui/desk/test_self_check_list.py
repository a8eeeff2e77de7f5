"""The self-check in the window: seen once before signing, with a way there and a way to leave things as they are."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.i18n import _
from tests.support.desks import DeskStory
from tests.ui.desk.conftest import OpenWindow
from ui.desk.self_check_list import SelfCheckList


@pytest.fixture
def opened(stories: Callable[..., DeskStory], open_window: Callable[[DeskStory], OpenWindow]) -> OpenWindow:
    return open_window(stories("complete", "2026-0001"))


def buttons(part: SelfCheckList, words: str) -> list[QPushButton]:
    shown = [button for line in part._widgets for button in line.findChildren(QPushButton)]
    return [button for button in shown if button.text() == words]


def test_it_is_seen_once_before_signing_and_the_second_press_goes_on(opened: OpenWindow) -> None:
    review = opened.review()
    opened.tasks._check.trigger()
    assert review.missing.isVisible()
    assert review.missing.self_check.words()
    opened.tasks._check.trigger()
    opened.settle()
    assert opened.window.frame.current_code() == "D02"


def test_the_way_on_to_signing_stands_where_nothing_is_said_to_be_missing(opened: OpenWindow) -> None:
    review = opened.review()
    opened.tasks._check.trigger()
    opened.settle()
    words = _("Go on to signing")
    (onwards,) = [button for button in review.missing.findChildren(QPushButton) if button.text() == words]
    assert onwards.isVisible()
    onwards.click()
    opened.settle()
    assert opened.window.frame.current_code() == "D02"


def test_going_there_opens_the_indicator(opened: OpenWindow) -> None:
    review = opened.review()
    review.show_missing()
    buttons(review.missing.self_check, _("Go and look"))[1].click()
    assert review.screen_code() == "D13"


def test_what_is_left_by_key_goes_down_and_can_be_asked_again(opened: OpenWindow) -> None:
    review = opened.review()
    review.show_missing()
    part = review.missing.self_check
    first = part.words()[0]
    buttons(part, _("Leave as it is"))[0].setFocus()
    opened.press(Qt.Key.Key_Space)
    opened.settle()
    left = [one for one in opened.story.desk.self_check.findings(opened.story.review) if one.is_left]
    assert len(left) == 1
    assert len(buttons(part, _("Ask again"))) == 1
    buttons(part, _("Ask again"))[0].click()
    opened.settle()
    assert not buttons(part, _("Ask again"))
    assert part.words()[0] == first


def test_everything_left_means_signing_asks_no_more(opened: OpenWindow) -> None:
    review = opened.review()
    review.show_missing()
    part = review.missing.self_check
    part._all.click()
    opened.settle()
    for _number in range(len(buttons(part, _("Leave as it is")))):
        buttons(part, _("Leave as it is"))[0].click()
        opened.settle()
    review.show_opinion()
    opened.tasks._check.trigger()
    opened.settle()
    assert opened.window.frame.current_code() == "D02"
