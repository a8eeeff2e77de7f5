"""``youpin desk print``: pages of a dossier with a watermark, where the campaign allows it."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.desk_opening import add_application, add_desk, open_for, review_named
from app.cli.output import Exit, Report
from app.cli.parsing import add_command, positive
from app.errors import UserFacingError
from app.i18n import N_, _


class DocumentNumberError(UserFacingError):
    """A number that the dossier does not have."""

    code = "document_number_unknown"
    message = N_("The dossier has no document {number}. It has {count}.")


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    printing = add_command(
        commands,
        "print",
        _print,
        summary=_("print pages of a dossier with a watermark, where the campaign allows it"),
        description=_(
            "Each page is a picture with the expert's number, the application and the time across it.\n"
            "Every print-out is noted in the review's log. Exit status 3 if a page could not be shown."
        ),
        example="youpin desk print 王示例.desk 2026-0001 --document 3 --pages 1-3 --out pages.pdf",
    )
    add_desk(printing)
    add_application(printing)
    printing.add_argument(
        "--document", required=True, type=positive, metavar="N", help=_("number of the document in the dossier")
    )
    printing.add_argument("--pages", default="", metavar="1-3", help=_("which pages, e.g. 1-3,7; all without it"))
    printing.add_argument("--out", required=True, type=Path, metavar="FILE", help=_("where the PDF goes"))


def _print(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        desk.dossier_prints.require_allowed(review)
        documents = desk.viewing.documents(review)
        wanted = next((view.document for view in documents if view.number == arguments.document), None)
        if wanted is None:
            raise DocumentNumberError(number=arguments.document, count=len(documents))
        printed = desk.dossier_prints.save(review, wanted.sha256, arguments.pages, out=arguments.out)
    document = {
        "file": str(arguments.out),
        "document": arguments.document,
        "pages": list(printed.pages.numbers),
        "failed": list(printed.failed),
        "at": printed.at.isoformat(),
    }
    text = _("Printed: {title}, pages {pages} → {file}").format(
        title=printed.title, pages=printed.pages.text(), file=arguments.out
    )
    if not printed.failed:
        return Report(document, text)
    numbers = ", ".join(map(str, printed.failed))
    sentence = _("These pages could not be shown; a sentence stands in their place: {pages}").format(pages=numbers)
    return Report(document, text, Exit.PARTLY, sentence)
