"""What can become of a package or of a review in it: a closed list, in order of gravity.

The words are part of the command line's stable contract; the window, the tray and the receipts use the same.
"""

from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """The four ways an import can end for one item."""

    TAKEN = "taken"
    NOTHING_TO_DO = "nothing_to_do"
    HELD = "held"
    REFUSED = "refused"


class Outcome(StrEnum):
    """Listed from the best to the worst; what that makes of a package says :func:`of_all`."""

    NEW = "new"
    REVISION = "revision"
    ALREADY_IMPORTED = "already_imported"
    FORK = "fork"
    EARLY_REVISION = "early_revision"
    LATE = "late"
    RECALLED_ASSIGNMENT = "recalled_assignment"
    REVOKED_CERTIFICATE = "revoked_certificate"
    SEQUENCE_JUMP = "sequence_jump"
    CONFLICT_FOUND = "conflict_found"
    FROZEN = "frozen"
    NOT_A_PACKAGE = "not_a_package"
    DAMAGED = "damaged"
    NOT_FOR_YOU = "not_for_you"
    UNKNOWN_SIGNER = "unknown_signer"
    BAD_SIGNATURE = "bad_signature"
    CERTIFICATE_EXPIRED = "certificate_expired"
    WRONG_KIND = "wrong_kind"
    FORMAT_TOO_NEW = "format_too_new"
    OVER_LIMIT = "over_limit"
    UNASSIGNED = "unassigned"
    RUBRIC_MISMATCH = "rubric_mismatch"
    INCOMPLETE = "incomplete"

    @property
    def group(self) -> Group:
        """Taken, nothing to do, held for a person, or refused."""
        if self in _TAKEN:
            return Group.TAKEN
        if self is Outcome.ALREADY_IMPORTED:
            return Group.NOTHING_TO_DO
        return Group.HELD if self in _HELD else Group.REFUSED

    @property
    def gravity(self) -> int:
        """Place in the list; the larger, the worse."""
        return _GRAVITY[self]


_GRAVITY: Final = {outcome: place for place, outcome in enumerate(Outcome)}
_TAKEN: Final = frozenset({Outcome.NEW, Outcome.REVISION})
_HELD: Final = frozenset(
    {
        Outcome.FORK,
        Outcome.EARLY_REVISION,
        Outcome.LATE,
        Outcome.RECALLED_ASSIGNMENT,
        Outcome.REVOKED_CERTIFICATE,
        Outcome.SEQUENCE_JUMP,
        Outcome.CONFLICT_FOUND,
        Outcome.FROZEN,
    }
)


def worst(outcomes: list[Outcome]) -> Outcome:
    """The gravest of *outcomes*, which must not be empty."""
    return max(outcomes, key=lambda outcome: outcome.gravity)


def of_all(outcomes: list[Outcome]) -> Outcome:
    """What became of a package with these parts, which must not be none: as its worst part did.

    Something taken beside something that was here before is taken: whoever reads the list has not seen it yet.
    """
    if all(outcome.group in (Group.TAKEN, Group.NOTHING_TO_DO) for outcome in outcomes):
        return worst([outcome for outcome in outcomes if outcome.group is Group.TAKEN] or outcomes)
    return worst(outcomes)
