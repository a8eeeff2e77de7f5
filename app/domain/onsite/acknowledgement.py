"""The applicant's acknowledgement of facts and photographs, never of scores.

A report is valid without it: a refusal is recorded with the leader's reason and a second member as witness, and a seal
that is still to come has a due date and does not hold anything up.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from app.domain.ids import Sha256
from app.domain.onsite.ids import MemberId
from app.domain.onsite.record import UnexplainedError
from app.errors import UserFacingError
from app.i18n import N_

_DIGITS: Final = 8


class AcknowledgementInvalidError(UserFacingError):
    """An outcome without what belongs to it."""

    code = "acknowledgement_invalid"
    message = N_(
        "An agreement names who signed; a reservation says which; a refusal needs the leader's reason and a second "
        "member as witness; a seal to come needs its due date."
    )


class NoSealPendingError(UserFacingError):
    """No sealed sheet is expected under that code."""

    code = "no_seal_pending"
    message = N_("No sealed sheet is expected under this code. Compare the 8 digits with the sheet.")


class AcknowledgedAlreadyError(UserFacingError):
    """An outcome is never written over without a word."""

    code = "acknowledged_already"
    message = N_(
        "The applicant's acknowledgement is written down already: {outcome}. Say why another one takes its place; the "
        "first one stays in the visit."
    )


class SealDuePastError(UserFacingError):
    """Nobody can keep a day that is over."""

    code = "seal_due_past"
    message = N_("{day} is over. Name a day until which the sealed sheet can still come.")


class AcknowledgementOutcome(StrEnum):
    """What the applicant's representative did."""

    AGREED = "agreed"
    RESERVED = "agreed_with_reservation"
    REFUSED = "refused"
    SEAL_PENDING = "agreed_seal_pending"


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One outcome.

    Attributes:
        facts: SHA-256 over the findings and photographs that were put before the representative.
        signed_by, post: the representative. *remark*: the reservation, or the leader's reason for a refusal.
        witness: second member of the team; only where it was refused.
        seal_due: until when the sealed sheet is to come; *sealed_on*: when it did.
        sheets: photographs or scans of the signed sheet.

    Raises:
        AcknowledgementInvalidError.
    """

    outcome: AcknowledgementOutcome
    facts: Sha256
    at: datetime
    recorded_by: MemberId
    signed_by: str = ""
    post: str = ""
    remark: str = ""
    witness: MemberId | None = None
    seal_due: date | None = None
    sealed_on: date | None = None
    sheets: tuple[Sha256, ...] = ()

    def __post_init__(self) -> None:
        is_refused = self.outcome is AcknowledgementOutcome.REFUSED
        is_pending = self.outcome is AcknowledgementOutcome.SEAL_PENDING
        needs_remark = is_refused or self.outcome is AcknowledgementOutcome.RESERVED
        if (
            (not is_refused and not self.signed_by.strip())
            or (needs_remark and not self.remark.strip())
            or is_refused != (self.witness is not None)
            or (is_refused and self.witness == self.recorded_by)
            or is_pending != (self.seal_due is not None)
            or (self.sealed_on is not None and not (is_pending and self.sheets))
        ):
            raise AcknowledgementInvalidError

    @property
    def code(self) -> str:
        """The 8 digits printed on the sheet, by which a scan finds its visit again."""
        return acknowledgement_code(self.facts)

    @property
    def is_seal_pending(self) -> bool:
        """Whether the sealed sheet is still to come."""
        return self.seal_due is not None and self.sealed_on is None

    def sealed(self, code: str, sheet: Sha256, *, on: date) -> Self:
        """The sealed sheet has come.

        Raises:
            NoSealPendingError: none is expected, or the code is another sheet's.
        """
        if not self.is_seal_pending or code.strip() != self.code:
            raise NoSealPendingError
        return replace(self, sealed_on=on, sheets=(*self.sheets, sheet))


@dataclass(frozen=True, slots=True)
class ReplacedAcknowledgement:
    """An outcome that another one took the place of. It stays among the notes of the visit.

    Attributes:
        before: as it was written down. *reason*: why it does not stand any more, in the leader's words.

    Raises:
        UnexplainedError.
    """

    before: Acknowledgement
    reason: str
    author: MemberId
    at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UnexplainedError


def acknowledgement_code(facts: Sha256) -> str:
    """8 digits for the facts of that hash."""
    return f"{int(facts, 16) % 10**_DIGITS:0{_DIGITS}d}"
