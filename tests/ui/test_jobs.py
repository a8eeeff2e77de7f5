"""Work off the GUI thread: success, failure, cancel, order, and a clean end."""

from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from app.errors import Cancelled, UserFacingError
from app.progress import Progress
from ui.job_bar import JobBar
from ui.jobs import Job, Lane, Workers


class Listener(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[bool] = set()

    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.threads.add(current_thread() is main_thread())


def test_the_answer_arrives_on_the_gui_thread_and_the_work_is_done_elsewhere(qtbot, workers: Workers) -> None:
    listener = Listener()
    with qtbot.waitSignal(workers.ended):
        workers.run(lambda _progress: current_thread() is main_thread(), done=listener.hear)
    assert listener.heard == [False]
    assert listener.threads == {True}


def test_a_failure_goes_to_whoever_asked(qtbot, workers: Workers) -> None:
    listener = Listener()

    def fail(_progress: Progress) -> None:
        raise UserFacingError

    with qtbot.assertNotEmitted(workers.failed), qtbot.waitSignal(workers.ended):
        workers.run(fail, failed=listener.hear)
    assert isinstance(listener.heard[0], UserFacingError)


def test_a_failure_nobody_asked_for_goes_to_the_window(qtbot, workers: Workers) -> None:
    def fail(_progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(workers.failed) as failed:
        workers.run(fail)
    assert isinstance(failed.args[0], ZeroDivisionError)


def test_a_cancelled_job_stops_at_its_next_step_and_says_so_once(qtbot, workers: Workers) -> None:
    begun = Event()
    steps: list[int] = []

    def work(progress: Progress) -> None:
        for number in range(1000):
            progress.step(number, 1000)
            steps.append(number)
            begun.set()
            go_on.wait(5)

    go_on = Event()
    job = workers.run(work)
    with qtbot.assertNotEmitted(job.succeeded), qtbot.waitSignal(job.cancelled):
        assert begun.wait(5)
        job.cancel()
        go_on.set()
    assert steps == [0]


def test_a_job_cancelled_in_the_queue_never_begins(qtbot, workers: Workers) -> None:
    gate, done = Event(), Listener()
    workers.run(lambda _progress: gate.wait(5))
    waiting = workers.run(done.hear)
    waiting.cancel()
    with qtbot.waitSignal(waiting.cancelled):
        gate.set()
    assert done.heard == []


def test_database_work_is_done_one_after_the_other(qtbot, workers: Workers) -> None:
    order: list[int] = []
    listener = Listener()
    for number in range(20):
        workers.run(lambda _progress, number=number: order.append(number), done=listener.hear)
    qtbot.waitUntil(lambda: len(listener.heard) == 20)
    assert order == list(range(20))


def test_other_work_does_not_wait_for_the_database(qtbot, workers: Workers) -> None:
    gate = Event()
    workers.run(lambda _progress: gate.wait(5))
    listener = Listener()
    workers.run(lambda _progress: "page", lane=Lane.OTHER, done=listener.hear)
    qtbot.waitUntil(lambda: listener.heard == ["page"])
    gate.set()


def test_closing_ends_every_job(qapp) -> None:
    owned = Workers()
    begun, stopped = Event(), Event()

    def endless(progress: Progress) -> None:
        begun.set()
        try:
            while not stopped.wait(0.001):
                progress.step(0, 1)
        except Cancelled:
            stopped.set()
            raise

    owned.run(endless)
    assert begun.wait(5)
    assert owned.close()
    assert stopped.is_set()


def test_after_closing_nothing_begins_any_more(qtbot) -> None:
    owned = Workers()
    owned.close()
    done = Listener()
    with qtbot.waitSignal(owned.ended):
        owned.run(done.hear)
    assert done.heard == []


def taken_apart(window: QObject) -> None:
    """The end of a window while the interpreter is held, as in a wait of QTest's."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def test_a_wish_after_closing_starts_no_thread_that_the_end_of_the_window_would_wait_for(qtbot) -> None:
    """A thread that begins needs the interpreter, which is held while a window is taken apart: both would wait."""
    for _number in range(50):
        owned = Workers()
        owned.close()
        owned.run(lambda _progress: None, lane=Lane.OTHER)
        assert [pool.activeThreadCount() for pool in owned._pools.values()] == [0, 0]
        taken_apart(owned)


def test_work_that_does_not_stop_outlives_its_window(qtbot) -> None:
    owned, begun, gate, ended = Workers(), Event(), Event(), Event()

    def stubborn(_progress: Progress) -> None:
        begun.set()
        gate.wait(5)
        ended.set()

    owned.run(stubborn)
    assert begun.wait(5)
    assert not owned.close(patience_ms=1)
    taken_apart(owned)
    assert not ended.is_set()
    gate.set()
    assert ended.wait(5)


def test_a_screen_that_is_gone_hears_nothing(qtbot, workers: Workers) -> None:
    gate, screen = Event(), Listener()
    heard = screen.heard
    workers.run(lambda _progress: gate.wait(5), done=screen.hear)
    del screen
    with qtbot.waitSignal(workers.ended):
        gate.set()
    assert heard == []


@pytest.fixture
def bar(qtbot, workers: Workers) -> JobBar:
    bar = JobBar(workers)
    qtbot.addWidget(bar)
    return bar


def test_short_work_never_shows_in_the_status_line(qtbot, workers: Workers, bar: JobBar) -> None:
    shown: list[bool] = []
    workers.ended.connect(lambda _job: shown.append(bar.isVisible()))
    with qtbot.waitSignal(workers.ended):
        workers.run(lambda _progress: None, title="short")
    qtbot.waitUntil(lambda: shown == [False])
    assert not bar._timer.isActive()


def test_long_work_shows_its_progress_and_can_be_stopped(qtbot, workers: Workers, bar: JobBar) -> None:
    gate = Event()

    def work(progress: Progress) -> None:
        progress.step(3, 10)
        gate.wait(5)
        progress.step(4, 10)

    job = workers.run(work, title="Importing")
    qtbot.waitUntil(lambda: bar._progress.value() == 3)
    bar._timer.timeout.emit()
    assert bar.isVisible()
    with qtbot.waitSignal(job.cancelled):
        bar._stop.click()
        assert not bar._stop.isEnabled()
        gate.set()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_quiet_work_is_not_shown(qtbot, workers: Workers, bar: JobBar) -> None:
    gate = Event()
    workers.run(lambda _progress: gate.wait(5), is_quiet=True)
    assert not bar._timer.isActive()
    gate.set()


def test_a_bar_with_two_jobs_says_that_there_is_one_more(qtbot, workers: Workers, bar: JobBar, english) -> None:
    gate = Event()
    for title in ("first", "second"):
        workers.run(lambda _progress: gate.wait(5), title=title)
    assert bar._title.text() == "first · 1 more"
    gate.set()


def test_progress_reaches_a_direct_connection_at_the_first_step(qtbot) -> None:
    job = Job(lambda progress: progress.step(1, 2))
    job.progressed.connect(job.cancel, Qt.ConnectionType.DirectConnection)
    job._run()
    assert job.is_cancelling
