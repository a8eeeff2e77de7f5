"""Pictures of every screen on the sample campaign: what ``make run`` leaves behind where there is no display.

``tour`` plays the sample once and then starts the program once per theme and scale, because Qt reads the scale of the
screen only when a process begins.
"""

import argparse
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QWidget

from app.bootstrap.desk import open_desk
from app.bootstrap.record import open_record
from app.bootstrap.sample import Sample, play_sample
from app.domain.task import TaskState
from app.i18n import _
from app.logs import start_logging
from app.platform.restart import window_command
from ui.application import make_application
from ui.clipboard import Clipboard
from ui.desk.task_place import TaskPlace
from ui.desk.window import HAND_IN, SETTINGS, TASKS, DeskWindow
from ui.dialogs.help_dialog import HelpDialog
from ui.errors import Teller
from ui.garbage import GuiGarbageCollector
from ui.jobs import Workers
from ui.qt_messages import log_qt_messages
from ui.record import window as record_window
from ui.record.window import RecordWindow
from ui.remembered import Remembered
from ui.start.start_window import StartWindow
from ui.theme import apply_theme
from ui.tokens import Theme

PICTURES: Final = "--pictures"
"""First argument of a window that only takes the pictures of one look."""
LAPTOP: Final = QSize(1366, 690)  # 768 lines less the task bar
_PASSPHRASE: Final = "YOUPIN_PASSPHRASE"  # noqa: S105 - the name of a variable
_LOOKS: Final = ((Theme.LIGHT, 1.0), (Theme.DARK, 1.0), (Theme.LIGHT, 1.5), (Theme.DARK, 1.5))
_CALM_MS: Final = 350
_PATIENCE_MS: Final = 30_000
_SECONDS: Final = 300

Say = Callable[[str], None]


def tour(folder: Path, say: Say) -> Sample:
    """Play the sample in *folder* and save pictures of every screen beside it, light and dark, at 100 and 150 %."""
    sample = play_sample(folder / "sample", tell=say)
    for theme, scale in _LOOKS:
        pictures = folder / "screens" / f"{theme.value}-{round(scale * 100)}"
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(scale),
            _PASSPHRASE: sample.passphrase,
        }
        places = [str(sample.record), str(sample.open_desk), str(pictures)]
        command = window_command([PICTURES, *places, f"--theme={theme.value}", f"--scale={scale}"])
        subprocess.run(command, env=environment, check=True, timeout=_SECONDS)
        say(_("{count} screens: {folder}").format(count=len(list(pictures.glob("*.png"))), folder=pictures))
    return sample


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures of one theme and scale, of a sample that has been played."""
    parser = argparse.ArgumentParser(
        prog=f"youpin-desktop {PICTURES}", description="Draw every screen of a played sample."
    )
    parser.add_argument("record", type=Path)
    parser.add_argument("desk", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", type=Theme, default=Theme.LIGHT)
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args(arguments)
    start_logging()
    log_qt_messages()
    application = make_application()
    GuiGarbageCollector(application)
    apply_theme(application, chosen.theme, scale=1.0)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    camera = _Camera(chosen.folder, LAPTOP / chosen.scale)
    passphrase = os.environ[_PASSPHRASE]
    _start_pages(camera, chosen.desk)
    _record_places(camera, chosen.record, passphrase)
    _desk_places(camera, chosen.desk, passphrase)
    return 0


class _Camera:
    """Shows a widget, waits until nothing works any more, and writes what it looks like."""

    def __init__(self, folder: Path, size: QSize) -> None:
        self._folder, self._size = folder, size

    def take(self, widget: QWidget, name: str, workers: Workers | None = None, *, keep_size: bool = False) -> None:
        if not keep_size:
            widget.resize(self._size)
        widget.show()
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while True:
            _let_pass(_CALM_MS)
            if workers is None or not workers.jobs or deadline.hasExpired():
                break
        file = self._folder / f"{name}.png"
        if not widget.grab().save(str(file), "PNG"):
            raise OSError("the picture could not be written")


def _let_pass(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _start_pages(camera: _Camera, desk: Path) -> None:
    window = StartWindow(Teller(_ignore))
    camera.take(window, "01-start")
    window.take_file(str(desk))
    camera.take(window, "02-unlock")
    window.take_file(str(desk.parent.parent / "invitation.youpin"))
    camera.take(window, "03-enrol")
    window.show_record_page()
    camera.take(window, "04-new-record")
    window.close()


def _record_places(camera: _Camera, record: Path, passphrase: str) -> None:
    workspace = open_record(record, passphrase)
    window = RecordWindow(workspace, teller=Teller(_ignore), remembered=Remembered(), clipboard=Clipboard())
    pages = (
        (record_window.OVERVIEW, "overview"),
        (record_window.LIST, "applications"),
        (record_window.INTAKE, "intake"),
        (record_window.ROSTER, "experts"),
        (record_window.ENROLMENT, "enrolment"),
        (record_window.ASSIGNMENT, "assignment"),
        (record_window.ISSUE, "issue"),
        (record_window.IMPORT, "import"),
        (record_window.TRAY, "tray"),
        (record_window.RETURNS, "returns"),
        (record_window.RESULTS, "results"),
        (record_window.LOG, "log"),
    )
    for number, (code, name) in enumerate(pages, start=11):
        window.show_place(code)
        camera.take(window, f"{number}-record-{name}", window.workers)
    window.shut_down()


def _desk_places(camera: _Camera, desk: Path, passphrase: str) -> None:
    workspace = open_desk(desk, passphrase)
    tasks = workspace.tasks.tasks()
    window = DeskWindow(workspace, teller=Teller(_ignore), remembered=Remembered(), clipboard=Clipboard())
    workers = window.context.workers
    camera.take(window, "31-desk-tasks", workers)
    place = window.show_place(TASKS)
    begun = next((task for task in tasks if task.state is TaskState.SCORING), tasks[0])
    if isinstance(place, TaskPlace):
        place.open_review(begun.review)
        camera.take(window, "32-desk-review", workers)
        place.review.show_opinion()
        camera.take(window, "33-desk-opinion", workers)
        place.review.show_missing()
        camera.take(window, "34-desk-missing", workers)
    window.show_place(HAND_IN)
    camera.take(window, "35-desk-hand-in", workers)
    window.show_place(SETTINGS)
    camera.take(window, "36-desk-settings", workers)
    dialog = HelpDialog(workspace, screen=TASKS, codes=(), clipboard=Clipboard())
    camera.take(dialog, "37-help", keep_size=True)
    dialog.close()
    window.shut_down()


def _ignore(_message: object) -> None:
    """A picture is taken of what is shown, not of what would be said."""
