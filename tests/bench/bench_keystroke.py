"""Saving what was typed: one keystroke through the service, against one bare SQLCipher transaction on the same disk.

Both commit with ``synchronous = FULL``, so both wait for the disk once. The goal is absolute, 16 ms at the 99th
percentile, because a hand does not type faster on a faster computer; it is put as a ratio of the floor of the same run.
"""

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.bench.measurement import Measurement
from tests.support.desks import INDICATOR, DeskStory

_KEYSTROKES = 600
_GOAL_MS = 16.0


def measure() -> Iterator[Measurement]:
    """Milliseconds at the 99th percentile and in the middle, both sides in turns."""
    os.environ["YOUPIN_TEST_KDF"] = "lowest"
    with tempfile.TemporaryDirectory() as folder:
        story = DeskStory(Path(folder)).create().enrol().assign("2026-0001").unlock().score()
        bare = _bare_store(Path(folder) / "bare.db")
        typed = [_typing(story, number) for number in range(_KEYSTROKES)]
        floors, values = _in_turns([_bare_write(bare, number) for number in range(_KEYSTROKES)], typed)
        bare.close()
        story.close()
    for name, place in (("99th percentile", 0.99), ("median", 0.5)):
        floor, value = _percentile(floors, place), _percentile(values, place)
        yield Measurement(
            name=f"a keystroke saved, {name} (goal 16 ms)",
            value=value,
            floor=floor,
            unit="ms",
            goal_ratio=_GOAL_MS / floor,
            at_most=True,
        )


def _typing(story: DeskStory, number: int) -> Callable[[], object]:
    text = "研发投入连续三年增长，有专项审计。" * 6
    typed = text[: 20 + number % 80]

    def save() -> None:
        story.clock.forward(seconds=0.9)  # so that steps and events are written in between, as in real typing
        story.desk.scoring.set_reason(story.review, INDICATOR, typed)

    return save


def _bare_store(path: Path) -> dbapi2.Connection:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(48)}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE field (name TEXT PRIMARY KEY, value TEXT)")
    return connection


def _bare_write(connection: dbapi2.Connection, number: int) -> Callable[[], object]:
    def save() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR REPLACE INTO field VALUES ('reason', ?)", ("字" * (20 + number % 80),))
        connection.execute("COMMIT")

    return save


def _in_turns(
    floors: list[Callable[[], object]], values: list[Callable[[], object]]
) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    for pair in zip(floors, values, strict=True):
        for kept, work in zip(times, pair, strict=True):
            start = time.perf_counter()
            work()
            kept.append((time.perf_counter() - start) * 1000)
    return times


def _percentile(times: list[float], place: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * place))]
