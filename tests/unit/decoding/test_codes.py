"""QR codes read in the child: printed, photographed, scanned, and none at all."""

import hashlib
import io

import pytest
import segno
from PIL import Image

from app.decoding.errors import DecodingError
from app.decoding.pool import DecodingPool
from app.decoding.replies import LONGEST_CODE, MOST_CODES, Codes
from app.domain.ids import Sha256
from tests.support.stranger_files import workbook
from tests.support.telephone import photographed, scanned

TEXT = "YPV1/AK/0123456789ABCDEF0123456789ABCDEF/12345678"


def sheet(*texts: str, scale: int = 5) -> Image.Image:
    """White paper of A4 at 150 dpi with codes on it."""
    page = Image.new("RGB", (1240, 1754), "white")
    for number, text in enumerate(texts):
        data = io.BytesIO()
        segno.make(text, error="m", micro=False).save(data, kind="png", scale=scale, border=2)
        page.paste(Image.open(data).convert("RGB"), (900, 60 + number * 400))
    return page


def read(pool: DecodingPool, data: bytes, page: int = 1) -> tuple[str, ...]:
    with pool.open(lambda: data, Sha256(hashlib.sha256(data).hexdigest())) as document:
        return document.codes(page)


@pytest.mark.parametrize("turn", [0, 8, 90, 183, 270])
@pytest.mark.parametrize("tilt", [0.0, 0.12])
def test_a_telephone_photo_of_twelve_hundred_pixels_gives_its_code(pool: DecodingPool, turn: int, tilt: float) -> None:
    assert read(pool, photographed(sheet(TEXT), turn=turn, tilt=tilt)) == (TEXT,)


def test_each_page_of_a_scan_has_its_own_codes(pool: DecodingPool) -> None:
    data = scanned(sheet(TEXT), sheet("示例", TEXT), sheet())
    assert read(pool, data, 1) == (TEXT,)
    assert set(read(pool, data, 2)) == {TEXT, "示例"}
    assert read(pool, data, 3) == ()


def test_what_is_too_long_to_be_ours_is_left_out(pool: DecodingPool) -> None:
    assert read(pool, scanned(sheet("A" * (LONGEST_CODE + 1), scale=3))) == ()


def test_a_workbook_has_no_page_to_look_at(pool: DecodingPool) -> None:
    data = workbook([["示例"]])
    with pool.open(lambda: data, Sha256("0" * 64)) as document, pytest.raises(ValueError, match="no such"):
        document.codes(1)


def test_a_damaged_picture_is_told_as_damaged_and_the_child_lives(pool: DecodingPool) -> None:
    good = photographed(sheet(TEXT))
    with pytest.raises(DecodingError):
        read(pool, good[:200])
    assert read(pool, good) == (TEXT,)
    assert pool.status().crashes == 0


def test_an_answer_with_too_much_in_it_is_not_believed() -> None:
    for texts in (("x",) * (MOST_CODES + 1), ("x" * (LONGEST_CODE + 1),), ("",)):
        with pytest.raises(ValueError, match="code"):
            Codes(texts)
