"""``youpin desk visit caption | question``: what stands below a photo in the report, and where a question is asked."""

from argparse import Namespace
from typing import Any

from app.cli.desk_opening import open_for
from app.cli.desk_visit_arguments import add_visit, tray_number
from app.cli.output import Report
from app.cli.parsing import add_command
from app.domain.onsite.ids import ItemId
from app.i18n import _


def add_commands(visit: Any) -> None:
    """Add the commands of this module to the group ``desk visit``."""
    caption = add_command(
        visit,
        "caption",
        _caption,
        summary=_("write what stands below a photo in the report"),
        description=_("The photo has to be on an item. An empty text takes the caption away."),
        example='youpin desk visit caption 王示例.desk 2026-0001 12 "…"',
    )
    add_visit(caption)
    caption.add_argument(
        "photo", type=tray_number, metavar="N", help=_("number in the tray, e.g. 12; of another P1-12")
    )
    caption.add_argument("text", metavar="TEXT", help=_("the caption"))
    question = add_command(
        visit,
        "question",
        _question,
        summary=_("ask a question at another item, or no longer"),
        description=_("A withdrawn question stays in visits that are planned already; new ones do not get it."),
        example="youpin desk visit question 王示例.desk 2026-0001 0123456789abcdef --item B3",
    )
    add_visit(question)
    question.add_argument("question", metavar="QUESTION", help=_("number of the question as “show” prints it"))
    where = question.add_mutually_exclusive_group(required=True)
    where.add_argument("--item", metavar="ITEM", help=_("item of the checklist, e.g. B3"))
    where.add_argument("--loose", action="store_true", help=_("at no item, for the visit as a whole"))
    where.add_argument("--withdraw", action="store_true", help=_("it need not be asked any more"))


def _caption(arguments: Namespace) -> Report:
    whose, number = arguments.photo
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        photo = desk.visits.photos.numbered(visit, number, author=whose).sha256
        desk.visits.photos.caption(visit, photo, arguments.text)
    return Report({"visit": visit, "photo": photo, "caption": arguments.text.strip()}, _("Saved."))


def _question(arguments: Namespace) -> Report:
    item = ItemId(arguments.item) if arguments.item else None
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        if arguments.withdraw:
            desk.visits.planning.withdraw_question(desk.visits.sheet(visit).review, arguments.question)
        else:
            desk.visits.planning.place_question(visit, arguments.question, item)
    document = {"visit": visit, "question": arguments.question, "item": item, "withdrawn": arguments.withdraw}
    return Report(document, _("Saved."))
