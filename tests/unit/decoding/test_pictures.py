import io

import pytest
from PIL import Image

from app.decoding.document import Document
from app.decoding.pool import DecodingPool
from app.decoding.replies import Pixels
from app.domain.ids import Sha256
from tests.support import stranger_files as files

RED, BLUE = (255, 0, 0), (0, 0, 255)


def _open(pool: DecodingPool, data: bytes) -> Document:
    return pool.open(lambda: data, Sha256(f"{hash(data):x}"))


def _colour(pixels: Pixels, x: float, y: float) -> tuple[int, ...]:
    at = int(y * pixels.height) * pixels.stride + int(x * pixels.width) * 4
    blue, green, red, filler = pixels.data[at : at + 4]
    assert filler == 255
    return tuple(0 if value < 40 else 255 if value > 215 else value for value in (red, green, blue))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_one_page_measured_in_pixels(pool: DecodingPool, kind: str) -> None:
    with _open(pool, files.picture(kind)) as document:
        overview = document.overview
        pixels = document.render(1, width=120)
        assert document.page_sizes()[0].width == 120
    assert (overview.pages, overview.width, overview.height) == (1, 120, 80)
    assert (_colour(pixels, 0.25, 0.5), _colour(pixels, 0.75, 0.5)) == (RED, BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_png_becomes_visible(pool: DecodingPool, mode: str) -> None:
    if mode.startswith("I"):
        buffer = io.BytesIO()
        Image.linear_gradient("L").convert("I").point(lambda value: value * 256).convert(mode).save(buffer, "PNG")
        data = buffer.getvalue()
    else:
        data = files.picture("PNG", mode=mode)
    with _open(pool, data) as document:
        pixels = document.render(1, width=60)
    assert pixels.width == 60
    assert len(set(pixels.data[2::4])) > 1
    assert set(pixels.data[3::4]) == {255}


def test_transparency_is_shown_on_white(pool: DecodingPool) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(buffer, "PNG")
    with _open(pool, buffer.getvalue()) as document:
        assert _colour(document.render(1, width=10), 0.5, 0.5) == (255, 255, 255)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (120, 80), (0.2, 0.5)),
        (2, (120, 80), (0.8, 0.5)),
        (3, (120, 80), (0.8, 0.5)),
        (4, (120, 80), (0.2, 0.5)),
        (5, (80, 120), (0.5, 0.2)),
        (6, (80, 120), (0.5, 0.2)),
        (7, (80, 120), (0.5, 0.8)),
        (8, (80, 120), (0.5, 0.8)),
    ],
)
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pictures_stand_upright_and_turn_clockwise(
    pool: DecodingPool, orientation: int, size: tuple[int, int], red_at: tuple[float, float], rotation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    with _open(pool, files.picture("JPEG", exif=exif)) as document:
        assert (document.overview.width, document.overview.height) == size
        pixels = document.render(1, width=size[0], rotation=rotation)
    x, y = red_at
    x, y = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[rotation]
    assert _colour(pixels, x, y) == RED
    assert _colour(pixels, 1 - x, 1 - y) == BLUE


def test_exif_tells_time_and_camera_and_that_there_is_a_place_but_not_where(pool: DecodingPool) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Example", "X1\x00\x1b"
    exif.get_ifd(0x8769)[0x9003] = "2026:05:17 14:03:22"
    exif.get_ifd(0x8825)[2] = (41.0, 48.0, 12.3)
    with _open(pool, files.picture("JPEG", exif=exif)) as document:
        facts = document.overview.picture
    assert facts is not None
    assert (facts.taken_at, facts.camera, facts.has_location) == ("2026-05-17T14:03:22", "Example X1", True)
    assert "41" not in repr(facts)


def test_a_time_that_is_none_is_left_out(pool: DecodingPool) -> None:
    exif = Image.Exif()
    exif[0x0132] = "0000:00:00 00:00:00"
    with _open(pool, files.picture("JPEG", exif=exif)) as document:
        assert document.overview.picture is not None
        assert document.overview.picture.taken_at is None


def test_a_large_scan_is_shown_small_and_whole(pool: DecodingPool) -> None:
    with _open(pool, files.picture("JPEG", size=(7016, 9921))) as document:
        assert document.overview.height == 9921
        small, large = document.thumbnail(1), document.render(1, width=10_000)
    assert small.height == 160
    assert large.width * large.height <= pool.limits.render_pixels
    assert _colour(large, 0.25, 0.9) == RED
