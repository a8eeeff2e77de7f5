"""Work that takes too long is broken off where it stands, and nothing else is."""

import contextlib
import cProfile
import itertools
import threading

import pytest

from app.platform.time_limit import OutOfTimeError, within


def for_ever() -> None:
    for _number in itertools.count():
        pass


def stubborn() -> None:
    """Takes every ordinary error for an answer."""
    while True:
        with contextlib.suppress(Exception):
            for_ever()


@pytest.mark.parametrize("work", [for_ever, stubborn])
def test_endless_work_is_broken_off(work: object) -> None:
    assert callable(work)
    with pytest.raises(OutOfTimeError):
        within(0.02, work)


def test_work_in_time_has_its_result_and_its_own_errors() -> None:
    assert within(60, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(60, lambda: 1 // 0)


def test_nothing_is_raised_after_the_work_is_done() -> None:
    """However close the end of the work and the end of the time lie together."""
    ends = []
    for _number in range(200):
        try:
            ends.append(within(0.0001, lambda: sum(range(2_000))))
        except OutOfTimeError:
            ends.append(-1)
    assert sum(1 for _number in range(100_000)) == 100_000
    assert set(ends) <= {-1, sum(range(2_000))}


def test_work_under_a_profiler_comes_to_an_end() -> None:
    profile = cProfile.Profile()
    results = [profile.runcall(within, 60, lambda: 7) for _number in range(3)]
    with pytest.raises(OutOfTimeError):
        profile.runcall(within, 0.02, for_ever)
    assert [*results, profile.runcall(within, 60, lambda: 7)] == [7] * 4


def test_threads_are_timed_each_by_itself() -> None:
    outcomes: dict[str, bool] = {}
    may_end = threading.Event()

    def slow() -> None:
        try:
            within(0.02, for_ever)
        except OutOfTimeError:
            outcomes["slow"] = True
        may_end.set()

    def patient() -> None:
        outcomes["patient"] = within(60, lambda: may_end.wait(30))

    threads = [threading.Thread(target=work) for work in (patient, slow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {"slow": True, "patient": True}
