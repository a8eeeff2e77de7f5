"""A signer's whole way to the root through pyHanko alone: what our own last step is compared with."""

import asyncio
from datetime import datetime, timedelta

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.policy_decl import PKIXValidationParams

from app.crypto import certificates
from app.crypto.trust import Trust


def is_good(certificate: bytes, trust: Trust, *, at: datetime) -> bool:
    """Whether pyHanko believes *certificate* at that moment, revocation required."""
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(trust.root)],
        other_certs=[x509.Certificate.load(authority) for authority in trust.authorities],
        crls=list(trust.revocation_lists),
        allow_fetching=False,
        revocation_mode="require",
        moment=at,
        time_tolerance=timedelta(0),
    )
    parameters = PKIXValidationParams(
        user_initial_policy_set=frozenset({certificates.POLICY_OID}), initial_explicit_policy=True
    )
    validator = CertificateValidator(
        x509.Certificate.load(certificate), validation_context=context, pkix_params=parameters
    )
    try:
        asyncio.run(validator.async_validate_usage({"digital_signature", "non_repudiation"}))  # type: ignore[no-untyped-call]
    except (PathError, ValidationError):
        return False
    return True
