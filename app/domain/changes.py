"""What a use case changed, so that whoever shows it knows what to read again."""

from dataclasses import dataclass, fields
from typing import Self

from app.domain.ids import ReviewId
from app.domain.onsite.ids import VisitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One flag per thing that a screen may show; nothing is set where nothing changed.

    Attributes:
        tasks, reviews, documents, enrolment: of a desk; ``reviews`` and ``visits`` name those whose
            content changed.
        packages: what was sent or received, of either workspace.
        applications, experts, assignments, tray, results, log, openers: of a record.
    """

    tasks: bool = False
    reviews: frozenset[ReviewId] = frozenset()
    visits: frozenset[VisitId] = frozenset()
    documents: bool = False
    packages: bool = False
    enrolment: bool = False
    applications: bool = False
    experts: bool = False
    assignments: bool = False
    tray: bool = False
    results: bool = False
    log: bool = False
    openers: bool = False

    def __or__(self, other: Self) -> "Changes":
        """Both together."""
        return Changes(**{each.name: getattr(self, each.name) | getattr(other, each.name) for each in fields(self)})

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


NOTHING = Changes()
