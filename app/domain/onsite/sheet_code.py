"""The QR code on every form of a visit: which form of which visit it is, and of what content.

It is made of capital letters, digits and “/” alone, which a QR code packs densest (ISO/IEC 18004, alphanumeric mode):
the modules stay large enough for a telephone at arm's length.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from app.domain.ids import Sha256
from app.domain.onsite.acknowledgement import acknowledgement_code
from app.domain.onsite.ids import VisitId

_MARK: Final = "YPV1"
_BLANK: Final = "-"
_CODE: Final = re.compile(r"YPV1/([A-Z]{2})/([0-9A-F]{32})/([0-9]{8}|-)")


class VisitForm(StrEnum):
    """The printed forms of a visit; the value is its name on the command line."""

    PLAN = "plan"
    OPENING = "sign-in-opening"
    CLOSING = "sign-in-closing"
    CHECKLIST = "checklist"
    EVIDENCE = "evidence"
    NONCONFORMITY = "nonconformity"
    ACKNOWLEDGEMENT = "acknowledgement"
    REPORT = "report"
    OPINION = "opinion"


_LETTERS: Final = {
    VisitForm.PLAN: "PL",
    VisitForm.OPENING: "SO",
    VisitForm.CLOSING: "SC",
    VisitForm.CHECKLIST: "CH",
    VisitForm.EVIDENCE: "EV",
    VisitForm.NONCONFORMITY: "NC",
    VisitForm.ACKNOWLEDGEMENT: "AK",
    VisitForm.REPORT: "RE",
    VisitForm.OPINION: "OP",
}
_FORMS: Final = {letters: form for form, letters in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What one printed sheet says about itself.

    Attributes:
        digits: eight digits of the content; of the facts on an acknowledgement. Empty on a sheet filled by hand.
    """

    form: VisitForm
    visit: VisitId
    digits: str = ""

    @classmethod
    def of(cls, form: VisitForm, visit: VisitId, content: Sha256 | None) -> Self:
        """The code of a sheet with *content*; ``None``: a blank one."""
        return cls(form, visit, acknowledgement_code(content) if content else "")

    def text(self) -> str:
        """What the QR code holds."""
        return f"{_MARK}/{_LETTERS[self.form]}/{self.visit.upper()}/{self.digits or _BLANK}"


def read_sheet_code(text: str) -> SheetCode | None:
    """The code in *text*, or ``None`` where it is something else's."""
    found = _CODE.fullmatch(text)
    if found is None or found[1] not in _FORMS:
        return None
    return SheetCode(_FORMS[found[1]], VisitId(found[2].lower()), "" if found[3] == _BLANK else found[3])
