"""A real record with a few people and dossiers, and its window, in English so that a test can quote a sentence."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.support.record_fixtures import world
from tests.support.record_world import FakeDesk, RecordWorld
from ui.clipboard import Clipboard
from ui.errors import Teller
from ui.message import Message
from ui.record.window import RecordWindow
from ui.remembered import Remembered

__all__ = ["world"]
Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def _in_english(english: None) -> None:
    """The catalogue is checked elsewhere."""


@pytest.fixture
def desks(world: RecordWorld) -> list[FakeDesk]:
    """Three experts and four applications; everything is assigned to the first two and sent out."""
    made = world.enrol(3)
    codes = world.apply(4)
    world.record.assigning.assign([(desk.expert, code) for desk in made[:2] for code in codes])
    world.record.issuing.issue(world.folder / "out")
    return made


@pytest.fixture
def window(world: RecordWorld, qtbot: QtBot) -> Iterator[RecordWindow]:
    """The window of the world's record, shown and settled."""
    teller = Teller(say=_unheard)
    made = RecordWindow(world.record, teller=teller, remembered=Remembered(), clipboard=Clipboard())
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: not made.workers.jobs)
    yield made
    made.shut_down()


@pytest.fixture
def settle(window: RecordWindow, qtbot: QtBot) -> Settle:
    """Until no work is running any more."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not window.workers.jobs)

    return wait


@pytest.fixture
def said(window: RecordWindow, settle: Settle, qtbot: QtBot) -> Callable[[], str]:
    """The sentence in the strip; a failure is told one turn of the loop later."""

    def sentence() -> str:
        settle()
        qtbot.waitUntil(lambda: window.frame.strip.current() is not None)
        message = window.frame.strip.current()
        assert message is not None
        return message.text

    return sentence


def _unheard(_message: Message) -> None:
    """Before the window takes over."""
