"""What kept a visit from taking place, or from seeing everything: postponed, refused, or with limited evidence.

The applicant may postpone once; a second time needs the word of whoever allowed it. A refusal ends the visit and stays
recorded. Where production stood still on the day, the visit is put off or flagged; a flagged one never passes outright:
it takes a second visit, until the leader has seen what was missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.domain.onsite.ids import MemberId
from app.domain.onsite.record import UnexplainedError
from app.errors import UserFacingError
from app.i18n import N_


class PostponedBeforeError(UserFacingError):
    """A second postponement that nobody allowed."""

    code = "postponed_before"
    message = N_(
        "This visit was postponed once already, on {day}. It can take place or be refused; to postpone it again, say "
        "who allowed that."
    )


class NotLimitedError(UserFacingError):
    """Nothing is flagged that could be lifted, or the flag is there already."""

    code = "not_limited"
    message = N_("The flag “limited evidence” of this visit is that way already. Nothing was changed.")


class HindranceKind(StrEnum):
    """What happened."""

    POSTPONED = "postponed"
    REFUSED = "refused"
    LIMITED = "limited_evidence"
    SEEN = "seen_after_all"  # what was missing under LIMITED


_ABOUT_EVIDENCE: Final = (HindranceKind.LIMITED, HindranceKind.SEEN)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One of them. It stays among the notes of the visit.

    Attributes:
        number: from 1, in the order they were written down.
        reason: in the leader's words; for what was seen after all: what, when and where.
        until: the day a postponed visit is planned for now, where one is known.
        allowed_by: who allowed a second postponement.
        is_after_conclusion: the conclusion stood already; it is not counted anew, only what has become of it is.

    Raises:
        UnexplainedError.
    """

    number: int
    kind: HindranceKind
    reason: str
    author: MemberId
    at: datetime
    until: date | None = None
    allowed_by: str = ""
    is_after_conclusion: bool = False

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UnexplainedError


def check_postponement(before: Iterable[Hindrance], *, allowed_by: str) -> None:
    """Raises ``PostponedBeforeError`` for a second one without the word of whoever allowed it."""
    postponed = [one.at for one in before if one.kind is HindranceKind.POSTPONED]
    if postponed and not allowed_by.strip():
        raise PostponedBeforeError(day=max(postponed).date().isoformat())


def limitation(hindrances: Iterable[Hindrance], *, is_at_conclusion: bool = False) -> Hindrance | None:
    """The flag “limited evidence” as it stands, or as it stood when the visit was concluded."""
    about = [one for one in hindrances if one.kind in _ABOUT_EVIDENCE]
    if is_at_conclusion:
        about = [one for one in about if not one.is_after_conclusion]
    last = max(about, key=lambda one: one.number, default=None)
    return last if last is not None and last.kind is HindranceKind.LIMITED else None
