"""How things in the record stand, as sign, word and tone: the same everywhere in its window."""

from typing import Final

from app.domain.application import ApplicationState
from app.domain.assigning import AssignmentState
from app.domain.outcome import Group, Outcome
from app.domain.results import ExpertStatus
from app.domain.tray import TrayState
from app.i18n import N_, _
from ui.state import State, Tone

_Look = tuple[str, str, Tone]
_GROUPS: Final[dict[Group, tuple[str, Tone]]] = {
    Group.TAKEN: ("✓", Tone.GOOD),
    Group.NOTHING_TO_DO: ("=", Tone.NEUTRAL),
    Group.HELD: ("!", Tone.WARN),
    Group.REFUSED: ("✕", Tone.BAD),
}
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
_LEVELS: Final[dict[str, _Look]] = {
    "error": ("✕", N_("Not taken"), Tone.BAD),
    "warning": ("!", N_("Please look"), Tone.WARN),
    "ok": ("✓", N_("Fine"), Tone.GOOD),
}
_ASSIGNMENTS: Final[dict[AssignmentState, _Look]] = {
    AssignmentState.ASSIGNED: ("●", N_("Assigned, not sent"), Tone.ACTIVE),
    AssignmentState.ISSUED: ("→", N_("Sent"), Tone.ACTIVE),
    AssignmentState.DECLARED: ("◐", N_("No conflict declared"), Tone.ACTIVE),
    AssignmentState.RETURNED: ("✓", N_("Signed and in the record"), Tone.GOOD),
    AssignmentState.RECUSED: ("–", N_("Recused"), Tone.WARN),
    AssignmentState.ABSTAINED: ("–", N_("Abstained"), Tone.WARN),
    AssignmentState.RECALLED: ("⟲", N_("Taken back"), Tone.NEUTRAL),
}
_EXPERTS: Final[dict[ExpertStatus, _Look]] = {
    ExpertStatus.SEALED: ("✓", N_("Signed"), Tone.GOOD),
    ExpertStatus.RECUSED: ("–", N_("Recused"), Tone.WARN),
    ExpertStatus.ABSTAINED: ("–", N_("Abstained"), Tone.WARN),
    ExpertStatus.MISSING: ("○", N_("Not back yet"), Tone.NEUTRAL),
    ExpertStatus.STRUCK: ("✕", N_("Does not count"), Tone.BAD),
}
_APPLICATIONS: Final[dict[ApplicationState, _Look]] = {
    ApplicationState.RECOMMENDED: ("○", N_("Recommended"), Tone.NEUTRAL),
    ApplicationState.QUAL_SCORING: ("◐", N_("With the experts"), Tone.ACTIVE),
    ApplicationState.QUAL_CONSENSUS: ("✓", N_("All back"), Tone.GOOD),
    ApplicationState.WITHDRAWN: ("–", N_("Withdrawn"), Tone.NEUTRAL),
}
_TRAY: Final[dict[TrayState, _Look]] = {
    TrayState.WAITING: ("!", N_("To decide"), Tone.WARN),
    TrayState.TAKEN: ("✓", N_("Taken"), Tone.GOOD),
    TrayState.REFUSED: ("✕", N_("Refused"), Tone.NEUTRAL),
}
CONFLICT: Final = ("✕", N_("Conflict"), Tone.BAD)


def outcome_state(outcome: Outcome) -> State:
    """What became of one package or review."""
    sign, tone = _GROUPS[outcome.group]
    return State(sign, _(_OUTCOMES[outcome]), tone)


def level_state(level: str) -> State:
    """How grave a finding is."""
    return _state(_LEVELS[str(level)])


def assignment_state(state: AssignmentState) -> State:
    """How far one expert has come with one application."""
    return _state(_ASSIGNMENTS[state])


def conflict_state() -> State:
    """The record knows why this pair must not be."""
    return _state(CONFLICT)


def expert_state(status: ExpertStatus) -> State:
    """Whether one expert's values count, and if not, why."""
    return _state(_EXPERTS[status])


def application_state(state: str) -> State:
    """How far an application has come."""
    return _state(_APPLICATIONS[ApplicationState(state)])


def tray_state(state: TrayState) -> State:
    """Whether somebody still has to look."""
    return _state(_TRAY[state])


def _state(parts: _Look) -> State:
    sign, word, tone = parts
    return State(sign, _(word), tone)
