"""Six hues that everybody can tell apart."""

from itertools import combinations, pairwise
from typing import Final

import numpy as np
import pytest

from app.domain.hues import ON_DARK, ON_PAPER

# Machado, Oliveira, Fernandes 2009, severity 1.0: protan, deutan, tritan; applied to linear RGB.
SIGHT: Final = {
    "full": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
LMS: Final = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]]
)  # fmt: skip
OKLAB: Final = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]]
)  # fmt: skip
LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722])


def _linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _oklab(linear: np.ndarray) -> np.ndarray:
    return OKLAB @ np.cbrt(LMS @ np.clip(linear, 0, 1))


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted(float(LUMINANCE @ _linear(colour)) for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("hues", [ON_PAPER, ON_DARK])
@pytest.mark.parametrize("sight", SIGHT)
def test_every_pair_stays_apart_for_every_kind_of_sight(hues: tuple[str, ...], sight: str) -> None:
    seen = [_oklab(SIGHT[sight] @ _linear(hue)) for hue in hues]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)) > 0.05


@pytest.mark.parametrize("hues", [ON_PAPER, ON_DARK])
def test_a_grey_print_still_tells_them_apart(hues: tuple[str, ...]) -> None:
    lightness = sorted(float(116 * np.cbrt(LUMINANCE @ _linear(hue)) - 16) for hue in hues)
    assert min(b - a for a, b in pairwise(lightness)) > 4.5


@pytest.mark.parametrize(("hues", "ground"), [(ON_PAPER, "#ffffff"), (ON_DARK, "#232629")])
def test_each_can_be_read_as_text(hues: tuple[str, ...], ground: str) -> None:
    assert all(_contrast(hue, ground) >= 4.5 for hue in hues)
