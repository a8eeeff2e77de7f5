"""From nothing to the unlock prompt, against an empty PySide6 window: whole processes, until the window was drawn."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench.interleaving import folder, medians
from tests.bench.measurement import Measurement
from tests.support.desks import DeskStory
from tests.support.secretariat import FakeClock

_ROUNDS: Final = 9
_ROOT: Final = Path(__file__).parents[2]
# Both end when the loop has nothing left to do: by then the window has been laid out and drawn.
_BARE: Final = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication(sys.argv[:1])
window = QWidget()
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
application.exec()
"""
_OURS: Final = """
import sys
import ui.main
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
running = QApplication.exec
def run():
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, QApplication.quit))
    return running()
QApplication.exec = staticmethod(run)
ui.main.main(sys.argv[1:])
"""


def measure() -> Iterator[Measurement]:
    """Milliseconds, medians."""
    with folder() as place:
        story = DeskStory(place, FakeClock()).create()
        story.close()
        desk = str(story.path)
        rounds = range(_ROUNDS + 1)
        _run(_BARE)
        _run(_OURS, desk)  # from here on the files are in memory
        value, floor = medians([lambda: _run(_OURS, desk) for _ in rounds], [lambda: _run(_BARE) for _ in rounds])
    yield Measurement(
        name="start to the unlock prompt, to an empty window",
        value=value,
        floor=floor,
        unit="ms",
        goal_ratio=2,
        at_most=True,
    )


def _run(program: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        timeout=60,
        check=True,
    )
