"""Widgets that only a cycle keeps are freed on the GUI thread, whoever makes the garbage."""

import gc
from threading import current_thread, main_thread

import pytest
from PySide6.QtWidgets import QWidget

from app.progress import Progress
from ui.garbage import GuiGarbageCollector
from ui.jobs import Workers


class Knotted(QWidget):
    """Holds itself, as a screen does that hands a closure over itself to one of its own buttons."""

    def __init__(self, freed_on_gui_thread: list[bool]) -> None:
        super().__init__()
        self.itself, self._freed = self, freed_on_gui_thread

    def __del__(self) -> None:
        self._freed.append(current_thread() is main_thread())


def make_garbage(_progress: Progress) -> None:
    """More cycles than the automatic collection of all generations lets pass."""
    for _ in range(200_000):
        knot: list[object] = []
        knot.append(knot)


def test_a_screen_in_a_cycle_is_freed_on_the_gui_thread_however_busy_a_worker_is(qtbot, workers: Workers) -> None:
    freed_on_gui_thread: list[bool] = []
    Knotted(freed_on_gui_thread)
    with qtbot.waitSignal(workers.ended):
        workers.run(make_garbage)
    qtbot.waitUntil(lambda: bool(freed_on_gui_thread))
    assert freed_on_gui_thread == [True]


def test_what_a_worker_leaves_is_collected_without_being_asked(qtbot, workers: Workers) -> None:
    with qtbot.waitSignal(workers.ended):
        workers.run(make_garbage)
    qtbot.waitUntil(lambda: gc.get_count()[0] < gc.get_threshold()[0])


@pytest.mark.parametrize("was_automatic", [True, False])
def test_what_was_found_is_given_back_when_the_window_is_done(qapp, *, was_automatic: bool) -> None:
    (gc.enable if was_automatic else gc.disable)()
    try:
        collector = GuiGarbageCollector(qapp)
        assert not gc.isenabled()
        collector.stop()
        assert gc.isenabled() is was_automatic
    finally:
        gc.disable()  # the collector of all these tests goes on
