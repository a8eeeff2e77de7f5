"""Whether there is a screen to open a window on."""

import os
import sys


def has_display() -> bool:
    """False on a Linux machine without X11 or Wayland, or where Qt is told to draw nowhere."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
