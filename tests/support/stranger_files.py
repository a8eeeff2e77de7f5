"""Documents as strangers send them, ordinary and hostile, built in the test that needs them."""

import io
import math
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import xlsxwriter
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

CONTENT_TYPES = "[Content_Types].xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(
    pages: Sequence[str] = ("Example page",), *, size: tuple[float, float] = (595, 842), password: str = ""
) -> bytes:
    """One line of text a page, its first letter 72 pt from the left and 100 pt below the top."""
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(buffer, pagesize=size, encrypt=encryption, invariant=True)
    for number, text in enumerate(pages, 1):
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Part {number}", f"p{number}", level=0)
        canvas.setFont("Helvetica", 20)
        canvas.drawString(72, size[1] - 100, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of hand-written objects; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def page_with(
    extra: bytes, *, content: bytes = b"BT /F1 20 Tf 72 700 Td (Example) Tj ET", catalogue: bytes = b""
) -> bytes:
    """One A4 page; *extra* goes into the page, *catalogue* into the root."""
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> %s >>" % extra,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def picture(
    kind: str = "PNG", *, size: tuple[int, int] = (120, 80), mode: str = "RGB", exif: Image.Exif | None = None
) -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill="red")
    buffer = io.BytesIO()
    options = {"exif": exif} if exif is not None else {}
    image.convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A one-bit PNG whose rows are all there, packed; only its header is large when it is looked at."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(1)
    row = b"\0" + b"\xaa" * ((width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    data = bytearray(picture("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def workbook(rows: Sequence[Sequence[object]], *, name: str = "申报表") -> bytes:
    """One sheet of values, dates as dates."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if isinstance(value, date | datetime):
                    sheet.write_datetime(y, x, value, day)
                else:
                    sheet.write(y, x, value)
    return buffer.getvalue()


def archive(members: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return buffer.getvalue()


def office(main_type: str, members: Mapping[str, bytes | str]) -> bytes:
    """An Office file whose main part is of *main_type*."""
    types = f'<Types><Override PartName="/main" ContentType="{main_type}"/></Types>'
    return archive({CONTENT_TYPES: types, **members})


def word(body: str, *, styles: str = "") -> bytes:
    """A Word document with this body."""
    members = {"word/document.xml": f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{body}</w:body></w:document>'}
    if styles:
        members["word/styles.xml"] = f'<w:styles xmlns:w="{WORD_NAMESPACE}">{styles}</w:styles>'
    return office(WORD_TYPE, members)


def with_sheet_xml(data: bytes, xml: str) -> bytes:
    """A workbook whose first sheet is replaced by hand-written XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members["xl/worksheets/sheet1.xml"] = xml.encode()
    return archive(members)


def overlapping_archive(main_type: str) -> bytes:
    """Two members in the central directory that point at the same bytes."""
    data = bytearray(office(main_type, {"word/document.xml": b"x" * 50_000, "word/documentX.xml": b"y" * 50_000}))
    second = data.rindex(b"PK\x01\x02")
    first = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def dense_pdf(lines: Sequence[str]) -> bytes:
    """A page for every line, each page full of it and with a ruled table, as dossiers are."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    for line in lines:
        canvas.setFont("Helvetica", 10)
        for row in range(50):
            canvas.drawString(50, 790 - row * 15, f"{line} / {row}"[:90])
            canvas.line(50, 787 - row * 15, 545, 787 - row * 15)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned_pdf(pages: int, *, side: int = 700) -> bytes:
    """Pages of grain that nothing can pack, about half a megabyte each, with a line of text: what a scanner makes."""
    kids = b" ".join(b"%d 0 R" % (4 + 3 * page) for page in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page in range(pages):
        number = 4 + 3 * page
        drawn = b"q 595 0 0 842 0 0 cm /Im Do Q BT /F1 20 Tf 72 700 Td (page %d) Tj ET" % (page + 1)
        grain = random.Random(page).randbytes(side * side)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /Im %d 0 R >> >> >>" % (number + 1, number + 2),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
            b" /Length %d >>\nstream\n%s\nendstream" % (side, side, len(grain), grain),
        ]
    return raw_pdf(objects)


def noise(size: int, *, seed: int) -> bytes:
    """A picture of about *size* bytes that nothing can pack."""
    side = math.isqrt(size // 3)
    image = Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(3 * side * side))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
