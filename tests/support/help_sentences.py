"""The list of every sentence with a code, written from the classes; ``make words`` keeps it."""

import csv
import io
from importlib import import_module
from pathlib import Path

from app.domain.outcome import Outcome
from app.packages import refusal
from app.services.help_pages import code_of_refusal
from app.words import health
from tests.support.failures import failures
from tests.support.sources import sources

PATH = Path(__file__).parents[2] / "resources" / "help" / "sentences.csv"


def listed() -> str:
    """The file as it has to be: sorted by code, so that two branches merge without quarrel."""
    for one in sources("ui"):  # a few pages have a sentence of their own
        if "(UserFacingError)" in one.text:
            import_module(one.path.removesuffix(".py").replace("/", "."))
    rows = {error.code: (error.__module__, error.message) for error in failures()}
    for outcome in Outcome:
        message = refusal._SENTENCES.get(outcome)
        if message is not None:
            rows[code_of_refusal(outcome)] = (refusal.__name__, message)
    rows |= {code: (health.__name__, title) for code, title in health.CHECKED.items()}
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("code", "module", "message"))
    writer.writerows((code, *rows[code]) for code in sorted(rows))
    return target.getvalue()


def main() -> None:
    """Rewrite the list."""
    PATH.write_text(listed(), encoding="utf-8")


if __name__ == "__main__":
    main()
