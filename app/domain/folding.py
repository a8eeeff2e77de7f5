"""What counts as the same when words are searched for: width, case, blanks, line ends and punctuation do not.

Text out of a PDF breaks in the middle of Chinese words, and one writes “GB/T 19001—2016” where another writes
“GB/T19001-2016”. So only letters and digits are compared, after Unicode's NFKC and case folding.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_BARRIERS: Final = frozenset("\t\x1e\x1f")  # between cells; no word goes on beyond them
_LETTERS: Final = 1 << 15  # more than any dossier uses


@dataclass(frozen=True, slots=True)
class Folded:
    """The letters and digits of a text.

    Attributes:
        text: what is compared; between cells stands a unit separator (U+001F).
        places: for each of its characters, where in the original it came from.
    """

    text: str
    places: tuple[int, ...]

    def find_all(self, wanted: str) -> Iterator[tuple[int, int]]:
        """First and past-the-last character, in the original, of each place where *wanted* (folded) stands."""
        start = self.text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            yield self.places[start], self.places[end - 1] + 1
            start = self.text.find(wanted, end)


def fold(text: str) -> Folded:
    """The comparable part of *text*, and where it stands there."""
    kept = list(map(_folded_letter, text))
    places: list[int] = []
    for place, letters in enumerate(kept):
        if letters:
            places += [place] * len(letters)
    return Folded("".join(kept), tuple(places))


def folded(text: str) -> str:
    """The comparable part of *text* alone; barriers are left out."""
    return "".join(each for letter in text for each in _folded_letter(letter) if each != "\x1f")


@lru_cache(maxsize=_LETTERS)
def _folded_letter(letter: str) -> str:
    if letter in _BARRIERS:
        return "\x1f"
    if letter.isascii():
        return letter.lower() if letter.isalnum() else ""
    if "\u4e00" <= letter <= "\u9fff":  # by far the most of what is folded, and always itself
        return letter
    found = unicodedata.normalize("NFKC", letter).casefold()
    return "".join(each for each in found if each.isalnum())
