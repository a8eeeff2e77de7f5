"""All commands in one parser."""

from argparse import ArgumentParser

from app.cli import (
    demo,
    desk_changes,
    desk_clearing,
    desk_comparing,
    desk_forks,
    desk_judging,
    desk_phrases,
    desk_printing,
    desk_restoring,
    desk_returns,
    desk_setup,
    desk_typing,
    desk_visits,
    desk_work,
    help_pages,
    package,
    record_intake,
    record_people,
    record_returns,
    record_setup,
    record_work,
)
from app.cli.parsing import Parser, group, speak_our_language
from app.i18n import _


def parser() -> ArgumentParser:
    """The whole command line."""
    speak_our_language()
    top = Parser(
        prog="youpin",
        description=_(
            "Offline expert review: the secretariat's record, the experts' desks, and the sealed files between."
        ),
        epilog=_(
            "Exit status: 0 done, 1 refused (one sentence says why), 2 wrong usage, 3 done in part.\n"
            "YOUPIN_LANGUAGE=en speaks English."
        ),
    )
    groups = top.add_subparsers(dest="group", required=True, metavar=_("GROUP"), parser_class=Parser)
    record = group(
        groups,
        "record",
        summary=_("the secretariat's master record"),
        description=_("RECORD is a file, or the address of a PostgreSQL database (postgresql://…)."),
    )
    for module in (record_setup, record_people, record_intake, record_work, record_returns):
        module.add_commands(record)
    desk = group(
        groups,
        "desk",
        summary=_("one expert's desk"),
        description=_("DESK is a file (*.desk); its key file X.desk.key lies beside it and belongs to it."),
    )
    for module in (
        desk_setup,
        desk_work,
        desk_typing,
        desk_changes,
        desk_forks,
        desk_judging,
        desk_comparing,
        desk_phrases,
        desk_printing,
        desk_restoring,
        desk_returns,
        desk_clearing,
        desk_visits,
    ):
        module.add_commands(desk)
    demo.add_commands(groups)
    help_pages.add_commands(groups)
    package.add_commands(group(groups, "package", summary=_("the sealed files that travel")))
    return top
