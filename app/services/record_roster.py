"""The experts of the record, and what is done when a computer is lost or a passphrase forgotten."""

from collections import Counter
from dataclasses import dataclass

from app.crypto import sealing
from app.crypto.recovery_code import OfficeHalf
from app.crypto.revocation import Revocation, RevocationReason
from app.crypto.sealing import SealRefusedError
from app.domain.changes import Changes
from app.domain.conflict import Declared
from app.domain.ids import DeviceCode, ExpertCode
from app.domain.record_log import Act
from app.domain.roster import DeviceEntry, ExpertEntry
from app.services.record_context import RecordContext, load_keys
from app.services.record_creation import issue_list
from app.services.record_errors import (
    DeviceRevokedError,
    DeviceUnknownError,
    ExpertUnknownError,
    NoOfficeHalfError,
    ReasonMissingError,
)
from app.storage.record.authority import ListIssuer, StoredList
from app.storage.record.roster import StoredDevice
from app.storage.record.unit_of_work import RecordWork


@dataclass(frozen=True, slots=True)
class ResetCode:
    """One line of text that lets an expert set a new passphrase; useless without that expert's own desk."""

    code: str
    expert: ExpertCode
    device: DeviceCode
    changes: Changes


class RosterService:
    """Reading and mending the roster; enrolment is a service of its own."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def experts(self) -> tuple[ExpertEntry, ...]:
        """Everybody, in the order of enrolment."""
        with self._context.store.reading() as work:
            return expert_entries(work)

    def revoke(self, device: DeviceCode, *, reason: str) -> Changes:
        """From now on nothing signed on *device* is taken without a person's decision.

        A new revocation list goes out with every later package.

        Raises:
            DeviceUnknownError, DeviceRevokedError, ReasonMissingError.
        """
        reason = required_reason(reason)
        now = self._context.clock()
        with self._context.store.writing() as work:
            found = work.roster.device(device)
            if found is None:
                raise DeviceUnknownError(device=device)
            if found.revoked_at is not None:
                raise DeviceRevokedError(device=device)
            work.roster.revoke(device, at=now, reason=reason)
            keys = load_keys(work)
            revoked = [
                Revocation(one.serial, one.revoked_at, RevocationReason.KEY_COMPROMISE)
                for one in work.roster.devices()
                if one.revoked_at is not None
            ]
            number = keys.issuing_crl + 1
            crl = issue_list(keys.issuing, revoked, number=number, at=now)
            work.authority.add_list(StoredList(ListIssuer.ISSUING, number, crl, now))
            self._context.log(work, Act.REVOKED, {"device": device, "list": number, "reason": reason}, at=now)
            work.commit()
        return Changes(experts=True, log=True)

    def reset_code(self, expert: ExpertCode, *, reason: str) -> ResetCode:
        """Release the office's half for the desk *expert* works at, after checking who calls.

        Raises:
            ExpertUnknownError, NoOfficeHalfError, ReasonMissingError.
        """
        reason = required_reason(reason)
        with self._context.store.writing() as work:
            if work.roster.expert(expert) is None:
                raise ExpertUnknownError(expert=expert)
            device = current_device(work.roster.devices(expert))
            if device is None or device.office_half is None:
                raise NoOfficeHalfError(expert=expert)
            try:
                half = OfficeHalf(sealing.unseal(device.office_half, (load_keys(work).identity,)))
            except (SealRefusedError, ValueError):
                raise NoOfficeHalfError(expert=expert) from None
            facts = {"expert": expert, "device": device.device, "reason": reason}
            self._context.log(work, Act.CODE_RELEASED, facts)
            work.commit()
        return ResetCode(half.text(), expert, device.device, Changes(log=True))


def required_reason(reason: str) -> str:
    """*reason* without blanks around it. Raises :class:`ReasonMissingError` if nothing is left."""
    if not reason.strip():
        raise ReasonMissingError
    return reason.strip()


def current_device(devices: tuple[StoredDevice, ...]) -> StoredDevice | None:
    """Where an expert's packages go: the newest device that is not revoked."""
    return next((device for device in reversed(devices) if device.revoked_at is None), None)


def expert_entries(work: RecordWork) -> tuple[ExpertEntry, ...]:
    """Every expert with devices and loads, in the order of enrolment."""
    devices: dict[ExpertCode, list[StoredDevice]] = {}
    for device in work.roster.devices():
        devices.setdefault(device.expert, []).append(device)
    reviews = work.reviews.all()
    declared = work.reviews.declarations()
    revised = {revision.review for revision in work.revisions.current()}
    assigned = Counter(review.expert for review in reviews)
    back = Counter(
        review.expert
        for review in reviews
        if review.review in revised
        or (review.review in declared and declared[review.review].declaration.declared is not Declared.NONE)
    )
    return tuple(
        ExpertEntry(
            expert=expert.expert,
            name=expert.name,
            phone=expert.phone,
            employer=expert.employer,
            title=expert.title,
            relations=expert.relations,
            devices=_entries(tuple(devices.get(expert.expert, ()))),
            assigned=assigned[expert.expert],
            returned=back[expert.expert],
        )
        for expert in work.roster.experts()
    )


def _entries(devices: tuple[StoredDevice, ...]) -> tuple[DeviceEntry, ...]:
    current = current_device(devices)
    return tuple(
        DeviceEntry(
            device=device.device,
            name=device.name,
            recipient=device.recipient,
            certificate_sha256=device.certificate_sha256,
            enrolled_at=device.enrolled_at,
            valid_until=device.not_after_at,
            revoked_at=device.revoked_at,
            is_current=device is current,
            has_office_half=device.office_half is not None,
        )
        for device in devices
    )
