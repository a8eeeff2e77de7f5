"""What an expert declares about one application before any document of it can be opened.

Kinds follow the grounds for recusal of procurement experts and the additions proposed for this award; the list is
closed, and a kind that does not fit is ``OTHER`` with a note.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import ApplicationCode
from app.errors import UserFacingError
from app.i18n import N_


class Declared(StrEnum):
    """No relation; a conflict of interest; or abstaining for a reason of one's own."""

    NONE = "none"
    CONFLICT = "conflict"
    ABSTAIN = "abstain"


class ConflictKind(StrEnum):
    """Why an expert must not review an application."""

    EMPLOYMENT = "employment"
    KINSHIP = "kinship"
    DISPUTE = "dispute"
    CONSULTING = "consulting"
    CONTROL = "control"
    INVESTMENT = "investment"
    ECONOMIC_INTEREST = "economic_interest"
    COMPETITOR = "competitor"
    STANDARD_DRAFTER = "standard_drafter"
    LABORATORY = "laboratory"
    RECOMMENDER = "recommender"
    OTHER = "other"


class DeclarationIncompleteError(UserFacingError):
    """A conflict without a kind, or a conflict or abstention without a note."""

    code = "declaration_incomplete"
    message = N_("{application}: a conflict needs its kind, and a conflict or an abstention a short note.")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One line of the declaration; immutable once made, replaced only by a later one."""

    application: ApplicationCode
    declared: Declared
    declared_at: datetime
    kind: ConflictKind | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if (self.kind is not None) != (self.declared is Declared.CONFLICT):
            raise DeclarationIncompleteError(application=self.application)
        if self.declared is not Declared.NONE and not self.note.strip():
            raise DeclarationIncompleteError(application=self.application)

    @property
    def unlocks(self) -> bool:
        """Whether the dossier may be opened."""
        return self.declared is Declared.NONE
