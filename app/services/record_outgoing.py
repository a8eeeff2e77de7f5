"""What every package of the secretariat has in common: sender, addressee, number, moment."""

import secrets
from datetime import datetime
from typing import Any

from app.crypto import certificates
from app.domain.ids import CampaignId
from app.packages.description import Addressee, Description, PackageKind, PartyRole, Sender
from app.packages.payloads import CredentialPayload
from app.services.record_context import SecretariatKeys
from app.storage.record.roster import StoredDevice, StoredExpert

JSON = "application/json"
PEM = "application/x-pem-file"


def describe(
    kind: PackageKind, keys: SecretariatKeys, *, campaign: CampaignId, device: StoredDevice | None, at: datetime,
    **more: Any,
) -> Description:  # fmt: skip
    """The description of a new package to *device*, or of an invitation to anybody."""
    return Description(
        kind=kind,
        package_id=secrets.token_hex(16),
        campaign_id=campaign,
        sender=Sender(role=PartyRole.SECRETARIAT, cert_sha256=certificates.facts_of(keys.dispatch.certificate).sha256),
        to=(addressee(device),) if device else (),
        issued_at=certificates.whole_seconds(at),
        nonce=secrets.token_hex(16),
        crl_number=keys.issuing_crl,
        **more,
    )


def addressee(device: StoredDevice) -> Addressee:
    """The device as a package names it."""
    return Addressee(
        role=PartyRole.EXPERT,
        recipient=device.recipient,
        expert_id=device.expert,
        cert_sha256=device.certificate_sha256,
    )


def credential(expert: StoredExpert, device: StoredDevice) -> CredentialPayload:
    """The roster entry of *device*."""
    return CredentialPayload(
        expert=expert.expert,
        device=device.device,
        name=expert.name,
        recipient=device.recipient,
        certificate_sha256=device.certificate_sha256,
        request_sha256=device.request_sha256,
    )
