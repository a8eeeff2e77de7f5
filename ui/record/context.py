"""What every part of the record's window needs, handed down instead of looked up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.change_hub import ChangeHub
from ui.clipboard import Clipboard
from ui.errors import Teller
from ui.jobs import Workers
from ui.remembered import Remembered

if TYPE_CHECKING:
    from app.bootstrap.record import RecordWorkspace


@dataclass(frozen=True, slots=True)
class RecordContext:
    """One open record and the window's own helpers around it."""

    record: "RecordWorkspace"
    workers: Workers
    hub: ChangeHub
    teller: Teller
    remembered: Remembered
    clipboard: Clipboard
