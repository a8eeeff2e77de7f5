"""Evidence records: what one person found out at one place, and how. Nothing is ever deleted, only withdrawn."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from app.domain.ids import Sha256
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.ids import EntryId, ItemId, MemberId, SiteId
from app.errors import UserFacingError
from app.i18n import N_


class RecordInvalidError(UserFacingError):
    """A record without what makes it one."""

    code = "record_invalid"
    message = N_("A record needs a method and what was seen; a sample cannot be larger than what it is from.")


class UnexplainedError(UserFacingError):
    """Withdrawn or corrected without saying why or how."""

    code = "unexplained"
    message = N_("Say in a few words why. It stays with the record.")


class AlreadySettledError(UserFacingError):
    """Withdrawn or put right before; neither is taken back, and neither becomes the other."""

    code = "already_settled"
    message = N_("This was withdrawn or put right before and stays as it is. Write down anew what there is to add.")


class RecordState(StrEnum):
    """A record stands, was put right on the spot and stays, or was disproved and withdrawn."""

    STANDING = "standing"
    CORRECTED = "corrected_on_the_spot"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One record.

    Attributes:
        asked, seen: what was asked, and what was said or seen.
        place: within the site; *people*: whom was spoken with.
        at: when it was found out, as the assessor says.
        grade: what this record alone would give the item; the item's own grade is given apart.
        author: the assessor. *typed_by*: who put it in, where that is somebody else; *paper*: the sheet it was
            typed from (据××纸质记录录入).
        witness: second member, where nothing could be photographed.
        state_reason: why it was withdrawn, or how it was put right.

    Raises:
        RecordInvalidError, TypedFromInvalidError, OwnWitnessError, UnexplainedError.
    """

    id: EntryId
    item: ItemId
    author: MemberId
    methods: tuple[Method, ...]
    seen: str
    at: datetime
    site: SiteId
    asked: str = ""
    place: str = ""
    people: str = ""
    document_number: str = ""
    batch: str = ""
    population: int | None = None
    sample_size: int | None = None
    sample: EntryId | None = None
    photos: tuple[Sha256, ...] = ()
    grade: Grade | None = None
    typed_by: MemberId | None = None
    paper: str = ""
    witness: MemberId | None = None
    state: RecordState = RecordState.STANDING
    state_reason: str = ""

    def __post_init__(self) -> None:
        if not self.methods or len(set(self.methods)) != len(self.methods) or not self.seen.strip():
            raise RecordInvalidError
        sizes = (self.population, self.sample_size)
        if any(size is not None and size < 1 for size in sizes):
            raise RecordInvalidError
        if self.population is not None and self.sample_size is not None and self.sample_size > self.population:
            raise RecordInvalidError
        if (self.typed_by is None) == bool(self.paper.strip()) or self.typed_by == self.author:
            raise TypedFromInvalidError
        if self.witness == self.author:
            raise OwnWitnessError
        if self.state is not RecordState.STANDING and not self.state_reason.strip():
            raise UnexplainedError

    def withdrawn(self, reason: str) -> Self:
        """The same, disproved; it stays readable with its reason. Raises ``AlreadySettledError``."""
        return self._settled(RecordState.WITHDRAWN, reason)

    def corrected(self, how: str) -> Self:
        """The same, put right on the spot; it stays. Raises ``AlreadySettledError``."""
        return self._settled(RecordState.CORRECTED, how)

    def _settled(self, state: RecordState, reason: str) -> Self:
        if self.state is not RecordState.STANDING:
            raise AlreadySettledError
        return replace(self, state=state, state_reason=reason)


class OwnWitnessError(UserFacingError):
    """Nobody witnesses what they saw themselves."""

    code = "own_witness"
    message = N_("A witness is a second member of the team. Name somebody other than the assessor.")


class TypedFromInvalidError(UserFacingError):
    """Typed for somebody else without naming the sheet, or the other way round."""

    code = "typed_from_invalid"
    message = N_("A record typed for somebody else names the paper sheet it was typed from, and only such a record.")
