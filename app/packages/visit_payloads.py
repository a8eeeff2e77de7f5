"""What packages say about visits (Art. 14): who goes where, and by which checklist.

Every ``*.json`` named here is the canonical form of the dataclass beside it; see :mod:`app.packages.canonical`.
"""

from dataclasses import dataclass
from typing import Final

from app.domain.ids import ApplicationCode, DeviceCode, ExpertCode, ReviewId, Sha256
from app.errors import UserFacingError
from app.i18n import N_

CHECKLIST: Final = "checklist.json"  # of the campaign, with its readings for every category (domain ``Checklist``)


class TeamInvalidError(UserFacingError):
    """A team without exactly one leader, or with somebody or some computer twice."""

    code = "team_invalid"
    message = N_("A visiting team has one leader and everybody once. Ask the secretariat to send the package again.")


@dataclass(frozen=True, slots=True)
class TeamDevice:
    """A computer of a member: to whom notes are sealed and whose signatures are the member's.

    Attributes:
        recipient: its age recipient.
        certificate_sha256: of the DER certificate that signs there.
    """

    device: DeviceCode
    recipient: str
    certificate_sha256: Sha256


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One expert of the team; without devices, one whose paper notes somebody else types.

    Attributes:
        review: the member's own on-site review of the application.
    """

    expert: ExpertCode
    name: str
    is_leader: bool
    review: ReviewId
    devices: tuple[TeamDevice, ...]


@dataclass(frozen=True, slots=True)
class VisitTeam:
    """Who visits one application.

    Attributes:
        members: by expert code.
        checklist_sha256: of ``checklist.json``. A visit is judged by that checklist as it reads for the applicant's
            category, and names the SHA-256 of that reading.

    Raises:
        TeamInvalidError: not exactly one leader, or a member, review or device twice.
    """

    application: ApplicationCode
    members: tuple[TeamMember, ...]
    checklist_sha256: Sha256

    def __post_init__(self) -> None:
        devices = [device.device for member in self.members for device in member.devices]
        experts = [member.expert for member in self.members]
        reviews = [member.review for member in self.members]
        if sum(member.is_leader for member in self.members) != 1:
            raise TeamInvalidError
        if any(len(set(names)) != len(names) for names in (devices, experts, reviews)):
            raise TeamInvalidError

    @property
    def leader(self) -> TeamMember:
        """Who leads."""
        return next(member for member in self.members if member.is_leader)

    def member(self, expert: ExpertCode) -> TeamMember | None:
        """Somebody of the team, if on it."""
        return next((member for member in self.members if member.expert == expert), None)

    def signing(self, certificate_sha256: Sha256) -> tuple[TeamMember, TeamDevice] | None:
        """The member whose device holds the certificate of that hash, with the device; ``None``: nobody's here."""
        return next(
            (
                (member, device)
                for member in self.members
                for device in member.devices
                if device.certificate_sha256 == certificate_sha256
            ),
            None,
        )
