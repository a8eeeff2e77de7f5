"""What every part of the desk's window needs, handed down instead of looked up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.change_hub import ChangeHub
from ui.clipboard import Clipboard
from ui.desk.saver import Saver
from ui.jobs import Workers
from ui.remembered import Remembered

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace


@dataclass(frozen=True, slots=True)
class DeskContext:
    """One open desk and the window's own helpers around it."""

    desk: "DeskWorkspace"
    workers: Workers
    hub: ChangeHub
    saver: Saver
    remembered: Remembered
    clipboard: Clipboard
