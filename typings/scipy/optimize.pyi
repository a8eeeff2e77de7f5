from typing import Any

from numpy import float64
from numpy.typing import NDArray

class Marginals:
    marginals: NDArray[float64]

class OptimizeResult:
    status: int
    x: NDArray[float64]
    ineqlin: Marginals
    eqlin: Marginals

def linprog(
    c: NDArray[float64], *, A_ub: Any, b_ub: Any, A_eq: Any, b_eq: Any, bounds: Any, method: str
) -> OptimizeResult: ...
