"""The pictures of the help, taken by the program of itself on the sample campaign.

``python -m ui.help.pictures`` plays the sample and then starts itself once per language, because words on a screen are
chosen when it is made. The pictures lie with the pages, so that the help needs neither the sample nor a moment to draw.
"""

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.bootstrap.desk import open_desk
from app.bootstrap.record import open_record
from app.bootstrap.sample import free_folder, play_sample
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.i18n import LANGUAGES, chosen_language
from app.logs import start_logging
from app.paths import resource
from ui.application import make_application
from ui.clipboard import Clipboard
from ui.desk.task_place import TaskPlace
from ui.desk.window import HAND_IN, ON_SITE, SETTINGS, TASKS, DeskWindow
from ui.errors import Teller
from ui.garbage import GuiGarbageCollector
from ui.help.picture_story import tell_on
from ui.jobs import Workers
from ui.qt_messages import log_qt_messages
from ui.record import window as record_window
from ui.record.window import RecordWindow
from ui.remembered import Remembered
from ui.start.start_window import StartWindow
from ui.theme import apply_theme
from ui.tokens import Theme
from ui.visit.visit_place import VisitPlace

SCREENS: Final = (
    "S03", "R01", "R03-1", "R04", "R05-4", "R06", "D11", "D12", "D13", "D14", "D15", "D16", "D17", "D02", "D03",
    "D42", "D43", "D44", "D45", "D46",
)  # fmt: skip
"""The screens that have a picture, by their codes."""
LAPTOP: Final = QSize(1366, 690)  # 768 lines less the task bar
LARGEST: Final = 80_000
"""Bytes of one picture at most."""
_RECORD_PLACES: Final = {
    "R01": record_window.OVERVIEW,
    "R03-1": record_window.ROSTER,
    "R04": record_window.ASSIGNMENT,
    "R05-4": record_window.RETURNS,
    "R06": record_window.RESULTS,
}
_VISIT_TABS: Final = ("D42", "D43", "D44", "D45", "D46")
_PASSPHRASE: Final = "YOUPIN_PASSPHRASE"  # noqa: S105 - the name of a variable
_SOMEBODYS_HOME: Final = "/home/expert"  # what a page proposes to write to shall not be a folder of ours
_COLOURS: Final = (256, 128, 64, 32)
_NO_DITHER: Final = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
_CALM_MS: Final = 350
_CALM_TURNS: Final = 3
_PATIENCE_MS: Final = 30_000
_SECONDS: Final = 600
_MOST_COMPRESSED: Final = 0  # what Qt calls the quality of a PNG is how little it is compressed


def main(arguments: Sequence[str] | None = None) -> int:
    """Take all pictures anew, or, as a child, those of the language that is spoken."""
    parser = argparse.ArgumentParser(prog="python -m ui.help.pictures", description="Draw the pictures of the help.")
    parser.add_argument("--sample", type=Path, help="a played sample; by default it is played in a folder of output/")
    parser.add_argument("--of", nargs=3, type=Path, metavar=("RECORD", "DESK", "INVITATION"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.of:
        return _take(*chosen.of)
    sample = play_sample((chosen.sample or free_folder(Path("output"))).absolute() / "sample", tell=_print_line)
    tell_on(sample)
    places = [str(sample.record), str(sample.open_desk), str(sample.invitation)]
    for language in LANGUAGES:
        environment = {
            **os.environ,
            "HOME": _SOMEBODYS_HOME,
            "YOUPIN_HOME": str(sample.folder / f"settings-{language}"),
            "YOUPIN_LANGUAGE": language,
            "QT_QPA_PLATFORM": "offscreen",
            _PASSPHRASE: sample.passphrase,
        }
        command = [sys.executable, "-m", "ui.help.pictures", "--of", *places]
        subprocess.run(command, env=environment, check=True, timeout=_SECONDS)
    return 0


def _take(record: Path, desk: Path, invitation: Path) -> int:
    start_logging()
    log_qt_messages()
    application = make_application()
    GuiGarbageCollector(application)
    apply_theme(application, Theme.LIGHT, scale=1.0)
    passphrase = os.environ[_PASSPHRASE]
    _start_page(invitation)
    _record_places(record, passphrase)
    _desk_places(desk, passphrase)
    return 0


def _start_page(invitation: Path) -> None:
    window = StartWindow(Teller(_ignore))
    window.take_file(str(invitation))
    _picture(window, "S03")
    window.close()


def _record_places(record: Path, passphrase: str) -> None:
    workspace = open_record(record, passphrase)
    window = RecordWindow(workspace, teller=Teller(_ignore), remembered=Remembered(), clipboard=Clipboard())
    for code, place in _RECORD_PLACES.items():
        window.show_place(place)
        _picture(window, code, window.workers)
    window.shut_down()
    window.close()


def _desk_places(desk: Path, passphrase: str) -> None:
    workspace = open_desk(desk, passphrase)
    tasks = workspace.tasks.tasks()
    begun = next(task.review for task in tasks if task.state is TaskState.SCORING)
    examined = next(one.review for one in tasks if one.kind is ReviewKind.EXAMINATION and one.declaration)
    window = DeskWindow(workspace, teller=Teller(_ignore), remembered=Remembered(), clipboard=Clipboard())
    workers = window.context.workers
    place = window.show_place(TASKS)
    _picture(window, "D11", workers)
    if isinstance(place, TaskPlace):
        place.declaring.put_off.emit()
        _picture(window, "D12", workers)
        place.open_review(examined)
        _picture(window, "D16", workers)
        place.open_review(begun)
        _picture(window, "D13", workers)
        place.review.show_opinion()
        _picture(window, "D14", workers)
        place.review.show_missing()
        _picture(window, "D15", workers)
        place.compare()
        _picture(window, "D17", workers)
    for code, where in (("D02", HAND_IN), ("D03", SETTINGS)):
        window.show_place(where)
        _picture(window, code, workers)
    visits = window.show_place(ON_SITE)
    if isinstance(visits, VisitPlace):
        visits.open_visit(workspace.visits.all()[0].visit)
        for tab, code in enumerate(_VISIT_TABS):
            if visits.visit is not None:
                visits.visit.bar.setCurrentIndex(tab)
            _picture(window, code, workers)
    window.shut_down()
    window.close()


def _picture(window: QWidget, code: str, workers: Workers | None = None) -> None:
    """Show *window*, wait until nothing works any more, and keep what it looks like."""
    window.resize(LAPTOP)
    window.show()
    deadline = QDeadlineTimer(_PATIENCE_MS)
    calm = 0
    while calm < _CALM_TURNS and not deadline.hasExpired():  # what a job brought is laid out after the job has ended
        _let_pass(_CALM_MS)
        calm = 0 if workers is not None and workers.jobs else calm + 1
    file = resource("help", "pictures") / f"{code}.{chosen_language()}.png"
    file.parent.mkdir(exist_ok=True)
    image = window.grab().toImage()
    for colours in _COLOURS:
        if not _flat(image, colours).save(str(file), quality=_MOST_COMPRESSED):
            raise OSError("the picture could not be written")
        if file.stat().st_size <= LARGEST:
            break
    _print_line(f"{code} {chosen_language()}: {file.stat().st_size}")


def _flat(image: QImage, most: int) -> QImage:
    """The same with those *most* colours that are seen most: enough for a screen, and a third of the size."""
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    colours = [colour for colour, _times in Counter(pixels).most_common(most)]
    return image.convertToFormat(QImage.Format.Format_Indexed8, colours, _NO_DITHER)


def _let_pass(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _print_line(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _ignore(_message: object) -> None:
    """A picture is taken of what is shown, not of what would be said."""


if __name__ == "__main__":
    sys.exit(main())
