"""Tables that come with the program and that an intake is checked against."""

from functools import cache

from app.domain.regions import Regions, read_regions
from app.paths import resource


@cache
def default_regions() -> Regions:
    """Cities and the demonstration zone in official order."""
    return read_regions(resource("data", "regions.csv").read_text(encoding="utf-8"))
