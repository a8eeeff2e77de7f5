"""What a check found, as the lines of a list: one for each application and one for each file with a remark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.domain.ids import ApplicationCode
from app.i18n import _, ngettext
from app.services.record_intake import CheckedIntake
from ui.state import State, Tone

DOUBTFUL: Final = "doubtful"
KNOWN: Final = "known"
_DOUBT_CODE: Final = "folder_doubtful"


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One line: how grave, where, whose, what to do.

    Attributes:
        number: its place in the list.
        level: error, warning, ok, or doubtful (nobody knows whose folder it is) or known (in the record already).
        row: of the spreadsheet; ``None`` for a file that belongs to no row.
    """

    number: int
    level: str
    row: int | None
    place: str
    subject: str
    sentence: str
    codes: str
    is_file: bool


def level_of(level: str) -> State:
    """Sign, word and tone of a line."""
    return {
        "error": State("✕", _("Not taken"), Tone.BAD),
        DOUBTFUL: State("?", _("Doubtful match"), Tone.WARN),
        "warning": State("!", _("Please look"), Tone.WARN),
        KNOWN: State("=", _("Here already"), Tone.NEUTRAL),
        "ok": State("✓", _("Fine"), Tone.GOOD),
    }[level]


LEVELS: Final = ("error", DOUBTFUL, "warning", KNOWN, "ok")


def lines_of(checked: CheckedIntake) -> tuple[IntakeLine, ...]:
    """The gravest first; within a level in the order of the table."""
    found = sorted(_found(checked), key=lambda parts: LEVELS.index(parts[0]))
    return tuple(IntakeLine(number, *parts) for number, parts in enumerate(found))


def taken_line(line: IntakeLine, codes: Mapping[int, ApplicationCode]) -> IntakeLine:
    """*line* as it reads once its row is in the record under one of *codes*."""
    code = None if line.row is None or line.level not in {"ok", "warning", DOUBTFUL} else codes.get(line.row)
    if code is None or line.is_file:
        return line
    return replace(line, level=KNOWN, sentence=_("In the record as {application}.").format(application=code))


_Parts = tuple[str, int | None, str, str, str, str, bool]


def _found(checked: CheckedIntake) -> Iterator[_Parts]:
    for finding in checked.findings:
        yield str(finding.level), None, _("Table"), "", finding.sentence, str(finding.code), False
    for one in checked.applications:
        level = str(one.level)
        if _DOUBT_CODE in one.codes and level != "error":
            level = DOUBTFUL
        elif one.known is not None and level == "ok":
            level = KNOWN
        sentence = " ".join(one.sentences) or _file_words(len(one.accepted))
        place = _("Row {row}").format(row=one.row)
        yield level, one.row, place, f"{one.operator} — {one.offering_name}", sentence, " ".join(one.codes), False
    for file in checked.files:
        if file.code != "ok":
            level = DOUBTFUL if file.code == _DOUBT_CODE else str(file.level)
            place = _("File") if file.row is None else _("File of row {row}").format(row=file.row)
            yield level, file.row, place, file.path, file.sentence, file.code, True


def _file_words(count: int) -> str:
    return ngettext("Complete, {count} file.", "Complete, {count} files.", count).format(count=count)
