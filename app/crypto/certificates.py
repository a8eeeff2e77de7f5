"""Certificates as values: who may sign what, and how one is told apart from another (RFC 5280).

The object identifiers below stand under 2.25, the arc that ITU-T X.667 gives to everybody who draws a UUID; no
registration is needed and nobody else has this one.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from app.crypto import suite

_ARC: Final = "2.25.155513778064493431115068952073498968422"
POLICY_OID: Final = f"{_ARC}.1.1"  # issued under the rules of this award's secretariat


class Role(StrEnum):
    """What the owner of a certificate does; written into it as an extended key usage of our own."""

    EXPERT = "expert"
    DISPATCH = "dispatch"  # the secretariat's desk that sends and receives packages
    APPLICANT = "applicant"  # signs nothing but its own request for a certificate


ROLE_OIDS: Final = {
    Role.EXPERT: f"{_ARC}.2.1",
    Role.DISPATCH: f"{_ARC}.2.2",
    Role.APPLICANT: f"{_ARC}.2.3",
}
_ROLES: Final = {oid: role for role, oid in ROLE_OIDS.items()}


@dataclass(frozen=True, slots=True)
class CertifiedKey:
    """A certificate (DER) and the private key that belongs to it (PKCS #8 PEM, unencrypted)."""

    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What the program needs to know of a certificate; nothing here says that it may be trusted."""

    sha256: str
    serial: int
    role: Role | None
    name: str  # common name: the expert's code, or what an authority calls itself
    device: str  # serialNumber of the subject: the device code; empty for everybody but experts
    not_before_at: datetime
    not_after_at: datetime


def load(certificate: bytes) -> x509.Certificate:
    """The certificate in *certificate* (DER, nothing after it).

    Raises:
        ValueError: it is not one.
    """
    return x509.load_der_x509_certificate(certificate)


@lru_cache(maxsize=2048)
def facts_of(certificate: bytes) -> CertificateFacts:
    """Read *certificate* (DER). Says what it claims, not whether the claim is good.

    Raises:
        ValueError: it is not a certificate.
    """
    parsed = load(certificate)
    return CertificateFacts(
        sha256=suite.digest_hex(certificate),
        serial=parsed.serial_number,
        role=_role_of(parsed),
        name=_attribute(parsed.subject, NameOID.COMMON_NAME),
        device=_attribute(parsed.subject, NameOID.SERIAL_NUMBER),
        not_before_at=parsed.not_valid_before_utc,
        not_after_at=parsed.not_valid_after_utc,
    )


def public_key_of(certificate: bytes) -> bytes:
    """The public key in *certificate*, as SubjectPublicKeyInfo DER, to compare with another."""
    return _spki(load(certificate).public_key())


def public_key_of_request(request: bytes) -> bytes:
    """The public key in a certificate request (DER), as SubjectPublicKeyInfo DER."""
    return _spki(x509.load_der_x509_csr(request).public_key())


def to_pem(certificate: bytes) -> str:
    """*certificate* (DER) as PEM text."""
    return load(certificate).public_bytes(serialization.Encoding.PEM).decode("ascii")


def from_pem(pem: bytes) -> bytes:
    """The certificate in *pem*, as DER.

    Raises:
        ValueError: it is not one.
    """
    return x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)


def list_to_pem(crl: bytes) -> str:
    """The revocation list *crl* (DER) as PEM text."""
    return x509.load_der_x509_crl(crl).public_bytes(serialization.Encoding.PEM).decode("ascii")


def whole_seconds(moment: datetime) -> datetime:
    """*moment* in UTC without its fraction; X.509 and CMS times know none."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _role_of(certificate: x509.Certificate) -> Role | None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return None
    names = [oid.dotted_string for oid in usage]
    return _ROLES.get(names[0]) if len(names) == 1 else None


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    values = [str(attribute.value) for attribute in name.get_attributes_for_oid(oid)]
    return values[0] if len(values) == 1 else ""


def _spki(public_key: object) -> bytes:
    if not isinstance(public_key, suite.PublicKey):
        raise ValueError("not a key of this suite")
    return public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
