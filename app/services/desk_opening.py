"""What happens to a desk when it is made and each time it is opened."""

import platform
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.services.desk_checking import ROLLED_BACK
from app.services.desk_editing import Editing
from app.services.desk_hand_in_writing import recognise_unfinished
from app.storage.desk.records import ProfileRecord
from app.storage.desk.store import DeskStore

_DEVICE_NAME_LENGTH: Final = 60


def founded(store: DeskStore, *, name: str, office_half: str, at: datetime) -> None:
    """Write down whose desk this is."""
    device = platform.node()[:_DEVICE_NAME_LENGTH]
    with store.writing() as work:
        work.desk.save_profile(ProfileRecord(name, at, device_name=device, office_half=office_half))
        work.commit(b"founded", at=at)


def begin(store: DeskStore) -> None:
    """Note whether work was lost since last time, and settle what was under way when the program ended."""
    lost = store.lost_since()
    with store.writing() as work:
        if lost is not None:
            work.desk.save_setting(ROLLED_BACK, str(lost))
            work.move_beyond(lost)
        unsettled = [record for record in work.reviews.all() if record.open_target is not None]
        for record in unsettled:
            editing = Editing(work, record)
            editing.settle()
            editing.save()
        found = recognise_unfinished(work)
        if lost is not None or unsettled or found or not store.has_head():
            work.commit(b"begun", at=work.tick().at)


def renew_office_half(store: DeskStore, half: str) -> None:
    """A fresh half waits for the next hand-in."""
    with store.writing() as work:
        work.desk.save_profile(replace(work.desk.profile(), office_half=half))
        work.commit(b"office half renewed", at=work.tick().at)
