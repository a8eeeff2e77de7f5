"""The invented campaign: operators in every city, five experts, and what each of them thinks of each application.

Everything follows from the seed and the year, so that two demonstrations show the same figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from app.documents.intake_template import write_template
from app.documents.sample_dossier import DossierSubject, draw_dossier
from app.domain.application import BrandCategory, Offering
from app.domain.conflict import ConflictKind
from app.domain.summary_table import CATEGORY_WORDS, OFFERING_WORDS, Column
from app.domain.uscc import Uscc, check_character, organisation_check_character
from app.paths import resource
from app.progress import NoProgress, Progress

DEFAULT_SEED: Final = "示例"
_TABLE_NAME: Final = "01_推荐汇总表.xlsx"
_FILES_NAME: Final = "申报材料"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOperator:
    """One invented operator with its product or service; ``number`` is its row in the table."""

    number: int
    operator: str
    uscc: str
    product: str
    category: BrandCategory
    offering: Offering
    industry: str
    trademark: str
    standards: tuple[str, ...]
    recommender: str
    quality: float

    @property
    def city(self) -> str:
        """The city that stands at the beginning of its name."""
        return self.operator.partition("示例")[0]

    def subject(self, year: int) -> DossierSubject:
        """What its dossier is about."""
        return DossierSubject(
            operator=self.operator,
            uscc=self.uscc,
            product=self.product,
            offering=self.offering,
            city=self.city,
            trademark=self.trademark,
            standards=self.standards,
            year=year,
            quality=self.quality,
        )

    def row(self, rank: int) -> Mapping[Column, str]:
        """Its row of the summary table."""
        return {
            Column.NUMBER: str(self.number),
            Column.RECOMMENDER: self.recommender,
            Column.OPERATOR: self.operator,
            Column.USCC: self.uscc,
            Column.OFFERING_NAME: self.product,
            Column.CATEGORY: CATEGORY_WORDS[self.category][0],
            Column.OFFERING: OFFERING_WORDS[self.offering][0],
            Column.INDUSTRY: self.industry,
            Column.TRADEMARK: self.trademark,
            Column.STANDARD: "、".join(self.standards),
            Column.CONTACT: "示例联系人",
            Column.PHONE: f"1390000{self.number:04}",
            Column.RANK: str(rank),
            Column.REMARK: "",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleExpert:
    """One invented expert.

    Attributes:
        strictness: steps by which the expert scores below (positive) or above the others.
        relations: organisations named at enrolment.
    """

    number: int
    name: str
    phone: str
    employer: str
    title: str
    strictness: int
    relations: tuple[str, ...]

    def conflict_with(self, operator: SampleOperator) -> ConflictKind | None:
        """Why this expert must not review *operator*, if so."""
        return ConflictKind.EMPLOYMENT if self.employer == operator.operator else None


@dataclass(frozen=True, slots=True)
class SampleMaterial:
    """What recommenders would have sent: a table and a folder of dossiers."""

    table: Path
    files: Path


@cache
def sample_operators() -> tuple[SampleOperator, ...]:
    """Fifteen operators: one in every city and one in the demonstration zone, all four categories."""
    return tuple(_operator(number, told) for number, told in enumerate(_told()["operators"], start=1))


@cache
def sample_experts() -> tuple[SampleExpert, ...]:
    """Five experts; one of them is employed by an operator of the list."""
    return tuple(
        SampleExpert(number=number, **told | {"relations": tuple(told["relations"])})
        for number, told in enumerate(_told()["experts"], start=1)
    )


def write_sample_material(
    folder: Path,
    *,
    year: int,
    seed: str = DEFAULT_SEED,
    operators: Sequence[SampleOperator] | None = None,
    progress: Progress | None = None,
) -> SampleMaterial:
    """Write the summary table and one folder of documents per operator into *folder*, which exists.

    Args:
        year: of the campaign; the figures tell of the three years before.
        operators: all of them, or those a shorter demonstration wants; the first has the application of forty pages.

    Raises:
        Cancelled: the person no longer wants it; what is written stays.
    """
    chosen = sample_operators() if operators is None else operators
    watching = progress or NoProgress()
    table, files = folder / _TABLE_NAME, folder / _FILES_NAME
    write_template(table, rows=list(_rows(chosen)))
    files.mkdir()
    for done, one in enumerate(chosen):
        watching.step(done, len(chosen))
        own = files / f"{one.number:02} {one.operator}"
        own.mkdir()
        documents = draw_dossier(one.subject(year), one.category, seed=f"{seed}/{one.uscc}", is_long=done == 0)
        for document in documents:
            (own / document.name).write_bytes(document.data)
    watching.step(len(chosen), len(chosen))
    return SampleMaterial(table, files)


def chance_for(*parts: object) -> Random:
    """Chance that depends on *parts* alone."""
    return Random("/".join(map(str, parts)))  # noqa: S311 - a sample, nothing secret


def _rows(operators: Sequence[SampleOperator]) -> Iterator[Mapping[Column, str]]:
    ranks: dict[str, int] = {}
    for one in operators:
        ranks[one.recommender] = ranks.get(one.recommender, 0) + 1
        yield one.row(ranks[one.recommender])


@cache
def _told() -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        resource("data", "sample-campaign.yaml").read_text(encoding="utf-8")
    )
    return data


def _operator(number: int, told: dict[str, Any]) -> SampleOperator:
    return SampleOperator(
        number=number,
        operator=str(told["operator"]),
        uscc=invented_uscc(number, area=str(told["area"]), entity=str(told.get("entity", "91"))),
        product=str(told["product"]),
        category=BrandCategory(str(told["category"])),
        offering=Offering(str(told["offering"])),
        industry=str(told["industry"]),
        trademark=f"99{number:06}",
        standards=tuple(told["standards"]),
        recommender=str(told["recommender"]),
        quality=float(told["quality"]),
    )


def invented_uscc(number: int, *, area: str, entity: str = "91") -> str:
    """A credit code with right check characters and an organisation code that begins with XXX, as no real one does."""
    organisation = f"XXX{number:05}"
    first = entity + area + organisation + organisation_check_character(organisation)
    return Uscc(first + check_character(first)).text
