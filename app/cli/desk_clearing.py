"""``youpin desk clear``."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.desk_opening import add_desk, open_for, review_named
from app.cli.output import Report
from app.cli.parsing import add_command
from app.i18n import _, ngettext


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    clear = add_command(
        commands,
        "clear",
        _clear,
        summary=_("remove the documents of confirmed reviews and write a confirmation to sign"),
        description=_(
            "Only reviews that a receipt has confirmed; without an application, all of them. Your own signed reviews\n"
            "stay. Importing the package of the secretariat again brings the documents back."
        ),
        example="youpin desk clear 王示例.desk 2026-0001 --out cleared.pdf",
    )
    add_desk(clear)
    clear.add_argument("applications", nargs="*", metavar="APPLICATION", help=_("e.g. 2026-0001"))
    clear.add_argument("--out", required=True, type=Path, metavar="FILE", help=_("the confirmation (PDF), a new file"))


def _clear(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        named = [review_named(desk, application) for application in dict.fromkeys(arguments.applications)]
        cleared = desk.clearing.clear(named or [task.review for task in desk.clearing.ready()], out=arguments.out)
        tasks = {each.review: desk.tasks.task(each.review) for each in cleared.reviews}
    document = {
        "file": str(cleared.file),
        "reviews": [
            {
                "application": tasks[each.review].application,
                "review": each.review,
                "documents": each.documents,
                "size": each.size,
                "cleared_at": each.cleared_at.isoformat(),
            }
            for each in cleared.reviews
        ],
    }
    count = len(cleared.reviews)
    words = ngettext(
        "The documents of {count} dossier are removed; your review stays. Sign and hand in: {file}",
        "The documents of {count} dossiers are removed; your reviews stay. Sign and hand in: {file}",
        count,
    )
    return Report(document, words.format(count=count, file=cleared.file))
