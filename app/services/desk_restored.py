"""A desk that was put back from a backup: it may be read and written, and signs again once it has enrolled anew.

The desk it was copied from may still exist, and what was signed there after the backup is not known here. With new keys
and a new certificate the secretariat tells the two apart, and what the old one signs can be refused by name.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Final

from app.services.desk_errors import NoCredentialError, RestoredDeskError
from app.storage.desk.store import DeskStore, UnitOfWork

_SETTING: Final = "restored"


class Restored(StrEnum):
    """How far a restored desk has come."""

    NOT_ENROLLED = "not_enrolled"
    ENROLLED = "enrolled"  # the request is written; its certificate has not come


def restored(work: UnitOfWork) -> Restored | None:
    """``None``: never put back, or certified since."""
    found = work.desk.setting(_SETTING)
    return Restored(found) if found else None


def require_enrolled(work: UnitOfWork) -> None:
    """This desk may sign.

    Raises:
        RestoredDeskError, NoCredentialError: it was put back, and has not enrolled anew or has no certificate yet.
    """
    state = restored(work)
    if state is Restored.NOT_ENROLLED:
        raise RestoredDeskError
    if state is Restored.ENROLLED:
        raise NoCredentialError


def mark_restored(store: DeskStore) -> None:
    """The desk has just been put back."""
    with store.writing() as work:
        if work.desk.keys() is not None:
            work.desk.save_setting(_SETTING, Restored.NOT_ENROLLED)
        work.commit(b"restored", at=work.tick().at)


def begin_anew(work: UnitOfWork) -> None:
    """New keys are about to be kept: to the secretariat this is another device from now on, which counts from one."""
    for campaign in work.desk.campaigns():
        work.desk.save_campaign(replace(campaign, certificate=None, sent_seq=0, sent_sha256=None))
    work.assignments.forget_order()
    work.reviews.forget_order()
    work.packages.forget_order()
    work.desk.save_setting(_SETTING, Restored.ENROLLED)


def certified(work: UnitOfWork) -> None:
    """A certificate for this device's key was verified."""
    if restored(work) is Restored.ENROLLED:
        work.desk.remove_setting(_SETTING)
