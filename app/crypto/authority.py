"""The secretariat's two certificate authorities, and every certificate they give out (RFC 5280).

The root signs the issuing authority and goes offline; the issuing authority signs the dispatch desk and the experts.
A compromised daily machine can therefore be replaced without touching what experts have pinned.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from app.crypto import certificates, suite
from app.crypto.certificates import CertifiedKey, Role
from app.errors import UserFacingError
from app.i18n import N_

ROOT_LIFETIME: Final = timedelta(days=3653)  # ten years
ISSUING_LIFETIME: Final = timedelta(days=731)  # two years
PERSONAL_LIFETIME: Final = timedelta(days=396)  # thirteen months: one annual call and its disputes
# A laptop that is a few hours slow must not call a new certificate "not yet valid".
BACKDATED: Final = timedelta(days=1)

# Never fetched: RFC 2606 keeps ".invalid" out of the world. It is there because tools that look for revocation only
# where a certificate declares a list would otherwise not look at all.
_CRL_ROOT: Final = "http://crl.youpin-review.invalid/root.crl"
_CRL_ISSUING: Final = "http://crl.youpin-review.invalid/issuing.crl"
# RFC 5280, 4.1.2.5: a certificate without a well-defined end. A request must not depend on the applicant's clock.
_ALWAYS_FROM: Final = datetime(2000, 1, 1, tzinfo=UTC)
_ALWAYS_UNTIL: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


class RequestInvalidError(UserFacingError):
    """A certificate request that is not one, or not signed by its own key."""

    code = "request_invalid"
    message = N_("This request for a certificate is damaged. Ask the expert to make and send a new one.")


def create_root(name: str, *, at: datetime) -> CertifiedKey:
    """A new root authority called *name*, for ten years."""
    key_pem = suite.generate_signing_key()
    key = suite.load_signing_key(key_pem)
    subject = _name(name)
    builder = _builder(subject, subject, key.public_key(), at=at, until=at + ROOT_LIFETIME)
    builder = _as_authority(builder, key.public_key(), path_length=2)
    return CertifiedKey(_signed(builder, key), key_pem)


def create_issuing(root: CertifiedKey, name: str, *, at: datetime) -> CertifiedKey:
    """A new issuing authority called *name*, signed by *root*, for two years at most."""
    key_pem = suite.generate_signing_key()
    public_key = suite.load_signing_key(key_pem).public_key()
    builder = _below(root, _name(name), public_key, at=at, lifetime=ISSUING_LIFETIME, crl_url=_CRL_ROOT)
    builder = _as_authority(builder, public_key, path_length=0)
    return CertifiedKey(_signed(_with_policy(builder), suite.load_signing_key(root.key)), key_pem)


def create_dispatch(issuing: CertifiedKey, name: str, *, at: datetime) -> CertifiedKey:
    """A new key and certificate for the secretariat's dispatch desk, for thirteen months at most."""
    key_pem = suite.generate_signing_key()
    public_key = suite.load_signing_key(key_pem).public_key()
    certificate = _issue_personal(issuing, _name(name), public_key, role=Role.DISPATCH, at=at)
    return CertifiedKey(certificate, key_pem)


def create_request(key_pem: bytes) -> bytes:
    """A certificate request (PKCS #10, DER) for the key in *key_pem*. It names nobody: the authority does."""
    key = suite.load_signing_key(key_pem)
    request = x509.CertificateSigningRequestBuilder().subject_name(_name("request")).sign(key, suite.HASH)
    return request.public_bytes(serialization.Encoding.DER)


def create_self_signed(key_pem: bytes) -> bytes:
    """The certificate (DER) under which an applicant signs the request; it carries no trust and never expires."""
    key = suite.load_signing_key(key_pem)
    subject = _name("applicant")
    builder = _bare(subject, subject, key.public_key(), start=_ALWAYS_FROM, until=_ALWAYS_UNTIL)
    return _signed(_as_signer(builder, role=Role.APPLICANT), key)


def issue_expert_certificate(issuing: CertifiedKey, request: bytes, *, expert: str, device: str, at: datetime) -> bytes:
    """The certificate (DER) of *expert* on *device*, for the key in *request* (PKCS #10, DER).

    Raises:
        RequestInvalidError: the request is damaged, not signed by its own key, or for a key of another kind.
    """
    try:
        parsed = x509.load_der_x509_csr(request)
        public_key = parsed.public_key()
        genuine = parsed.is_signature_valid
    except (ValueError, TypeError) as problem:
        raise RequestInvalidError from problem
    if not genuine or not isinstance(public_key, suite.PublicKey) or not suite.is_suite_key(public_key):
        raise RequestInvalidError
    return _issue_personal(issuing, _name(expert, device), public_key, role=Role.EXPERT, at=at)


def _issue_personal(
    issuing: CertifiedKey, subject: x509.Name, public_key: suite.PublicKey, *, role: Role, at: datetime
) -> bytes:
    builder = _below(issuing, subject, public_key, at=at, lifetime=PERSONAL_LIFETIME, crl_url=_CRL_ISSUING)
    return _signed(_with_policy(_as_signer(builder, role=role)), suite.load_signing_key(issuing.key))


def _name(common_name: str, device: str = "") -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if device:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, device))
    return x509.Name(attributes)


def _bare(
    subject: x509.Name, issuer: x509.Name, public_key: suite.PublicKey, *, start: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(certificates.whole_seconds(start))
        .not_valid_after(certificates.whole_seconds(until))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: suite.PublicKey, *, at: datetime, until: datetime
) -> x509.CertificateBuilder:
    return _bare(subject, issuer, public_key, start=at - BACKDATED, until=until)


def _below(
    issuer: CertifiedKey,
    subject: x509.Name,
    public_key: suite.PublicKey,
    *,
    at: datetime,
    lifetime: timedelta,
    crl_url: str,
) -> x509.CertificateBuilder:
    parent = certificates.load(issuer.certificate)
    until = min(at + lifetime, parent.not_valid_after_utc)  # a certificate never outlives its issuer
    start = max(at - BACKDATED, parent.not_valid_before_utc)
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], None, None, None)
    identifier = parent.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _bare(subject, parent.subject, public_key, start=start, until=until)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
    )


def _with_policy(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    policy = x509.PolicyInformation(x509.ObjectIdentifier(certificates.POLICY_OID), None)
    return builder.add_extension(x509.CertificatePolicies([policy]), critical=True)


def _as_authority(
    builder: x509.CertificateBuilder, public_key: suite.PublicKey, *, path_length: int
) -> x509.CertificateBuilder:
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True).add_extension(
        _usage(authority=True), critical=True
    )


def _as_signer(builder: x509.CertificateBuilder, *, role: Role) -> x509.CertificateBuilder:
    purpose = x509.ExtendedKeyUsage([x509.ObjectIdentifier(certificates.ROLE_OIDS[role])])
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(purpose, critical=True)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, key: suite.PrivateKey) -> bytes:
    return builder.sign(key, suite.HASH).public_bytes(serialization.Encoding.DER)
