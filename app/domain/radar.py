"""The radar of the dimensions as bare geometry, drawn by the window and on paper alike.

Plain numbers in, plain points out: x to the right, y downwards, as on a screen; paper turns the y axis itself.
A dimension without a value has no point. It is a gap in the outline, never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

RINGS: Final = (0.25, 0.5, 0.75, 1.0)
FEWEST_AXES: Final = 3

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spoke:
    """One dimension: from the centre to ``end``; its name stands at ``label``.

    Attributes:
        side: -1, 0 or 1: the label is written to the left of its point, centred on it, or to the right.
        value: where the value lies on the spoke, or ``None`` where there is none.
    """

    end: Point
    label: Point
    side: int
    value: Point | None


@dataclass(frozen=True, slots=True)
class RadarShape:
    """Everything to draw: rings from the inside out, one spoke per dimension, and the outline in stretches.

    A stretch is a run of neighbouring values. With every value present there is one stretch and ``is_closed``.
    """

    centre: Point
    rings: tuple[tuple[Point, ...], ...]
    spokes: tuple[Spoke, ...]
    stretches: tuple[tuple[Point, ...], ...]
    is_closed: bool


def radar(values: Sequence[float | None], *, centre: Point, radius: float, label_gap: float = 0.0) -> RadarShape:
    """The shape for *values* (shares from 0 to 1), the first one at the top, then clockwise.

    Args:
        values: at least three; ``None`` for missing.
        centre: of the chart.
        radius: of the outermost ring.
        label_gap: how far beyond the outermost ring the names stand.

    Raises:
        ValueError: fewer than three axes, or a share outside 0 to 1.
    """
    if len(values) < FEWEST_AXES:
        raise ValueError("a radar needs at least three axes")
    if any(value is not None and not 0 <= value <= 1 for value in values):
        raise ValueError("values are shares from 0 to 1")
    count = len(values)
    angles = [2 * pi * number / count for number in range(count)]
    rings = tuple(tuple(_at(centre, radius * share, angle) for angle in angles) for share in RINGS)
    points = [
        None if value is None else _at(centre, radius * value, angle)
        for value, angle in zip(values, angles, strict=True)
    ]
    spokes = tuple(
        Spoke(rings[-1][number], _at(centre, radius + label_gap, angle), _side(angle), points[number])
        for number, angle in enumerate(angles)
    )
    return RadarShape(centre, rings, spokes, _stretches(points), None not in points)


def _at(centre: Point, distance: float, angle: float) -> Point:
    return centre[0] + distance * sin(angle), centre[1] - distance * cos(angle)


def _side(angle: float) -> int:
    across = sin(angle)
    return 0 if abs(across) < 1e-9 else (1 if across > 0 else -1)


def _stretches(points: Sequence[Point | None]) -> tuple[tuple[Point, ...], ...]:
    if all(point is None for point in points):
        return ()
    # Begin behind a gap, so that a run across the top stays in one piece.
    start = next((number + 1 for number, point in enumerate(points) if point is None), 0)
    runs: list[list[Point]] = [[]]
    for point in [*points[start:], *points[:start]]:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return tuple(tuple(run) for run in runs if run)
