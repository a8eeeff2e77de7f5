"""What an expert's next hand-out holds: what is new or changed for the device, and what is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from app.clock import BEIJING
from app.domain.application import Application
from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId
from app.domain.parting import MEGABYTE, Item, ItemTooLargeError, divide
from app.domain.review import ReviewKind
from app.packages import canonical
from app.packages.visit_payloads import VisitTeam
from app.services.record_context import RecordContext
from app.services.record_errors import DeadlinePassedError, DocumentTooLargeError, ExpertUnknownError, NoDeviceError
from app.services.record_roster import current_device
from app.services.record_teams import team_of
from app.storage.record.reviews import StoredDeclaration, StoredReview
from app.storage.record.roster import StoredDevice, StoredExpert
from app.storage.record.sending import SentPackage
from app.storage.record.unit_of_work import RecordWork

DEFAULT_TERM: Final = timedelta(days=14)
# Everything that is no document: rubric, certificates, lists, receipts. Measured at 60 kB; receipts come on top.
_BASE_BYTES: Final = 256 * 1024
_SEALING_SHARE: Final = 3_000  # age adds 16 bytes to each 64 KiB, the container about 200 to each file


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOut:
    """One expert's next assignment, before anything is written."""

    expert: StoredExpert
    device: StoredDevice
    reviews: tuple[StoredReview, ...]
    recalls: tuple[StoredReview, ...]
    applications: dict[ApplicationCode, Application] = field(repr=False)  # each once, however many reviews it has
    parts: tuple[tuple[Item, ...], ...]
    last: SentPackage | None
    is_first_for_device: bool
    teams: tuple[VisitTeam, ...] = ()

    def part_bytes(self, number: int) -> int:
        """Size of part *number* (from 1), estimated."""
        documents = sum(item.size for item in self.parts[number - 1])
        return documents + documents // _SEALING_SHARE + _BASE_BYTES // 4

    def codes(self, number: int) -> tuple[ApplicationCode, ...]:
        """The applications of part *number*: of part 1 all that are assigned, of others those with documents in it."""
        if number == 1:
            return tuple(dict.fromkeys(review.application for review in self.reviews))
        return tuple(dict.fromkeys(item.application for item in self.parts[number - 1]))


def plan_hand_outs(
    work: RecordWork, experts: Sequence[ExpertCode] | None, *, max_mb: int, is_again: bool
) -> tuple[list[HandOut], list[ExpertCode]]:
    """The hand-outs for everybody, or for those named, and the experts who have no device to send to.

    Raises:
        ExpertUnknownError, NoDeviceError: of a named expert. DocumentTooLargeError.
    """
    people = {expert.expert: expert for expert in work.roster.experts()}
    for code in experts or ():
        if code not in people:
            raise ExpertUnknownError(expert=code)
    plans, without_device = [], []
    for code in experts or tuple(people):
        reviews = work.reviews.all(expert=code, with_recalled=True)
        devices = work.roster.devices(code)
        device = current_device(devices)
        if device is None:
            if experts:
                raise NoDeviceError(expert=code)
            if any(not review.is_recalled for review in reviews):
                without_device.append(code)
            continue
        plan = _plan(work, people[code], device, reviews, max_mb=max_mb, is_again=is_again)
        if plan is not None:
            plans.append(plan)
    return plans, without_device


def _plan(
    work: RecordWork, expert: StoredExpert, device: StoredDevice, reviews: Sequence[StoredReview], *, max_mb: int,
    is_again: bool,
) -> HandOut | None:  # fmt: skip
    sent = work.sending.reviews(device.device)
    declared = work.reviews.declarations(review.review for review in reviews)
    dossiers = work.applications.dossiers(review.application for review in reviews)
    teams = _teams(work, reviews, declared)
    fresh, recalls = [], []
    for review in reviews:
        before = sent.get(review.review)
        is_there = before is not None and not before.is_recall
        declaration = declared.get(review.review)
        is_out = declaration is not None and declaration.declaration.declared is not Declared.NONE
        if review.is_recalled:
            if is_there:
                recalls.append(review)
        elif is_out or (review.kind is ReviewKind.ONSITE and review.application not in teams):
            continue  # nobody leads that visit for the moment; it goes out with the next leader
        elif is_again or before is None or before.is_recall or before.dossier_sha256 != dossiers[review.application]:
            fresh.append(review)
    told = work.visits.sent_teams(device.device)
    is_news = any(told.get(code) != canonical.digest_of(team) for code, team in teams.items())
    if not fresh and not recalls and not is_news:
        return None
    applications = {one.code: one for one in work.applications.all(review.application for review in fresh)}
    return HandOut(
        expert=expert,
        device=device,
        reviews=tuple(fresh),
        recalls=tuple(recalls),
        applications=applications,
        parts=_parts(fresh, applications, max_mb=max_mb),
        last=work.sending.last(device.device),
        is_first_for_device=not sent,
        teams=tuple(teams[code] for code in sorted(teams)),
    )


def _teams(
    work: RecordWork, reviews: Sequence[StoredReview], declared: Mapping[ReviewId, StoredDeclaration]
) -> dict[ApplicationCode, VisitTeam]:
    """The team of every visit that the expert of *reviews* goes on, where somebody leads it."""
    visited = [
        one.application
        for one in reviews
        if one.kind is ReviewKind.ONSITE
        and not one.is_recalled
        and (one.review not in declared or declared[one.review].declaration.declared is Declared.NONE)
    ]
    checklist = work.visits.checklist() if visited else None
    if checklist is None:
        return {}
    found = {code: team_of(work, code, checklist=checklist.sha256) for code in visited}
    return {code: team for code, team in found.items() if team is not None}


def _parts(
    reviews: Sequence[StoredReview], applications: dict[ApplicationCode, Application], *, max_mb: int
) -> tuple[tuple[Item, ...], ...]:
    items = [
        Item(application, number, document.size)
        for application in dict.fromkeys(review.application for review in reviews)
        for number, document in enumerate(applications[application].documents, start=1)
    ]
    limit = max_mb * MEGABYTE
    try:
        return divide(items, base=_BASE_BYTES, limit=limit - limit // _SEALING_SHARE - _BASE_BYTES // 4)
    except ItemTooLargeError as problem:
        item = problem.item
        name = applications[item.application].documents[item.number - 1].name
        raise DocumentTooLargeError(application=item.application, name=name, limit=max_mb) from None


def end_of_day(day: date) -> datetime:
    """24:00 Beijing time of *day*."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING) + timedelta(days=1)


def deadline_of(context: RecordContext, day: date | None) -> datetime:
    """The deadline on *day*, or fourteen days from now.

    Raises:
        DeadlinePassedError: that day is over.
    """
    now = context.clock()
    deadline = end_of_day(day or (now + DEFAULT_TERM).astimezone(BEIJING).date())
    if deadline <= now:
        raise DeadlinePassedError(date=day)
    return deadline
