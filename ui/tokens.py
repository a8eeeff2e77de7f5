"""Every colour and size of the window, light and dark. Nothing else in ``ui`` names a colour or a size.

Sizes are pixels at 100 %; :mod:`ui.theme` scales them with the font size of the system.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from app.domain.hues import ON_DARK, ON_PAPER

SANS: Final = "Noto Sans SC"
SERIF: Final = "Noto Serif SC"


class Theme(StrEnum):
    """How the window looks; ``SYSTEM`` follows the desktop of this computer."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Type(IntEnum):
    """Sizes of letters: small print, the window, reading, a title, a figure."""

    SMALL = 12
    BODY = 13
    READING = 15
    TITLE = 18
    FIGURE = 24


class Space(IntEnum):
    """Distances on a 4-px grid."""

    HAIR = 1
    HALF = 4
    INSIDE = 8
    ROOM = 12
    BETWEEN = 16
    PAGE = 24


class Size(IntEnum):
    """Sizes of things."""

    CORNER = 6
    ICON = 16
    ICON_LARGE = 20
    ROW = 32
    CONTROL = 30
    TOUCH_ROW = 48
    TITLE_LINE = 48
    STATUS_LINE = 28
    RAIL = 84
    RAIL_ROW = 54
    RAIL_ROW_LOW = 28
    SCORE_FIELD = 50
    THUMBNAIL = 112
    PROGRESS = 96
    SCROLL_BAR = 12
    READING_WIDTH = 520
    DIALOG_WIDTH = 460


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours; each name says what it is for.

    Attributes:
        window: behind everything; ``surface``: what is read and written on; ``sunken``: behind pages and in wells.
        line: hairlines; ``line_strong``: the outline of something that can be typed into or pressed.
        text, muted, disabled: words, words about words, words that cannot be used now.
        accent: the one primary action and the selection; ``on_accent``: words on it; ``accent_soft``: a tint of it.
        good, warn, bad: states, as words and signs; the ``_soft`` ones lie behind a whole strip or chip.
        paper: behind a rendered page until it is there. Documents are never tinted.
        mark: over words that were chosen or cited on a page; translucent (``#AARRGGBB``).
        found: over words that were searched for, on a page and in a list; translucent.
        dimensions: the six hues in the order of Article 13.
    """

    window: str
    surface: str
    sunken: str
    hover: str
    line: str
    line_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    paper: str
    mark: str
    found: str
    dimensions: tuple[str, ...]


LIGHT: Final = Colours(
    window="#f4f4f2",
    surface="#ffffff",
    sunken="#e6e6e3",
    hover="#ebebe8",
    line="#d9d9d5",
    line_strong="#8a8a86",
    text="#1d1f21",
    muted="#5c6064",
    disabled="#97999b",
    accent="#1f4e79",
    accent_hover="#2a6095",
    on_accent="#ffffff",
    accent_soft="#dce7f2",
    good="#1c6b3a",
    good_soft="#e0f0e5",
    warn="#8a5300",
    warn_soft="#fbeed5",
    bad="#ae2321",
    bad_soft="#fae3e1",
    paper="#ffffff",
    mark="#5a3d8bd4",
    found="#80f5b301",
    dimensions=ON_PAPER,
)
DARK: Final = Colours(
    window="#1b1d1f",
    surface="#232629",
    sunken="#141617",
    hover="#2c3033",
    line="#383c40",
    line_strong="#787d83",
    text="#e6e6e3",
    muted="#a9adb2",
    disabled="#6d7176",
    accent="#8ab8e6",
    accent_hover="#a5c9ee",
    on_accent="#10202f",
    accent_soft="#2b4056",
    good="#7fce9c",
    good_soft="#213a2b",
    warn="#eab566",
    warn_soft="#42331a",
    bad="#f29b94",
    bad_soft="#482826",
    paper="#ffffff",
    mark="#5a3d8bd4",
    found="#66d99a00",
    dimensions=ON_DARK,
)
