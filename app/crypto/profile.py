"""What a signer's certificate must look like before anybody asks who issued it.

Our authority writes one kind of certificate, so anything else in it, missing or added, is a reason to refuse. Each
reason has its own name, because a person has to find out what went wrong.
"""

from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from app.crypto import certificates, suite
from app.crypto.certificates import Role
from app.crypto.defect import Defect, SignatureRefusedError

_REMEMBERED: Final = 8192
# Everything a signer's certificate may hold. An extension we do not know might narrow what it is good for.
_EXTENSIONS: Final = frozenset(
    {
        x509.SubjectKeyIdentifier.oid,
        x509.AuthorityKeyIdentifier.oid,
        x509.CRLDistributionPoints.oid,
        x509.BasicConstraints.oid,
        x509.KeyUsage.oid,
        x509.ExtendedKeyUsage.oid,
        x509.CertificatePolicies.oid,
    }
)


def check_purpose(certificate: bytes) -> Role:
    """The role *certificate* (DER) was issued for, after checking what one look at it can tell.

    Raises:
        SignatureRefusedError: signed by itself, an authority, without both signing usages, of another kind of key,
            without a role or the policy, or with something that does not belong into it.
    """
    role = _purpose(certificate)
    if role is Role.APPLICANT:
        raise SignatureRefusedError(Defect.SELF_SIGNED)
    return role


def check_self_signed(certificate: bytes) -> None:
    """Whether *certificate* (DER) is one under which an applicant signs the first request, signed by its own key.

    Raises:
        SignatureRefusedError: it is not.
    """
    if _purpose(certificate) is not Role.APPLICANT:
        raise SignatureRefusedError(Defect.ROLE_MISSING)
    parsed = certificates.load(certificate)
    try:
        parsed.verify_directly_issued_by(parsed)
    except (ValueError, TypeError, InvalidSignature) as problem:
        raise SignatureRefusedError(Defect.NOT_SELF_SIGNED) from problem


def _purpose(certificate: bytes) -> Role:
    result = _purpose_or_defect(certificate)
    if isinstance(result, Defect):
        raise SignatureRefusedError(result)
    return result


@lru_cache(maxsize=_REMEMBERED)
def _purpose_or_defect(certificate: bytes) -> Role | Defect:
    try:
        parsed = certificates.load(certificate)
        return _defect_of_key(parsed) or _defect_of_usage(parsed) or _role_or_defect(certificate, parsed)
    except (ValueError, TypeError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return Defect.CHAIN_INVALID


def _defect_of_key(parsed: x509.Certificate) -> Defect | None:
    if not suite.is_suite_key(parsed.public_key()):
        return Defect.KEY_ALGORITHM
    if parsed.signature_algorithm_oid.dotted_string != suite.SIGNATURE_OID:
        return Defect.DIGEST_ALGORITHM
    return None


def _defect_of_usage(parsed: x509.Certificate) -> Defect | None:
    if parsed.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
        return Defect.AUTHORITY_AS_SIGNER
    usage = parsed.extensions.get_extension_for_class(x509.KeyUsage).value
    if not (usage.digital_signature and usage.content_commitment) or usage.key_cert_sign or usage.crl_sign:
        return Defect.KEY_USAGE
    return None


def _role_or_defect(certificate: bytes, parsed: x509.Certificate) -> Role | Defect:
    role = certificates.facts_of(certificate).role
    if role is Role.APPLICANT:
        return role
    if parsed.issuer == parsed.subject:
        return Defect.SELF_SIGNED
    if role is None:
        return Defect.ROLE_MISSING
    if not _has_policy(parsed):
        return Defect.POLICY_MISSING
    if not {extension.oid for extension in parsed.extensions} <= _EXTENSIONS:
        return Defect.CHAIN_INVALID
    return role


def _has_policy(parsed: x509.Certificate) -> bool:
    try:
        extension = parsed.extensions.get_extension_for_class(x509.CertificatePolicies)
    except x509.ExtensionNotFound:
        return False
    names = [policy.policy_identifier.dotted_string for policy in extension.value]
    return extension.critical and names == [certificates.POLICY_OID]
