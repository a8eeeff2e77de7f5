"""The record's log as people read it: who did what, and when. Every line is chained to the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Facts = Mapping[str, str | int | list[str] | None]


class Act(StrEnum):
    """Everything that changes a record; a closed list."""

    CREATED = "created"
    OPENER_ADDED = "opener_added"
    OPENER_REMOVED = "opener_removed"
    ENROLLED = "enrolled"
    TAKEN_IN = "taken_in"
    ASSIGNED = "assigned"
    LEADER_NAMED = "leader_named"
    RECALLED = "recalled"
    ISSUED = "issued"
    EXTENDED = "extended"
    PRINTING_ALLOWED = "printing_allowed"
    PRINTING_FORBIDDEN = "printing_forbidden"
    REVOKED = "revoked"
    CODE_RELEASED = "code_released"
    IMPORTED = "imported"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """One line of the log. Its canonical JSON is what the chain's digests cover.

    Attributes:
        by: the opener of the record who acted.
        facts: codes, numbers and hashes; reasons in words only where the act needs one.
    """

    at: datetime
    by: str
    act: Act
    facts: dict[str, str | int | list[str] | None]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line with its place in the chain and a sentence for people."""

    number: int
    at: datetime
    by: str
    act: Act
    facts: Facts
    sentence: str
