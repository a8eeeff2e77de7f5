"""Opening the desk a command works on, and finding the review an application stands for."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.passphrases import add_passphrase_options, passphrase_of
from app.domain.ids import ApplicationCode, ReviewId
from app.i18n import _

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace


def add_desk(parser: ArgumentParser) -> None:
    """The desk and how it is opened, as every command of the group takes them."""
    parser.add_argument("desk", type=Path, metavar="DESK", help=_("file of the desk (*.desk)"))
    add_passphrase_options(parser)


def add_application(parser: ArgumentParser) -> None:
    """The one application a command is about."""
    parser.add_argument("application", metavar="APPLICATION", help=_("the application, e.g. 2026-0001"))


def open_for(arguments: Namespace) -> "DeskWorkspace":
    """The desk named on the command line, open."""
    from app.bootstrap.desk import open_desk

    return open_desk(arguments.desk, passphrase_of(arguments))


def review_named(desk: "DeskWorkspace", application: str) -> ReviewId:
    """The review of the application named on the command line."""
    return desk.tasks.review_of(ApplicationCode(application.strip()))
