"""Signatures that we never write: other algorithms, other numbers of signers, other certificates."""

from datetime import datetime
from typing import Any, Final

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256()}  # noqa: S303


def signature_file(
    content: bytes,
    signers: list[tuple[bytes, bytes]],
    *,
    signed_at: datetime,
    digest: str = "sha256",
    certificates: list[bytes] | None = None,
) -> bytes:
    """A CMS file with as many signers as (certificate, key) pairs; *certificates* replaces those that go along."""
    embedded = certificates if certificates is not None else [pair[0] for pair in signers]
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [x509.Certificate.load(certificate) for certificate in embedded],
            "signer_infos": [_signer(content, pair, signed_at, digest) for pair in signers],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _signer(content: bytes, pair: tuple[bytes, bytes], signed_at: datetime, digest: str) -> Any:
    certificate = x509.Certificate.load(pair[0])
    key = serialization.load_pem_private_key(pair[1], password=None)
    algorithm = _HASHES[digest]
    hashed = hashes.Hash(hashes.SHA256())
    hashed.update(pair[0])
    identifier = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": hashed.finalize()})]})
    content_hash = hashes.Hash(algorithm)
    content_hash.update(content)
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime(signed_at)})]}),
            cms.CMSAttribute({"type": "message_digest", "values": [content_hash.finalize()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [identifier]}),
        ]
    )
    if isinstance(key, rsa.RSAPrivateKey):
        name, signature = f"{digest}_rsa", key.sign(attributes.dump(), padding.PKCS1v15(), algorithm)
    else:
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        name, signature = f"{digest}_ecdsa", key.sign(attributes.dump(), ec.ECDSA(algorithm))
    sid = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": sid}),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": name}),
            "signature": signature,
        }
    )
