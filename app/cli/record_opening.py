"""Opening the record a command works on."""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from app.cli.passphrases import OPENER, add_passphrase_options, passphrase_of
from app.i18n import _

if TYPE_CHECKING:
    from app.bootstrap.record import RecordWorkspace


def add_record(parser: ArgumentParser) -> None:
    """The record and how it is opened, as every command of the group takes them."""
    parser.add_argument("record", metavar="RECORD", help=_("file of the record, or address of a database"))
    parser.add_argument(
        "--opener",
        dest="opener",
        metavar="NAME",
        help=_("who opens the record (YOUPIN_OPENER); otherwise the passphrase decides"),
    )
    add_passphrase_options(parser)


def open_for(arguments: Namespace) -> "RecordWorkspace":
    """The record named on the command line, open."""
    from app.bootstrap.record import open_record

    opener = arguments.opener or os.environ.get(OPENER) or None
    return open_record(arguments.record, passphrase_of(arguments), opener=opener)
