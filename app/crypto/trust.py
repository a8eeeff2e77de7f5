"""Whom this program believes: exactly one root, the authorities below it, and their revocation lists.

There is no way to leave the root out. A library that is given none falls back to the operating system's list of
web authorities, and then anybody with a web certificate could sign a review.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization

from app.crypto import certificates, revocation
from app.crypto.revocation import RevocationListFacts

_PEM_BLOCK: Final = re.compile(rb"-----BEGIN (CERTIFICATE|X509 CRL)-----\r?\n[A-Za-z0-9+/=\r\n]+-----END \1-----\r?\n?")
MAX_CERTIFICATES: Final = 16
MAX_LISTS: Final = 16


class TrustInvalidError(Exception):
    """Root, authorities and lists that do not belong together, or a root that is none. Carries no text of strangers."""


@dataclass(frozen=True)
class Trust:
    """One root (DER), the authorities it signed, and the lists of both. Picklable; equal bytes are equal trust.

    Raises:
        TrustInvalidError: the root is missing, not an authority or not signed by itself, or a part is not readable.
    """

    root: bytes
    authorities: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if len(self.authorities) >= MAX_CERTIFICATES or len(self.revocation_lists) > MAX_LISTS:
            raise TrustInvalidError
        try:
            root = certificates.load(self.root)
            root.verify_directly_issued_by(root)
            is_authority = root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
            for authority in self.authorities:
                certificates.load(authority)
            for crl in self.revocation_lists:
                revocation.facts_of_list(crl)
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound) as problem:
            raise TrustInvalidError from problem
        if not is_authority:
            raise TrustInvalidError

    @property
    def root_sha256(self) -> str:
        """SHA-256 of the root, 64 hex digits; what a desk pins."""
        return certificates.facts_of(self.root).sha256

    @property
    def crl_number(self) -> int:
        """The highest number on a list that is not the root's; 0 without one."""
        _, others = self.lists_by_issuer()
        return max((revocation.facts_of_list(crl).number for crl in others), default=0)

    def lists_by_issuer(self) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        """The root's lists, and all others."""
        name = certificates.load(self.root).subject
        own = tuple(crl for crl in self.revocation_lists if x509.load_der_x509_crl(crl).issuer == name)
        return own, tuple(crl for crl in self.revocation_lists if crl not in own)

    def merged_with(self, other: "Trust") -> "Trust":
        """This trust and what is newer in *other*: of each authority the list with the highest number.

        Certificates and lists that do not lead to the root are left out, and a list with a lower number never
        replaces one with a higher.

        Raises:
            TrustInvalidError: *other* has another root. One desk, one root.
        """
        if other.root != self.root:
            raise TrustInvalidError
        chain = _leading_to(self.root, (*self.authorities, *other.authorities))
        newest: dict[bytes, bytes] = {}
        for crl in (*self.revocation_lists, *other.revocation_lists):
            issuer = _issuer_of(crl, (self.root, *chain))
            if issuer is None:
                continue
            known = newest.get(issuer)
            if known is None or revocation.facts_of_list(crl).number > revocation.facts_of_list(known).number:
                newest[issuer] = crl
        return Trust(self.root, chain, tuple(newest.values()))

    @cached_property
    def boundaries(self) -> tuple[datetime, ...]:
        """Every moment at which a judgement under this trust can change by itself, in order."""
        moments: set[datetime] = set()
        for certificate in (self.root, *self.authorities):
            facts = certificates.facts_of(certificate)
            moments |= {facts.not_before_at, facts.not_after_at}
        for crl in self.revocation_lists:
            moments |= _boundaries_of(revocation.facts_of_list(crl))
        return tuple(sorted(moments))

    def to_pem(self) -> bytes:
        """Everything as PEM, root first: just what ``openssl cms -verify -CAfile … -crl_check_all`` takes."""
        parts = [certificates.to_pem(certificate) for certificate in (self.root, *self.authorities)]
        root_lists, other_lists = self.lists_by_issuer()
        parts += [certificates.list_to_pem(crl) for crl in (*root_lists, *other_lists)]
        return "".join(parts).encode("ascii")

    @classmethod
    def from_pem(cls, untrusted_pem: bytes) -> "Trust":
        """The trust that :meth:`to_pem` wrote; nothing but its own form is read.

        Raises:
            TrustInvalidError: it is not such a text.
        """
        found: dict[bytes, list[bytes]] = {b"CERTIFICATE": [], b"X509 CRL": []}
        for match in _PEM_BLOCK.finditer(untrusted_pem):
            blocks = found[match.group(1)]
            if len(blocks) >= MAX_CERTIFICATES:
                raise TrustInvalidError
            blocks.append(match.group(0))
        try:
            chain = [_der(x509.load_pem_x509_certificate(block)) for block in found[b"CERTIFICATE"]]
            lists = [_der(x509.load_pem_x509_crl(block)) for block in found[b"X509 CRL"]]
        except ValueError as problem:
            raise TrustInvalidError from problem
        if not chain:
            raise TrustInvalidError
        trust = cls(chain[0], tuple(chain[1:]), tuple(lists))
        if trust.to_pem() != untrusted_pem:
            raise TrustInvalidError
        return trust


def _boundaries_of(crl: RevocationListFacts) -> set[datetime]:
    return {crl.issued_at, crl.next_update_at, *(entry.revoked_at for entry in crl.revocations)}


def _der(value: x509.Certificate | x509.CertificateRevocationList) -> bytes:
    return value.public_bytes(serialization.Encoding.DER)


def _leading_to(root: bytes, candidates: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Those of *candidates* that the root, or one of them that leads to it, has signed; each once."""
    found = [root]
    waiting = [candidate for candidate in dict.fromkeys(candidates) if candidate != root]
    while issued := [candidate for candidate in waiting if any(_issued(candidate, by) for by in found)]:
        found += issued
        waiting = [candidate for candidate in waiting if candidate not in issued]
    return tuple(found[1:])


def _issued(certificate: bytes, authority: bytes) -> bool:
    try:
        certificates.load(certificate).verify_directly_issued_by(certificates.load(authority))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _issuer_of(crl: bytes, authorities: tuple[bytes, ...]) -> bytes | None:
    return next((one for one in authorities if revocation.is_signed_by(crl, certificates.load(one))), None)
