"""A credential on demand: normally it rides inside the first assignment."""

from pathlib import Path

from app.crypto import certificates
from app.domain.ids import PackageId
from app.packages import canonical, payloads
from app.packages.description import PackageKind
from app.packages.names import package_file_name
from app.packages.trust_files import write_trust_files
from app.packages.writer import PackageFile
from app.services.package_output import write_package_file
from app.services.record_context import RecordContext, SecretariatKeys
from app.services.record_outgoing import JSON, PEM, credential, describe
from app.storage.record.roster import StoredDevice, StoredExpert


def credential_files(certificate: bytes, *, expert: StoredExpert, device: StoredDevice) -> tuple[PackageFile, ...]:
    """The roster entry and the certificate (DER) of *device* as data files."""
    entry = canonical.encode(credential(expert, device))
    pem = certificates.to_pem(certificate).encode("ascii")
    return (
        PackageFile.from_bytes(payloads.CREDENTIAL, JSON, data=entry),
        PackageFile.from_bytes(payloads.CERTIFICATE, PEM, data=pem),
    )


def write_credential(
    context: RecordContext, keys: SecretariatKeys, certificate: bytes, *, expert: StoredExpert, device: StoredDevice,
    out: Path,
) -> Path:  # fmt: skip
    """Write the credential of *device* into the folder *out*.

    It stands outside the sequence of assignments: it may be made any number of times, or never be delivered.
    """
    description = describe(
        PackageKind.CREDENTIAL, keys, campaign=context.campaign.campaign, device=device, at=context.clock()
    )
    files = (
        *credential_files(certificate, expert=expert, device=device),
        *write_trust_files(keys.trust, keys.dispatch.certificate),
    )
    name = package_file_name(context.campaign.campaign, PackageId(description.package_id), roster_number=expert.number)
    write_package_file(out / name, description, files=files, signer=keys.dispatch, recipients=(device.recipient,))
    return out / name
