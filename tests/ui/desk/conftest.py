"""The expert's window over real desks: opened by the real services, closed with the test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.desk_views import ReviewSheet
from tests.support.desks import DeskStory, stories
from ui.clipboard import Clipboard
from ui.desk.hand_in_place import HandInPlace
from ui.desk.review_screen import ReviewScreen
from ui.desk.settings_place import SettingsPlace
from ui.desk.task_place import TaskPlace
from ui.desk.window import HAND_IN, SETTINGS, TASKS, DeskWindow
from ui.errors import Teller
from ui.message import Message
from ui.remembered import Remembered

__all__ = ["stories"]


@dataclass
class OpenWindow:
    """A window over a story's desk, and short ways to its screens."""

    story: DeskStory
    window: DeskWindow
    said: list[Message]
    qtbot: QtBot

    def settle(self) -> None:
        """Until nothing is on its way any more."""
        self.qtbot.waitUntil(lambda: not self.window.context.workers.jobs and self.window.saver.is_idle)

    @property
    def tasks(self) -> TaskPlace:
        place = self.window.show_place(TASKS)
        assert isinstance(place, TaskPlace)
        return place

    @property
    def hand_in(self) -> HandInPlace:
        place = self.window.show_place(HAND_IN)
        assert isinstance(place, HandInPlace)
        return place

    @property
    def settings(self) -> SettingsPlace:
        place = self.window.show_place(SETTINGS)
        assert isinstance(place, SettingsPlace)
        return place

    def review(self) -> ReviewScreen:
        """The first review, opened."""
        tasks = self.tasks
        tasks.open_review(self.story.review)
        self.settle()
        return tasks.review

    def sheet(self) -> ReviewSheet:
        """What the store says of the first review."""
        return self.story.desk.scoring.sheet(self.story.review)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, to whatever has the keyboard."""
        target = self.window.focusWidget()
        assert isinstance(target, QWidget)
        QTest.keyClick(target, key, modifier)

    def type(self, text: str) -> None:
        """Letters and digits, to whatever has the keyboard."""
        target = self.window.focusWidget()
        assert isinstance(target, QWidget)
        QTest.keyClicks(target, text)

    def close(self) -> None:
        self.window.close()
        self.story._desk = None


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[DeskStory], OpenWindow]]:
    """``open_window(story)`` shows the window on the story's desk and waits until it has read everything."""
    opened: list[OpenWindow] = []

    def start(story: DeskStory) -> OpenWindow:
        said: list[Message] = []
        teller = Teller(said.append)
        window = DeskWindow(story.desk, teller=teller, remembered=Remembered(), clipboard=Clipboard())
        qtbot.addWidget(window)
        window.resize(1366, 690)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        opened.append(OpenWindow(story, window, said, qtbot))
        window.setProperty("teller", teller)
        opened[-1].settle()
        return opened[-1]

    yield start
    for each in opened:
        each.close()
