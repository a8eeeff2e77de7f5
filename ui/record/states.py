"""How things in the record stand, as sign, word and tone: the same everywhere in its window."""

from typing import Final

from app.domain.application import ApplicationState
from app.domain.assigning import AssignmentState
from app.domain.conflict import Declared
from app.domain.outcome import Group, Outcome
from app.domain.results import ExpertStatus
from app.domain.tray import TrayEntry, TrayState
from app.words.dossiers import application_word, level_word
from app.words.imports import outcome_word, tray_word
from app.words.reviews import assignment_word, declared_word, expert_word
from ui.state import State, Tone

_Look = tuple[str, Tone]
_GROUPS: Final[dict[Group, _Look]] = {
    Group.TAKEN: ("✓", Tone.GOOD),
    Group.NOTHING_TO_DO: ("=", Tone.NEUTRAL),
    Group.HELD: ("!", Tone.WARN),
    Group.REFUSED: ("✕", Tone.BAD),
}
_LEVELS: Final[dict[str, _Look]] = {
    "error": ("✕", Tone.BAD),
    "warning": ("!", Tone.WARN),
    "ok": ("✓", Tone.GOOD),
}
_ASSIGNMENTS: Final[dict[AssignmentState, _Look]] = {
    AssignmentState.ASSIGNED: ("●", Tone.ACTIVE),
    AssignmentState.ISSUED: ("→", Tone.ACTIVE),
    AssignmentState.DECLARED: ("◐", Tone.ACTIVE),
    AssignmentState.RETURNED: ("✓", Tone.GOOD),
    AssignmentState.WITH_LEADER: ("✓", Tone.GOOD),
    AssignmentState.RECUSED: ("–", Tone.WARN),
    AssignmentState.ABSTAINED: ("–", Tone.WARN),
    AssignmentState.RECALLED: ("⟲", Tone.NEUTRAL),
}
_EXPERTS: Final[dict[ExpertStatus, _Look]] = {
    ExpertStatus.SEALED: ("✓", Tone.GOOD),
    ExpertStatus.RECUSED: ("–", Tone.WARN),
    ExpertStatus.ABSTAINED: ("–", Tone.WARN),
    ExpertStatus.MISSING: ("○", Tone.NEUTRAL),
    ExpertStatus.WITH_LEADER: ("✓", Tone.GOOD),
    ExpertStatus.STRUCK: ("✕", Tone.BAD),
}
_APPLICATIONS: Final[dict[ApplicationState, _Look]] = {
    ApplicationState.RECOMMENDED: ("○", Tone.NEUTRAL),
    ApplicationState.QUAL_SCORING: ("◐", Tone.ACTIVE),
    ApplicationState.QUAL_CONSENSUS: ("✓", Tone.GOOD),
    ApplicationState.WITHDRAWN: ("–", Tone.NEUTRAL),
}
_TRAY: Final[dict[TrayState, _Look]] = {
    TrayState.WAITING: ("!", Tone.WARN),
    TrayState.TAKEN: ("✓", Tone.GOOD),
    TrayState.REFUSED: ("✕", Tone.NEUTRAL),
}


def outcome_state(outcome: Outcome) -> State:
    """What became of one package or review."""
    sign, tone = _GROUPS[outcome.group]
    return State(sign, outcome_word(outcome), tone)


def level_state(level: str) -> State:
    """How grave a finding is."""
    return _state(_LEVELS[str(level)], level_word(level))


def assignment_state(state: AssignmentState) -> State:
    """How far one expert has come with one application."""
    return _state(_ASSIGNMENTS[state], assignment_word(state))


def conflict_state() -> State:
    """The record knows why this pair must not be."""
    return State("✕", declared_word(Declared.CONFLICT), Tone.BAD)


def expert_state(status: ExpertStatus) -> State:
    """Whether one expert's values count, and if not, why."""
    return _state(_EXPERTS[status], expert_word(status))


def application_state(state: str) -> State:
    """How far an application has come."""
    return _state(_APPLICATIONS[ApplicationState(state)], application_word(state))


def tray_state(entry: TrayEntry) -> State:
    """Whether somebody still has to look."""
    return _state(_TRAY[entry.state], tray_word(entry))


def _state(look: _Look, word: str) -> State:
    sign, tone = look
    return State(sign, word, tone)
