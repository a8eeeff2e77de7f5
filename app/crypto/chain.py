"""Whether a certificate leads to our root, for our purposes, at a given moment, and has not been revoked.

pyHanko's path validation (RFC 5280, section 6) does the work, with every setting named that its defaults leave open:
the explicit root, no fetching, revocation *required* (its "hard-fail" passed a revoked certificate), the policy
demanded, no tolerance of time. Each certificate gets a fresh context, for contexts collect what they have seen.

One validation takes more than a millisecond, so a judgement is remembered. Between two neighbouring moments at which a
certificate or list begins or ends it cannot change, hence (certificate, trust, place between those moments) is the key.
"""

import bisect
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    StaleRevinfoError,
)
from pyhanko_certvalidator.policy_decl import PKIXValidationParams

from app.crypto import certificates, suite
from app.crypto.certificates import Role
from app.crypto.defect import Defect, SignatureRefusedError
from app.crypto.trust import Trust

_REMEMBERED: Final = 8192


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate that leads to our root. *revoked_at* is set when it has been revoked."""

    role: Role
    revoked_at: datetime | None = None


def check_chain(certificate: bytes, trust: Trust, *, at: datetime) -> Standing:
    """Judge *certificate* (DER) as of the moment *at*.

    A revoked certificate is answered with its date, for what arrives under it is held for a person; everything else
    that is wrong is refused.

    Raises:
        SignatureRefusedError: with the defect.
    """
    role = check_purpose(certificate)
    place = _place_of(certificate, trust, at)
    result = _judge(certificate, trust, place=place, moment=_Moment(at))
    if isinstance(result, Defect):
        raise SignatureRefusedError(result)
    return Standing(role, result.revoked_at)


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


def check_purpose(certificate: bytes) -> Role:
    """The role *certificate* (DER) was issued for, after checking what one look at it can tell.

    Raises:
        SignatureRefusedError: signed by itself, an authority, without both signing usages, of another kind of key,
            without a role, or without the policy.
    """
    role = _purpose(certificate)
    if role is Role.APPLICANT:
        raise SignatureRefusedError(Defect.SELF_SIGNED)
    return role


@lru_cache(maxsize=_REMEMBERED)
def _purpose_or_defect(certificate: bytes) -> Role | Defect:
    try:
        parsed = certificates.load(certificate)
        if not suite.is_suite_key(parsed.public_key()):
            return Defect.KEY_ALGORITHM
        if parsed.signature_algorithm_oid.dotted_string != suite.SIGNATURE_OID:
            return Defect.DIGEST_ALGORITHM
        if parsed.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return Defect.AUTHORITY_AS_SIGNER
        usage = parsed.extensions.get_extension_for_class(x509.KeyUsage).value
        role = certificates.facts_of(certificate).role
    except (ValueError, TypeError, x509.ExtensionNotFound):
        return Defect.CHAIN_INVALID
    if not (usage.digital_signature and usage.content_commitment):
        return Defect.KEY_USAGE
    if role is not Role.APPLICANT and parsed.issuer == parsed.subject:
        return Defect.SELF_SIGNED
    if role is None:
        return Defect.ROLE_MISSING
    return role if role is Role.APPLICANT or _has_policy(parsed) else Defect.POLICY_MISSING


def _purpose(certificate: bytes) -> Role:
    result = _purpose_or_defect(certificate)
    if isinstance(result, Defect):
        raise SignatureRefusedError(result)
    return result


def _has_policy(parsed: x509.Certificate) -> bool:
    try:
        extension = parsed.extensions.get_extension_for_class(x509.CertificatePolicies)
    except x509.ExtensionNotFound:
        return False
    names = [policy.policy_identifier.dotted_string for policy in extension.value]
    return extension.critical and names == [certificates.POLICY_OID]


@dataclass(frozen=True, slots=True)
class _Moment:
    """A moment that is equal to every other, so that only its place among the boundaries counts for the memory."""

    at: datetime

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Moment)

    def __hash__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class _Good:
    revoked_at: datetime | None


def _place_of(certificate: bytes, trust: Trust, at: datetime) -> tuple[int, int, int, int]:
    facts = certificates.facts_of(certificate)
    own = (facts.not_before_at, facts.not_after_at)
    return (
        bisect.bisect_left(trust.boundaries, at),
        bisect.bisect_right(trust.boundaries, at),
        bisect.bisect_left(own, at),
        bisect.bisect_right(own, at),
    )


@lru_cache(maxsize=_REMEMBERED)
def _judge(certificate: bytes, trust: Trust, *, place: tuple[int, int, int, int], moment: _Moment) -> _Good | Defect:
    found = _validate(certificate, trust, moment.at, revocation_mode="require")
    if isinstance(found, _Good) and found.revoked_at is not None:
        # pyHanko stops at the revocation; whatever else is wrong must not hide behind it.
        otherwise = _validate(certificate, trust, moment.at, revocation_mode="soft-fail")
        return found if isinstance(otherwise, _Good) else otherwise
    return found


def _validate(certificate: bytes, trust: Trust, at: datetime, *, revocation_mode: str) -> _Good | Defect:
    root, authorities, lists = _parsed(trust)
    try:
        leaf = asn1_x509.Certificate.load(certificate, strict=True)
        context = ValidationContext(
            trust_roots=[root],
            other_certs=authorities,
            crls=lists if revocation_mode == "require" else [],
            allow_fetching=False,
            revocation_mode=revocation_mode,
            moment=at,
            time_tolerance=timedelta(0),
        )
        parameters = PKIXValidationParams(
            user_initial_policy_set=frozenset({certificates.POLICY_OID}), initial_explicit_policy=True
        )
        validator = CertificateValidator(leaf, validation_context=context, pkix_params=parameters)
        usage = {"digital_signature", "non_repudiation"}
        _finish(validator.async_validate_usage(usage))  # type: ignore[no-untyped-call]
    except RevokedError as problem:
        return _Good(problem.revocation_dt)
    except Exception as problem:  # noqa: BLE001 - hostile bytes raise eight kinds here; all of them mean "no"
        return _defect_of(problem)
    return _Good(None)


def _defect_of(problem: Exception) -> Defect:
    match problem:
        case ExpiredError():
            return Defect.EXPIRED
        case NotYetValidError():
            return Defect.NOT_YET_VALID
        case StaleRevinfoError():
            return Defect.REVOCATION_LIST_EXPIRED
        case InsufficientRevinfoError():
            return Defect.REVOCATION_UNKNOWN
        case PathBuildingError():
            return Defect.OTHER_ROOT
        case _:
            return Defect.CHAIN_INVALID


@lru_cache(maxsize=32)
def _parsed(
    trust: Trust,
) -> tuple[asn1_x509.Certificate, list[asn1_x509.Certificate], list[asn1_crl.CertificateList]]:
    return (
        asn1_x509.Certificate.load(trust.root, strict=True),
        [asn1_x509.Certificate.load(authority, strict=True) for authority in trust.authorities],
        [asn1_crl.CertificateList.load(crl, strict=True) for crl in trust.revocation_lists],
    )


def _finish(validation: Coroutine[object, None, object]) -> None:
    """Run a validation to its end without an event loop: with fetching off it has nothing to wait for."""
    try:
        validation.send(None)
    except StopIteration:
        return
    validation.close()
    raise RuntimeError("an offline validation wanted to wait")
