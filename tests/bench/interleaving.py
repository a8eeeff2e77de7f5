"""Two sides of a comparison in turns, so that a busy moment of the machine meets both."""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def in_turns(
    values: Iterable[Callable[[], object]],
    floors: Iterable[Callable[[], object]],
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[list[float], list[float]]:
    """Milliseconds of every call, of both sides; they are called in pairs.

    Args:
        values: what is measured; floors: what it is measured against.
        clock: the processor's own where everything happens in this process, and the other programs do not count.
    """
    gc.collect()
    times: tuple[list[float], list[float]] = ([], [])
    for pair in zip(values, floors, strict=True):
        for kept, work in zip(times, pair, strict=True):
            started = clock()
            work()
            kept.append((clock() - started) * 1000)
    return times


def medians(
    values: Iterable[Callable[[], object]],
    floors: Iterable[Callable[[], object]],
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:
    """The median milliseconds of each side."""
    value, floor = in_turns(values, floors, clock=clock)
    return statistics.median(value), statistics.median(floor)


def percentile(times: Sequence[float], percent: int) -> float:
    """The value that *percent* of *times* do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one benchmark."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)
