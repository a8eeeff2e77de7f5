"""Where one review stands on an expert's desk: a closed list, shown in the task list and printed by ``desk tasks``."""

from enum import StrEnum


class TaskState(StrEnum):
    """In the order in which a review normally passes through them; the last seven are ways off that path.

    ``with_leader``: an on-site review (Art. 14) of a member; what the leader signs stands for the whole team.
    """

    UNDECLARED = "undeclared"
    UNSCORED = "unscored"
    SCORING = "scoring"
    COMPLETE = "complete"
    SEALED = "sealed"
    SENT = "sent"
    CONFIRMED = "confirmed"
    HELD = "held"
    REFUSED = "refused"
    DAMAGED = "damaged"  # the signed version is not what was signed any more
    FORKED = "forked"  # signed at two desks: the expert has to choose
    RECUSED = "recused"
    ABSTAINED = "abstained"
    PART_MISSING = "part_missing"
    WITH_LEADER = "with_leader"
    RECALLED = "recalled"
