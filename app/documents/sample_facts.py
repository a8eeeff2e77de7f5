"""Figures of an invented applicant, drawn once from a seed so that every document of a dossier tells the same."""

from dataclasses import dataclass
from random import Random
from typing import Final

from app.domain.application import Offering

FIRST_YEAR: Final = -3  # the three full years before the campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSubject:
    """Whom and what a dossier is about.

    Attributes:
        year: of the campaign.
        quality: 0 to 1, how good the figures are.
    """

    operator: str
    uscc: str
    product: str
    offering: Offering
    city: str
    trademark: str
    standards: tuple[str, ...]
    year: int
    quality: float


def facts_of(subject: DossierSubject, chance: Random) -> dict[str, str]:
    """Everything the texts have places for."""
    good = subject.quality
    facts = {
        "operator": subject.operator,
        "product": subject.product,
        "thing": "产品" if subject.offering is Offering.PRODUCT else "服务",
        "standard": "、".join(subject.standards),
        "trademark": subject.trademark,
        "tax": "A" if good > 0.5 else "B",
        **{f"y{n + 1}": str(subject.year + FIRST_YEAR + n) for n in range(4)},
    }
    for name, low, high in _WHOLE:
        facts[name] = str(round(low + (high - low) * _near(good, chance)))
    for name, least, most in _DECIMAL:
        facts[name] = f"{least + (most - least) * _near(good, chance):.1f}"
    for prefix, smallest, largest, growth in _RISING:
        first = smallest + (largest - smallest) * _near(good, chance)
        for year in range(3):
            facts[f"{prefix}{year + 1}"] = f"{first * (1 + growth) ** year:.0f}"
    for names, begin, last in _TOWARDS:
        end = begin + (last - begin) * _near(good, chance)
        for place, name in enumerate(names):
            facts[name] = f"{begin + (end - begin) * place / (len(names) - 1):.1f}"
    return facts


def _near(good: float, chance: Random) -> float:
    return min(1.0, max(0.0, good + chance.uniform(-0.2, 0.2)))


_WHOLE: Final = (
    ("researchers", 8, 120), ("seniors", 2, 30), ("lab_area", 300, 4000), ("patents", 0, 24), ("utility", 3, 40),
    ("gain", 3, 22), ("new_products", 1, 12), ("samples", 30, 120), ("index", 101, 128), ("points", 40, 600),
    ("trace", 55, 12), ("trace1", 80, 20), ("indicators", 8, 14), ("better", 2, 9), ("endure", 10, 18),
    ("documents", 90, 320), ("doc1", 20, 80), ("doc2", 40, 140), ("doc3", 30, 100), ("std_part", 1, 9),
    ("std_lead", 0, 3), ("std_nat", 0, 5), ("std_group", 1, 4), ("training", 60, 900), ("revised", 0, 6),
    ("chk1", 20, 60), ("chk2", 20, 60), ("dev1", 6, 1), ("dev2", 5, 0), ("spots", 2, 7), ("projects", 2, 18),
    ("saving", 12, 380), ("au2", 9, 3), ("au3", 8, 2), ("key_points", 4, 12), ("suppliers", 12, 90),
    ("gauges", 25, 400), ("outlets", 3, 60), ("servants", 8, 240), ("respond", 24, 4), ("orders", 300, 9000),
    ("complaints", 40, 6), ("co1", 14, 2), ("co2", 10, 2), ("co3", 12, 2), ("contracts", 80, 2400), ("drills", 1, 6),
    ("staff", 60, 1200), ("partners", 4, 60), ("survey", 80, 1200), ("rank", 8, 1), ("classes", 1, 9),
    ("fairs", 1, 12), ("honours", 0, 6), ("adopters", 2, 24), ("sp1", 1, 2), ("sp2", 1, 2), ("sp3", 1, 3),
)  # fmt: skip
_DECIMAL: Final = (
    ("researcher_share", 6, 22), ("new_share", 8, 45), ("energy", 2, 16), ("stable", 4.9, 2.2), ("cpk1", 1.0, 1.8),
    ("cpk2", 1.1, 2.0), ("satisfied", 86, 99), ("csi_gain", 0.1, 3.5),
)  # fmt: skip
_RISING: Final = (
    ("rd", 120, 3600, 0.12), ("sale", 3000, 60000, 0.09), ("tx", 150, 4200, 0.07), ("st", 55, 1100, 0.04),
    ("gv", 2, 60, 0.1), ("pt", 30, 480, 0.1),
)  # fmt: skip
_TOWARDS: Final[tuple[tuple[tuple[str, ...], float, float], ...]] = (
    (("rds1", "rds2", "rds3"), 2.0, 6.5),
    (("fpy1", "fpy2", "fpy3"), 95.0, 99.8),
    (("ret1", "ret2", "ret3"), 2.4, 0.1),
    (("en1", "en2", "en3"), 100.0, 82.0),
    (("on1", "on2", "ontime"), 90.0, 99.6),
    (("de1", "de2", "delivery"), 91.0, 99.5),
    (("fu1", "fu2", "fulfil"), 96.0, 100.0),
    (("cs1", "cs2", "csi"), 80.0, 95.0),
)
