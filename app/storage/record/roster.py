"""Experts and their devices."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.ids import DeviceCode, ExpertCode, Sha256
from app.storage.record.tables import CertificateRow, DeviceRow, ExpertRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExpert:
    """One person as enrolled."""

    expert: ExpertCode
    number: int
    name: str
    phone: str
    employer: str
    title: str
    relations: tuple[str, ...]
    enrolled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDevice:
    """One computer; ``office_half`` is sealed to the secretariat still."""

    device: DeviceCode
    expert: ExpertCode
    number: int
    name: str
    recipient: str
    certificate_sha256: Sha256
    request_sha256: Sha256
    enrolled_at: datetime
    not_after_at: datetime
    serial: int
    office_half: bytes | None = field(repr=False, default=None)
    revoked_at: datetime | None = None
    revoke_reason: str | None = None


class RosterRepository:
    """Within somebody else's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_expert_number(self) -> int:
        return (self._session.execute(select(func.max(ExpertRow.number))).scalar_one() or 0) + 1

    def next_device_number(self, expert: ExpertCode) -> int:
        highest = self._session.execute(
            select(func.max(DeviceRow.number)).where(DeviceRow.expert == expert)
        ).scalar_one()
        return (highest or 0) + 1

    def add_expert(self, expert: StoredExpert) -> None:
        self._session.execute(
            insert(ExpertRow).values(
                expert=expert.expert,
                number=expert.number,
                name=expert.name,
                phone=expert.phone,
                employer=expert.employer,
                title=expert.title,
                relations=_json(expert.relations),
                enrolled_at=expert.enrolled_at,
            )
        )

    def add_device(self, device: StoredDevice) -> None:
        """Bind a device; its certificate is stored already."""
        self._session.execute(
            insert(DeviceRow).values(
                device=device.device,
                expert=device.expert,
                number=device.number,
                name=device.name,
                recipient=device.recipient,
                certificate_sha256=device.certificate_sha256,
                request_sha256=device.request_sha256,
                office_half=device.office_half,
                enrolled_at=device.enrolled_at,
            )
        )

    def experts(self, codes: Iterable[ExpertCode] | None = None) -> tuple[StoredExpert, ...]:
        """All, or those named, in the order of enrolment."""
        query = select(ExpertRow).order_by(ExpertRow.number)
        if codes is not None:
            query = query.where(ExpertRow.expert.in_(tuple(codes)))
        return tuple(_expert(row) for row in self._session.execute(query).scalars())

    def organisations(self, codes: Iterable[ExpertCode]) -> dict[ExpertCode, tuple[str, tuple[str, ...]]]:
        """Employer and declared relations of those named."""
        rows = self._session.execute(
            select(ExpertRow.expert, ExpertRow.employer, ExpertRow.relations).where(ExpertRow.expert.in_(tuple(codes)))
        )
        return {
            ExpertCode(expert): (employer, tuple(msgspec.json.decode(relations, type=list[str])))
            for expert, employer, relations in rows
        }

    def expert(self, code: ExpertCode) -> StoredExpert | None:
        row = self._session.get(ExpertRow, code)
        return _expert(row) if row else None

    def devices(self, expert: ExpertCode | None = None) -> tuple[StoredDevice, ...]:
        """All devices, or those of one expert, oldest first."""
        query = self._devices().order_by(DeviceRow.expert, DeviceRow.number)
        if expert is not None:
            query = query.where(DeviceRow.expert == expert)
        return tuple(_device(row, not_after, serial) for row, not_after, serial in self._session.execute(query))

    def device(self, code: DeviceCode) -> StoredDevice | None:
        found = self._session.execute(self._devices().where(DeviceRow.device == code)).one_or_none()
        return _device(*found) if found else None

    def device_of_request(self, request: Sha256) -> StoredDevice | None:
        found = self._session.execute(self._devices().where(DeviceRow.request_sha256 == request)).one_or_none()
        return _device(*found) if found else None

    def device_of_recipient(self, recipient: str) -> StoredDevice | None:
        found = self._session.execute(self._devices().where(DeviceRow.recipient == recipient)).one_or_none()
        return _device(*found) if found else None

    def devices_by_certificate(self, certificates: Iterable[Sha256]) -> dict[Sha256, StoredDevice]:
        """Devices by the hash of their certificate; those that are not ours are missing."""
        wanted = tuple(certificates)
        if not wanted:
            return {}
        rows = self._session.execute(self._devices().where(DeviceRow.certificate_sha256.in_(wanted)))
        return {Sha256(row.certificate_sha256): _device(row, after, serial) for row, after, serial in rows}

    def revoke(self, code: DeviceCode, *, at: datetime, reason: str) -> None:
        self._session.execute(
            update(DeviceRow).where(DeviceRow.device == code).values(revoked_at=at, revoke_reason=reason)
        )

    def set_office_half(self, code: DeviceCode, office_half: bytes) -> None:
        self._session.execute(update(DeviceRow).where(DeviceRow.device == code).values(office_half=office_half))

    def _devices(self) -> Select[DeviceRow, datetime, str]:
        return select(DeviceRow, CertificateRow.not_after_at, CertificateRow.serial).join(
            CertificateRow, CertificateRow.sha256 == DeviceRow.certificate_sha256
        )


def _json(values: tuple[str, ...]) -> str:
    return msgspec.json.encode(values).decode()


def _expert(row: ExpertRow) -> StoredExpert:
    return StoredExpert(
        expert=ExpertCode(row.expert),
        number=row.number,
        name=row.name,
        phone=row.phone,
        employer=row.employer,
        title=row.title,
        relations=tuple(msgspec.json.decode(row.relations, type=list[str])),
        enrolled_at=row.enrolled_at,
    )


def _device(row: DeviceRow, not_after_at: datetime, serial: str) -> StoredDevice:
    return StoredDevice(
        device=DeviceCode(row.device),
        expert=ExpertCode(row.expert),
        number=row.number,
        name=row.name,
        recipient=row.recipient,
        certificate_sha256=Sha256(row.certificate_sha256),
        request_sha256=Sha256(row.request_sha256),
        enrolled_at=row.enrolled_at,
        not_after_at=not_after_at,
        serial=int(serial),
        office_half=row.office_half,
        revoked_at=row.revoked_at,
        revoke_reason=row.revoke_reason,
    )
