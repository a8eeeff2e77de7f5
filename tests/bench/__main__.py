"""Run every ``bench_*.py``, or those whose names are given, and print a table.

A benchmark is a module with ``measure() -> Iterable[Measurement]``. The exit status says whether they ran, not whether
they were fast enough: a busy machine is no defect.
"""

import importlib
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.measurement import Measurement
from tests.support import sandbox

_COLUMNS = "{:<66} {:>12} {:>12} {:<9} {:>7}  {:<7} {}"


def _modules(wanted: list[str]) -> Iterator[str]:
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = file.stem.removeprefix("bench_")
        if not wanted or name in wanted:
            yield name


def _measured(name: str) -> Iterable[Measurement]:
    measured: Iterable[Measurement] = importlib.import_module(f"tests.bench.bench_{name}").measure()
    return measured


def _line(done: Measurement) -> str:
    return _COLUMNS.format(
        done.name,
        f"{done.value:,.4g}",
        f"{done.floor:,.4g}",
        done.unit,
        f"{done.ratio:.2f}",
        "" if done.goal_ratio is None else f"{'≤' if done.at_most else '≥'} {done.goal_ratio:g}",
        "" if done.goal_ratio is None else "met" if done.is_met else "NOT MET",
    )


def main() -> int:
    wanted = sys.argv[1:]
    names = list(_modules(wanted))
    if unknown := set(wanted) - set(names):
        print("no such benchmark:", ", ".join(sorted(unknown)), file=sys.stderr)
        return 2
    print(_COLUMNS.format("what", "here", "floor", "unit", "ratio", "goal", ""))
    sandbox.enter("bench")
    try:
        for name in names:
            begun = time.perf_counter()
            for done in _measured(name):
                print(_line(done), flush=True)
            print(f"  {name}: {time.perf_counter() - begun:.0f} s", flush=True)
    finally:
        sandbox.leave()
    return 0


if __name__ == "__main__":
    sys.exit(main())
