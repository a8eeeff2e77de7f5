"""What is left to do about a visit at its leader's desk: a seal that is to come, a signature, another signature."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Pending(StrEnum):
    """Things that are easily forgotten once the team is home again."""

    SEAL = "seal"  # the sealed sheet is to come; nothing waits for it
    SIGN = "sign"  # everything is there, and the review is not signed
    SIGN_AGAIN = "sign_again"  # the joint opinion says something else than what was signed


@dataclass(frozen=True, slots=True)
class PendingLine:
    """One of them.

    Attributes:
        due: until when; only a seal has a day.
    """

    what: Pending
    due: date | None = None
    is_overdue: bool = False
