"""Sheets of paper as a telephone sees them: on a table, turned, at an angle, unevenly lit, as JPEG."""

import io
from typing import Final

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_DESK: Final = (112, 92, 72)


def printed(pdf: bytes, *, page: int = 1, dots_per_inch: int = 110) -> Image.Image:
    """A page as it leaves the printer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page - 1].render(scale=dots_per_inch / 72).to_pil().convert("RGB")
    finally:
        document.close()


def photographed(
    sheet: Image.Image, *, side: int = 1200, turn: float = 0, tilt: float = 0.0, seed: int = 0, quality: int = 70
) -> bytes:
    """A photograph of *sheet*, *side* pixels long, turned by degrees, tilted by a share of its side."""
    width, height = sheet.size
    table = Image.new("RGB", (int(width * 1.25), int(height * 1.2)), _DESK)
    table.paste(sheet, (int(width * 0.12), int(height * 0.1)))
    across, down = table.size
    seen = [(0.0, 0.0), (across, 0.0), (across, down), (0.0, down)]
    shown = [(-tilt * across, -0.3 * tilt * down), (across * (1 + 0.6 * tilt), 0.0), (across, down), (0.0, down)]
    coefficients = _perspective(seen, shown)
    picture = table.transform(
        (across, down), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=_DESK
    )
    picture = picture.rotate(turn, expand=True, fillcolor=_DESK, resample=Image.Resampling.BICUBIC)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    values = np.asarray(picture).astype(float)
    light = np.linspace(0.55, 1.05, values.shape[1])[None, :, None]
    noise = np.random.default_rng(seed).normal(0, 6, values.shape)
    lit = Image.fromarray((values * light + noise).clip(0, 255).astype("uint8"))
    data = io.BytesIO()
    lit.filter(ImageFilter.GaussianBlur(0.6)).save(data, "JPEG", quality=quality)
    return data.getvalue()


def scanned(*sheets: Image.Image) -> bytes:
    """Sheets through a scanner, as one PDF."""
    data = io.BytesIO()
    sheets[0].save(data, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return data.getvalue()


def _perspective(seen: list[tuple[float, float]], shown: list[tuple[float, float]]) -> list[float]:
    rows, wanted = [], []
    for (x, y), (u, v) in zip(seen, shown, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(one) for one in np.linalg.solve(np.array(rows), np.array(wanted))]
