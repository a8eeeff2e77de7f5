"""Which kind of file some bytes are, from the bytes alone.

Accepted kinds are recognised by the signatures their specifications fix; everything else is named as well as a
few leading bytes allow, because "this is a TIFF picture" helps and "invalid file" does not.
"""

import io
import zipfile
import zlib
from typing import Final

from app.decoding.kinds import FileKind, ForeignKind
from app.decoding.protocol import Refused

_HEAD: Final = 4096
_PDF_SEARCH: Final = 1024  # readers accept the marker anywhere in the first kilobyte (ISO 32000-2, annex I)
_MARKERS: Final = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF87a", ForeignKind.GIF),
    (b"GIF89a", ForeignKind.GIF),
    (b"II*\x00", ForeignKind.TIFF),
    (b"MM\x00*", ForeignKind.TIFF),
    (b"II+\x00", ForeignKind.TIFF),
    (b"MM\x00+", ForeignKind.TIFF),
    (b"BM", ForeignKind.BMP),
    (b"{\\rtf", ForeignKind.RTF),
    (b"%!PS", ForeignKind.POSTSCRIPT),
    (b"Rar!\x1a\x07", ForeignKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ForeignKind.ARCHIVE),
    (b"\x1f\x8b", ForeignKind.ARCHIVE),
    (b"BZh", ForeignKind.ARCHIVE),
    (b"\xfd7zXZ\x00", ForeignKind.ARCHIVE),
    (b"MZ", ForeignKind.PROGRAM),
    (b"\x7fELF", ForeignKind.PROGRAM),
    (b"\x1aE\xdf\xa3", ForeignKind.VIDEO),
    (b"ID3", ForeignKind.VIDEO),
    (b"OggS", ForeignKind.VIDEO),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES: Final = "[Content_Types].xml"
_OFFICE: Final = (
    (b"spreadsheetml.sheet.main+xml", FileKind.XLSX),
    (b"wordprocessingml.document.main+xml", FileKind.DOCX),
    (b"macroEnabled", ForeignKind.MACRO_OFFICE),
    (b"spreadsheetml.template.main+xml", FileKind.XLSX),
    (b"wordprocessingml.template.main+xml", FileKind.DOCX),
    (b"presentationml", ForeignKind.PRESENTATION),
)


def identify(data: bytes) -> FileKind:
    """The kind of *data*.

    Raises:
        Refused: ``empty``, ``not_accepted`` with the kind found, or ``password`` for an encrypted Office file.
    """
    if not data:
        raise Refused("empty")
    found = _recognise(data)
    if isinstance(found, ForeignKind):
        raise Refused("not_accepted", foreign=found)
    return found


def is_told_by_its_head(head: bytes) -> bool:
    """Whether :func:`identify` says of the first kilobytes what it would say of the whole: of all but archives."""
    return not head.startswith((b"PK", _OLE))


def _recognise(data: bytes) -> FileKind | ForeignKind:
    head = data[:_HEAD]
    for marker, kind in _MARKERS:
        if head.startswith(marker):
            return kind
    if head.startswith(b"PK"):
        return _recognise_archive(data)
    if head.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise Refused("password")
        return ForeignKind.OLD_OFFICE
    if head[:4] == b"RIFF":
        return FileKind.WEBP if head[8:12] == b"WEBP" else ForeignKind.VIDEO
    if head[4:8] == b"ftyp":
        return _recognise_boxes(head)
    if b"%PDF-" in head[:_PDF_SEARCH]:
        return FileKind.PDF
    return _recognise_text(head)


def _recognise_boxes(head: bytes) -> FileKind | ForeignKind:
    end = min(int.from_bytes(head[:4]), len(head))
    major, others = head[8:12], {head[at : at + 4] for at in range(16, end - 3, 4)}
    if major in (b"avif", b"avis") or b"avif" in others:
        return ForeignKind.AVIF
    return FileKind.HEIC if major in _HEIC_BRANDS else ForeignKind.VIDEO


def _recognise_archive(data: bytes) -> FileKind | ForeignKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if names and names[0] == "mimetype" and "META-INF/manifest.xml" in names:
                return ForeignKind.OPEN_DOCUMENT
            if _CONTENT_TYPES not in names:
                return ForeignKind.ARCHIVE
            with archive.open(_CONTENT_TYPES) as stream:
                types = stream.read(1024 * 1024)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        if b"word/" in data or b"xl/" in data or _CONTENT_TYPES.encode() in data[:_HEAD]:
            raise Refused("damaged") from None
        return ForeignKind.ARCHIVE
    return next((kind for marker, kind in _OFFICE if marker in types), ForeignKind.ARCHIVE)


def _recognise_text(head: bytes) -> ForeignKind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<svg", b"<!doctype svg", b"<!--")):
        return ForeignKind.SVG if b"<svg" in start else ForeignKind.XML
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return ForeignKind.HTML
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ForeignKind.TEXT
    if b"\x00" in head:
        return ForeignKind.UNKNOWN
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return ForeignKind.TEXT if control * 100 <= len(head) else ForeignKind.UNKNOWN
