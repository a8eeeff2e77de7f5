"""What an invented applicant writes about itself, section by section along the indicators of the default rubric.

Everything is fiction and says so; figures come from the facts that are handed in, so that a dossier agrees with itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import yaml

from app.paths import resource

FICTION_NOTICE: Final = "示例材料，单位、人物和数据均为虚构"

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its number and title, paragraphs and a table, with places for facts."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]

    def filled(self, facts: Facts) -> "Section":
        """The same with *facts* put in."""
        return Section(
            self.number,
            self.title.format(**facts),
            tuple(paragraph.format(**facts) for paragraph in self.paragraphs),
            tuple(tuple(cell.format(**facts) for cell in row) for row in self.table),
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the six dimensions."""

    name: str
    sections: tuple[Section, ...]

    def filled(self, facts: Facts) -> "Chapter":
        """The same with *facts* put in."""
        return Chapter(self.name, tuple(section.filled(facts) for section in self.sections))


@cache
def chapters() -> tuple[Chapter, ...]:
    """The whole application in six chapters, not filled in yet."""
    told = yaml.safe_load(resource("data", "sample-dossier.yaml").read_text(encoding="utf-8"))
    return tuple(
        Chapter(
            chapter["name"],
            tuple(
                Section(
                    section["number"],
                    section["title"],
                    tuple(section["paragraphs"]),
                    tuple(tuple(row) for row in section["table"]),
                )
                for section in chapter["sections"]
            ),
        )
        for chapter in told["chapters"]
    )
