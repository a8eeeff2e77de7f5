"""Photographs and scans through Pillow and pillow-heif: one kind, one decoder, first frame only."""

import io
import warnings
from datetime import datetime
from typing import Final

from PIL import Image, UnidentifiedImageError

from app.decoding.kinds import FileKind
from app.decoding.limits import Limits
from app.decoding.protocol import Refused
from app.decoding.readers.base import Reader
from app.decoding.readers.canvas import Canvas
from app.decoding.readers.shapes import fit
from app.decoding.replies import Overview, PageSize, PageSizes, PictureFacts, Raster

Image.MAX_IMAGE_PIXELS = None  # ours are tighter, and are an answer instead of a warning
_FORMATS: Final = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP", FileKind.HEIC: "HEIF"}
_TURN: Final = Image.Transpose
_UPRIGHT: Final = {  # EXIF orientation -> what makes it upright
    2: _TURN.FLIP_LEFT_RIGHT,
    3: _TURN.ROTATE_180,
    4: _TURN.FLIP_TOP_BOTTOM,
    5: _TURN.TRANSPOSE,
    6: _TURN.ROTATE_270,
    7: _TURN.TRANSVERSE,
    8: _TURN.ROTATE_90,
}
_FIRST_ON_SIDE: Final = 5  # from here on, width and height change places
_ORIENTATION, _MAKE, _MODEL, _EXIF, _GPS, _TAKEN, _DATED = 0x0112, 0x010F, 0x0110, 0x8769, 0x8825, 0x9003, 0x0132
_DEEP: Final = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})
_CLEAR: Final = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})
_BYTE: Final = 255
_KEPT_PIXELS: Final = 16_000_000
_CLOCKWISE: Final = {90: _TURN.ROTATE_270, 180: _TURN.ROTATE_180, 270: _TURN.ROTATE_90}


class Picture(Reader):
    """One picture, decoded anew for each size unless it is small enough to keep."""

    def __init__(self, data: bytes, kind: FileKind, limits: Limits) -> None:
        self._data, self._kind, self._limits = data, kind, limits
        self._kept: Image.Image | None = None
        with self._open() as image:
            width, height = image.size
            # First of all: looking for a PNG's notes unpacks its rows.
            if width > limits.image_side or height > limits.image_side or width * height > limits.image_pixels:
                raise Refused("over_limit")
            exif = _exif_of(image)
            frames = max(1, int(getattr(image, "n_frames", 1)))
        orientation = exif.get(_ORIENTATION)
        orientation = orientation if isinstance(orientation, int) and orientation in _UPRIGHT else 1
        self._upright = _UPRIGHT.get(orientation)
        self._on_side = orientation >= _FIRST_ON_SIDE
        if self._on_side:
            width, height = height, width
        facts = _facts(exif, frames=frames, orientation=orientation)
        self.overview = Overview(kind=kind, pages=1, width=width, height=height, picture=facts)

    def close(self) -> None:
        """Nothing outside Python is held."""
        self._kept = None

    def page_sizes(self, first: int, count: int) -> PageSizes:
        """The one page there is."""
        size = PageSize(self.overview.width, self.overview.height)
        return PageSizes(first, (size,) if first == 1 and count >= 1 else ())

    def render(self, page: int, *, width: int, height: int, rotation: int, canvas: Canvas) -> Raster:
        """Upright after EXIF, turned by *rotation*, on white where transparent."""
        if page != 1:
            raise Refused("damaged")
        across, down = self.overview.width, self.overview.height
        if rotation % 180:
            across, down = down, across
        raster = fit(across, down, width=width, height=height, limits=self._limits)
        is_turned = self._on_side != bool(rotation % 180)
        size = (raster.height, raster.width) if is_turned else (raster.width, raster.height)
        shown = self._decoded(max(size))
        if shown.size != size:
            shown = shown.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
        for turn in (self._upright, _CLOCKWISE.get(rotation % 360)):
            shown = shown if turn is None else shown.transpose(turn)
        canvas.put(shown.convert("RGBA").tobytes("raw", "BGRA"))
        return raster

    def _decoded(self, side: int) -> Image.Image:
        """As stored, not yet upright; at least *side* pixels long unless the picture is smaller."""
        if self._kept is not None:
            return self._kept
        with self._open() as image:
            whole = image.size
            if self._kind is FileKind.JPEG:
                # The decoder can leave out every second, fourth or eighth pixel; a thumbnail then costs little.
                image.draft("RGB", (side, side))
            image.load()
            decoded = _opaque(image)
        if decoded.size == whole and decoded.width * decoded.height <= _KEPT_PIXELS:
            self._kept = decoded
        return decoded

    def _open(self) -> Image.Image:
        _register(self._kind)
        try:
            return Image.open(io.BytesIO(self._data), formats=(_FORMATS[self._kind],))
        except UnidentifiedImageError:
            raise Refused("damaged") from None


def _register(kind: FileKind) -> None:
    if kind is FileKind.HEIC and "HEIF" not in Image.OPEN:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    elif kind is FileKind.WEBP:
        import PIL.WebPImagePlugin  # noqa: F401 - registers itself


def _opaque(image: Image.Image) -> Image.Image:
    """RGB on white."""
    if image.mode in _DEEP:
        peak = image.getextrema()[1]
        factor = 255.0 / float(peak) if isinstance(peak, int | float) and peak > _BYTE else 1.0
        return image.convert("F").point(lambda value: value * factor).convert("L").convert("RGB")
    if image.mode in _CLEAR or "transparency" in image.info:
        layer = image.convert("RGBA")
        shown = Image.new("RGB", layer.size, "white")
        shown.paste(layer, mask=layer.getchannel("A"))
        return shown
    return image.convert("RGB")


def _exif_of(image: Image.Image) -> Image.Exif:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return image.getexif()
        except (SyntaxError, ValueError, TypeError, KeyError, OSError, OverflowError):
            return Image.Exif()  # a broken note beside a picture does not make the picture unreadable


def _facts(exif: Image.Exif, *, frames: int, orientation: int) -> PictureFacts:
    inner = exif.get_ifd(_EXIF)
    names = [_plain(exif.get(tag)) for tag in (_MAKE, _MODEL)]
    camera = " ".join(name for name in names if name)[:80].strip()
    return PictureFacts(
        taken_at=_moment(inner.get(_TAKEN)) or _moment(exif.get(_DATED)),
        camera=camera or None,
        has_location=bool(exif.get_ifd(_GPS)),
        frames=frames,
        orientation=orientation,
    )


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return "".join(character for character in text[:200] if character.isprintable()).strip()


def _moment(value: object) -> str | None:
    try:
        return datetime.strptime(_plain(value)[:19], "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007 - has no zone
    except ValueError:
        return None
