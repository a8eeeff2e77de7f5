"""Photographs and scans that were never taken: drawn from a seed, plausible at a glance, nobody in them."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from random import Random
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pillow_heif
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from app.documents.sample_text import FICTION_NOTICE

PHOTOGRAPH: Final = (1200, 800)  # what scenes are drawn on
PAGE: Final = (992, 1403)  # A4 at 120 dpi, as scanned with an office machine
SCENES: Final = ("workshop", "laboratory", "field", "hall", "product")
_DEVELOPED: Final = (900, 600)  # a sample is built while somebody waits
_GREY_STEP: Final = 32
_PAPER: Final = 244
_INK: Final = 50

Colour = tuple[int, int, int]
Pixels = npt.NDArray[np.float32]
Pixels8 = npt.NDArray[np.uint8]


def photograph(scene: str, caption: str, chance: Random) -> Image.Image:
    """One of :data:`SCENES` with *caption* in a corner, as cameras of inspectors print it."""
    picture = _SCENES[scene](chance).resize(_DEVELOPED, Image.Resampling.BILINEAR)
    soft = np.asarray(picture.filter(ImageFilter.BoxBlur(1)), dtype=np.float32)
    picture = Image.fromarray(_grained(soft, chance, strength=7))
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    words = f"{caption}　{FICTION_NOTICE}"
    draw.text(
        (width - 18, height - 18),
        words,
        (250, 214, 120),
        _font(22),
        anchor="rd",
        stroke_width=2,
        stroke_fill=(60, 50, 40),
    )
    return picture


def scanned_page(
    title: str, lines: Sequence[str], chance: Random, *, rows: Sequence[Sequence[str]] = ()
) -> Image.Image:
    """A page as it comes from a scanner: a little crooked, a little grey, with a shadow at its edge."""
    page = Image.new("L", PAGE, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((PAGE[0] // 2, 140), title, _INK, _font(36), anchor="mm")
    y = 220
    for line in _wrapped(lines, 42):
        draw.text((105, y), line, _INK, _font(19))
        y += 36
    for row in rows:
        width = 790 // len(row)
        for place, cell in enumerate(row):
            left = 105 + place * width
            draw.rectangle((left, y, left + width, y + 38), outline=_INK)
            draw.text((left + 10, y + 8), cell, _INK, _font(18))
        y += 38
    draw.text((PAGE[0] // 2, PAGE[1] - 70), FICTION_NOTICE, 120, _font(17), anchor="mm")
    crooked = page.rotate(chance.uniform(-0.8, 0.8), Image.Resampling.BILINEAR, fillcolor=210)
    pixels = np.asarray(crooked, dtype=np.float32)[:, :, None].copy()
    pixels[:, :70] *= np.linspace(0.86, 1.0, 70, dtype=np.float32)[None, :, None]
    return Image.fromarray(_grained(pixels, chance, strength=3)[:, :, 0])


def encoded(picture: Image.Image, kind: str, *, quality: int = 72) -> bytes:
    """The picture as “JPEG”, “PNG” (greys of a scanner), “WEBP” or “HEIF”."""
    target = BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(target, quality=min(quality, 50), enc_params={"preset": "ultrafast"})
    elif kind == "PNG":
        grey = picture.convert("L").point([level // _GREY_STEP for level in range(256)])
        grey.putpalette([min(255, level * _GREY_STEP + _GREY_STEP // 2) for level in range(256) for _part in range(3)])
        grey.save(target, "PNG")
    else:
        picture.save(target, kind, quality=quality)
    return target.getvalue()


@cache
def _font(size: int) -> Any:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    return [line[start : start + width] for line in lines for start in range(0, max(len(line), 1), width)]


def _grained(pixels: Pixels, chance: Random, *, strength: float) -> Pixels8:
    """Sensor noise and a darker rim. One tile of noise is laid over the whole picture: nobody sees it repeat."""
    height, width = pixels.shape[:2]
    tile = np.random.default_rng(chance.getrandbits(32)).standard_normal((256, 256, 1), dtype=np.float32) * strength
    noise = np.tile(tile, (height // 256 + 1, width // 256 + 1, 1))[:height, :width]
    return np.asarray(np.clip(pixels * _rim(width, height) + noise, 0, 255), dtype=np.uint8)


@cache
def _rim(width: int, height: int) -> Pixels:
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None, None]
    return np.asarray(1 - 0.08 * (x**2 + y**2), dtype=np.float32)


def _sweep(top: Colour, bottom: Colour) -> Image.Image:
    """An even passage of colour from top to bottom."""
    share = np.linspace(0, 1, PHOTOGRAPH[1])[:, None, None]
    rows = np.array(top) * (1 - share) + np.array(bottom) * share
    return Image.fromarray(np.broadcast_to(rows, (PHOTOGRAPH[1], PHOTOGRAPH[0], 3)).astype(np.uint8))


def _shaded(colour: Colour, factor: float) -> Colour:
    red, green, blue = (min(255, int(part * factor)) for part in colour)
    return red, green, blue


def _box(draw: ImageDraw.ImageDraw, place: tuple[float, float], size: tuple[float, float], colour: Colour) -> None:
    """A machine, a cabinet or a carton: front, top and side, lit from the left."""
    (x, y), (width, height) = place, size
    depth = width * 0.28
    draw.polygon(
        [(x, y), (x + depth, y - depth * 0.6), (x + width + depth, y - depth * 0.6), (x + width, y)],
        fill=_shaded(colour, 1.25),
    )
    draw.polygon(
        [
            (x + width, y),
            (x + width + depth, y - depth * 0.6),
            (x + width + depth, y + height - depth * 0.6),
            (x + width, y + height),
        ],
        fill=_shaded(colour, 0.6),
    )
    draw.rectangle((x, y, x + width, y + height), fill=colour)


def _workshop(chance: Random) -> Image.Image:
    picture = _sweep((188, 196, 204), (120, 122, 120))
    draw = ImageDraw.Draw(picture)
    width, height = PHOTOGRAPH
    horizon = height * 0.42
    draw.polygon([(0, height), (width * 0.36, horizon), (width * 0.64, horizon), (width, height)], fill=(128, 134, 128))
    for line in range(-6, 7):
        draw.line((width / 2 + line * 30, horizon, width / 2 + line * 190, height), fill=(146, 150, 140), width=2)
    for window in range(6):
        left = 60 + window * 190
        draw.rectangle((left, 70, left + 130, 190), fill=(226, 236, 244))
        draw.line((left + 65, 70, left + 65, 190), fill=(150, 160, 170), width=4)
    for lamp in range(5):
        draw.ellipse((180 + lamp * 200, 20, 240 + lamp * 200, 44), fill=(255, 252, 230))
    paint: Colour = chance.choice([(60, 104, 150), (70, 128, 104), (150, 112, 60)])
    for row in range(4, 0, -1):
        scale = 0.45 + 0.2 * (4 - row)
        for side in (-1, 1):
            x = width / 2 + side * (150 + 120 * (4 - row)) - 70 * scale
            y = horizon + (4 - row) * 78 - 60 * scale
            _box(draw, (x, y), (140 * scale, 150 * scale), _shaded(paint, chance.uniform(0.85, 1.1)))
            draw.rectangle((x + 20 * scale, y + 22 * scale, x + 90 * scale, y + 70 * scale), fill=(30, 40, 48))
            draw.ellipse((x + 104 * scale, y + 26 * scale, x + 120 * scale, y + 42 * scale), fill=(90, 220, 110))
    draw.line((0, 250, width, 236), fill=(200, 176, 70), width=14)
    return picture


def _laboratory(chance: Random) -> Image.Image:
    picture = _sweep((232, 236, 238), (206, 210, 210))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 470, 1200, 520), fill=(90, 100, 108))
    draw.rectangle((0, 520, 1200, 800), fill=(214, 218, 220))
    for drawer in range(6):
        draw.rectangle((drawer * 200 + 12, 540, drawer * 200 + 188, 780), outline=(150, 156, 160), width=3)
    for place in range(4):
        x = 70 + place * 280 + chance.randint(-20, 20)
        _box(draw, (x, 300), (150, 170), (236, 236, 230))
        draw.rectangle((x + 16, 320, x + 96, 372), fill=(24, 60, 70))
        points = [(x + 18 + step * 8, 360 - chance.randint(0, 34)) for step in range(10)]
        draw.line(points, fill=(120, 240, 170), width=2)
    for flask in range(7):
        x = 40 + flask * 170 + chance.randint(-10, 10)
        liquid = chance.choice([(206, 150, 70), (120, 170, 200), (170, 200, 120)])
        draw.polygon(
            [(x, 470), (x + 22, 410), (x + 22, 380), (x + 38, 380), (x + 38, 410), (x + 60, 470)],
            outline=(130, 140, 150),
            fill=(226, 232, 236),
        )
        draw.polygon([(x + 3, 466), (x + 16, 432), (x + 44, 432), (x + 57, 466)], fill=liquid)
    return picture


def _field(chance: Random) -> Image.Image:
    picture = _sweep((140, 186, 226), (226, 232, 220))
    draw = ImageDraw.Draw(picture)
    for ridge, tone in enumerate(((120, 140, 150), (98, 128, 110))):
        points = [(x, 330 + ridge * 40 - chance.randint(0, 60)) for x in range(0, 1201, 80)]
        draw.polygon([(0, 800), *points, (1200, 800)], fill=tone)
    draw.polygon([(0, 800), (0, 420), (1200, 400), (1200, 800)], fill=chance.choice([(130, 150, 70), (176, 156, 70)]))
    for row in range(-14, 15):
        draw.line((600 + row * 26, 412, 600 + row * 150, 800), fill=(92, 118, 54), width=6)
    for plant in range(260):
        depth = chance.random() ** 0.6
        x, y, size = chance.randint(0, 1200), 430 + depth * 360, 3 + depth * 12
        draw.ellipse((x - size, y - size * 1.6, x + size, y), fill=_shaded((110, 150, 62), 0.8 + plant % 5 / 10))
    _box(draw, (860, 340), (150, 90), (210, 214, 214))
    return picture


def _hall(chance: Random) -> Image.Image:
    picture = _sweep((236, 232, 224), (180, 170, 158))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 800), (0, 560), (1200, 560), (1200, 800)], fill=(196, 186, 172))
    for tile in range(0, 1300, 120):
        draw.line((tile, 560, tile * 1.6 - 360, 800), fill=(176, 166, 152), width=2)
    for counter in range(4):
        x = 60 + counter * 290
        _box(draw, (x, 430), (210, 130), chance.choice([(126, 84, 56), (96, 110, 130)]))
        draw.rectangle((x + 60, 350, x + 150, 410), fill=(26, 34, 44))
        draw.rectangle((x + 66, 356, x + 144, 404), fill=(90, 140, 190))
        draw.text((x + 105, 300), f"{counter + 1}号", (90, 60, 40), _font(30), anchor="mm")
    draw.rectangle((300, 120, 900, 210), fill=(36, 58, 92))
    draw.text((600, 165), "示例服务大厅", (240, 240, 240), _font(46), anchor="mm")
    for seat in range(7):
        draw.rounded_rectangle((80 + seat * 160, 640, 180 + seat * 160, 720), 16, fill=(60, 96, 140))
    return picture


def _product(chance: Random) -> Image.Image:
    picture = _sweep((238, 238, 240), (198, 200, 206))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((240, 620, 960, 740), fill=(166, 168, 174))
    colour: Colour = chance.choice([(170, 52, 44), (40, 96, 150), (52, 120, 76), (196, 150, 60)])
    for place in range(3):
        x, top = 300 + place * 210, 300 - (place == 1) * 60
        for column in range(160):
            light = 0.55 + 0.75 * np.sin(np.pi * (column + 20) / 200)
            draw.line((x + column, top, x + column, 680), fill=_shaded(colour, float(light)))
        draw.ellipse((x, top - 24, x + 160, top + 24), fill=_shaded(colour, 1.3))
        draw.rectangle((x + 14, top + 120, x + 146, top + 250), fill=(250, 248, 240))
        draw.text((x + 80, top + 160), "示例牌", (60, 40, 30), _font(36), anchor="mm")
        draw.text((x + 80, top + 210), "非卖品", (120, 110, 100), _font(22), anchor="mm")
    return picture


_SCENES: Final = {
    "workshop": _workshop,
    "laboratory": _laboratory,
    "field": _field,
    "hall": _hall,
    "product": _product,
}
