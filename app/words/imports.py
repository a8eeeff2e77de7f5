"""What became of packages, what became of reviews in them, and what waits in the tray."""

from typing import Final

from app.domain.outcome import Group, Outcome
from app.domain.tray import TrayEntry, TrayState
from app.i18n import N_, _
from app.words.days import moment_words

_OUTCOMES: Final = {
    Outcome.NEW: N_("New"),
    Outcome.REVISION: N_("New revision"),
    Outcome.ALREADY_IMPORTED: N_("Here already"),
    Outcome.FORK: N_("Two versions"),
    Outcome.EARLY_REVISION: N_("Earlier one missing"),
    Outcome.LATE: N_("Late"),
    Outcome.RECALLED_ASSIGNMENT: N_("Taken back before"),
    Outcome.REVOKED_CERTIFICATE: N_("Device revoked"),
    Outcome.SEQUENCE_JUMP: N_("Number jumps"),
    Outcome.CONFLICT_FOUND: N_("Conflict found"),
    Outcome.FROZEN: N_("List closed"),
    Outcome.NOT_A_PACKAGE: N_("Not a package"),
    Outcome.DAMAGED: N_("Damaged"),
    Outcome.NOT_FOR_YOU: N_("Not for this record"),
    Outcome.UNKNOWN_SIGNER: N_("Unknown signer"),
    Outcome.BAD_SIGNATURE: N_("Altered"),
    Outcome.CERTIFICATE_EXPIRED: N_("Certificate expired"),
    Outcome.WRONG_KIND: N_("Wrong kind"),
    Outcome.FORMAT_TOO_NEW: N_("Made by a newer program"),
    Outcome.OVER_LIMIT: N_("Too large"),
    Outcome.UNASSIGNED: N_("Not assigned"),
    Outcome.RUBRIC_MISMATCH: N_("Other rubric"),
    Outcome.INCOMPLETE: N_("Not complete"),
}
_AT_THE_DESK: Final = {
    Group.TAKEN: N_("Taken in"),
    Group.NOTHING_TO_DO: N_("Was here already"),
    Group.HELD: N_("Held"),
    Group.REFUSED: N_("Refused"),
}
_PROSPECTS: Final = {
    Group.TAKEN: N_("Can be taken in"),
    Group.NOTHING_TO_DO: N_("Is here already"),
    Group.HELD: N_("Would be held"),
    Group.REFUSED: N_("Would be refused"),
}
_TRAY: Final = {
    TrayState.WAITING: N_("To decide"),
    TrayState.TAKEN: N_("Taken"),
    TrayState.REFUSED: N_("Refused"),
}


def outcome_word(outcome: Outcome) -> str:
    """What became of a package or a review at the record."""
    return _(_OUTCOMES[outcome])


def desk_outcome_word(outcome: Outcome) -> str:
    """What became of a file at a desk."""
    return _(_AT_THE_DESK[outcome.group])


def prospect_word(outcome: Outcome) -> str:
    """What would become of a file that was only looked at."""
    return _(_PROSPECTS[outcome.group])


def tray_word(entry: TrayEntry) -> str:
    """Whether somebody still has to look."""
    return _("Superseded") if entry.superseded_by is not None else _(_TRAY[entry.state])


def tray_decision_words(entry: TrayEntry) -> str:
    """By whom it was decided, or by what it was settled, when, and why; empty while it waits."""
    if entry.decided_at is None:
        return ""
    moment = moment_words(entry.decided_at)
    if entry.superseded_by is not None:
        words = _("Superseded by revision {number}, which its expert chose, {moment}")
        return words.format(number=entry.superseded_by, moment=moment)
    if not entry.decided_by:
        return _("Taken by itself, {moment}: what it waited for has arrived").format(moment=moment)
    return _("{state} by {name}, {moment}: {reason}").format(
        state=tray_word(entry), name=entry.decided_by, moment=moment, reason=entry.reason
    )
