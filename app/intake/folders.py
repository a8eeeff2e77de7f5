"""Which folder belongs to which row. Only what is certain is taken; what is doubtful is said, with the candidates.

A folder's name begins with the row's number, its credit code, the code of the application in the record, or the
operator's name. Two signs that contradict each other make a doubt, whichever of them is stronger.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.ids import ApplicationCode
from app.domain.typed_text import comparable, tidy_code
from app.i18n import N_, _
from app.intake.finding import Code, Finding, Level, find
from app.intake.listing import Folder
from app.intake.summary_row import ReadRow

_NUMBER: Final = re.compile(r"[(\[【《〔#\s]*([0-9]{1,9})(?![0-9A-Za-z]|[.．][0-9])")
_APPLICATION: Final = re.compile(r"[0-9]{4}-[0-9]{4,}(?![0-9])")
_LEGAL_FORMS: Final = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团|总公司|公司|专业合作社|合作社|协会|厂)")
_SHORTEST_CORE: Final = 3  # characters; shorter remains of a name say nothing

_TWO_FOLDERS: Final = N_("More than one folder fits this application: {folders}. Keep one of them.")
_ROW: Final = N_("row {row} ({operator}, {offering})")


@dataclass(frozen=True, slots=True)
class Matching:
    """Rows and folders side by side.

    Attributes:
        folders: row -> the folder that certainly is its own.
        doubts: row -> why it has none although one may be meant.
        findings: about folders that were not taken.
    """

    folders: Mapping[int, Folder]
    doubts: Mapping[int, tuple[Finding, ...]]
    findings: tuple[Finding, ...]


def match_folders(
    folders: Sequence[Folder],
    rows: Sequence[ReadRow],
    *,
    merged: Mapping[int, int],
    known: Mapping[int, ApplicationCode],
) -> Matching:
    """Give each row its folder. A row merged into another shares that row's folder."""
    signs = _Signs(rows, known)
    certain: dict[int, list[Folder]] = defaultdict(list)
    doubts: dict[int, list[Finding]] = defaultdict(list)
    findings: list[Finding] = []
    for folder in folders:
        candidates, is_certain = signs.candidates(folder.name)
        heads = dict.fromkeys(merged.get(row.row, row.row) for row in candidates)
        if not heads:
            findings.append(find(Code.FOLDER_WITHOUT_ROW, path=folder.name))
        elif is_certain and len(heads) == 1:
            certain[next(iter(heads))].append(folder)
        else:
            named = _named(row for row in candidates)
            findings.append(find(Code.FOLDER_DOUBTFUL, path=folder.name, folder=folder.name, rows=named))
            for head in heads:
                doubts[head].append(find(Code.FOLDER_DOUBTFUL, row=head, folder=folder.name, rows=named))
    for head, several in certain.items():
        if len(several) > 1:
            names = "、".join(f"“{folder.name}”" for folder in several)
            doubts[head].append(find(Code.FOLDER_DOUBTFUL, row=head, words=_TWO_FOLDERS, folders=names))
            findings.extend(
                find(Code.FOLDER_DOUBTFUL, path=folder.name, words=_TWO_FOLDERS, folders=names) for folder in several
            )
    sole = {head: several[0] for head, several in certain.items() if len(several) == 1}
    # A row that certainly has a folder does not lose it because a second folder's name is unclear.
    remaining = {
        head: tuple(_as_warning(finding) if head in sole else finding for finding in found)
        for head, found in doubts.items()
    }
    return Matching(sole, remaining, tuple(findings))


def _as_warning(finding: Finding) -> Finding:
    return Finding(Level.WARNING, finding.code, finding.sentence, finding.row, finding.column, finding.path)


def _named(rows: Iterable[ReadRow]) -> str:
    return "、".join(_(_ROW).format(row=row.row, operator=row.operator, offering=row.offering_name) for row in rows)


class _Signs:
    """The rows by everything a folder's name may begin with."""

    def __init__(self, rows: Sequence[ReadRow], known: Mapping[int, ApplicationCode]) -> None:
        self._by_number: dict[int, list[ReadRow]] = defaultdict(list)
        self._by_uscc: dict[str, list[ReadRow]] = defaultdict(list)
        self._by_operator: dict[str, list[ReadRow]] = defaultdict(list)
        self._by_application = {str(known[row.row]): row for row in rows if row.row in known}
        for row in rows:
            if row.number is not None:
                self._by_number[row.number].append(row)
            if row.uscc:
                self._by_uscc[row.uscc].append(row)
            if row.operator:
                self._by_operator[comparable(row.operator)].append(row)
        self._longest_first = sorted(self._by_operator, key=len, reverse=True)

    def candidates(self, name: str) -> tuple[list[ReadRow], bool]:
        """The rows that *name* may mean, and whether that is certain (it is then one row, or none)."""
        plain = unicodedata.normalize("NFKC", name).strip()
        application = _APPLICATION.match(plain)
        if application and application[0] in self._by_application:
            return self._together([self._by_application[application[0]]], plain[application.end() :])
        number = _NUMBER.match(plain)
        if number and int(number[1]) in self._by_number:
            return self._together(self._by_number[int(number[1])], plain[number.end() :])
        uscc = tidy_code(plain)[:18]
        if uscc in self._by_uscc:
            return self._narrowed(self._by_uscc[uscc], tidy_code(plain)[18:])
        named = self._named_in(plain, at_start=True)
        if named:
            return self._narrowed(named, plain)
        return self._similar(plain), False

    def _together(self, numbered: list[ReadRow], rest: str) -> tuple[list[ReadRow], bool]:
        """A number decides, unless the rest of the name speaks of somebody or something else in the table."""
        rest = re.sub(r"^[\s)\]】》〕._、,，:：-]+", "", rest)
        code = tidy_code(rest)[:18]
        others = self._by_uscc.get(code) or self._named_in(rest, at_start=True)
        if others:
            others, _is_certain = self._narrowed(others, rest)
        if not others or any(row in others for row in numbered):
            return numbered, len(numbered) == 1
        return [*numbered, *others], False

    def _narrowed(self, rows: list[ReadRow], rest: str) -> tuple[list[ReadRow], bool]:
        """Of several applications of one operator, the one whose product the name tells."""
        if len(rows) == 1:
            return rows, True
        plain = comparable(rest)
        told = [row for row in rows if row.offering_name and comparable(row.offering_name) in plain]
        longest = max((len(comparable(row.offering_name)) for row in told), default=0)
        told = [row for row in told if len(comparable(row.offering_name)) == longest]
        return (told, len(told) == 1) if told else (rows, False)

    def _named_in(self, name: str, *, at_start: bool) -> list[ReadRow]:
        plain = comparable(name)
        for operator in self._longest_first:
            if plain.startswith(operator) if at_start else operator in plain:
                return self._by_operator[operator]
        return []

    def _similar(self, name: str) -> list[ReadRow]:
        """What may be meant: the operator's name further back or without its legal form, or the product's name."""
        found = self._named_in(name, at_start=False)
        plain = comparable(name)
        if not found:
            found = [
                row
                for operator, rows in self._by_operator.items()
                for row in rows
                if len(core := _LEGAL_FORMS.sub("", operator)) >= _SHORTEST_CORE and core in plain
            ]
        if not found:
            found = [
                row
                for rows in self._by_operator.values()
                for row in rows
                if len(product := comparable(row.offering_name)) >= _SHORTEST_CORE and product in plain
            ]
        return found
