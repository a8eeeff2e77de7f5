"""How far a review has come at the desk and at the record, and what was declared about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.assigning import AssignmentState
from app.domain.conflict import ConflictKind, Declared
from app.domain.ids import ApplicationCode
from app.domain.results import ExpertStatus
from app.domain.task import TaskState
from app.i18n import N_, _

_TASKS: Final = {
    TaskState.UNDECLARED: N_("Declare first"),
    TaskState.PART_MISSING: N_("Part missing"),
    TaskState.UNSCORED: N_("Not begun"),
    TaskState.SCORING: N_("In progress"),
    TaskState.COMPLETE: N_("Ready to sign"),
    TaskState.SEALED: N_("Signed, not sent"),
    TaskState.SENT: N_("Sent, not confirmed"),
    TaskState.CONFIRMED: N_("Confirmed"),
    TaskState.HELD: N_("Held at the secretariat"),
    TaskState.REFUSED: N_("Refused"),
    TaskState.WITH_LEADER: N_("The leader hands in"),
    TaskState.DAMAGED: N_("Damaged: restore backup"),
    TaskState.FORKED: N_("Signed in two versions"),
    TaskState.RECUSED: N_("Recused"),
    TaskState.ABSTAINED: N_("Abstained"),
    TaskState.RECALLED: N_("Taken back"),
}
_ASSIGNMENTS: Final = {
    AssignmentState.ASSIGNED: N_("Assigned, not sent"),
    AssignmentState.ISSUED: N_("Sent"),
    AssignmentState.DECLARED: N_("No conflict declared"),
    AssignmentState.RETURNED: N_("Signed and in the record"),
    AssignmentState.WITH_LEADER: N_("In the leader's review"),
    AssignmentState.RECUSED: N_("Recused"),
    AssignmentState.ABSTAINED: N_("Abstained"),
    AssignmentState.RECALLED: N_("Taken back"),
}
_EXPERTS: Final = {
    ExpertStatus.SEALED: N_("Signed"),
    ExpertStatus.RECUSED: N_("Recused"),
    ExpertStatus.ABSTAINED: N_("Abstained"),
    ExpertStatus.MISSING: N_("Not back yet"),
    ExpertStatus.WITH_LEADER: N_("In the leader's review"),
    ExpertStatus.STRUCK: N_("Does not count"),
}
_DECLARED: Final = {
    Declared.NONE: N_("No conflict"),
    Declared.CONFLICT: N_("Conflict"),
    Declared.ABSTAIN: N_("Abstain"),
}
_CONFLICTS: Final = {
    ConflictKind.EMPLOYMENT: N_("Works or worked there within three years, or advises it"),
    ConflictKind.KINSHIP: N_("A relative works there"),
    ConflictKind.DISPUTE: N_("A legal dispute within three years"),
    ConflictKind.CONSULTING: N_("Helped to prepare the application"),
    ConflictKind.CONTROL: N_("Same owner or control as the own employer"),
    ConflictKind.INVESTMENT: N_("An investment, one's own or the family's"),
    ConflictKind.ECONOMIC_INTEREST: N_("Another economic interest"),
    ConflictKind.COMPETITOR: N_("A competitor with the same product, or the licensor of the trademark"),
    ConflictKind.STANDARD_DRAFTER: N_("Drafted the standard under evaluation"),
    ConflictKind.LABORATORY: N_("Works for the laboratory that issued the report"),
    ConflictKind.RECOMMENDER: N_("Works for the recommending department"),
    ConflictKind.OTHER: N_("Something else"),
}


def damaged_words(applications: Sequence[ApplicationCode]) -> str:
    """What to say of signed reviews that could not go into a package."""
    return _(
        "The signed version is damaged and did not go along: {applications}. Restore a backup under Settings, then "
        "hand in again."
    ).format(applications=_(", ").join(applications))


def task_word(state: TaskState) -> str:
    """Where one review stands on its expert's desk."""
    return _(_TASKS[state])


def assignment_word(state: AssignmentState) -> str:
    """How far one expert has come with one application, as the record knows it."""
    return _(_ASSIGNMENTS[state])


def expert_word(status: ExpertStatus) -> str:
    """Whether one expert's values count, and if not, why."""
    return _(_EXPERTS[status])


def declared_word(declared: Declared) -> str:
    """What an expert says about one application."""
    return _(_DECLARED[declared])


def conflict_words(kind: ConflictKind) -> str:
    """Why an expert must not review an application."""
    return _(_CONFLICTS[kind])


def counted(words: Mapping[str, int]) -> str:
    """How many of each, the most frequent first, or a dash."""
    return " · ".join(f"{word} {count}" for word, count in Counter(words).most_common()) or "-"
