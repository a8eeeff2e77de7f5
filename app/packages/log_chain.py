"""A chain of digests over the lines of an event file: ``h_n = SHA-256(h_{n-1} ‖ line)``.

The exact bytes of each line count, without its line feed; nothing is ever written again from parsed values. Whoever
remembers one head notices every later change, removal or insertion before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.crypto import suite

START: Final = "0" * 64


class ChainBrokenError(Exception):
    """Lines that are no event file, or do not lead to the head they should."""


@dataclass(frozen=True, slots=True)
class ChainHead:
    """A place in a chain: how many lines, and the digest that stands for all of them (64 hex digits)."""

    index: int = 0
    head: str = START

    def after(self, line: bytes) -> "ChainHead":
        """The head once *line* (without line feed) is added.

        Raises:
            ChainBrokenError: *line* is empty or would be more than one.
        """
        _check(line)
        return ChainHead(self.index + 1, suite.digest_hex(bytes.fromhex(self.head) + line))


def head_of(lines: Iterable[bytes], *, start: ChainHead = ChainHead()) -> ChainHead:
    """The head after *lines*, none of which has a line feed.

    Raises:
        ChainBrokenError: a line is empty or more than one.
    """
    # Not through after(), which spells the digits of every head out: a review brings a hundred lines.
    given = tuple(lines)
    joined = b"\n".join(given)
    if b"\r" in joined or joined.count(b"\n") != max(len(given) - 1, 0) or not all(given):
        raise ChainBrokenError
    return ChainHead(start.index + len(given), suite.chained(bytes.fromhex(start.head), given).hex())


def _check(line: bytes) -> None:
    if not line or b"\n" in line or b"\r" in line:
        raise ChainBrokenError


def join_lines(lines: Iterable[bytes]) -> bytes:
    """The event file of *lines*: each ends with one line feed."""
    return b"".join(line + b"\n" for line in lines)


def split_lines(untrusted: bytes) -> tuple[bytes, ...]:
    """The lines of an event file.

    Raises:
        ChainBrokenError: the last line has no line feed, or a line is empty or holds a carriage return.
    """
    if not untrusted:
        return ()
    if not untrusted.endswith(b"\n") or b"\r" in untrusted:
        raise ChainBrokenError
    lines = tuple(untrusted[:-1].split(b"\n"))
    if not all(lines):
        raise ChainBrokenError
    return lines


def verify_lines(untrusted: bytes, expected: ChainHead) -> tuple[bytes, ...]:
    """The lines of an event file that leads to exactly the *expected* head.

    Raises:
        ChainBrokenError: it does not.
    """
    lines = split_lines(untrusted)
    if head_of(lines) != expected:
        raise ChainBrokenError
    return lines
