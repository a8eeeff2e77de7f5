"""The log replayed: who was enrolled, what was assigned, taken back, issued and imported, against the tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.record_log import Act, LoggedAct
from app.domain.review import ReviewKind
from app.domain.verification import Difference
from app.i18n import N_, _
from app.packages import canonical
from app.packages.canonical import NotCanonicalError
from app.packages.log_chain import START, ChainBrokenError, ChainHead
from app.packages.payloads import dossier_digest
from app.storage.record.unit_of_work import RecordWork

_BROKEN = N_("The log is not continuous from this line on: it was changed, shortened or put in another order.")
_UNLOGGED = N_("This is in the record, but the log knows nothing of it.")
_VANISHED = N_("The log knows of this, but it is not in the record any more.")
_CHANGED = N_("This is not what the log says.")
_DOSSIER = N_("Its face sheet or its list of documents is not what was taken in.")


@dataclass(slots=True)
class Replayed:
    """What the log says, by what it speaks of."""

    heads: dict[int, str] = field(default_factory=lambda: {0: START})
    assigned: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    recalled: set[str] = field(default_factory=set)
    devices: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    dossiers: dict[str, str] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)
    issued: set[str] = field(default_factory=set)
    leaders: dict[str, datetime] = field(default_factory=dict)
    checklist: str | None = None
    examination: str | None = None
    differences: list[Difference] = field(default_factory=list)


def replay(work: RecordWork) -> Replayed:
    """Read the whole log, checking its chain."""
    found, head = Replayed(), START
    for expected, line in enumerate(work.log.lines(), start=1):
        head = _next(head, line.line)
        if line.number != expected or line.head != head:
            found.differences.append(Difference("log", str(line.number), _(_BROKEN)))
            head = line.head  # one change is told once
        found.heads[line.number] = line.head
        try:
            _note(found, canonical.decode(line.line, LoggedAct))
        except (NotCanonicalError, KeyError):
            found.differences.append(Difference("log", str(line.number), _(_BROKEN)))
    return found


def _next(head: str, line: bytes) -> str:
    try:
        return ChainHead(0, head).after(line).head
    except (ChainBrokenError, ValueError):
        return ""


def _note(found: Replayed, act: LoggedAct) -> None:
    facts = {name: str(value) for name, value in act.facts.items()}
    match act.act:
        case Act.CREATED:
            found.checklist, found.examination = facts.get("checklist"), facts.get("examination")
        case Act.ASSIGNED:
            kind = facts.get("kind", ReviewKind.QUALIFICATION)  # there was no other when it was not named
            found.assigned[facts["review"]] = (facts["application"], facts["expert"], str(kind))
            found.checklist = found.checklist or facts.get("checklist")
            found.examination = found.examination or facts.get("examination")
        case Act.LEADER_NAMED:
            found.leaders[facts["review"]] = act.at
        case Act.RECALLED:
            found.recalled.add(facts["review"])
        case Act.ENROLLED:
            found.devices[facts["device"]] = (facts["expert"], facts["certificate"], facts["request"])
            found.imported.add(facts["request"])
        case Act.REVOKED:
            found.revoked.add(facts["device"])
        case Act.TAKEN_IN:
            found.dossiers[facts["application"]] = facts["dossier"]
        case Act.IMPORTED:
            found.imported.add(facts["package"])
        case Act.ISSUED:
            packages = act.facts["packages"]
            found.issued |= set(packages) if isinstance(packages, list) else set()
        case _:
            return


def compare(work: RecordWork, found: Replayed) -> Iterator[Difference]:
    """Where the tables say something else than the log."""
    yield from found.differences
    yield from _reviews(work, found)
    yield from _devices(work, found)
    yield from _applications(work, found)
    yield from _visits(work, found)
    form = work.authority.examination()
    if form is not None and {form.sha256, canonical.sha256(form.content)} != {found.examination}:
        yield Difference("examination_form", form.sha256, _(_CHANGED))
    yield from _sets("package", {package.sha256 for package in work.packages.all()}, found.imported)
    yield from _sets("sent_package", {package.sha256 for package in work.sending.packages()}, found.issued)


def _reviews(work: RecordWork, found: Replayed) -> Iterator[Difference]:
    reviews = work.reviews.all(with_recalled=True)
    yield from _sets("review", {review.review for review in reviews}, set(found.assigned))
    for review in reviews:
        here = (review.application, review.expert, str(review.kind))
        is_recalled = review.review in found.recalled
        if found.assigned.get(review.review, here) != here or is_recalled != review.is_recalled:
            yield Difference("review", review.review, _(_CHANGED))


def _visits(work: RecordWork, found: Replayed) -> Iterator[Difference]:
    named = work.visits.leaders(with_recalled=True)
    yield from _sets("visit_leader", set(named), set(found.leaders))
    for review, named_at in named.items():
        if found.leaders.get(review, named_at) != named_at:
            yield Difference("visit_leader", review, _(_CHANGED))
    checklist = work.visits.checklist()
    if checklist is not None and {checklist.sha256, canonical.sha256(checklist.content)} != {found.checklist}:
        yield Difference("checklist", checklist.sha256, _(_CHANGED))


def _devices(work: RecordWork, found: Replayed) -> Iterator[Difference]:
    devices = work.roster.devices()
    yield from _sets("device", {device.device for device in devices}, set(found.devices))
    for device in devices:
        now = (device.expert, device.certificate_sha256, device.request_sha256)
        is_revoked = device.device in found.revoked
        if found.devices.get(device.device, now) != now or is_revoked != (device.revoked_at is not None):
            yield Difference("device", device.device, _(_CHANGED))


def _applications(work: RecordWork, found: Replayed) -> Iterator[Difference]:
    applications = work.applications.all()
    yield from _sets("application", {application.code for application in applications}, set(found.dossiers))
    for application in applications:
        digest = dossier_digest(application.face, application.documents)
        if digest != found.dossiers.get(application.code, digest):
            yield Difference("application", application.code, _(_DOSSIER))


def _sets(table: str, here: set[str], logged: set[str]) -> Iterator[Difference]:
    for item in sorted(here - logged):
        yield Difference(table, item, _(_UNLOGGED))
    for item in sorted(logged - here):
        yield Difference(table, item, _(_VANISHED))
