"""The marks a help page is written in, and what they mean. Nothing in a page is ever HTML.

One line is one block::

    # Title                    the first line of a page
    ## Heading
    1. a step                  numbered as written
    - a point
    ![what is seen](D12)       a picture of our own, by the name of the screen
    anything else              a paragraph

Within a line: ``[words](D13)`` leads to another page, ``[](D13)`` does so under that page's title, `` `Ctrl+F` `` is a
key, ``**words**`` are words that stand on the screen.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([A-Za-z0-9_-]+)\)")
_STEP: Final = re.compile(r"(\d{1,2})\. +(.*)")
_SPAN: Final = re.compile(
    r"\[(?P<words>[^\]]*)\]\((?P<target>[A-Za-z0-9_-]+)\)|`(?P<key>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*"
)


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    STEP = "step"
    POINT = "point"
    PICTURE = "picture"
    TEXT = "text"


class Manner(StrEnum):
    """How some words of a line are meant."""

    PLAIN = "plain"
    KEY = "key"
    STRONG = "strong"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one manner; ``target`` is the name of the page a link leads to."""

    text: str
    manner: Manner = Manner.PLAIN
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page. ``number`` belongs to a step, ``picture`` is the name of the screen that is shown."""

    kind: Kind
    spans: tuple[Span, ...]
    number: int = 0
    picture: str = ""

    @property
    def text(self) -> str:
        """The words without their marks."""
        return "".join(span.text for span in self.spans)


def read_marks(text: str) -> tuple[Block, ...]:
    """The blocks of *text*; empty lines only part them."""
    return tuple(_block(line.strip()) for line in text.splitlines() if line.strip())


def _block(line: str) -> Block:
    if line.startswith("## "):
        return Block(Kind.HEADING, read_spans(line[3:].strip()))
    if line.startswith("# "):
        return Block(Kind.TITLE, read_spans(line[2:].strip()))
    if line.startswith("- "):
        return Block(Kind.POINT, read_spans(line[2:].strip()))
    if step := _STEP.fullmatch(line):
        return Block(Kind.STEP, read_spans(step[2]), number=int(step[1]))
    if picture := _PICTURE.fullmatch(line):
        return Block(Kind.PICTURE, (Span(picture[1]),), picture=picture[2])
    return Block(Kind.TEXT, read_spans(line))


def read_spans(line: str) -> tuple[Span, ...]:
    """The words of one line, each with its manner."""
    spans, end = [], 0
    for found in _SPAN.finditer(line):
        if found.start() > end:
            spans.append(Span(line[end : found.start()]))
        spans.append(_span(found))
        end = found.end()
    if end < len(line):
        spans.append(Span(line[end:]))
    return tuple(spans)


def _span(found: re.Match[str]) -> Span:
    if found["target"]:
        return Span(found["words"], Manner.LINK, found["target"])
    if found["key"]:
        return Span(found["key"], Manner.KEY)
    return Span(found["strong"], Manner.STRONG)
