"""Checking a detached signature strictly.

The form, the digest and the bare P-256 signature are checked for every file; the certificate's way to our root is
checked by :mod:`app.crypto.chain`, which remembers its judgement.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asn1crypto import cms as asn1_cms

from app.crypto import certificates, chain, cms, profile, suite
from app.crypto.certificates import Role
from app.crypto.defect import Defect, SignatureRefusedError
from app.crypto.trust import Trust

MAX_SIGNATURE_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """Who signed. *signed_at* is the signer's claim; *revoked_at* is set when the certificate has been revoked."""

    certificate: bytes
    certificate_sha256: str
    role: Role
    name: str
    device: str
    signed_at: datetime
    revoked_at: datetime | None = None


def verify_detached(untrusted_p7s: bytes, content: bytes, trust: Trust, *, at: datetime) -> VerifiedSignature:
    """Check *untrusted_p7s* over *content*, judged as of the moment *at*.

    Raises:
        SignatureRefusedError: with the defect. A revoked certificate is not refused here: look at ``revoked_at``.
    """
    form = _open(untrusted_p7s, content)
    standing = chain.check_chain(form.certificate, trust, at=at)
    return _verified(form, standing.role, standing.revoked_at)


def verify_self_signed(untrusted_p7s: bytes, content: bytes) -> VerifiedSignature:
    """Check a signature under the signer's own certificate: it proves possession of the key, and nothing of who it is.

    Raises:
        SignatureRefusedError: with the defect.
    """
    form = _open(untrusted_p7s, content)
    profile.check_self_signed(form.certificate)
    return _verified(form, Role.APPLICANT, None)


def _verified(form: cms.SignedForm, role: Role, revoked_at: datetime | None) -> VerifiedSignature:
    facts = certificates.facts_of(form.certificate)
    return VerifiedSignature(
        certificate=form.certificate,
        certificate_sha256=facts.sha256,
        role=role,
        name=facts.name,
        device=facts.device,
        signed_at=form.signed_at,
        revoked_at=revoked_at,
    )


def _open(untrusted_p7s: bytes, content: bytes) -> cms.SignedForm:
    """The form of the signature, once its bytes, its digest and the signature over its attributes hold."""
    if len(untrusted_p7s) > MAX_SIGNATURE_BYTES:
        raise SignatureRefusedError(Defect.NOT_CANONICAL)
    try:
        form = cms.take_apart(untrusted_p7s)
        public_key = certificates.load(form.certificate).public_key()
    except (cms.NotCanonicalError, ValueError) as problem:
        raise SignatureRefusedError(_diagnose(untrusted_p7s)) from problem
    if not isinstance(public_key, suite.PublicKey) or not suite.is_suite_key(public_key):
        raise SignatureRefusedError(Defect.KEY_ALGORITHM)
    if form.content_digest != suite.digest(content):
        raise SignatureRefusedError(Defect.CONTENT_CHANGED)
    attributes = cms.signed_attributes(form.certificate, form.signed_at, form.content_digest)
    if not suite.is_genuine(public_key, form.signature, attributes):
        raise SignatureRefusedError(Defect.SIGNATURE_WRONG)
    return form


def _diagnose(untrusted_p7s: bytes) -> Defect:
    """A name for what is wrong with bytes that are already refused; it decides nothing else."""
    try:
        signed = asn1_cms.ContentInfo.load(untrusted_p7s, strict=True)["content"]
        signers = signed["signer_infos"]
        if len(signers) != 1:
            return Defect.TWO_SIGNERS if len(signers) else Defect.NO_SIGNER
        return _diagnose_signer(signers[0], bytes(signed["certificates"][0].chosen.dump()))
    except Exception:  # noqa: BLE001 - hostile bytes; no name was found
        return Defect.NOT_CANONICAL


def _diagnose_signer(signer: asn1_cms.SignerInfo, certificate: bytes) -> Defect:
    if signer["digest_algorithm"]["algorithm"].dotted != suite.DIGEST_OID:
        return Defect.DIGEST_ALGORITHM
    if signer["signature_algorithm"]["algorithm"].dotted != suite.SIGNATURE_OID:
        return Defect.KEY_ALGORITHM
    named = {attribute["type"].native: attribute["values"][0] for attribute in signer["signed_attrs"]}
    certificate_hash = named["signing_certificate_v2"]["certs"][0]["cert_hash"].native
    issuer, serial = cms.issuer_and_serial(certificate)
    sid = signer["sid"].chosen
    same = sid["issuer"].dump() == issuer and sid["serial_number"].dump() == serial
    if certificate_hash != suite.digest(certificate) or not same:
        return Defect.CERTIFICATE_SWAPPED
    return Defect.NOT_CANONICAL
