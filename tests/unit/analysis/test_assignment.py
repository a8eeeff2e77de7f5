from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from app.analysis.assignment import Task, form_panels


def task(affinity: list[list[float]], *, panel: int, least: int, most: int) -> Task:
    values = np.array(affinity, dtype=float)
    experts, applications = values.shape
    return Task(
        values,
        np.ones_like(values, dtype=bool),
        np.full(applications, panel),
        np.full(experts, least),
        np.full(experts, most),
    )


def test_best_experts_are_chosen() -> None:
    panels = form_panels(task([[0.9, 0.1], [0.2, 0.8], [0.5, 0.4]], panel=1, least=0, most=1))
    assert panels.pairs == ((0, 0), (1, 1))
    assert panels.affinity == pytest.approx(1.7)


def test_conflicts_are_never_assigned() -> None:
    one = task([[0.9, 0.9], [0.1, 0.1]], panel=1, least=0, most=2)
    one.allowed[0] = False
    assert form_panels(one).pairs == ((1, 0), (1, 1))


def test_missing_experts_are_told_per_application() -> None:
    panels = form_panels(task([[0.5, 0.5, 0.5]], panel=2, least=0, most=3))
    assert panels.short.tolist() == [1, 1, 1]


def test_least_load_that_cannot_be_had_is_told_per_expert() -> None:
    one = task([[0.5], [0.5]], panel=1, least=1, most=1)
    panels = form_panels(one)
    assert len(panels.pairs) == 1
    assert panels.idle.sum() == 1


def test_loads_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="loads"):
        task([[0.5]], panel=1, least=2, most=1)


def test_same_seed_gives_the_same_panels() -> None:
    values = np.random.default_rng(7).random((12, 30)).tolist()
    first, second = (form_panels(task(values, panel=3, least=5, most=10)) for _ in range(2))
    assert first.pairs == second.pairs


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(8, 30), st.integers(10, 40))
def test_columns_left_out_never_cost_anything(seed: int, experts: int, applications: int) -> None:
    """Against the whole linear program, solved at once."""
    chance = np.random.default_rng(seed)
    affinity = chance.random((experts, applications))
    allowed = chance.random((experts, applications)) > 0.1
    panel = 3
    most = -(-applications * panel // experts) + 2
    panels = form_panels(
        Task(affinity, allowed, np.full(applications, panel), np.zeros(experts, int), np.full(experts, most))
    )
    if panels.short.any():
        return
    rows, columns = np.nonzero(allowed)
    equal = np.zeros((applications, len(rows)))
    equal[columns, np.arange(len(rows))] = 1
    upper = np.zeros((experts, len(rows)))
    upper[rows, np.arange(len(rows))] = 1
    whole = linprog(
        -affinity[rows, columns], A_eq=equal, b_eq=np.full(applications, panel), A_ub=upper,
        b_ub=np.full(experts, most), bounds=(0, 1),
    )  # fmt: skip
    assert panels.affinity == pytest.approx(-whole.fun)
    assert len(set(panels.pairs)) == applications * panel


def test_small_instance_is_solved_to_the_best_of_all_possible_panels() -> None:
    affinity = np.random.default_rng(3).random((4, 2))
    panels = form_panels(task(affinity.tolist(), panel=2, least=1, most=1))
    best = max(
        affinity[list(first), 0].sum() + affinity[[e for e in range(4) if e not in first], 1].sum()
        for first in combinations(range(4), 2)
    )
    assert panels.affinity == pytest.approx(best)


def test_cancelling_ends_the_work() -> None:
    class StopError(Exception):
        pass

    def stop(_round: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        form_panels(task([[0.5]], panel=1, least=0, most=1), step=stop)
