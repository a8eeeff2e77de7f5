"""The trust that travels: root, authorities and revocation lists as data files of invitations and assignments.

``cat trust/*.pem`` is what ``openssl cms -verify -CAfile`` wants; the dispatch certificate is there for people to see.
"""

from collections.abc import Mapping
from typing import Final

from app.crypto import certificates
from app.crypto.trust import Trust, TrustInvalidError
from app.packages.payloads import (
    TRUST_DISPATCH,
    TRUST_ISSUING,
    TRUST_ISSUING_CRL,
    TRUST_ROOT,
    TRUST_ROOT_CRL,
)
from app.packages.refusal import damaged
from app.packages.writer import PackageFile

NAMES: Final = (TRUST_ROOT, TRUST_ISSUING, TRUST_DISPATCH, TRUST_ROOT_CRL, TRUST_ISSUING_CRL)
MEDIA: Final = "application/x-pem-file"
# What makes up the trust, in the order of Trust.to_pem; the dispatch certificate is no part of it.
_TRUST: Final = (TRUST_ROOT, TRUST_ISSUING, TRUST_ROOT_CRL, TRUST_ISSUING_CRL)


def write_trust_files(trust: Trust, dispatch_certificate: bytes) -> tuple[PackageFile, ...]:
    """The five data files for *trust* and the certificate (DER) of the dispatch desk."""
    root_lists, other_lists = trust.lists_by_issuer()
    contents = {
        TRUST_ROOT: certificates.to_pem(trust.root),
        TRUST_ISSUING: "".join(certificates.to_pem(authority) for authority in trust.authorities),
        TRUST_DISPATCH: certificates.to_pem(dispatch_certificate),
        TRUST_ROOT_CRL: "".join(certificates.list_to_pem(crl) for crl in root_lists),
        TRUST_ISSUING_CRL: "".join(certificates.list_to_pem(crl) for crl in other_lists),
    }
    return tuple(PackageFile.from_bytes(name, MEDIA, data=text.encode("ascii")) for name, text in contents.items())


def read_trust_files(untrusted: Mapping[str, bytes]) -> Trust | None:
    """The trust that lies in the files of a package, or ``None`` if it has none. Nobody vouches for it yet.

    Raises:
        PackageRefusedError: damaged.
    """
    if TRUST_ROOT not in untrusted:
        return None
    try:
        return Trust.from_pem(b"".join(untrusted.get(name, b"") for name in _TRUST))
    except TrustInvalidError as problem:
        raise damaged("trust_form") from problem
