"""The order in which people count: “2 营业执照” before “10 检验报告”, the same on every system."""

import re
import unicodedata
from typing import Final

_DIGITS: Final = re.compile(r"([0-9]+)")


def natural_key(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Sorting key: runs of digits by value, everything else without case; the name itself decides what is left."""
    parts = _DIGITS.split(unicodedata.normalize("NFKC", name).casefold())
    key = tuple((0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in parts if part)
    return key, name


def shown_name(name: str) -> str:
    """A file's name as it can be shown and stored: what is no visible text becomes a replacement character."""
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else "\ufffd" for c in name)
