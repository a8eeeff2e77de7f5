"""Experts and the computers they sign on, as the secretariat sees them."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import DeviceCode, ExpertCode, Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEntry:
    """One computer bound to an expert by a certificate.

    Attributes:
        valid_until: end of the certificate.
        is_current: what is sent goes here: the newest one that is not revoked.
        has_office_half: a forgotten passphrase can be reset from here.
    """

    device: DeviceCode
    name: str
    recipient: str
    certificate_sha256: Sha256
    enrolled_at: datetime
    valid_until: datetime
    revoked_at: datetime | None = None
    is_current: bool = False
    has_office_half: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertEntry:
    """One expert with everything a panel is formed by.

    Attributes:
        relations: organisations the expert declared a relation to at enrolment.
        assigned: reviews assigned now; returned: those of them with a signed review or a declaration that ends them.
    """

    expert: ExpertCode
    name: str
    phone: str
    employer: str
    title: str
    relations: tuple[str, ...] = ()
    devices: tuple[DeviceEntry, ...] = ()
    assigned: int = 0
    returned: int = 0

    @property
    def current_device(self) -> DeviceEntry | None:
        """Where the next package goes."""
        return next((device for device in self.devices if device.is_current), None)


def expert_code(number: int) -> ExpertCode:
    """“E0001” for the first expert of the record."""
    return ExpertCode(f"E{number:04d}")


def device_code(expert: ExpertCode, number: int) -> DeviceCode:
    """“E0001-D1” for the first computer of that expert."""
    return DeviceCode(f"{expert}-D{number}")
