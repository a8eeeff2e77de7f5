"""Colours that can be read, and nothing outside the tokens."""

import re
from pathlib import Path

import pytest

from tests.support.sources import sources
from ui.tokens import DARK, LIGHT, Colours

PAIRS = [
    ("text", "window"), ("text", "surface"), ("text", "sunken"), ("text", "accent_soft"), ("muted", "window"),
    ("muted", "surface"), ("accent", "surface"), ("accent", "window"), ("on_accent", "accent"),
    ("good", "good_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"), ("good", "surface"), ("warn", "surface"),
    ("bad", "surface"), ("text", "bad_soft"), ("text", "warn_soft"), ("text", "good_soft"),
]  # fmt: skip


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("letters", "ground"), PAIRS)
def test_words_can_be_read(colours: Colours, letters: str, ground: str) -> None:
    assert _contrast(getattr(colours, letters), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_outline_of_a_field_can_be_seen(colours: Colours) -> None:
    assert _contrast(colours.line_strong, colours.surface) >= 3


def test_no_colour_is_written_outside_the_tokens() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|Qt\.GlobalColor\.(?!transparent)|QColor\(\s*\d")
    found = [one.path for one in sources("ui") if Path(one.path).name != "tokens.py" and colour.search(one.text)]
    assert found == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "accent_soft"])
def test_words_that_were_found_can_be_read_and_are_told_from_those_that_were_chosen(
    colours: Colours, ground: str
) -> None:
    lit, chosen = (_over(translucent, getattr(colours, ground)) for translucent in (colours.found, colours.mark))
    assert _contrast(colours.text, lit) >= 4.5
    apart = [abs(int(lit[place : place + 2], 16) - int(chosen[place : place + 2], 16)) for place in (1, 3, 5)]
    assert max(apart) > 60


def _over(translucent: str, ground: str) -> str:
    """What ``#AARRGGBB`` looks like over *ground*."""
    share = int(translucent[1:3], 16) / 255
    upper, lower = (
        [int(one[p : p + 2], 16) for p in (len(one) - 6, len(one) - 4, len(one) - 2)] for one in (translucent, ground)
    )
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in zip(upper, lower, strict=True))
