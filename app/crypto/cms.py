"""The one form in which a detached signature is written: CMS SignedData (RFC 5652) with the CAdES-B attributes.

A CMS signature leaves many bytes unsigned, and common tools accept changes there. So there is exactly one byte form for
each (certificate, moment, digest, signature); a reader takes these four out, builds the form again and compares.

Built with asn1crypto's low-level ``emit`` and split by length alone: one form has no choices to make, and the same
value through asn1crypto's object model or pyHanko takes over a millisecond, which is most of what importing a package
may cost.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from asn1crypto import core, parser

from app.crypto import suite

_UNIVERSAL: Final = 0
_CONTEXT: Final = 2
_PRIMITIVE: Final = 0
_CONSTRUCTED: Final = 1
_SEQUENCE: Final = 16
_SET: Final = 17
_OCTETS: Final = 4
_UTC_TIME: Final = 23
_GENERALIZED_TIME: Final = 24


def _tlv(tag: int, contents: bytes, *, context: bool = False, constructed: bool = True) -> bytes:
    method = _CONSTRUCTED if constructed else _PRIMITIVE
    return bytes(parser.emit(_CONTEXT if context else _UNIVERSAL, method, tag, contents))


def _sequence(*parts: bytes) -> bytes:
    return _tlv(_SEQUENCE, b"".join(parts))


def _set(*parts: bytes) -> bytes:
    return _tlv(_SET, b"".join(parts))


def _octets(value: bytes) -> bytes:
    return _tlv(_OCTETS, value, constructed=False)


def _oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


_SIGNED_DATA: Final = _oid("1.2.840.113549.1.7.2")
_DATA: Final = _oid("1.2.840.113549.1.7.1")
_VERSION_1: Final = bytes(core.Integer(1).dump())
_DIGEST_ALGORITHM: Final = _sequence(_oid(suite.DIGEST_OID))  # parameters absent (RFC 5754, section 2)
_SIGNATURE_ALGORITHM: Final = _sequence(_oid(suite.SIGNATURE_OID))  # parameters absent (RFC 5758, 3.2)
_DIGEST_ALGORITHMS: Final = _set(_DIGEST_ALGORITHM)
_CONTENT: Final = _sequence(_DATA)  # detached: no eContent
_CONTENT_TYPE: Final = _sequence(_oid("1.2.840.113549.1.9.3"), _set(_DATA))
_MESSAGE_DIGEST: Final = _oid("1.2.840.113549.1.9.4")
_SIGNING_TIME: Final = _oid("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE: Final = _oid("1.2.840.113549.1.9.16.2.47")  # signing-certificate-v2 (RFC 5035)


@dataclass(frozen=True, slots=True)
class SignedForm:
    """Everything in a signature file that is not the same in all of them."""

    certificate: bytes  # DER
    signed_at: datetime  # aware, whole seconds
    content_digest: bytes
    signature: bytes


class NotCanonicalError(Exception):
    """The bytes are not a signature in the one form."""


@lru_cache(maxsize=8)  # asked for twice in a row: to build the form again, and to check the signature over it
def signed_attributes(certificate: bytes, signed_at: datetime, content_digest: bytes) -> bytes:
    """The attributes a signature is made over, as the DER of their SET OF (RFC 5652, 5.4)."""
    attributes = (
        _CONTENT_TYPE,
        _sequence(_SIGNING_TIME, _set(_time(signed_at))),
        _sequence(_MESSAGE_DIGEST, _set(_octets(content_digest))),
        _certificate_attribute(certificate),
    )
    return _set(*sorted(attributes))


@lru_cache(maxsize=2048)
def _certificate_attribute(certificate: bytes) -> bytes:
    # ESSCertIDv2 with the default digest algorithm left out, as DER demands (RFC 5035, section 4).
    identifier = _sequence(_octets(suite.digest(certificate)))
    return _sequence(_SIGNING_CERTIFICATE, _set(_sequence(_sequence(identifier))))


def build(form: SignedForm) -> bytes:
    """The bytes of *form*: a ContentInfo with one SignedData, one certificate, one signer.

    Raises:
        NotCanonicalError: the certificate in it cannot be taken apart.
    """
    issuer, serial = issuer_and_serial(form.certificate)
    attributes = signed_attributes(form.certificate, form.signed_at, form.content_digest)
    signer = _sequence(
        _VERSION_1,
        _sequence(issuer, serial),
        _DIGEST_ALGORITHM,
        b"\xa0" + attributes[1:],  # [0] IMPLICIT in place of SET OF
        _SIGNATURE_ALGORITHM,
        _octets(form.signature),
    )
    signed_data = _sequence(
        _VERSION_1,
        _DIGEST_ALGORITHMS,
        _CONTENT,
        _tlv(0, form.certificate, context=True),
        _set(signer),
    )
    return _sequence(_SIGNED_DATA, _tlv(0, signed_data, context=True))


def take_apart(untrusted_p7s: bytes) -> SignedForm:
    """The four values in *untrusted_p7s*; building them again gives the same bytes.

    Raises:
        NotCanonicalError: the bytes are anything but the one form.
    """
    try:
        form = _read(untrusted_p7s)
        rebuilt = build(form)
    except (ValueError, IndexError, TypeError, OverflowError) as problem:
        raise NotCanonicalError from problem
    if rebuilt != untrusted_p7s:
        raise NotCanonicalError
    return form


@lru_cache(maxsize=2048)
def issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    """The issuer name and the serial number of *certificate*, as the very DER bytes that stand in it.

    Names compare without regard to case, so equal names need not be equal bytes.
    """
    fields = _children(_children(certificate)[0])
    return fields[3], fields[1]  # [0] version, serial number, algorithm, issuer (RFC 5280, 4.1)


def _read(data: bytes) -> SignedForm:
    signed_data = _children(_children(_children(data)[1])[0])
    signer = _children(_children(signed_data[4])[0])
    attributes = _children(signer[3])
    return SignedForm(
        certificate=_contents(signed_data[3]),
        signed_at=_moment(_children(_children(attributes[1])[1])[0]),
        content_digest=_contents(_children(_children(attributes[2])[1])[0]),
        signature=_contents(signer[5]),
    )


def _contents(encoded: bytes) -> bytes:
    start, end = _extent(encoded, 0)
    if end != len(encoded):
        raise ValueError("more than one element")
    return encoded[start:end]


def _children(encoded: bytes) -> list[bytes]:
    """The elements inside the one constructed element that *encoded* is."""
    inside = _contents(encoded)
    found = []
    start = 0
    while start < len(inside):
        _, end = _extent(inside, start)
        found.append(inside[start:end])
        start = end
    return found


def _extent(data: bytes, start: int) -> tuple[int, int]:
    """Where the contents of the element at *start* begin and end: one tag byte and a definite length (X.690, 8.1).

    Looser than DER on purpose, for whatever comes out of it is built again and compared byte for byte.
    """
    length, place = data[start + 1], start + 2
    if length >= 0x80:
        octets = length & 0x7F
        length, place = int.from_bytes(data[place : place + octets], "big"), place + octets
    end = place + length
    if end > len(data):
        raise ValueError("an element is longer than what holds it")
    return place, end


def _time(moment: datetime) -> bytes:
    # RFC 5652, 11.3: UTCTime up to 2049, GeneralizedTime from 2050 on.
    in_utc = moment.astimezone(UTC)
    if 1950 <= in_utc.year < 2050:
        return _tlv(_UTC_TIME, in_utc.strftime("%y%m%d%H%M%SZ").encode("ascii"), constructed=False)
    return _tlv(_GENERALIZED_TIME, in_utc.strftime("%Y%m%d%H%M%SZ").encode("ascii"), constructed=False)


def _moment(encoded: bytes) -> datetime:
    text = _contents(encoded).decode("ascii")
    if len(text) == 13:
        text = ("20" if int(text[:2]) < 50 else "19") + text
    # By hand: the general parser takes longer than checking the signature's form does.
    if len(text) != 15 or not text.endswith("Z") or not text[:14].isdigit():
        raise ValueError("not a moment")
    month, day, hour, minute, second = (int(text[place : place + 2]) for place in range(4, 14, 2))
    return datetime(int(text[:4]), month, day, hour, minute, second, tzinfo=UTC)
