"""Start the window: harden the process, make the application, show the start page or what was asked for.

Qt is loaded within :func:`main`, and after everything that does not need it. A process that is started to help with an
import reads this module again as its own beginning and shall not load a window for that; and while Qt is loaded, it
looks through the source of each module that comes after it.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from app.i18n import _
from app.logs import start_logging
from app.platform.display import has_display
from app.platform.hardening import harden_process
from app.platform.private_files import refuse_others_by_default

__all__ = ["main"]

_PICTURES = "--pictures"  # what :mod:`ui.tour` starts; it is loaded only then


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments[:1] == [_PICTURES]:
        from ui.tour import main as take_pictures

        return take_pictures(arguments[1:])
    options = _options(arguments)
    if options.sample and not has_display():
        return _tell_sample(options.folder)
    refuse_others_by_default()
    harden_process()
    start_logging()
    # Nothing of what a start makes becomes rubbish; looking for some among it takes a twentieth of the time.
    gc.disable()
    from ui.garbage import GuiGarbageCollector
    from ui.qt_messages import log_qt_messages
    from ui.running import show_window

    log_qt_messages()
    window, application = show_window(file=options.file or "", place=options.place, is_sample=options.sample)
    GuiGarbageCollector(application)
    status = application.exec()
    window.shut_down()
    return status


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("youpin-desktop", description=_("The window of Youpin Review."))
    parser.add_argument("file", nargs="?", help=_("a desk, a record or a package to open"))
    parser.add_argument("--place", default="", help=_("code of the place to show after unlocking"))
    parser.add_argument(
        "--folder",
        type=Path,
        help=_("where the sample goes without a display; by default a new folder in “output”"),
    )
    parser.add_argument("--sample", action="store_true", help=_("open the sample campaign, ready to click"))
    return parser.parse_args(list(arguments))


def _tell_sample(folder: Path | None) -> int:
    """No display: the same story with pictures of every screen, into a folder that is named at the end."""
    from app.bootstrap.sample import free_folder  # the whole program: only for this
    from ui.tour import tour

    place = (folder or free_folder(Path("output"))).absolute()
    tour(place, _print_line)
    _print_line(_("Screens, packages, record and desks: {folder}").format(folder=place))
    return 0


def _print_line(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
