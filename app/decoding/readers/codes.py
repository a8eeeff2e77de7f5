"""QR codes on a page or photograph, through zxing-cpp: turned, seen at an angle, unevenly lit.

The page is looked at small first: a large code is found faster there, and the noise of a telephone's sensor is gone.
"""

from typing import Final

import zxingcpp
from PIL import Image

from app.decoding.readers.base import Reader
from app.decoding.readers.canvas import Canvas
from app.decoding.replies import LONGEST_CODE, MOST_CODES, Codes

_SIDES: Final = (1_600, 2_800)  # pixels: 28 mm of an A4 page are 150 and 260 of them

_ONLY: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def read_codes(reader: Reader, page: int) -> Codes:
    """The codes of the first size at which there are any."""
    for side in _SIDES:
        canvas = Canvas()
        raster = reader.render(page, width=side, height=side, rotation=0, canvas=canvas)
        size = (raster.width, raster.height)
        image = Image.frombuffer("RGB", size, bytes(canvas.taken()), "raw", "BGRX", 0, 1).convert("L")
        found = zxingcpp.read_barcodes(image, formats=_ONLY, try_invert=False)
        texts = dict.fromkeys(one.text for one in found if 0 < len(one.text) <= LONGEST_CODE)
        if texts:
            return Codes(tuple(texts)[:MOST_CODES])
    return Codes(())
