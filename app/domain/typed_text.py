"""What people type into cells and folder names, made comparable without losing anything.

Nothing here guesses: every change is one that a reader would not see (width, blanks, invisible characters, kinds of
dashes), and callers report that something was changed.
"""

import unicodedata
from typing import Final

# Kinds of dashes and slashes that word processors and input methods put where a plain one belongs.
_DASHES: Final = "‐‑‒–—―−﹘﹣－"
_SLASHES: Final = "∕⁄／"
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CODE_TABLE: Final = _FULL_WIDTH | dict.fromkeys(map(ord, _DASHES), "-") | dict.fromkeys(map(ord, _SLASHES), "/")
_BLANK_CONTROLS: Final = frozenset("\t\n\v\f\r\x85")


def _is_blank(character: str) -> bool:
    return character in _BLANK_CONTROLS or unicodedata.category(character).startswith("Z")


def _is_invisible(character: str) -> bool:
    """Control and format characters: NUL, zero-width characters, marks that turn the direction of writing."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in _BLANK_CONTROLS


def tidy_code(text: str) -> str:
    """A code in plain characters: half width, capitals, plain dashes and slashes, no blanks, nothing invisible."""
    plain = text.translate(_CODE_TABLE).upper()
    return "".join(c for c in plain if not _is_blank(c) and not _is_invisible(c))


def tidy_spaced_code(text: str) -> str:
    """Like :func:`tidy_code`, with single blanks kept, for codes in which a blank divides two parts."""
    plain = text.translate(_CODE_TABLE).upper()
    return tidy_name(plain)


def tidy_name(text: str) -> str:
    """A name as people read it: blanks of every kind become one, none at the ends, nothing invisible."""
    visible = "".join(" " if _is_blank(c) else c for c in text if not _is_invisible(c))
    return " ".join(visible.split())


def comparable(name: str) -> str:
    """The form under which two names count as the same: width, case and blanks do not matter, punctuation does.

    Punctuation stays because “1.5 L” and “15 L” are different products.
    """
    before, after = None, name
    while after != before:  # what is dropped can let its neighbours combine
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", after).casefold())
        before, after = after, "".join(c for c in folded if not _is_blank(c) and not _is_invisible(c))
    return after


def has_unseen_characters(text: str) -> bool:
    """Whether *text* has what nobody sees: invisible characters, or blanks that are not plain ones or line ends."""
    return any(_is_invisible(c) or (_is_blank(c) and c not in " \n") for c in text)
