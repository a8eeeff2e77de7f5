"""Lists of certificates that no longer count (RFC 5280, section 5).

There are two: the root's over the issuing authority, and the issuing authority's over desks and experts. Machines are
offline, so a list stays current for long, and its number tells which of two is the newer one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from app.crypto import certificates, suite
from app.crypto.certificates import CertifiedKey


class RevocationReason(StrEnum):
    """Why a certificate no longer counts."""

    UNSPECIFIED = "unspecified"
    KEY_COMPROMISE = "key_compromise"  # laptop lost or stolen
    AFFILIATION_CHANGED = "affiliation_changed"  # no longer an expert of this award
    SUPERSEDED = "superseded"  # a new device took over
    CESSATION = "cessation"  # put out of use in good order


_FLAGS: Final = {
    RevocationReason.UNSPECIFIED: x509.ReasonFlags.unspecified,
    RevocationReason.KEY_COMPROMISE: x509.ReasonFlags.key_compromise,
    RevocationReason.AFFILIATION_CHANGED: x509.ReasonFlags.affiliation_changed,
    RevocationReason.SUPERSEDED: x509.ReasonFlags.superseded,
    RevocationReason.CESSATION: x509.ReasonFlags.cessation_of_operation,
}
_REASONS: Final = {flag: reason for reason, flag in _FLAGS.items()}


@dataclass(frozen=True, slots=True)
class Revocation:
    """One certificate that no longer counts from *revoked_at* on."""

    serial: int
    revoked_at: datetime
    reason: RevocationReason = RevocationReason.UNSPECIFIED


@dataclass(frozen=True, slots=True)
class RevocationListFacts:
    """What a revocation list says of itself; whoever uses it still checks the signature."""

    number: int
    issued_at: datetime
    next_update_at: datetime
    revocations: tuple[Revocation, ...]


def issue_revocation_list(
    issuer: CertifiedKey,
    revocations: Iterable[Revocation],
    *,
    number: int,
    at: datetime,
    next_update_at: datetime,
) -> bytes:
    """A signed list (DER) of every certificate of *issuer* that no longer counts.

    *number* rises with every list. A list must name all earlier revocations again.
    """
    parent = certificates.load(issuer.certificate)
    identifier = parent.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(parent.subject)
        .last_update(certificates.whole_seconds(at))
        .next_update(certificates.whole_seconds(next_update_at))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )
    for revocation in sorted(revocations, key=lambda entry: entry.serial):
        builder = builder.add_revoked_certificate(_entry(revocation))
    signed = builder.sign(suite.load_signing_key(issuer.key), suite.HASH)
    return signed.public_bytes(serialization.Encoding.DER)


def issue_root_list(root: CertifiedKey, issuing: bytes, *, number: int, at: datetime) -> bytes:
    """The root's list while nothing is revoked: it lasts as long as *issuing*: the root is not there to renew it."""
    return issue_revocation_list(
        root, (), number=number, at=at, next_update_at=certificates.load(issuing).not_valid_after_utc
    )


def facts_of_list(crl: bytes) -> RevocationListFacts:
    """Read a revocation list (DER).

    Raises:
        ValueError: it is not one, or lacks its number or the day of the next one.
    """
    parsed = x509.load_der_x509_crl(crl)
    try:
        number = parsed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound as problem:
        raise ValueError("a revocation list without a number") from problem
    if parsed.next_update_utc is None:
        raise ValueError("a revocation list without a next update")
    return RevocationListFacts(
        number=number,
        issued_at=parsed.last_update_utc,
        next_update_at=parsed.next_update_utc,
        revocations=tuple(
            Revocation(entry.serial_number, entry.revocation_date_utc, _reason(entry)) for entry in parsed
        ),
    )


def is_signed_by(crl: bytes, authority: x509.Certificate) -> bool:
    """Whether *authority* signed the list *crl* (DER)."""
    parsed = x509.load_der_x509_crl(crl)
    key = authority.public_key()
    if parsed.issuer != authority.subject or not isinstance(key, suite.PublicKey):
        return False
    return parsed.signature_algorithm_oid.dotted_string == suite.SIGNATURE_OID and parsed.is_signature_valid(key)


def is_plain(crl: bytes) -> bool:
    """Whether the list *crl* (DER) has nothing but what ours have: no scope, no delta, nothing unknown."""
    parsed = x509.load_der_x509_crl(crl)
    own = {x509.CRLNumber.oid, x509.AuthorityKeyIdentifier.oid}
    entries = {extension.oid for entry in parsed for extension in entry.extensions}
    return {extension.oid for extension in parsed.extensions} <= own and entries <= {x509.CRLReason.oid}


def _entry(revocation: Revocation) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(revocation.serial)
        .revocation_date(certificates.whole_seconds(revocation.revoked_at))
    )
    if revocation.reason is not RevocationReason.UNSPECIFIED:  # RFC 5280, 5.3.1: leave "unspecified" out
        builder = builder.add_extension(x509.CRLReason(_FLAGS[revocation.reason]), critical=False)
    return builder.build()


def _reason(entry: x509.RevokedCertificate) -> RevocationReason:
    try:
        flag = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return RevocationReason.UNSPECIFIED
    return _REASONS.get(flag, RevocationReason.UNSPECIFIED)
