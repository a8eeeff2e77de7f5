"""Making a detached CAdES-B signature (ETSI EN 319 122-1) that ``openssl cms -verify -cades`` checks as well.

One signer, one certificate, no unsigned attribute; see :mod:`app.crypto.cms` for the one byte form and why it is built
here rather than by pyHanko. The tests have pyHanko and OpenSSL check what this makes.
"""

from datetime import datetime

from app.crypto import certificates, cms, suite
from app.crypto.certificates import CertifiedKey


def sign_detached(content: bytes, signer: CertifiedKey, *, signed_at: datetime) -> bytes:
    """The signature file (DER) over *content*. Fractions of a second in *signed_at* are dropped."""
    content_digest = suite.digest(content)
    moment = certificates.whole_seconds(signed_at)
    attributes = cms.signed_attributes(signer.certificate, moment, content_digest)
    signature = suite.sign(suite.load_signing_key(signer.key), attributes)
    return cms.build(cms.SignedForm(signer.certificate, moment, content_digest, signature))
