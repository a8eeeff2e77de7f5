"""Every sentence the program may answer with, by its code, as it is listed in ``resources/help/sentences.csv``.

The list is written from the classes of the program by ``make words``; reading it loads none of them.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.i18n import _
from app.paths import resource

_PLACE: Final = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One entry: the code that stands beside the sentence, the module it comes from, and its English words."""

    code: str
    module: str
    message: str

    def words(self) -> str:
        """The sentence in the chosen language, with “…” for what is only known when it is said."""
        return _PLACE.sub("…", _(self.message))


@cache
def all_sentences() -> dict[str, Sentence]:
    """Every sentence by its code."""
    with resource("help", "sentences.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Sentence(row["code"], row["module"], row["message"]) for row in csv.DictReader(file)}


def screens_of(sentence: Sentence) -> tuple[str, ...]:
    """Codes of the screens where *sentence* comes up; none for what only a command says."""
    rows = _screens()
    if sentence.code in rows:
        return rows[sentence.code]
    fitting = [where for where in rows if sentence.module.startswith(where)]
    return rows[max(fitting, key=len)] if fitting else ()


@cache
def _screens() -> dict[str, tuple[str, ...]]:
    with resource("help", "screens.csv").open(encoding="utf-8", newline="") as file:
        return {row["where"]: tuple(row["screens"].split()) for row in csv.DictReader(file)}
