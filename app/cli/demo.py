"""``youpin demo``: a whole sample campaign, start to result."""

import subprocess
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.output import Report
from app.cli.parsing import add_command
from app.i18n import _
from app.platform.restart import window_command


def add_commands(groups: Any) -> None:
    """Add the command at the top level."""
    demo = add_command(
        groups,
        "demo",
        _demo,
        summary=_("play a whole sample campaign, start to result"),
        description=_(
            "Everything in it is invented. Makes a record, five desks with enrolled experts, applications with real\n"
            "documents, sealed packages, signed reviews and receipts, and opens the window on one of the desks.\n"
            "One passphrase opens everything; it is printed at the end."
        ),
        example="youpin demo --headless --dir sample",
    )
    demo.add_argument(
        "--dir",
        type=Path,
        metavar="DIR",
        help=_("new or empty folder for everything it makes; by default sample-1, sample-2 … here"),
    )
    demo.add_argument("--headless", action="store_true", help=_("tell the story here and open no window"))


def _demo(arguments: Namespace) -> Report:
    from app.bootstrap.sample import (
        free_folder,
        play_sample,
    )  # draws, signs and prints: not needed for any other command

    folder = arguments.dir or free_folder(Path.cwd())
    story: list[str] = []

    def tell(sentence: str) -> None:
        story.append(sentence)
        if not arguments.json:
            print(sentence, flush=True)

    sample = play_sample(folder.absolute(), tell=tell)
    if not arguments.headless:
        subprocess.Popen(window_command([str(sample.open_desk)]), close_fds=True)
    document = {
        "record": str(sample.record),
        "desks": [str(desk) for desk in sample.desks],
        "passphrase": sample.passphrase,
        "recovery": str(sample.recovery),
        "packages": {
            "invitation": str(sample.invitation),
            "assignments": [str(file) for file in sample.assignments],
            "reviews": [str(file) for file in sample.reviews],
            "receipts": [str(file) for file in sample.receipts],
        },
        "story": story,
    }
    text = _("Folder: {folder}\nPassphrase of everything: {passphrase}").format(
        folder=sample.folder, passphrase=sample.passphrase
    )
    return Report(document, text)
