"""The plan of a visit: whom it concerns, where, who goes, when what is looked at, and the two meetings.

Opening and closing meeting follow the tradition of GB/T 19011: attendance is recorded and the leader chairs.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.ids import ApplicationCode, ReviewId
from app.domain.onsite.ids import ItemId, MemberId, SiteId, VisitId
from app.errors import UserFacingError
from app.i18n import N_, _


class VisitInvalidError(UserFacingError):
    """The plan contradicts itself; ``what`` is a translated clause."""

    code = "visit_invalid"
    message = N_("This plan of the visit cannot be used: {what}.")


class StageOrderError(UserFacingError):
    """A visit does not go that way."""

    code = "stage_order"
    message = N_("The visit is at another stage. That step cannot follow now.")


class NotConcludedError(UserFacingError):
    """A report of a visit that has no conclusion."""

    code = "not_concluded"
    message = N_("The visit is not concluded yet, so its report cannot be signed. Conclude it first, in the meeting.")


class NotVerifiedError(UserFacingError):
    """Rectification that nobody has looked at."""

    code = "not_verified"
    message = N_("{count} nonconformities are not verified yet. Look at what was done about each of them first.")


class Role(StrEnum):
    """Who somebody is on a visit. Only leader and members judge; liaison and observers never do."""

    LEADER = "leader"
    MEMBER = "member"
    LIAISON = "liaison"
    OBSERVER = "observer"


ASSESSING: Final = (Role.LEADER, Role.MEMBER)


class Stage(StrEnum):
    """How far a visit has come."""

    PLANNED = "planned"
    NOTICED = "noticed"
    OPENING = "opening"
    GATHERING = "gathering"
    TEAM_MEETING = "team_meeting"
    CLOSING = "closing"
    CONFIRMED = "confirmed"
    SIGNED = "report_signed"
    RECTIFICATION = "rectification"
    VERIFIED = "verified"
    CLOSED = "closed"
    POSTPONED = "postponed"
    REFUSED = "refused"


_LINE: Final = (
    Stage.PLANNED, Stage.NOTICED, Stage.OPENING, Stage.GATHERING, Stage.TEAM_MEETING, Stage.CLOSING, Stage.CONFIRMED,
    Stage.SIGNED,
)  # fmt: skip
NOT_VISITED: Final = (Stage.POSTPONED, Stage.REFUSED)
_BEFORE_ARRIVAL: Final = (Stage.PLANNED, Stage.NOTICED)
_AFTER_SIGNING: Final = {
    Stage.SIGNED: (Stage.RECTIFICATION, Stage.CLOSED),
    Stage.RECTIFICATION: (Stage.VERIFIED,),
    Stage.VERIFIED: (Stage.CLOSED,),
    Stage.POSTPONED: (Stage.PLANNED, Stage.NOTICED, Stage.REFUSED),
}


def may_follow(before: Stage, after: Stage) -> bool:
    """Whether *after* can come next. Up to the signed report steps may be skipped, never taken back.

    A visit that the applicant postpones can be planned again; one that is refused ends there.
    """
    if before in _BEFORE_ARRIVAL and after in NOT_VISITED:
        return True
    if before in _LINE and after in _LINE:
        return _LINE.index(after) > _LINE.index(before)
    return after in _AFTER_SIGNING.get(before, ())


@dataclass(frozen=True, slots=True)
class Site:
    """One place that is visited."""

    id: SiteId
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the team. ``has_desk`` is false for a member whose paper notes somebody else types."""

    id: MemberId
    name: str
    role: Role
    has_desk: bool = False
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the timetable; *items* are what is looked at then, *members* who goes there."""

    number: int
    site: SiteId
    starts_at: datetime
    ends_at: datetime
    what: str
    items: tuple[ItemId, ...] = ()
    members: tuple[MemberId, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody at a meeting, of the team or of the applicant."""

    name: str
    post: str = ""
    organisation: str = ""


class MeetingKind(StrEnum):
    """The two meetings of a visit."""

    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that took place, or is going to."""

    kind: MeetingKind
    at: datetime
    place: str = ""
    attendees: tuple[Attendee, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the desk review left to be verified; the answers are kept beside it, each with its author.

    Attributes:
        about: dimension or indicator of the desk review that it belongs to; empty for the whole.
        item: the line of the checklist it is asked at.
    """

    id: str
    text: str
    about: str = ""
    item: ItemId | None = None

    def __post_init__(self) -> None:
        if not self.id or not self.text.strip():
            raise _refuse(N_("a question says nothing"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What one assessor found out about a question; an empty text takes it back."""

    question: str
    author: MemberId
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """The plan as a whole.

    Raises:
        VisitInvalidError: not exactly one leader, an identifier twice, a slot at an unknown site, by an unknown
            member, or one that ends before it starts.
    """

    visit: VisitId
    review: ReviewId
    application: ApplicationCode
    sites: tuple[Site, ...]
    team: tuple[Member, ...]
    timetable: tuple[Slot, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    questions: tuple[Question, ...] = ()
    stage: Stage = Stage.PLANNED
    limitations: str = ""

    def __post_init__(self) -> None:
        if sum(member.role is Role.LEADER for member in self.team) != 1:
            raise _refuse(N_("a team has exactly one leader"))
        if not self.sites:
            raise _refuse(N_("it names no site"))
        for names in (
            [member.id for member in self.team],
            [site.id for site in self.sites],
            [str(slot.number) for slot in self.timetable],
            [question.id for question in self.questions],
            [meeting.kind for meeting in self.meetings],
        ):
            if len(set(names)) != len(names) or not all(names):
                raise _refuse(N_("something in it is there twice or has no number"))
        sites, members = {site.id for site in self.sites}, {member.id for member in self.team}
        for slot in self.timetable:
            if slot.site not in sites or not members.issuperset(slot.members) or slot.ends_at <= slot.starts_at:
                raise _refuse(
                    N_("line {number} of the timetable names an unknown site or person, or ends before it starts"),
                    number=slot.number,
                )

    @property
    def leader(self) -> Member:
        """Who leads."""
        return next(member for member in self.team if member.role is Role.LEADER)

    def member(self, member_id: MemberId) -> Member:
        """Somebody of the team. Raises ``NotOnTeamError``."""
        found = next((member for member in self.team if member.id == member_id), None)
        if found is None:
            raise NotOnTeamError(member=member_id)
        return found

    def assessor(self, member_id: MemberId) -> Member:
        """Somebody who may judge. Raises ``NotOnTeamError``, ``NoAssessorError``."""
        found = self.member(member_id)
        if found.role not in ASSESSING:
            raise NoAssessorError(name=found.name)
        return found

    def slot_at(self, moment: datetime) -> Slot | None:
        """What the timetable says for *moment*; the later line where two overlap."""
        running = [slot for slot in self.timetable if slot.starts_at <= moment < slot.ends_at]
        return max(running, key=lambda slot: (slot.starts_at, slot.number), default=None)


class NotOnTeamError(UserFacingError):
    """A person the plan does not name."""

    code = "not_on_team"
    message = N_("{member} is not on the team of this visit. Add the person to the plan first.")


class NoAssessorError(UserFacingError):
    """Liaison and observers keep no records of their own and give no grades."""

    code = "no_assessor"
    message = N_("{name} is on the visit but does not assess. Choose the leader or a member.")


def _refuse(clause: str, **facts: object) -> VisitInvalidError:
    return VisitInvalidError(what=_(clause).format(**facts))


def visit_code(application: ApplicationCode, visit: VisitId) -> str:
    """What stands for a visit on paper: the application and four digits."""
    return f"{application}-{int(visit, 16) % 10_000:04d}"
