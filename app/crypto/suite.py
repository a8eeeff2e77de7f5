"""The one place that names algorithms.

A suite is a number written into every package. Suite 1 is what this version makes and reads:

======================  ==========================================================
certificates, CMS       ECDSA on P-256 with SHA-256 (RFC 5758), low-S signatures only
digests                 SHA-256 (FIPS 180-4)
encryption              age v1 with X25519 recipients (C2SP age.md)
receipt numbers         HMAC-SHA-256 (RFC 2104)
======================  ==========================================================

Ed25519 is not used: OpenSSL 3.0 cannot check it inside CMS, and an independent check is worth more.
Suite 2 is reserved for commercial cryptography (SM2, SM3, SM4 after GM/T 0010); no program makes it yet.
"""

import hashlib
import hmac
from collections.abc import Iterable
from enum import IntEnum
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils


class Suite(IntEnum):
    """Numbers a package may carry."""

    P256_SHA256_X25519 = 1
    COMMERCIAL_RESERVED = 2


CURRENT: Final = Suite.P256_SHA256_X25519
SUPPORTED: Final = frozenset({CURRENT})

DIGEST_BYTES: Final = 32
DIGEST_OID: Final = "2.16.840.1.101.3.4.2.1"  # id-sha256
SIGNATURE_OID: Final = "1.2.840.10045.4.3.2"  # ecdsa-with-SHA256
DIGEST_URI: Final = "http://www.w3.org/2001/04/xmlenc#sha256"  # XML Encryption 5.8.2
HASH: Final = hashes.SHA256()

_SCHEME: Final = ec.ECDSA(HASH)
# Order of the P-256 base point (SEC 2, 2.4.2). With r, s also r, n - s would verify: only the lower one is let in.
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

PrivateKey = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey


class Digest(Protocol):
    """A running digest."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Add *data*."""

    def digest(self) -> bytes:
        """The 32 bytes so far."""

    def hexdigest(self) -> str:
        """The same as 64 lower-case hex digits."""


def new_digest(data: bytes = b"") -> Digest:
    """A running digest of the current suite."""
    return hashlib.sha256(data)


def digest(data: bytes | memoryview) -> bytes:
    """The digest of *data*, 32 bytes."""
    return hashlib.sha256(data).digest()


def chained(head: bytes, lines: Iterable[bytes]) -> bytes:
    """The digest of *head* and the first line, of that and the second, and so on to the last."""
    for line in lines:
        head = hashlib.sha256(head + line).digest()
    return head


def digest_hex(data: bytes | memoryview) -> str:
    """The digest of *data* as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def keyed_digest(key: bytes, data: bytes) -> bytes:
    """The keyed digest (HMAC) of *data*, 32 bytes."""
    return hmac.digest(key, data, "sha256")


def generate_signing_key() -> bytes:
    """A new private key as unencrypted PKCS #8 PEM; the vault wraps it."""
    return _to_pem(ec.generate_private_key(ec.SECP256R1()))


def load_signing_key(key_pem: bytes) -> PrivateKey:
    """The private key in *key_pem*.

    Raises:
        ValueError: it is not a key of the current suite.
    """
    key = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not is_suite_key(key.public_key()):
        raise ValueError("not a signing key of this suite")
    return key


def is_suite_key(public_key: object) -> bool:
    """Whether *public_key* is of the kind this suite signs with."""
    return isinstance(public_key, ec.EllipticCurvePublicKey) and isinstance(public_key.curve, ec.SECP256R1)


def sign(key: PrivateKey, data: bytes) -> bytes:
    """A signature over *data* in the only form that is accepted back: DER, low S."""
    r, s = utils.decode_dss_signature(key.sign(data, _SCHEME))
    return utils.encode_dss_signature(r, min(s, _ORDER - s))


def is_genuine(public_key: PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether *signature* is over *data*, by the owner of *public_key*, and in the one accepted form."""
    try:
        r, s = utils.decode_dss_signature(signature)
        if s > _ORDER // 2 or utils.encode_dss_signature(r, s) != signature:
            return False
        public_key.verify(signature, data, _SCHEME)
    except (InvalidSignature, ValueError):
        return False
    return True


def _to_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
