"""Shapes shared by everything that becomes pixels."""

from app.decoding.limits import Limits
from app.decoding.protocol import Refused
from app.decoding.replies import Raster


def fit(across: float, down: float, *, width: int, height: int, limits: Limits) -> Raster:
    """The largest raster of the shape *across* by *down* that is at most *width* x *height* and within limits."""
    if not (across > 0 and down > 0):
        raise Refused("damaged")
    scale = min(width / across, height / down, limits.render_side / across, limits.render_side / down)
    scale = min(scale, (limits.render_pixels / (across * down)) ** 0.5)
    return Raster(max(1, int(across * scale + 0.001)), max(1, int(down * scale + 0.001)))
