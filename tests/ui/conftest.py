"""A dressed application, workers that end with the test, and the rubric that comes with the program."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.rubric import Rubric
from app.intake.rubric_file import read_rubric
from app.paths import resource
from ui.garbage import GuiGarbageCollector
from ui.jobs import Workers
from ui.theme import apply_theme
from ui.tokens import Theme

# Milliseconds. Nothing is slower for it: a wait ends with what it waits for, and a busy machine only takes longer.
PATIENCE: Final = 60_000


class PatientBot(QtBot):
    """Waits long enough for a machine that has other things to do."""

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _gui_garbage(qapp: QApplication) -> Iterator[None]:
    collector = GuiGarbageCollector(qapp)
    yield
    collector.stop()


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    if qapp.property("youpin_look") is None or qapp.property("youpin_look").theme is not Theme.LIGHT:
        apply_theme(qapp, Theme.LIGHT, scale=1.0)


@pytest.fixture
def workers(qapp: QApplication) -> Iterator[Workers]:
    owned = Workers()
    yield owned
    assert owned.close(), "a job did not end"


@pytest.fixture
def type_text() -> Callable[[QWidget, str], None]:
    """Types any characters, one key each; QTest knows the keys of Latin-1 only."""

    def type_into(widget: QWidget, text: str) -> None:
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = ord(character) if ord(character) < 256 else 0
                QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character))

    return type_into


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return read_rubric(resource("data", "rubric-default.yaml").read_bytes())
