"""A reason typed letter by letter in the real window: how long its event loop is ever away.

A timer of the window asks every two milliseconds whether it is being served; the longest silence is what somebody
would feel. The disk is busy all the while, for the database's own thread saves what is typed.
"""

import statistics
import time
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.bench.interleaving import folder, percentile
from tests.bench.measurement import Measurement
from tests.support.desks import DeskStory
from tests.support.secretariat import FakeClock

_LETTERS: Final = 200
_PAUSE_MS: Final = 25
_TICK_MS: Final = 2
_LONGEST_MS: Final = 50.0


def measure() -> Iterator[Measurement]:
    """The longest silence of the event loop, against fifty milliseconds."""
    from ui.application import make_application
    from ui.clipboard import Clipboard
    from ui.desk.task_place import TaskPlace
    from ui.desk.window import TASKS, DeskWindow
    from ui.errors import Teller
    from ui.remembered import Remembered

    with folder() as place:
        story = DeskStory(place, FakeClock()).create().enrol().assign("2026-0001").unlock().score()
        application = make_application()
        window = DeskWindow(
            story.desk, teller=Teller(say=lambda _message: None), remembered=Remembered(), clipboard=Clipboard()
        )
        window.resize(1366, 690)
        window.show()
        tasks = window.show_place(TASKS)
        if not isinstance(tasks, TaskPlace):
            raise TypeError("not the page that was meant")
        tasks.open_review(story.review)
        _until_idle(application, window)
        field = next(edit for edit in window.findChildren(QPlainTextEdit) if edit.isVisible() and edit.isEnabled())
        gaps = _typed(field)
        _until_idle(application, window)
        window.shut_down()
        window.close()
        story.close()
    yield Measurement(
        name="typing in the window, longest silence of its loop", value=max(gaps), floor=_LONGEST_MS, unit="ms",
        goal_ratio=1, at_most=True,
    )  # fmt: skip
    yield Measurement(
        name="the same, 99th percentile", value=percentile(gaps, 99), floor=statistics.median(gaps), unit="ms"
    )


def _typed(field: QPlainTextEdit) -> list[float]:
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now

    timer = QTimer(interval=_TICK_MS)
    timer.timeout.connect(tick)
    timer.start()
    field.setFocus()
    for number in range(_LETTERS):
        QTest.keyClicks(field, "abcdefgh "[number % 9])
        QTest.qWait(_PAUSE_MS)
    timer.stop()
    return gaps


def _until_idle(application: QApplication, window: object) -> None:
    for _attempt in range(400):
        QTest.qWait(10)
        if not window.context.workers.jobs and window.saver.is_idle:  # type: ignore[attr-defined]
            return
    raise RuntimeError("the window never came to rest")
