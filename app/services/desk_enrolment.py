"""Enrolment on one page: compare an invitation, make keys, write one file to send back, print one page to sign."""

import base64
import io
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.atomic_file import write_atomically
from app.clock import Clock
from app.crypto import authority, certificates, codes, sealing, suite
from app.crypto.certificates import CertifiedKey
from app.crypto.recovery_code import OfficeHalf
from app.crypto.unlocked_header import UnlockedHeader
from app.domain.changes import Changes
from app.domain.ids import CampaignId, DeviceCode, ExpertCode, Sha256
from app.packages import canonical, payloads
from app.packages.description import Addressee, Description, PackageKind, PartyRole, Sender
from app.packages.payloads import CredentialPayload, EnrolmentPayload, InvitationPayload
from app.packages.reader import VerifiedPackage
from app.packages.writer import PackageFile, write_package
from app.services import desk_trust
from app.services.desk_errors import AlreadyEnrolledError, FileExistsHereError, FingerprintDiffersError
from app.services.desk_keys import KeyFile, signer_of, wrap_signing_key
from app.services.desk_restored import Restored, begin_anew, restored
from app.storage.desk.records import KeyRecord, ProfileRecord
from app.storage.desk.store import DeskStore, UnitOfWork

_QR_PREFIX: Final = "YOUPIN-ENROL:"
_JSON: Final = "application/json"
_WRITTEN: Final = "written.enrolment"  # where the request lies that was written last


@dataclass(frozen=True, slots=True)
class Profile:
    """What the expert says about themself; goes to the secretariat with the request."""

    name: str
    phone: str = ""
    employer: str = ""
    title: str = ""
    relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation before it is believed: to be compared with the letter."""

    campaign: CampaignId
    name: str
    fingerprint: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign this desk takes part in."""

    campaign: CampaignId
    name: str
    has_credential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentStatus:
    """How far the desk has come: invited, enrolled, certified.

    Attributes:
        request_file: where the request was written to; it may have been moved since, or lie on a stick.
    """

    profile: Profile
    is_enrolled: bool
    has_credential: bool
    expert: ExpertCode | None
    device: DeviceCode | None
    request_code: str
    valid_until: datetime | None
    campaigns: tuple[CampaignView, ...]
    root_fingerprint: str
    was_root_compared: bool
    request_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The file to send back, and what the page to sign needs: the code in 5 groups and what its QR holds."""

    file: Path
    code: str
    qr: str
    request: Sha256
    campaign: str
    made_at: datetime
    changes: Changes


class EnrolmentService:
    """From invitation to request."""

    def __init__(self, store: DeskStore, keys: KeyFile, clock: Clock) -> None:
        self._store, self._keys, self._clock = store, keys, clock

    def status(self) -> EnrolmentStatus:
        """Where this desk stands."""
        with self._store.reading() as work:
            profile, keys, root = work.desk.profile(), work.desk.keys(), work.desk.root()
            campaigns = work.desk.campaigns()
            compared = work.desk.was_root_compared()
            written = work.desk.setting(_WRITTEN)
        credentials = [canonical.decode(c.credential, CredentialPayload) for c in campaigns if c.credential]
        credential = credentials[0] if credentials else None
        newest = next((campaign.certificate for campaign in campaigns if campaign.certificate), None)
        return EnrolmentStatus(
            profile=_profile_of(profile),
            is_enrolled=keys is not None,
            has_credential=credential is not None,
            expert=credential.expert if credential else None,
            device=credential.device if credential else None,
            request_code=codes.request_code(keys.enrolment_sha256) if keys and keys.enrolment_sha256 else "",
            valid_until=certificates.facts_of(newest).not_after_at if newest else None,
            campaigns=tuple(CampaignView(c.campaign, c.name, c.certificate is not None) for c in campaigns),
            root_fingerprint=codes.fingerprint(root) if root else "",
            was_root_compared=compared,
            request_file=Path(written) if written else None,
        )

    def read_invitation(self, file: Path) -> InvitationView:
        """What an invitation says, and the fingerprint to compare. Nothing is believed or stored.

        Raises:
            PackageRefusedError, OtherRootError: as their sentences say.
        """
        with self._store.reading() as work:
            package, payload = desk_trust.read_invitation(work, file, at=work.tick().at)
            is_known = work.desk.root() is not None
        return InvitationView(
            payload.notice.campaign, payload.notice.name, desk_trust.fingerprint_of(package), is_known
        )

    def enrol(
        self, invitation: Path, *, profile: Profile, passphrase: str, out: Path, fingerprint: str | None = None
    ) -> Enrolled:
        """Pin the invitation's root, make this device's keys and write the request to *out*.

        A second call before the certificate has come writes the request again, under the same keys and a new code. A
        desk that was put back from a backup gets new keys: to the secretariat it is another device.

        Args:
            fingerprint: as read from the letter; ``None`` if a person has compared it or nobody has.

        Raises:
            PackageRefusedError, OtherRootError, FingerprintDiffersError, AlreadyEnrolledError, WrongPassphraseError,
            FileExistsHereError, and the errors of :mod:`app.file_errors`: as their sentences say.
        """
        if out.exists():
            raise FileExistsHereError(file=out.name)
        with self._store.reading() as work:
            package, payload = desk_trust.read_invitation(work, invitation, at=work.tick().at)
            is_anew = restored(work) is Restored.NOT_ENROLLED
            if not is_anew:
                self._require_needed(work)
            old_keys, person = None if is_anew else work.desk.keys(), work.desk.profile()
        if fingerprint is not None and not codes.is_same_code(desk_trust.fingerprint_of(package), fingerprint):
            raise FingerprintDiffersError
        unlocked = self._keys.unlock_typed(passphrase)
        keys = old_keys or _new_keys(unlocked, at=self._clock())
        signing_key = signer_of(unlocked, keys, certificate=b"").key
        signer = CertifiedKey(authority.create_self_signed(signing_key), signing_key)
        person = _with_profile(person, profile)
        data, code_sha256, made_at = self._request(package, payload, keys=keys, person=person, signer=signer)
        with self._store.writing() as work:
            desk_trust.take_invitation(work, package, payload, was_compared=fingerprint is not None)
            if is_anew:
                begin_anew(work)
            work.desk.save_profile(person)
            work.desk.save_keys(replace(keys, enrolment_sha256=code_sha256))
            work.desk.save_setting(_WRITTEN, str(out.absolute()))
            work.commit(data)
        write_atomically(out, data, verify=True)
        code = codes.request_code(code_sha256)
        return Enrolled(
            out,
            code,
            _QR_PREFIX + codes.digits_of(code),
            code_sha256,
            payload.notice.name,
            made_at,
            Changes(enrolment=True),
        )

    def _require_needed(self, work: UnitOfWork) -> None:
        for campaign in work.desk.campaigns():
            if campaign.certificate and certificates.facts_of(campaign.certificate).not_after_at > self._clock():
                raise AlreadyEnrolledError

    def _request(
        self,
        package: VerifiedPackage,
        payload: InvitationPayload,
        *,
        keys: KeyRecord,
        person: ProfileRecord,
        signer: CertifiedKey,
    ) -> tuple[bytes, Sha256, datetime]:
        recipients = (payload.import_recipient, payload.recovery_recipient)
        made_at = certificates.whole_seconds(self._clock())
        description = Description(
            kind=PackageKind.ENROLMENT,
            package_id=secrets.token_hex(16),
            campaign_id=payload.notice.campaign,
            sender=Sender(role=PartyRole.APPLICANT, cert_sha256=suite.digest_hex(signer.certificate)),
            to=(Addressee(role=PartyRole.SECRETARIAT, recipient=payload.import_recipient),),
            issued_at=made_at,
            nonce=secrets.token_hex(16),
        )
        enrolment = EnrolmentPayload(
            person.name,
            person.phone,
            person.employer,
            person.title,
            person.device_name,
            keys.recipient,
            seal_office_half(person.office_half, recipients),
            person.relations,
        )
        target = io.BytesIO()
        written = write_package(
            target,
            description,
            files=(
                PackageFile.from_bytes(payloads.ENROLMENT, _JSON, data=canonical.encode(enrolment)),
                PackageFile.from_bytes(payloads.REQUEST, "application/pkcs10", data=keys.request),
            ),
            signer=signer,
            recipients=recipients,
        )
        return target.getvalue(), Sha256(written.inner_sha256), made_at


def seal_office_half(half: str, recipients: tuple[str, ...]) -> str:
    """Half B of the office slot for the secretariat alone, as text; empty where none is on its way."""
    if not half:
        return ""
    return base64.b64encode(sealing.seal(OfficeHalf.read(half).value, recipients)).decode("ascii")


def _new_keys(unlocked: UnlockedHeader, *, at: datetime) -> KeyRecord:
    key_pem = suite.generate_signing_key()
    identity = sealing.create_identity()
    return KeyRecord(
        wrap_signing_key(unlocked, key_pem),
        authority.create_request(key_pem),
        identity.recipient,
        identity.secret,
        at,
    )


def _profile_of(person: ProfileRecord) -> Profile:
    return Profile(person.name, person.phone, person.employer, person.title, person.relations)


def _with_profile(person: ProfileRecord, profile: Profile) -> ProfileRecord:
    return replace(
        person,
        name=profile.name,
        phone=profile.phone,
        employer=profile.employer,
        title=profile.title,
        relations=profile.relations,
    )
