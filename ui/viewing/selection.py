"""What somebody marks on a page: words in reading order, or a region where there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ui.viewing.source import Box, WordLike

LONGEST_QUOTE: Final = 300
_REACH: Final = 300  # 3 pt: how far beside a word the pointer may be and still mean it


@dataclass(frozen=True, slots=True)
class Marked:
    """A part of one page; ``words`` is empty for a region."""

    page: int
    box: Box
    words: str = ""
    boxes: tuple[Box, ...] = ()


def word_at(words: Sequence[WordLike], point: tuple[int, int], *, reach: int = _REACH) -> int | None:
    """The index of the word at *point*, or of the nearest one within *reach*."""
    near = [(_distance(word.box, point), number) for number, word in enumerate(words)]
    best = min(near, default=None)
    return best[1] if best is not None and best[0] <= reach else None


def nearest_word(words: Sequence[WordLike], point: tuple[int, int]) -> int | None:
    """The index of the word nearest to *point*."""
    return word_at(words, point, reach=10**9)


def marked_words(page: int, words: Sequence[WordLike], *, first: int, last: int) -> Marked:
    """Everything from one word to another in the order of the document."""
    chosen = words[min(first, last) : max(first, last) + 1]
    boxes = tuple(word.box for word in chosen)
    return Marked(page, around(boxes), _text(chosen)[:LONGEST_QUOTE], boxes)


def region(page: int, start: tuple[int, int], end: tuple[int, int]) -> Marked:
    """The rectangle between two points."""
    box = min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
    return Marked(page, box)


def _text(words: Sequence[WordLike]) -> str:
    parts: list[str] = []
    for word in words:
        if parts and (word.after_space or (word.starts_line and _needs_blank(parts[-1], word.text))):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def _needs_blank(before: str, after: str) -> bool:
    return before[-1].isascii() and after[0].isascii()  # Chinese runs on from line to line without a blank


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of *boxes*."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _distance(box: Box, point: tuple[int, int]) -> int:
    across = max(box[0] - point[0], 0, point[0] - box[2])
    down = max(box[1] - point[1], 0, point[1] - box[3])
    return across + 3 * down  # the same line counts for more than the same column
