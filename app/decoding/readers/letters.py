"""Chinese letters kept loaded in the child, because many documents do not bring their own.

PDFium reads a font of 11 MB anew for every document that needs it, unless another open document still holds it: 14 ms
of a first page of 45.
"""

from typing import Final

from app.decoding.limits import Limits
from app.decoding.readers.base import Reader
from app.decoding.readers.canvas import Canvas

# One page with one Chinese letter in a font that is not embedded. PDFium finds the objects without a table.
HOLDER: Final = b"""%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> endobj
4 0 obj << /Length 24 >>
stream
BT /F 9 Tf <8BC4> Tj ET\x20
endstream endobj
5 0 obj << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light
/Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >> endobj
6 0 obj << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >> endobj
7 0 obj << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 0 999 999] /ItalicAngle 0
/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> endobj
trailer << /Root 1 0 R /Size 8 >>
%%EOF
"""


def held_letters(limits: Limits) -> Reader:
    """A document that holds them as long as it is open."""
    from app.decoding.readers.pdf import PdfDocument  # starts PDFium

    holder = PdfDocument(HOLDER, limits)
    holder.render(1, width=9, height=9, rotation=0, canvas=Canvas())
    return holder
