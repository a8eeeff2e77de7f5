"""Bytes as groups of five characters that people can read out, write down and type.

Crockford's base 32 (no I, L, O, U). The fifth character of each group checks the other four and the group's
place, so that a slip is named by its group while the person still holds the paper.

For characters ``s1 … s4`` and check ``c`` as elements of GF(2⁵) (polynomial x⁵ + x² + 1) and group number ``g``:
``c = 2·s1 + 3·s2 + 4·s3 + 5·s4 + place(g)``. The weights, with 1 for ``c`` itself, are all different and none is
zero; therefore every single wrong character and every exchange of two characters within a group is noticed, and
so is every exchange of two groups, because their places differ.
"""

import unicodedata
from typing import Final

from app.crypto.vault_errors import CodeLengthError, CodeMistypedError, CodeSymbolError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP: Final = 5  # four characters and their check
_DATA: Final = GROUP - 1
_BITS: Final = 5
_POLYNOMIAL: Final = 0b100101
_WEIGHTS: Final = (2, 3, 4, 5)
_VALUES: Final = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SEPARATORS: Final = frozenset("-_‐‑‒–—―−·.,、，。 ")


def _times(left: int, right: int) -> int:
    """Product in GF(2⁵)."""
    product = 0
    for bit in range(_BITS):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(2 * _BITS - 2, _BITS - 1, -1):
        if product >> bit & 1:
            product ^= _POLYNOMIAL << (bit - _BITS)
    return product


def _check(values: list[int], *, place: int) -> int:
    total = place
    for weight, value in zip(_WEIGHTS, values, strict=True):
        total ^= _times(weight, value)
    return total


def _place(group: int, *, purpose: int) -> int:
    # At most 16 groups per purpose: the places 0…15 and 16…31 never meet, so neither do two purposes.
    return purpose * 16 + group


def write_code(number: int, *, groups: int, purpose: int) -> str:
    """*number* as *groups* groups, joined by hyphens; *purpose* (0 or 1) keeps two kinds of code apart."""
    values = [number >> _BITS * shift & 31 for shift in range(groups * _DATA - 1, -1, -1)]
    written = []
    for group in range(groups):
        part = values[group * _DATA : (group + 1) * _DATA]
        part = [*part, _check(part, place=_place(group, purpose=purpose))]
        written.append("".join(ALPHABET[value] for value in part))
    return "-".join(written)


def read_code(typed: str, *, groups: int, purpose: int) -> int:
    """The number of a typed code; case, width, separators, O for 0 and I or L for 1 do not matter.

    Raises ``CodeSymbolError``, ``CodeLengthError`` or ``CodeMistypedError``, which names the group.
    """
    values: list[int] = []
    for symbol in unicodedata.normalize("NFKC", typed[: 16 * GROUP * groups]).upper():
        if symbol in _SEPARATORS or symbol.isspace():
            continue
        if symbol not in _VALUES:
            raise CodeSymbolError(symbol=symbol if symbol.isprintable() else "?")
        values.append(_VALUES[symbol])
    if len(values) != groups * GROUP:
        raise CodeLengthError(groups=groups, size=GROUP, typed=len(values))
    number = 0
    for group in range(groups):
        *part, check = values[group * GROUP : (group + 1) * GROUP]
        if check != _check(part, place=_place(group, purpose=purpose)):
            raise CodeMistypedError(group=group + 1)
        for value in part:
            number = number << _BITS | value
    return number
