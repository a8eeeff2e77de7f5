import pytest

from app.decoding.errors import FOREIGN_NAMES, KIND_NAMES, NotAcceptedError, TypeMismatchError
from app.decoding.kinds import FileKind, ForeignKind, kind_promised_by
from app.decoding.pool import DecodingPool, check_name
from tests.support import stranger_files as files

FOREIGN = {
    ForeignKind.SVG: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ForeignKind.HTML: b"<!DOCTYPE html><html></html>",
    ForeignKind.XML: b'<?xml version="1.0"?><a/>',
    ForeignKind.TIFF: b"II*\0" + bytes(40),
    ForeignKind.GIF: b"GIF89a" + bytes(40),
    ForeignKind.BMP: b"BM" + bytes(40),
    ForeignKind.AVIF: b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
    ForeignKind.VIDEO: b"\0\0\0\x18ftypisom\0\0\0\0isommp42",
    ForeignKind.OLD_OFFICE: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ForeignKind.MACRO_OFFICE: files.office("application/vnd.ms-excel.sheet.macroEnabled.main+xml", {}),
    ForeignKind.PRESENTATION: files.office("application/x-presentationml.presentation.main+xml", {}),
    ForeignKind.OPEN_DOCUMENT: files.archive({"mimetype": b"x", "META-INF/manifest.xml": b"<a/>"}),
    ForeignKind.RTF: b"{\\rtf1 }",
    ForeignKind.POSTSCRIPT: b"%!PS-Adobe-3.0",
    ForeignKind.ARCHIVE: files.archive({"a.txt": b"x"}),
    ForeignKind.PROGRAM: b"MZ" + bytes(60),
    ForeignKind.TEXT: "序号,名称\r\n1,示例\r\n".encode(),
    ForeignKind.UNKNOWN: bytes(range(256)),
}


@pytest.mark.parametrize("kind", ForeignKind)
def test_what_is_not_accepted_is_named(pool: DecodingPool, kind: ForeignKind) -> None:
    with pytest.raises(NotAcceptedError) as refused:
        pool.identify(FOREIGN[kind])
    assert refused.value.kind is kind


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (FileKind.PDF, files.pdf()),
        (FileKind.PDF, b"junk before it\n" + files.pdf()),
        (FileKind.PNG, files.picture("PNG")),
        (FileKind.JPEG, files.picture("JPEG")),
        (FileKind.WEBP, files.picture("WEBP")),
        (FileKind.XLSX, files.workbook([["示例"]])),
        (FileKind.DOCX, files.word("<w:p/>")),
    ],
)
def test_accepted_kinds_are_recognised_by_content(pool: DecodingPool, kind: FileKind, data: bytes) -> None:
    assert pool.identify(data) is kind


def test_every_kind_has_a_name_for_people() -> None:
    assert set(KIND_NAMES) == set(FileKind)
    assert set(FOREIGN_NAMES) == set(ForeignKind)
    assert all(NotAcceptedError(kind=kind).sentence() for kind in ForeignKind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("合同.PDF", FileKind.PDF),
        ("a.b.jpeg", FileKind.JPEG),
        ("照片.HEIC ", FileKind.HEIC),
        ("noending", None),
        (".pdf", None),
        ("a.tiff", None),
    ],
)
def test_the_ending_of_a_name_promises_a_kind(name: str, kind: FileKind | None) -> None:
    assert kind_promised_by(name) is kind


def test_a_picture_under_a_pdf_name_is_a_mismatch_told_in_words() -> None:
    check_name(FileKind.JPEG, "照片.jpg")
    check_name(FileKind.JPEG, "照片")
    with pytest.raises(TypeMismatchError) as mismatch:
        check_name(FileKind.JPEG, "照片.pdf")
    assert "PDF" in mismatch.value.sentence()
