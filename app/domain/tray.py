"""What could not be taken by itself: refused files, and files held for a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, Sha256
from app.domain.outcome import Outcome


class TrayState(StrEnum):
    """Whether somebody still has to look."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayEntry:
    """One file as it arrived.

    Attributes:
        sha256: of the file's bytes; package_sha256: of the inner bytes, where it could be opened.
        package_code: what is compared over the telephone; empty where the file could not be opened.
        applications: those whose reviews were held or refused.
        is_kept: whether the bytes are still here.
        superseded_by: the revision its expert signed after looking at this and the one that counted before.
    """

    sha256: Sha256
    package_sha256: Sha256 | None
    package_code: str
    file_name: str
    size: int
    outcome: Outcome
    arrived_at: datetime
    expert: ExpertCode | None
    device: DeviceCode | None
    applications: tuple[ApplicationCode, ...]
    is_kept: bool
    state: TrayState = TrayState.WAITING
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    superseded_by: int | None = None
