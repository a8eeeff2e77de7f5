"""Forming panels of five: 2,000 applications, 300 experts, 20 to 45 each, one pair in twenty forbidden.

The floor is the same linear program given whole to HiGHS. On a random instance of this kind openreview-matcher's MinMax
solver took 25 s for an affinity of 9,890, HiGHS 6.4 s for 9,895; these two were measured once, on another machine.
"""

import time
from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from app.analysis.assignment import Task, form_panels
from tests.bench.measurement import Measurement

_APPLICATIONS: Final = 2000
_EXPERTS: Final = 300
_PANEL: Final = 5
_LEAST, _MOST = 20, 45
_CONFLICTS: Final = 0.05
_MIN_MAX_SECONDS: Final = 25.0
_MIN_MAX_AFFINITY: Final = 9_890.0


def measure() -> Iterator[Measurement]:
    """Seconds and affinity."""
    task = _task()
    begun = time.perf_counter()
    panels = form_panels(task)
    seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    affinity = _whole_program(task)
    whole_seconds = time.perf_counter() - begun
    if panels.short.any() or panels.idle.any():
        raise RuntimeError("the instance has a solution without gaps")
    yield Measurement(
        name="panels 2,000 × 300 × 5, to MinMax as published", value=seconds, floor=_MIN_MAX_SECONDS, unit="s",
        goal_ratio=0.1, at_most=True,
    )  # fmt: skip
    yield Measurement(
        name="the same, to the whole program in HiGHS in this run", value=seconds, floor=whole_seconds, unit="s",
        at_most=True,
    )  # fmt: skip
    # The two optima are the same number, added up in another order.
    yield Measurement(
        name="their affinity, to the whole program's", value=panels.affinity, floor=affinity, unit="points",
        goal_ratio=1 - 1e-9,
    )  # fmt: skip
    yield Measurement(
        name="their affinity, to MinMax as published", value=panels.affinity, floor=_MIN_MAX_AFFINITY, unit="points"
    )


def _task() -> Task:
    chance = np.random.default_rng(2026)
    shape = (_EXPERTS, _APPLICATIONS)
    return Task(
        affinity=chance.random(shape),
        allowed=chance.random(shape) >= _CONFLICTS,
        wanted=np.full(_APPLICATIONS, _PANEL, dtype=np.int64),
        least=np.full(_EXPERTS, _LEAST, dtype=np.int64),
        most=np.full(_EXPERTS, _MOST, dtype=np.int64),
    )


def _whole_program(task: Task) -> float:
    experts, applications = np.nonzero(task.allowed)
    pairs = len(experts)
    ones, place = np.ones(pairs), np.arange(pairs)
    per_application = csr_array((ones, (applications, place)), shape=(_APPLICATIONS, pairs))
    per_expert = csr_array((ones, (experts, place)), shape=(_EXPERTS, pairs))
    result = linprog(
        -task.affinity[experts, applications],
        A_eq=per_application,
        b_eq=task.wanted,
        A_ub=vstack([per_expert, -per_expert], format="csr"),
        b_ub=np.concatenate([task.most, -task.least]),
        bounds=(0, 1),
        method="highs",
    )
    if result.status != 0:
        raise RuntimeError(f"HiGHS ended with status {result.status}")
    return float(task.affinity[experts, applications] @ result.x)
