"""One line of the table: what was measured, what the bare tool does, and how the two should compare."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """``value`` and ``floor`` are in ``unit`` and come from the same process, one after the other.

    Their ratio is what counts, because it depends on the machine far less than either of them. Without a goal the line
    is for information.
    """

    name: str
    value: float
    floor: float
    unit: str
    goal_ratio: float | None = None
    at_most: bool = False

    def __post_init__(self) -> None:
        if self.value < 0 or self.floor <= 0 or (self.goal_ratio is not None and self.goal_ratio <= 0):
            raise ValueError(f"{self.name}: nothing was measured")

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.value / self.floor

    @property
    def is_met(self) -> bool:
        """Whether the ratio is on the right side of the goal."""
        if self.goal_ratio is None:
            return True
        return self.ratio <= self.goal_ratio if self.at_most else self.ratio >= self.goal_ratio
