"""Locking ends the process that held the keys: the program takes its own place again, without them.

Python cannot wipe its strings, so the only memory that is surely clean is that of a new process.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def window_command(arguments: Sequence[str]) -> list[str]:
    """The window as a command: from the sources, or the program beside this one when frozen."""
    if getattr(sys, "frozen", False):
        ending = ".exe" if sys.platform == "win32" else ""
        return [str(Path(sys.executable).with_name(f"youpin-desktop{ending}")), *arguments]
    return [sys.executable, "-m", "ui", *arguments]


def restart_program(arguments: Sequence[str]) -> None:
    """Replace this process by a new one of the same program. Does not return.

    Args:
        arguments: of the new program; they must hold no secret, as others can see them.
    """
    command = window_command(arguments)
    if sys.platform == "win32":  # exec there leaves the caller's console and handles in disorder
        import subprocess

        subprocess.Popen(command, close_fds=True)
        os._exit(0)
    os.execv(command[0], command)  # noqa: S606
