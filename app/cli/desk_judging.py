"""``youpin desk self-check``."""

from argparse import Namespace
from typing import Any

from app.cli.desk_opening import add_application, add_desk, open_for, review_named
from app.cli.output import Report
from app.cli.parsing import add_command
from app.i18n import _, ngettext


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    check = add_command(
        commands,
        "self-check",
        _self_check,
        summary=_("list what is worth a second look before signing; private, never part of a package"),
        description=_(
            "What is missing, scores without evidence, an opinion against its total, one value for nearly everything,\n"
            "sentences that also stand in another of your reviews, caps, vetoes, one page cited under two dimensions.\n"
            "Only what is missing keeps a review from being signed; the rest can be left as it is by its key."
        ),
        example="youpin desk self-check 王示例.desk 2026-0001 --leave 0123456789abcdef0123456789abcdef",
    )
    add_desk(check)
    add_application(check)
    check.add_argument(
        "--leave", action="append", default=[], metavar="KEY", help=_("leave this as it is; may be repeated")
    )
    check.add_argument(
        "--take-back", action="append", default=[], metavar="KEY", help=_("ask about this again; may be repeated")
    )


def _self_check(arguments: Namespace) -> Report:
    from app.services.desk_remarks import remark_words

    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        if arguments.take_back:
            desk.self_check.take_back(review, *arguments.take_back)
        if arguments.leave:
            desk.self_check.leave(review, *arguments.leave)
        found = desk.self_check.check(review)
    said = [(one, remark_words(one.remark, found.rubric, found.names)) for one in found.findings]
    document = {
        "review": review,
        "open": len(found.open),
        "findings": [
            {
                "key": one.remark.key(),
                "code": str(one.remark.code),
                "sentence": words,
                "indicator": one.remark.indicator,
                "part": str(one.remark.part) if one.remark.part else None,
                "veto": one.remark.veto,
                "missing": one.remark.missing.key() if one.remark.missing else None,
                "is_left": one.is_left,
                "can_be_left": one.remark.can_be_left,
            }
            for one, words in said
        ],
    }
    count = len(found.open)
    head = ngettext("{count} thing to look at", "{count} things to look at", count).format(count=count)
    lines = [f"{'✓' if one.is_left else '○'} {one.remark.key()}  {words}" for one, words in said]
    return Report(document, "\n".join([head if count else _("Nothing to look at."), *lines]))
