"""How many pieces to look at, and which ones: drawn at random in a way anybody can repeat.

The pieces are numbered from 1 to the population. Each number gets the rank SHA-256("seed:number") (both as text, the
number in decimal, UTF-8); the pieces with the lowest ranks are the sample. Whoever knows seed and population can repeat
the draw with a pocket program, and a seed that was written down before the list was seen cannot be bent to a wish.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from heapq import nsmallest
from typing import Final

from app.domain.onsite.checklist import SamplingStep
from app.domain.onsite.ids import EntryId, ItemId, MemberId
from app.errors import UserFacingError
from app.i18n import N_

LARGEST_POPULATION: Final = 1_000_000
LONGEST_SEED: Final = 100  # characters: it is hashed once for every piece


class SampleImpossibleError(UserFacingError):
    """No such sample can be drawn."""

    code = "sample_impossible"
    message = N_("Draw from 1 to {most} pieces, and no more than there are. Check the two numbers.")


class SeedImpossibleError(UserFacingError):
    """Nothing to draw by, or a whole text."""

    code = "seed_impossible"
    message = N_("A seed has 1 to {most} characters. Agree on a shorter one.")


class SampleAlteredError(UserFacingError):
    """The numbers are not the ones that seed gives."""

    code = "sample_altered"
    message = N_("The sample for item {item} is not what its seed gives. Draw again.")


def sample_size(table: Sequence[SamplingStep], population: int) -> int:
    """How many of *population* pieces the checklist asks for; never more than there are."""
    _check(population, 1)
    step = next(step for step in table if step.up_to is None or population <= step.up_to)
    return population if step.size is None else min(step.size, population)


def draw(population: int, size: int, *, seed: str) -> tuple[int, ...]:
    """*size* numbers from 1 to *population*, ascending; always the same for the same seed.

    Raises:
        SampleImpossibleError: the size is not between 1 and the population. SeedImpossibleError: no seed, or a text.
    """
    _check(population, size)
    if not 1 <= len(seed) <= LONGEST_SEED:
        raise SeedImpossibleError(most=LONGEST_SEED)
    return _drawn(population, size, seed)


@lru_cache(maxsize=64)
def _drawn(population: int, size: int, seed: str) -> tuple[int, ...]:
    # A visit is read again after every keystroke, and each draw in it is checked; a large one takes a second.
    return tuple(sorted(nsmallest(size, range(1, population + 1), key=lambda number: (_rank(seed, number), number))))


def _rank(seed: str, number: int) -> bytes:
    return hashlib.sha256(f"{seed}:{number}".encode()).digest()


def _check(population: int, size: int) -> None:
    if not 1 <= size <= population <= LARGEST_POPULATION:
        raise SampleImpossibleError(most=LARGEST_POPULATION)


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw as it was made.

    Attributes:
        of: what was numbered, in words: “work orders of October, by their register”.
        numbers: which pieces; refused where seed and population do not give exactly these.

    Raises:
        SampleImpossibleError, SeedImpossibleError, SampleAlteredError.
    """

    id: EntryId
    item: ItemId
    of: str
    population: int
    seed: str
    numbers: tuple[int, ...]
    author: MemberId
    drawn_at: datetime

    def __post_init__(self) -> None:
        if draw(self.population, len(self.numbers), seed=self.seed) != self.numbers:
            raise SampleAlteredError(item=self.item)
