"""Cities of the province in official order, and who recommends (Art. 6 and 8).

The Shenfu demonstration zone recommends like a city and is no administrative division: it has no code in GB/T 2260,
only one of our own, and that is never derived from anybody's credit code.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NewType

from app.domain.typed_text import comparable
from app.domain.uscc import Uscc

RegionCode = NewType("RegionCode", str)  # GB/T 2260, six digits, or DEMO_ZONE
DEMO_ZONE: Final = RegionCode("LN-SF")
_DEMO_ZONE_WORD: Final = "沈抚"
_PROVINCE_WORDS: Final = ("辽宁省", "省")
_DEPARTMENT_ENDINGS: Final = ("厅", "局", "委", "委员会", "办公室", "办")


class RecommenderType(StrEnum):
    """The regulators of cities and of the zone, and the departments in charge of an industry."""

    CITY = "city"
    DEMO_ZONE = "demo_zone"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Region:
    """One line of the table."""

    code: RegionCode
    name: str

    @property
    def short_name(self) -> str:
        """“沈阳” for “沈阳市”."""
        return self.name.removesuffix("市")


@dataclass(frozen=True, slots=True)
class Recommender:
    """Who recommends; ``type`` and ``region`` only where the name leaves no doubt."""

    name: str
    type: RecommenderType | None = None
    region: RegionCode | None = None


@dataclass(frozen=True)
class Regions:
    """The table, in the official order that every sorted list follows.

    Raises:
        ValueError: empty, or a code or name twice.
    """

    rows: tuple[Region, ...]

    def __post_init__(self) -> None:
        if not self.rows or len({r.code for r in self.rows}) + len({r.name for r in self.rows}) != 2 * len(self.rows):
            raise ValueError("regions must be present once each")

    @cached_property
    def _places(self) -> dict[str, int]:
        return {region.code: place for place, region in enumerate(self.rows)}

    def find(self, code: str) -> Region | None:
        """The region of that code."""
        place = self._places.get(code)
        return None if place is None else self.rows[place]

    def position(self, code: str) -> int:
        """Sorting key: unknown regions come last."""
        return self._places.get(code, len(self.rows))

    def city_of_area(self, uscc: Uscc) -> RegionCode | None:
        """The city in which the operator was first registered, if it is one of ours; never the demonstration zone."""
        region = self.find(f"{uscc.area[:4]}00")
        return region.code if region and region.code != DEMO_ZONE else None

    def recommender(self, name: str) -> Recommender:
        """What the name says by itself: a city, the demonstration zone, or a department of the province."""
        plain = comparable(name)
        if _DEMO_ZONE_WORD in plain:
            return Recommender(name, RecommenderType.DEMO_ZONE, DEMO_ZONE)
        local = plain.removeprefix(_PROVINCE_WORDS[0])
        for region in self.rows:
            if region.code != DEMO_ZONE and local.startswith(region.short_name):
                return Recommender(name, RecommenderType.CITY, region.code)
        if plain.startswith(_PROVINCE_WORDS) and plain.endswith(_DEPARTMENT_ENDINGS):
            return Recommender(name, RecommenderType.DEPARTMENT)
        return Recommender(name)


def read_regions(lines: str) -> Regions:
    """The table from ``code,name`` lines; lines that begin with # and the heading are passed over."""
    rows = [line.split(",") for line in lines.splitlines() if line.strip() and not line.startswith(("#", "code,"))]
    return Regions(tuple(Region(RegionCode(code.strip()), name.strip()) for code, name in rows))
