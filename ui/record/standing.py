"""Where the campaign stands: the figures of the overview, and the one step that comes next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.domain.outcome import Group
from app.domain.results import ExpertStatus, MissingPackage, ReturnLine

if TYPE_CHECKING:
    from app.bootstrap.record import RecordWorkspace


class Step(StrEnum):
    """The steps of the regulation that this window leads through, in order."""

    INTAKE = "intake"
    EXPERTS = "experts"
    ASSIGNMENT = "assignment"
    ISSUE = "issue"
    IMPORT = "import"
    RESULTS = "results"


_SIGNED: Final = (ExpertStatus.SEALED, ExpertStatus.WITH_LEADER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Figures of one record at one moment.

    Attributes:
        unassigned: applications nobody reviews yet; to_send: assignments that were not sent.
        sent: assignments that went out; signed: of those, with a signed review in the record; excused: recused or
            abstained, which needs no review; held: reviews in the tray, here and not in the record.
        waiting: files in the tray that somebody has to decide, taken or not; dismissable: refused ones, which can only
            be put away; missing: packages that devices counted and that never arrived.
    """

    applications: int = 0
    unassigned: int = 0
    experts: int = 0
    without_device: int = 0
    assigned: int = 0
    to_send: int = 0
    sent: int = 0
    signed: int = 0
    excused: int = 0
    held: int = 0
    waiting: int = 0
    dismissable: int = 0
    missing: tuple[MissingPackage, ...] = ()
    deadline_at: datetime | None = None

    @property
    def back(self) -> int:
        """Of what was sent, what has come back in any way, also what is held."""
        return min(self.sent, self.settled + self.held)

    @property
    def settled(self) -> int:
        """In the record: signed, recused or abstained."""
        return self.signed + self.excused

    @property
    def open(self) -> int:
        """Sent and not back."""
        return max(0, self.sent - self.back)

    def is_done(self, step: Step) -> bool:
        """Whether nothing is left to do for *step* as far as the record knows."""
        return {
            Step.INTAKE: self.applications > 0,
            Step.EXPERTS: self.experts > 0 and self.without_device == 0,
            Step.ASSIGNMENT: self.applications > 0 and self.unassigned == 0,
            Step.ISSUE: self.assigned > 0 and self.to_send == 0,
            Step.IMPORT: self.sent > 0 and self.open == 0 and self.waiting == 0,
            Step.RESULTS: False,
        }[step]

    def next_step(self) -> Step:
        """What to do now: decide what waits, otherwise the first step that is not done."""
        if self.waiting:
            return Step.IMPORT
        return next((step for step in Step if not self.is_done(step)), Step.RESULTS)


def standing_of(record: "RecordWorkspace") -> Standing:
    """Read the figures; a few short queries, off the GUI thread."""
    applications = record.applications.list()
    experts = record.roster.experts()
    lines = [line for line in record.returns.overview() if line.status is not ExpertStatus.STRUCK]
    tray = record.tray.entries()
    excused = {ExpertStatus.RECUSED, ExpertStatus.ABSTAINED}
    return Standing(
        applications=len(applications),
        unassigned=sum(not one.assigned for one in applications),
        experts=len(experts),
        without_device=sum(one.current_device is None for one in experts),
        assigned=len(lines),
        to_send=sum(line.sent_at is None and line.status is ExpertStatus.MISSING for line in lines),
        sent=sum(line.sent_at is not None for line in lines),
        signed=sum(line.status in _SIGNED for line in lines),
        excused=sum(line.status in excused for line in lines),
        held=_held(lines, {(entry.expert, code) for entry in tray for code in entry.applications}),
        waiting=sum(entry.outcome.group is Group.HELD for entry in tray),
        dismissable=sum(entry.outcome.group is not Group.HELD for entry in tray),
        missing=record.returns.missing_packages(),
        deadline_at=max((line.deadline_at for line in lines if line.deadline_at), default=None),
    )


def _held(lines: list[ReturnLine], in_tray: set[tuple[object, object]]) -> int:
    return sum(line.status is ExpertStatus.MISSING and (line.expert, line.application) in in_tray for line in lines)
