"""Start the window: harden the process, make the application, show the start page or what was asked for."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.i18n import _, chosen_language
from app.logs import start_logging
from app.platform.display import has_display
from app.platform.hardening import harden_process
from app.platform.private_files import refuse_others_by_default
from ui.errors import Teller
from ui.remembered import Remembered
from ui.start.start_window import StartWindow
from ui.theme import apply_theme, follow_system
from ui.tokens import Theme


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    options = _options(arguments)
    if options.sample and not has_display():
        return _tell_sample(options.folder)
    refuse_others_by_default()
    harden_process()
    start_logging()
    application = make_application()
    teller = Teller(say=_say_nothing_yet)
    teller.install()
    window = StartWindow(teller)
    window.show()
    if options.sample:
        window.practise()
    elif options.file:
        window.take_file(options.file, options.place)
    status = application.exec()
    window.shut_down()
    return status


def make_application() -> QApplication:
    """The one application of this process: name, look, fonts, Qt's own words in our language."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application runs in this process")
    application.setApplicationName("YoupinReview")
    application.setApplicationDisplayName(_("Youpin Review"))
    translator = QTranslator(application)
    if translator.load(
        QLocale(chosen_language()), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)
    apply_theme(application, _theme())
    follow_system(application, _theme)
    return application


def _theme() -> Theme:
    return Remembered().choice("theme", Theme.SYSTEM)


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


def _say_nothing_yet(_message: object) -> None:
    """Until a window stands, a sentence has nowhere to go; it is shown once the start page is there."""
