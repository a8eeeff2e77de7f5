"""How reviews and packages stand, as sign, word and tone: the same everywhere in the desk's window."""

from typing import Final

from app.domain.outcome import Group, Outcome
from app.domain.task import TaskState
from app.i18n import _
from app.services.desk_views import OutgoingPackage
from app.words.imports import desk_outcome_word
from app.words.reviews import task_word
from ui.state import State, Tone

_TASKS: Final = {
    TaskState.UNDECLARED: ("!", Tone.WARN),
    TaskState.PART_MISSING: ("!", Tone.WARN),
    TaskState.UNSCORED: ("○", Tone.NEUTRAL),
    TaskState.SCORING: ("◐", Tone.ACTIVE),
    TaskState.COMPLETE: ("●", Tone.ACTIVE),
    TaskState.SEALED: ("!", Tone.WARN),
    TaskState.SENT: ("→", Tone.ACTIVE),
    TaskState.CONFIRMED: ("✓", Tone.GOOD),
    TaskState.HELD: ("!", Tone.WARN),
    TaskState.REFUSED: ("✕", Tone.BAD),
    TaskState.WITH_LEADER: ("→", Tone.NEUTRAL),
    TaskState.DAMAGED: ("✕", Tone.BAD),
    TaskState.FORKED: ("!", Tone.WARN),
    TaskState.RECUSED: ("–", Tone.NEUTRAL),
    TaskState.ABSTAINED: ("–", Tone.NEUTRAL),
    TaskState.RECALLED: ("–", Tone.NEUTRAL),
}
_GROUPS: Final = {
    Group.TAKEN: ("✓", Tone.GOOD),
    Group.NOTHING_TO_DO: ("✓", Tone.NEUTRAL),
    Group.HELD: ("!", Tone.WARN),
    Group.REFUSED: ("✕", Tone.BAD),
}
ORDER: Final = {
    state: place
    for place, state in enumerate(
        (
            TaskState.DAMAGED,
            TaskState.UNDECLARED,
            TaskState.FORKED,
            TaskState.REFUSED,
            TaskState.SEALED,
            TaskState.COMPLETE,
            TaskState.SCORING,
            TaskState.UNSCORED,
            TaskState.PART_MISSING,
            TaskState.WITH_LEADER,
            TaskState.HELD,
            TaskState.SENT,
            TaskState.CONFIRMED,
            TaskState.RECUSED,
            TaskState.ABSTAINED,
            TaskState.RECALLED,
        )
    )
}  # what needs the expert comes first


def task_state(state: TaskState) -> State:
    """Where one review stands."""
    sign, tone = _TASKS[state]
    return State(sign, task_word(state), tone)


def import_state(outcome: Outcome) -> State:
    """What became of one file."""
    sign, tone = _GROUPS[outcome.group]
    return State(sign, desk_outcome_word(outcome), tone)


def package_state(package: OutgoingPackage) -> State:
    """What is known of a package that was handed in."""
    if package.outcome is None:
        if not package.is_exported:
            return State("!", _("Not written completely"), Tone.WARN)
        return task_state(TaskState.SENT)
    if package.outcome.group is Group.HELD:
        return task_state(TaskState.HELD)
    if package.outcome.group is Group.REFUSED:
        return task_state(TaskState.REFUSED)
    return task_state(TaskState.CONFIRMED)
