"""How reviews and packages stand, as sign, word and tone: the same everywhere in the desk's window."""

from typing import Final

from app.domain.outcome import Group, Outcome
from app.domain.task import TaskState
from app.i18n import N_, _
from app.services.desk_views import OutgoingPackage
from ui.state import State, Tone

_TASKS: Final = {
    TaskState.UNDECLARED: ("!", N_("Declare first"), Tone.WARN),
    TaskState.PART_MISSING: ("!", N_("Part missing"), Tone.WARN),
    TaskState.UNSCORED: ("○", N_("Not begun"), Tone.NEUTRAL),
    TaskState.SCORING: ("◐", N_("In progress"), Tone.ACTIVE),
    TaskState.COMPLETE: ("●", N_("Ready to sign"), Tone.ACTIVE),
    TaskState.SEALED: ("!", N_("Signed, not sent"), Tone.WARN),
    TaskState.SENT: ("→", N_("Sent, not confirmed"), Tone.ACTIVE),
    TaskState.CONFIRMED: ("✓", N_("Confirmed"), Tone.GOOD),
    TaskState.HELD: ("!", N_("Held at the secretariat"), Tone.WARN),
    TaskState.REFUSED: ("✕", N_("Refused"), Tone.BAD),
    TaskState.RECUSED: ("–", N_("Recused"), Tone.NEUTRAL),
    TaskState.ABSTAINED: ("–", N_("Abstained"), Tone.NEUTRAL),
    TaskState.RECALLED: ("–", N_("Taken back"), Tone.NEUTRAL),
}
_GROUPS: Final = {
    Group.TAKEN: ("✓", N_("Taken in"), Tone.GOOD),
    Group.NOTHING_TO_DO: ("✓", N_("Was here already"), Tone.NEUTRAL),
    Group.HELD: ("!", N_("Held"), Tone.WARN),
    Group.REFUSED: ("✕", N_("Refused"), Tone.BAD),
}
ORDER: Final = {
    state: place
    for place, state in enumerate(
        (
            TaskState.UNDECLARED,
            TaskState.REFUSED,
            TaskState.SEALED,
            TaskState.COMPLETE,
            TaskState.SCORING,
            TaskState.UNSCORED,
            TaskState.PART_MISSING,
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
    sign, word, tone = _TASKS[state]
    return State(sign, _(word), tone)


def import_state(outcome: Outcome) -> State:
    """What became of one file."""
    sign, word, tone = _GROUPS[outcome.group]
    return State(sign, _(word), tone)


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
