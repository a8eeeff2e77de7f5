"""Pictures of a widget as it looks on a small laptop, at 150 %, light and dark.

``python -m ui.shots MODULE:FACTORY FILE.png`` draws one in this process; :func:`shoot_in_child` starts a process of its
own, because Qt reads the scale of the screen only once.
"""

import argparse
import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import apply_theme
from ui.tokens import Theme

LAPTOP: Final = QSize(1366, 690)  # 768 lines less the task bar
SETTLING_MS: Final = 250
_SECONDS: Final = 120


def shoot(widget: QWidget, file: Path, *, size: QSize = LAPTOP, settle_ms: int = SETTLING_MS) -> None:
    """Show *widget*, let its pages and layouts arrive, and write what it looks like."""
    widget.resize(size)
    widget.show()
    loop = QEventLoop()
    QTimer.singleShot(settle_ms, loop.quit)
    loop.exec()
    file.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(file), "PNG"):
        raise OSError("the picture could not be written")


def shoot_in_child(factory: str, file: Path, *, theme: Theme, scale: float = 1.0, size: QSize = LAPTOP) -> None:
    """The same in a process of its own. *factory* is ``module:function`` and returns the widget.

    At 150 % the same laptop has room for fewer logical pixels, so *size* is divided by *scale*.
    """
    words = [f"--theme={theme.value}", f"--size={round(size.width() / scale)}x{round(size.height() / scale)}"]
    subprocess.run(
        [sys.executable, "-m", "ui.shots", factory, str(file), *words],
        env={**os.environ, "QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        timeout=_SECONDS,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw one picture."""
    parser = argparse.ArgumentParser(prog="python -m ui.shots", description="Draw one widget to a PNG file.")
    parser.add_argument("factory", help="module:function that returns the widget")
    parser.add_argument("file", type=Path)
    parser.add_argument("--theme", type=Theme, choices=list(Theme), default=Theme.LIGHT)
    parser.add_argument("--size", default=f"{LAPTOP.width()}x{LAPTOP.height()}")
    chosen = parser.parse_args(arguments)
    application = QApplication.instance() or QApplication([])
    if isinstance(application, QApplication):
        apply_theme(application, chosen.theme)
    module, _sign, function = chosen.factory.partition(":")
    make: Callable[[], QWidget] = getattr(importlib.import_module(module), function)
    width, _times, height = chosen.size.partition("x")
    widget = make()
    shoot(widget, chosen.file, size=QSize(int(width), int(height)))
    widget.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
