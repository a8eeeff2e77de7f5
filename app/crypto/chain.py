"""Whether a certificate leads to our root, for our purposes, at a given moment, and has not been revoked.

The authority's way to the root is pyHanko's work (RFC 5280, section 6), with every setting named that its defaults
leave open: the explicit root, no fetching, revocation *required* (its "hard-fail" passed a revoked certificate), the
policy demanded, no tolerance of time, a fresh context each time, for contexts collect what they have seen.

The last step, from a signer to the authority, is checked here: the exact profile, the issuer's signature, the validity
and the authority's own list. Through pyHanko it takes 3 to 5 ms a signer, as much as five whole packages; a record
that imports from three hundred experts would spend most of its time there. The tests compare both on every defect.

Judgements are remembered. Between two neighbouring moments at which a certificate or list begins or ends they cannot
change, hence (certificate, trust, place between those moments) is the key.
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

from app.crypto import certificates, profile, revocation
from app.crypto.certificates import Role
from app.crypto.defect import Defect, SignatureRefusedError
from app.crypto.revocation import RevocationListFacts
from app.crypto.trust import Trust

_REMEMBERED: Final = 8192
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate that leads to our root. *revoked_at* is set when it, or its authority, has been revoked."""

    role: Role
    revoked_at: datetime | None = None


def check_chain(certificate: bytes, trust: Trust, *, at: datetime) -> Standing:
    """Judge *certificate* (DER) as of the moment *at*.

    A revoked certificate is answered with its date, for what arrives under it is held for a person; everything else
    that is wrong is refused.

    Raises:
        SignatureRefusedError: with the defect.
    """
    role = profile.check_purpose(certificate)
    facts = certificates.facts_of(certificate)
    own = _place(at, (facts.not_before_at, facts.not_after_at))
    common = _place(at, trust.boundaries)
    result = _judge(certificate, trust, own=own, common=common, moment=_Moment(at))
    if isinstance(result, Defect):
        raise SignatureRefusedError(result)
    return Standing(role, result.revoked_at)


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


def _place(at: datetime, boundaries: tuple[datetime, ...]) -> Place:
    return bisect.bisect_left(boundaries, at), bisect.bisect_right(boundaries, at)


@lru_cache(maxsize=_REMEMBERED)
def _judge(certificate: bytes, trust: Trust, *, own: Place, common: Place, moment: _Moment) -> _Good | Defect:
    at = moment.at
    issuer = _issuer_of(certificate, trust)
    if issuer is None:
        return Defect.OTHER_ROOT
    facts = certificates.facts_of(certificate)
    if at < facts.not_before_at:
        return Defect.NOT_YET_VALID
    if at > facts.not_after_at:
        return Defect.EXPIRED
    above = _judge_authority(issuer, trust, common=common, moment=moment)
    if isinstance(above, Defect):
        return above
    here = _judge_revocation(facts.serial, _lists_of(issuer, trust), at=at)
    if isinstance(here, Defect):
        return here
    return _Good(min((day for day in (above.revoked_at, here.revoked_at) if day is not None), default=None))


def _issuer_of(certificate: bytes, trust: Trust) -> bytes | None:
    """The authority that signed *certificate*; the root itself signs no signers."""
    parsed = certificates.load(certificate)
    for authority in trust.authorities:
        try:
            parsed.verify_directly_issued_by(certificates.load(authority))
        except (ValueError, TypeError, InvalidSignature):
            continue
        return authority
    return None


@lru_cache(maxsize=64)
def _lists_of(authority: bytes, trust: Trust) -> tuple[RevocationListFacts, ...]:
    """The lists that *authority* signed and that say nothing we do not understand."""
    issuer = certificates.load(authority)
    return tuple(
        revocation.facts_of_list(crl)
        for crl in trust.revocation_lists
        if revocation.is_signed_by(crl, issuer) and revocation.is_plain(crl)
    )


def _judge_revocation(serial: int, lists: tuple[RevocationListFacts, ...], *, at: datetime) -> _Good | Defect:
    known = [one for one in lists if one.issued_at <= at]  # a later list cannot speak of this moment
    days = [entry.revoked_at for one in known for entry in one.revocations if entry.serial == serial]
    past = [day for day in days if day <= at]
    if past:
        return _Good(min(past))
    if any(at <= one.next_update_at for one in known):
        return _Good(None)
    return Defect.REVOCATION_LIST_EXPIRED if known else Defect.REVOCATION_UNKNOWN


@lru_cache(maxsize=256)
def _judge_authority(authority: bytes, trust: Trust, *, common: Place, moment: _Moment) -> _Good | Defect:
    found = _validate(authority, trust, moment.at, revocation_mode="require")
    if isinstance(found, _Good) and found.revoked_at is not None:
        # pyHanko stops at the revocation; whatever else is wrong must not hide behind it.
        otherwise = _validate(authority, trust, moment.at, revocation_mode="soft-fail")
        return found if isinstance(otherwise, _Good) else otherwise
    return found


def _validate(authority: bytes, trust: Trust, at: datetime, *, revocation_mode: str) -> _Good | Defect:
    root, authorities, lists = _parsed(trust)
    try:
        if not certificates.load(authority).extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            return Defect.CHAIN_INVALID
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
        validator = CertificateValidator(
            asn1_x509.Certificate.load(authority, strict=True), validation_context=context, pkix_params=parameters
        )
        _finish(validator.async_validate_usage({"key_cert_sign", "crl_sign"}))  # type: ignore[no-untyped-call]
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
