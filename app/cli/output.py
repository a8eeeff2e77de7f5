"""What a command has to say: words for people or one JSON document for scripts, and an exit status."""

import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import msgspec

from app.errors import UserFacingError


class Exit(IntEnum):
    """Part of the stable contract."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    PARTLY = 3


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one command. ``sentence`` goes to standard error where something was refused."""

    json: Mapping[str, Any]
    text: str
    status: Exit = Exit.DONE
    sentence: str = field(default="")


def speak_utf8() -> None:
    """Standard output and error in UTF-8, whatever the console was set to."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def print_report(report: Report, *, as_json: bool) -> None:
    """Print *report* in the form asked for."""
    if as_json:
        print_json(report.json)
    elif report.text:
        print(harmless(report.text))
    if report.sentence:
        print(harmless(report.sentence), file=sys.stderr)


def print_refusal(error: UserFacingError, *, as_json: bool) -> None:
    """One sentence on standard error; with ``--json`` also a document that names the error's code."""
    if as_json:
        print_json({"error": {"code": error.code, "sentence": error.sentence()}})
    print(harmless(error.sentence()), file=sys.stderr)


def print_json(document: Mapping[str, Any]) -> None:
    """One document on standard output."""
    print(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())


def harmless(text: str) -> str:
    """*text* without signs that would command a terminal: names and notes are written by strangers."""
    return "".join(sign if sign in "\n\t" or unicodedata.category(sign) != "Cc" else "�" for sign in text)


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as aligned columns, one line each; a Chinese character is two places wide."""
    if not rows:
        return ""
    rows = [tuple(" ".join(cell.split("\n")) for cell in row) for row in rows]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
