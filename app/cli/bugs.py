"""A bug in a command: its places go to the log, a sentence and a code to the person."""

import hashlib
import logging
import sys

from app.errors import UserFacingError
from app.i18n import N_
from app.logs import PlacesOnlyFormatter, start_logging


class BugError(UserFacingError):
    """Never raised: the words for what should not have happened."""

    code = "bug"
    message = N_(
        "Something went wrong in the program itself (code {bug}). Nothing half-done was kept. "
        "Try again; if it stays, send the help desk this code and the program's log."
    )


def listen() -> None:
    """Let the log file hear what would otherwise be printed in the middle of a command's answer."""
    if not logging.getLogger().handlers:
        start_logging(logging.WARNING)


def note_bug(error: Exception) -> BugError:
    """Write where *error* came from to the log; the code is the same whenever it happens at the same place."""
    places = PlacesOnlyFormatter().formatException((type(error), error, error.__traceback__))
    bug = hashlib.sha256(places.encode()).hexdigest()[:8].upper()
    logging.getLogger(__name__).error("a bug in a command, code %s", bug, exc_info=sys.exc_info())
    return BugError(bug=bug)
