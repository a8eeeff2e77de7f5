"""Printed forms of a visit that came back with ink on them, as photographs or scans."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import Sha256
from app.domain.onsite.ids import MemberId
from app.domain.onsite.sheet_code import VisitForm


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """One sheet, found again by its code.

    Attributes:
        scan: the photograph or PDF as it came.
        digits: of the content that was printed; empty on a sheet filled by hand.
        is_sealed: the applicant's seal is on it.
        author: at whose desk it came back, which says nothing about who signed it.
    """

    scan: Sha256
    form: VisitForm
    digits: str
    author: MemberId
    at: datetime
    is_sealed: bool = False

    def shows(self, digits: str) -> bool:
        """Whether it is of the content with these digits; one filled by hand says itself what it is about."""
        return self.digits in ("", digits)
