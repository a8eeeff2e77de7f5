"""Findings of the team: strengths, opportunities, and nonconformities with clause, fact and evidence.

A nonconformity that is put right on the spot stays; only one that sufficient evidence disproves is withdrawn, with the
reason. Rectification has a due date and is verified by the leader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from app.domain.ids import Sha256
from app.domain.onsite.checklist import Grade
from app.domain.onsite.ids import EntryId, ItemId, MemberId
from app.domain.onsite.record import AlreadySettledError, UnexplainedError
from app.errors import UserFacingError
from app.i18n import N_

_NONCONFORMING: Final = (Grade.MINOR, Grade.MAJOR, Grade.FAIL)


class FindingInvalidError(UserFacingError):
    """A finding without its fact, or, as one of those below, a nonconformity without clause or evidence."""

    code = "finding_invalid"
    message = N_("The fact is missing: say what was found, where and how much. Nothing was written down yet.")


class GroundsMissingError(FindingInvalidError):
    """A nonconformity with neither clause nor evidence."""

    code = "grounds_missing"
    message = N_(
        "The clause and the evidence are missing: say which rule does not hold, and choose a record or a photo. "
        "Nothing was written down yet."
    )


class ClauseMissingError(FindingInvalidError):
    """A nonconformity that names its evidence and no clause."""

    code = "clause_missing"
    message = N_("The clause is missing: say which rule or standard does not hold. Nothing was written down yet.")


class EvidenceMissingError(FindingInvalidError):
    """A nonconformity that names its clause and rests on nothing."""

    code = "evidence_missing"
    message = N_("The evidence is missing: choose a record or a photo that shows it. Nothing was written down yet.")


class NothingToRectifyError(UserFacingError):
    """Only nonconformities that stand are put right and verified."""

    code = "nothing_to_rectify"
    message = N_("Only a nonconformity that stands can be put right and verified.")


class FindingsMissingError(UserFacingError):
    """A nonconforming grade that nothing written down says the reason of."""

    code = "findings_missing"
    message = N_("The visit cannot be concluded yet. Write down the nonconformity, with its evidence, for: {items}.")


class NothingDoneError(UserFacingError):
    """Verified without saying what there was to see."""

    code = "nothing_done"
    message = N_("Say what was done about it. It stays with the nonconformity.")


class FindingKind(StrEnum):
    """Strengths and opportunities are kept apart from nonconformities."""

    STRENGTH = "strength"
    OPPORTUNITY = "opportunity"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def is_nonconformity(self) -> bool:
        """Whether something has to be put right."""
        return self in (FindingKind.MINOR, FindingKind.MAJOR)


class FindingState(StrEnum):
    """As of the closing meeting."""

    STANDING = "standing"
    CORRECTED = "corrected_on_the_spot"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Rectification:
    """What the applicant has to do until *due*, and what the leader saw of it.

    Attributes:
        done: what was done; empty so far.
        verified_by, verified_on, is_effective: the verification; all unset until there is one.
    """

    due: date
    done: str = ""
    verified_by: MemberId | None = None
    verified_on: date | None = None
    is_effective: bool | None = None

    def __post_init__(self) -> None:
        known = [value is not None for value in (self.verified_by, self.verified_on, self.is_effective)]
        if any(known) and not (all(known) and self.done.strip()):
            raise NothingToRectifyError


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        clause: of the checklist, a standard or the applicant's own rules.
        records: evidence records it rests on; *photos*: what shows it.

    Raises:
        FindingInvalidError, UnexplainedError, NothingToRectifyError.
    """

    id: EntryId
    kind: FindingKind
    item: ItemId
    author: MemberId
    fact: str
    clause: str = ""
    records: tuple[EntryId, ...] = ()
    photos: tuple[Sha256, ...] = ()
    state: FindingState = FindingState.STANDING
    state_reason: str = ""
    rectification: Rectification | None = None

    def __post_init__(self) -> None:
        if not self.fact.strip():
            raise FindingInvalidError
        if self.kind.is_nonconformity:
            self._check_grounds()
        if self.state is not FindingState.STANDING and not self.state_reason.strip():
            raise UnexplainedError
        if self.rectification and not self.kind.is_nonconformity:
            raise NothingToRectifyError

    def _check_grounds(self) -> None:
        has_clause, has_evidence = bool(self.clause.strip()), bool(self.records or self.photos)
        if has_clause and not has_evidence:
            raise EvidenceMissingError
        if has_evidence and not has_clause:
            raise ClauseMissingError
        if not has_clause:
            raise GroundsMissingError

    @property
    def counts(self) -> bool:
        """Whether it is a nonconformity that has to be put right: corrected ones stay, withdrawn ones do not."""
        return self.kind.is_nonconformity and self.state is not FindingState.WITHDRAWN

    @property
    def is_verified(self) -> bool:
        """Whether the leader found it put right."""
        return self.rectification is not None and self.rectification.is_effective is True

    @property
    def is_settled(self) -> bool:
        """Whether its words stay as they are: it was withdrawn or put right, or the leader has looked at it since."""
        is_seen = self.rectification is not None and self.rectification.verified_on is not None
        return is_seen or self.state is not FindingState.STANDING

    def withdrawn(self, reason: str) -> Self:
        """Disproved, for *reason*. Raises ``AlreadySettledError``."""
        return self._settled(FindingState.WITHDRAWN, reason)

    def corrected(self, how: str) -> Self:
        """Put right on the spot; it stays.

        Raises:
            AlreadySettledError. NothingToRectifyError: it is no nonconformity.
        """
        if not self.kind.is_nonconformity:
            raise NothingToRectifyError
        return self._settled(FindingState.CORRECTED, how)

    def _settled(self, state: FindingState, reason: str) -> Self:
        if self.state is not FindingState.STANDING:
            raise AlreadySettledError
        return replace(self, state=state, state_reason=reason)

    def with_rectification(self, closing: date, *, days: int) -> Self:
        """Due *days* calendar days after the closing meeting."""
        return replace(self, rectification=Rectification(closing + timedelta(days=days)))

    def verified(self, done: str, *, by: MemberId, on: date, is_effective: bool) -> Self:
        """What was done and whether the leader found it effective.

        Raises:
            NothingToRectifyError: nothing was asked for. NothingDoneError: it is not said what was done.
        """
        if self.rectification is None or not self.counts:
            raise NothingToRectifyError
        if not done.strip():
            raise NothingDoneError
        seen = replace(self.rectification, done=done, verified_by=by, verified_on=on, is_effective=is_effective)
        return replace(self, rectification=seen)


def ungrounded(grades: Mapping[ItemId, Grade], findings: Iterable[Finding]) -> tuple[ItemId, ...]:
    """Items with a nonconforming grade and no standing finding that says why."""
    grounded = {finding.item for finding in findings if finding.counts}
    return tuple(item for item, grade in grades.items() if grade in _NONCONFORMING and item not in grounded)
