"""求助: what a help desk needs to know, in at most 25 lines, and nothing that was typed, named or scored.

Works before unlocking and without a workspace. Nothing is imported here that the unlock prompt does without.
"""

import io
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from app import BUILT_ON, __version__
from app.i18n import _, chosen_language
from app.paths import settings_folder
from app.platform.machine import memory_bytes, system_name

MOST_LINES: Final = 25
_MOST_CODES: Final = 8
_LONGEST_LINE: Final = 120
_GIGABYTE: Final = 1024**3


@runtime_checkable
class TellsForHelp(Protocol):
    """A workspace that can say how it is without saying what is in it."""

    def help_lines(self) -> tuple[str, ...]:
        """Lines of codes, states and counts."""


@dataclass(frozen=True, slots=True)
class HelpText:
    """The text, to be copied, saved or shown as a QR code."""

    text: str

    def qr_svg(self) -> bytes:
        """The text as a QR code, SVG in UTF-8."""
        import segno

        target = io.BytesIO()
        segno.make(self.text, error="l", micro=False, boost_error=False).save(target, kind="svg", border=4)
        return target.getvalue()


def help_text(workspace: object = None, *, recent_codes: Iterable[str] = (), screen: str = "") -> HelpText:
    """The text for whoever is asked for help.

    Args:
        workspace: an open desk or record, or nothing.
        recent_codes: codes of the sentences shown last, the newest first.
        screen: code of the screen the person looks at.
    """
    place = getattr(workspace, "path", None)  # a record on a server has none
    folder = place.parent if isinstance(place, Path) else settings_folder()
    lines = [
        f"Youpin Review {__version__} ({BUILT_ON}) {chosen_language()}",
        f"{system_name()}, Python {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}",
        _memory(),
        _disk(folder),
        _("Screen: {code}").format(code=screen or "-"),
        _("Last codes: {codes}").format(codes=" ".join(list(recent_codes)[:_MOST_CODES]) or "-"),
    ]
    if isinstance(workspace, TellsForHelp):
        lines += workspace.help_lines()
    else:
        lines.append(_("Nothing is open."))
    return HelpText("\n".join(line[:_LONGEST_LINE] for line in lines[:MOST_LINES]) + "\n")


def _memory() -> str:
    total = memory_bytes()
    return _("Memory: {total} GB").format(total=f"{total / _GIGABYTE:.1f}" if total else "?")


def _disk(folder: Path) -> str:
    existing = next((each for each in (folder, *folder.parents) if each.exists()), Path.cwd())
    usage = shutil.disk_usage(existing)
    return _("Disk: {free} of {total} GB free").format(
        free=f"{usage.free / _GIGABYTE:.1f}", total=f"{usage.total / _GIGABYTE:.1f}"
    )
