"""Two quick presses: what is asked while something else is being written is done after it."""

from collections.abc import Callable
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.onsite.ids import ItemId
from tests.support.desks import DeskStory, stories
from tests.support.visit_photos import PlannedVisit, plan
from tests.support.visit_tabs import TabWindow
from ui.jobs import Workers
from ui.visit.meeting_writing import InlineWriter

__all__ = ["stories"]


@pytest.fixture
def window(stories: Callable[..., DeskStory], workers: Workers, qtbot: QtBot) -> TabWindow:
    return TabWindow(plan(stories("assigned").unlock()), workers, qtbot)


def dissents(planned: PlannedVisit) -> list[tuple[ItemId | None, str]]:
    return [(one.item, one.text) for one in planned.sheet.dissents]


def test_second_press_for_something_else_is_written_after_the_first(window: TabWindow) -> None:
    writer = InlineWriter(window.context, window.saver)
    dissent = window.context.desk.visits.meeting.dissent
    written: list[str] = []

    def say(text: str, item: ItemId) -> Changes:
        written.append(text)
        return dissent(window.visit, text, item=item)

    writer.write(partial(say, "示例一", ItemId("A1")))
    writer.write(partial(say, "示例二", ItemId("A2")))
    window.settle()
    assert written == ["示例一", "示例二"]  # of two within one moment the notes themselves do not tell
    assert sorted(dissents(window.planned)) == [("A1", "示例一"), ("A2", "示例二")]


def test_one_press_that_bounces_is_written_once(window: TabWindow) -> None:
    writer = InlineWriter(window.context, window.saver)
    dissent = window.context.desk.visits.meeting.dissent
    for _press in range(3):
        writer.write(partial(dissent, window.visit, "示例", item=ItemId("A1")))
    window.settle()
    assert dissents(window.planned) == [("A1", "示例")]


def test_what_waits_is_written_although_the_first_was_refused(window: TabWindow) -> None:
    writer, said = InlineWriter(window.context, window.saver), list[str]()
    writer.refused.connect(said.append)
    dissent = window.context.desk.visits.meeting.dissent
    writer.write(partial(dissent, window.visit, "示例", item=ItemId("没有这一项")))
    writer.write(partial(dissent, window.visit, "示例二", item=ItemId("A2")))
    window.settle()
    assert len(said) == 1
    assert dissents(window.planned) == [("A2", "示例二")]
