"""Where things lie: resources (read only) and this person's settings and logs."""

import os
import sys
from pathlib import Path
from typing import Final

import platformdirs

_NAME: Final = "YoupinReview"


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's loader
    return Path(frozen) if frozen else Path(__file__).parent.parent


def resource(*parts: str) -> Path:
    """A file or folder below ``resources/``, from the sources or from the frozen program."""
    return _root().joinpath("resources", *parts)


def settings_folder() -> Path:
    """This person's settings and logs; ``YOUPIN_HOME`` moves them (used by tests and the sample)."""
    moved = os.environ.get("YOUPIN_HOME")
    return Path(moved) if moved else Path(platformdirs.user_data_dir(_NAME, appauthor=False))
