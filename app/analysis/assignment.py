"""Who reviews what: a linear program of the transportation kind, so that its corners are whole numbers.

Maximise the sum of affinities, with a panel of a given size for every application, a lowest and a highest load for
every expert, and pairs that are forbidden. A dual simplex ends at a corner; the matrix is that of a bipartite graph,
hence totally unimodular, hence every corner is 0 or 1 (Hoffman and Kruskal, 1956).

Only a few columns of the full program matter. The program is solved over the best few experts of each application;
its prices then tell which of the columns left out would still improve it (Dantzig and Wolfe, 1960). Those are added
and it is solved again, until there is none: the result is the optimum of the full program.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csr_array, hstack, vstack
from scipy.sparse import eye_array as eye

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]

_SPARE_COLUMNS: Final = 6  # beyond the panel's size, in the first round
_ADDED_PER_ROUND: Final = 4  # for each application
_MOST_ROUNDS: Final = 60
_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked.

    Attributes:
        affinity: experts × applications, how well each pair fits; finite, any scale.
        allowed: the same shape; ``False`` for conflicts and for pairs that exist already.
        wanted: for each application, how many experts it still needs.
        least, most: for each expert, how many more applications they take.
    """

    affinity: Matrix
    allowed: Mask
    wanted: Counts
    least: Counts
    most: Counts

    def __post_init__(self) -> None:
        experts, applications = self.affinity.shape
        if self.allowed.shape != (experts, applications) or self.wanted.shape != (applications,):
            raise ValueError("the shapes do not fit together")
        if self.least.shape != (experts,) or self.most.shape != (experts,) or (self.least > self.most).any():
            raise ValueError("the loads do not fit the experts")


@dataclass(frozen=True, slots=True)
class Panels:
    """The answer: pairs (expert, application) as indices, their affinity in all, and what could not be had.

    Attributes:
        short: for each application, how many experts are missing.
        idle: for each expert, how many applications are missing to the least load.
    """

    pairs: tuple[tuple[int, int], ...]
    affinity: float
    short: Counts
    idle: Counts
    rounds: int


def form_panels(task: Task, *, step: Callable[[int], None] = lambda _round: None) -> Panels:
    """Solve *task*. Needs that cannot be met are left short, as few as possible.

    Args:
        step: called before each round; what it raises ends the work.
    """
    columns = _first_columns(task)
    for number in range(1, _MOST_ROUNDS + 1):
        step(number)
        solution = _solve(task, *np.nonzero(columns))
        more = _improving(task, columns, solution)
        if not more.any():
            return _panels(task, solution, number)
        columns |= more
    solution = _solve(task, *np.nonzero(task.allowed))
    return _panels(task, solution, _MOST_ROUNDS + 1)


def _first_columns(task: Task) -> Mask:
    """The best experts of each application, and for each expert the best applications up to the least load."""
    chosen = np.zeros_like(task.allowed)
    value = np.where(task.allowed, task.affinity, -np.inf)
    per_application = min(value.shape[0], int(task.wanted.max(initial=0)) + _SPARE_COLUMNS)
    _mark_best(chosen, value, per_application, axis=0)
    per_expert = min(value.shape[1], int(task.least.max(initial=0)) + 1)
    _mark_best(chosen, value, per_expert, axis=1)
    return chosen & task.allowed


def _mark_best(chosen: Mask, value: Matrix, count: int, *, axis: int) -> None:
    if count <= 0 or not value.size:
        return
    best = np.argpartition(-value, count - 1, axis=axis).take(np.arange(count), axis=axis)
    np.put_along_axis(chosen, best, values=True, axis=axis)


@dataclass(frozen=True, slots=True)
class _Solution:
    experts: Counts
    applications: Counts
    used: Mask
    expert_prices: Matrix
    application_prices: Matrix


def _solve(task: Task, experts: Counts, applications: Counts) -> _Solution:
    expert_count, application_count = task.affinity.shape
    pairs = len(experts)
    ones, place = np.ones(pairs), np.arange(pairs)
    per_application = csr_array((ones, (applications, place)), shape=(application_count, pairs))
    per_expert = csr_array((ones, (experts, place)), shape=(expert_count, pairs))
    value = task.affinity[experts, applications]
    # Missing one place of a panel costs more than any exchange can win; an idle expert costs less than that.
    span = float(np.ptp(task.affinity[task.allowed])) + 1.0 if task.allowed.any() else 1.0
    # variables: pairs, places left empty per application, load missing per expert
    result: OptimizeResult = linprog(
        -np.concatenate([value, np.full(application_count, -100.0 * span), np.full(expert_count, -10.0 * span)]),
        A_eq=hstack(
            [per_application, eye(application_count), csr_array((application_count, expert_count))], format="csr"
        ),
        b_eq=task.wanted,
        A_ub=vstack(
            [
                hstack([per_expert, csr_array((expert_count, application_count + expert_count))]),
                hstack([-per_expert, csr_array((expert_count, application_count)), -eye(expert_count)]),
            ],
            format="csr",
        ),
        b_ub=np.concatenate([task.most, -task.least]),
        bounds=np.column_stack(
            [
                np.zeros(pairs + application_count + expert_count),
                np.concatenate([ones, task.wanted, task.least]),
            ]
        ),
        method="highs-ds",
    )
    if result.status != 0:
        raise RuntimeError(f"the solver ended with status {result.status}")
    flow = result.x[:pairs]
    if np.abs(flow - flow.round()).max(initial=0.0) > 1e-6:
        raise RuntimeError("a corner that is not whole")
    loads = result.ineqlin.marginals
    return _Solution(
        experts,
        applications,
        flow > 0.5,
        expert_prices=-(loads[:expert_count] - loads[expert_count:]),
        application_prices=-result.eqlin.marginals,
    )


def _improving(task: Task, columns: Mask, solution: _Solution) -> Mask:
    """The columns left out whose affinity is above what their expert's and application's places cost."""
    gain = task.affinity - solution.expert_prices[:, None] - solution.application_prices[None, :]
    gain[columns | ~task.allowed] = -np.inf
    more = np.zeros_like(columns)
    if (gain > _TOLERANCE).any():
        _mark_best(more, gain, min(_ADDED_PER_ROUND, gain.shape[0]), axis=0)
        more &= gain > _TOLERANCE
    return more


def _panels(task: Task, solution: _Solution, rounds: int) -> Panels:
    experts, applications = solution.experts[solution.used], solution.applications[solution.used]
    met = np.bincount(applications, minlength=len(task.wanted))
    load = np.bincount(experts, minlength=len(task.least))
    return Panels(
        pairs=tuple(zip(experts.tolist(), applications.tolist(), strict=True)),
        affinity=float(task.affinity[experts, applications].sum()),
        short=task.wanted - met,
        idle=np.maximum(task.least - load, 0),
        rounds=rounds,
    )
