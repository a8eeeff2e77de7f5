"""``ASiCManifest.xml``: name, media type and digest of every signed file (ETSI EN 319 162-1, A.4).

It has one byte form, one line per file. A reader takes the three values out of each line, writes the whole text
again and compares, so no XML parser ever sees a stranger's manifest: no entities, no document types, no namespaces.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.crypto import suite
from app.packages import container
from app.packages.refusal import damaged

_MEDIA: Final = re.compile(r"[a-z0-9][a-z0-9.+-]{0,62}/[a-z0-9][a-z0-9.+-]{0,126}")
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    f'<asic:SigReference URI="{container.SIGNATURE_NAME}" MimeType="application/pkcs7-signature"/>\n'
)
_LINE: Final = (
    '<asic:DataObjectReference URI="{path}" MimeType="{media}">'
    f'<ds:DigestMethod Algorithm="{suite.DIGEST_URI}"/>'
    "<ds:DigestValue>{value}</ds:DigestValue></asic:DataObjectReference>\n"
)
_TAIL: Final = "</asic:ASiCManifest>\n"
_REFERENCE: Final = re.compile(
    r'<asic:DataObjectReference URI="([^"<>&]+)" MimeType="([^"<>&]+)">[^\n]*<ds:DigestValue>([A-Za-z0-9+/=]{44})<'
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One file the signature covers."""

    path: str
    media: str
    sha256: str  # 64 lower-case hex digits


def is_media_type(text: str) -> bool:
    """Whether *text* is a media type in the form a manifest takes: lower case, no parameters (RFC 6838, 4.2)."""
    return _MEDIA.fullmatch(text) is not None


def write_manifest(references: Sequence[Reference]) -> bytes:
    """The one text for *references*, in their order."""
    lines = [
        _LINE.format(
            path=reference.path,
            media=reference.media,
            value=base64.b64encode(bytes.fromhex(reference.sha256)).decode("ascii"),
        )
        for reference in references
    ]
    return (_HEAD + "".join(lines) + _TAIL).encode("ascii")


def read_manifest(untrusted: bytes) -> tuple[Reference, ...]:
    """The references in *untrusted*: ``package.json`` first, then data files in the order of the container.

    Raises:
        PackageRefusedError: damaged: a byte differs from the one form, or a name or media type is not allowed.
    """
    try:
        found = tuple(
            Reference(path, media, base64.b64decode(value, validate=True).hex())
            for path, media, value in _REFERENCE.findall(untrusted.decode("ascii"))
        )
    except ValueError as problem:
        raise damaged("manifest_form") from problem
    if write_manifest(found) != untrusted:
        raise damaged("manifest_form")
    if not found or found[0].path != container.DESCRIPTION_NAME:
        raise damaged("manifest_without_description")
    if not container.are_data_names([reference.path for reference in found[1:]]):
        raise damaged("manifest_names")
    if not all(is_media_type(reference.media) for reference in found):
        raise damaged("manifest_media")
    return found
