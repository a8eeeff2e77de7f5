"""Where words that are searched for stand on a page, as boxes to light up."""

from collections.abc import Sequence

from app.domain.folding import fold
from ui.viewing.source import Box, WordLike


def found_boxes(words: Sequence[WordLike], wanted: str) -> tuple[tuple[Box, ...], ...]:
    """For each place where *wanted* (folded) stands, the boxes of the words it touches, in the order of the page."""
    owners: list[int] = []
    for number, word in enumerate(words):
        owners += [number] * len(word.text)
    text = fold("".join(word.text for word in words))
    return tuple(
        tuple(words[number].box for number in dict.fromkeys(owners[start:end])) for start, end in text.find_all(wanted)
    )
