"""Opening the desk a command works on, and finding the review an application stands for."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.passphrases import add_passphrase_options, passphrase_of
from app.domain.ids import ApplicationCode, ReviewId
from app.domain.review import ReviewKind
from app.errors import UserFacingError
from app.i18n import N_, _

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace


class KindUnknownError(UserFacingError):
    """Something after the colon that is no kind of review."""

    code = "review_kind_unknown"
    message = N_("“{kind}” is no kind of review. Write {application}:examination, :qualification or :onsite.")


def add_desk(parser: ArgumentParser) -> None:
    """The desk and how it is opened, as every command of the group takes them."""
    parser.add_argument("desk", type=Path, metavar="DESK", help=_("file of the desk (*.desk)"))
    add_passphrase_options(parser)


def add_application(parser: ArgumentParser) -> None:
    """The one application a command is about."""
    parser.add_argument(
        "application",
        metavar="APPLICATION",
        help=_("the application, e.g. 2026-0001; with its kind where there are several: 2026-0001:examination"),
    )


def open_for(arguments: Namespace) -> "DeskWorkspace":
    """The desk named on the command line, open."""
    from app.bootstrap.desk import open_desk

    return open_desk(arguments.desk, passphrase_of(arguments))


def review_named(desk: "DeskWorkspace", application: str) -> ReviewId:
    """The review of the application named on the command line, with or without the kind of review behind it."""
    code, _colon, kind = application.strip().partition(":")
    return desk.tasks.review_of(ApplicationCode(code), _kind(kind, application=code) if kind else None)


def _kind(name: str, *, application: str) -> ReviewKind:
    try:
        return ReviewKind(name)
    except ValueError:
        raise KindUnknownError(kind=name, application=application) from None
