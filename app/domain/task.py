"""Where one review stands on an expert's desk: a closed list, shown in the task list and printed by ``desk tasks``."""

from enum import StrEnum


class TaskState(StrEnum):
    """In the order in which a review normally passes through them; the last four are ways off that path."""

    UNDECLARED = "undeclared"
    UNSCORED = "unscored"
    SCORING = "scoring"
    COMPLETE = "complete"
    SEALED = "sealed"
    SENT = "sent"
    CONFIRMED = "confirmed"
    HELD = "held"
    REFUSED = "refused"
    RECUSED = "recused"
    ABSTAINED = "abstained"
    PART_MISSING = "part_missing"
    RECALLED = "recalled"
