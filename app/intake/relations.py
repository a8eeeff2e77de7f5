"""Rows among each other and against the record: what is the same application, and what only looks like it.

The same application is one operator with one product or service: credit code and normalised name. It is never taken
twice, however often a table is read.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from app.domain.application import Application, FaceSheet
from app.domain.ids import ApplicationCode
from app.domain.summary_table import Column, application_key
from app.domain.typed_text import comparable
from app.i18n import N_
from app.intake.finding import Code, Finding, Level, find, worst
from app.intake.summary_row import ReadRow, SummaryRow

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_ROW_TWICE: Final = N_("Row {other} is the same application; taken once. Take one of the rows out.")

# What two rows of one application must agree in. Contacts, ranks and remarks belong to each recommender.
_SAME: Final[tuple[tuple[Column, Callable[[SummaryRow], Hashable]], ...]] = (
    (Column.OPERATOR, lambda row: comparable(row.operator)),
    (Column.CATEGORY, lambda row: row.category),
    (Column.OFFERING, lambda row: row.offering),
    (Column.INDUSTRY, lambda row: row.industry),
    (Column.TRADEMARK, lambda row: frozenset(row.trademarks)),
    (Column.STANDARD, lambda row: frozenset(row.standards)),
)
_FACE: Final[tuple[tuple[Column, Callable[[FaceSheet], Hashable]], ...]] = (
    (Column.RECOMMENDER, lambda face: face.recommender),
    (Column.OPERATOR, lambda face: face.operator),
    (Column.OFFERING_NAME, lambda face: face.offering_name),
    (Column.CATEGORY, lambda face: face.category),
    (Column.OFFERING, lambda face: face.offering),
    (Column.TRADEMARK, lambda face: face.trademark),
    (Column.STANDARD, lambda face: face.standards),
)


@dataclass(frozen=True, slots=True)
class Relations:
    """What comparing found.

    Attributes:
        rows: in their order, with the other recommenders entered into the row that stands for the application.
        merged: row of the table -> the row that stands for it.
        known: row of the table -> the application of the record.
    """

    rows: tuple[ReadRow, ...]
    merged: dict[int, int]
    known: dict[int, ApplicationCode]


def relate(rows: Sequence[ReadRow], known: Sequence[Application]) -> Relations:
    """Compare every row with the others and with the applications of the record."""
    work = _Comparison(tuple(rows), tuple(known))
    work.compare_numbers()
    work.compare_ranks()
    work.merge_same()
    work.compare_products()
    work.compare_record()
    return Relations(work.result(), work.merged, work.known)


@dataclass(slots=True)
class _Comparison:
    rows: tuple[ReadRow, ...]
    record: tuple[Application, ...]
    merged: dict[int, int] = field(default_factory=dict)
    known: dict[int, ApplicationCode] = field(default_factory=dict)
    _extra: dict[int, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    _values: dict[int, SummaryRow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._values = {row.row: row.values for row in self.rows if row.values is not None}

    def result(self) -> tuple[ReadRow, ...]:
        return tuple(self._finished(row) for row in self.rows)

    def _finished(self, row: ReadRow) -> ReadRow:
        findings = row.findings + tuple(self._extra.get(row.row, ()))
        values = None if worst(findings) is Level.ERROR else self._values.get(row.row)
        return replace(row, findings=findings, values=values)

    def compare_numbers(self) -> None:
        by_number = _grouped((row.number, row.row) for row in self.rows if row.number is not None)
        for numbers in by_number.values():
            for row in numbers if len(numbers) > 1 else ():
                other = next(n for n in numbers if n != row)
                self._note(row, Code.NUMBER_TWICE, Column.NUMBER, other=other)

    def compare_ranks(self) -> None:
        by_rank = _grouped(((comparable(v.recommender.name), v.rank), row) for row, v in self._values.items())
        for first, *later in by_rank.values():
            for row in later:
                self._note(row, Code.RANK_TWICE, Column.RANK, other=first)

    def merge_same(self) -> None:
        for first, *later in _grouped((values.key, row) for row, values in self._values.items()).values():
            for row in later:
                self._merge(first, row)

    def _merge(self, first: int, row: int) -> None:
        head, values = self._values[first], self._values[row]
        differing = [column.value for column, fact in _SAME if fact(head) != fact(values)]
        if differing:
            for here, other in ((first, row), (row, first)):
                self._note(here, Code.ROWS_DISAGREE, Column.USCC, other=other, columns="、".join(differing))
            return
        self.merged[row] = first
        told = {comparable(r.name) for r in (head.recommender, *head.co_recommenders)}
        if comparable(values.recommender.name) in told:
            self._note(row, Code.DUPLICATE, Column.USCC, words=_ROW_TWICE, other=first)
            return
        self._note(row, Code.SECOND_RECOMMENDER, Column.RECOMMENDER, first=head.recommender.name, other=first)
        self._note(first, Code.SECOND_RECOMMENDER, Column.RECOMMENDER, first=values.recommender.name, other=row)
        self._values[first] = replace(
            head,
            co_recommenders=(*head.co_recommenders, values.recommender),
            region=head.recommender.region or values.recommender.region or head.region,
        )

    def compare_products(self) -> None:
        """The same product and trademark under two operators: allowed for regional brands, worth a look everywhere."""
        by_product = _grouped(
            ((comparable(values.offering_name), trademark), row)
            for row, values in self._values.items()
            for trademark in values.trademarks
            if row not in self.merged
        )
        taken = _grouped(
            ((comparable(application.face.offering_name), trademark), application)
            for application in self.record
            for trademark in application.face.trademark.split("、")
        )
        for product, rows in by_product.items():
            for row in rows:
                self._compare_operators(row, rows)
                for application in taken.get(product, ()):
                    if application.face.uscc != self._values[row].uscc:
                        name = f"{application.code} {application.face.operator}"
                        self._note(row, Code.SAME_PRODUCT_OTHER_OPERATOR, Column.TRADEMARK, other=name)

    def _compare_operators(self, row: int, rows: Sequence[int]) -> None:
        mine = self._values[row]
        others = [other for other in rows if self._values[other].uscc != mine.uscc]
        namesakes = [o for o in others if comparable(self._values[o].operator) == comparable(mine.operator)]
        if namesakes:
            self._note(row, Code.OPERATOR_TWO_CODES, Column.USCC, other=namesakes[0])
        elif others:
            name = self._values[others[0]].operator
            self._note(row, Code.SAME_PRODUCT_OTHER_OPERATOR, Column.TRADEMARK, other=name)

    def compare_record(self) -> None:
        by_key = {application_key(a.face.uscc, a.face.offering_name): a for a in self.record}
        for row, values in self._values.items():
            application = by_key.get(values.key)
            if application is None or row in self.merged:
                continue
            self.known[row] = application.code
            now = values.face_sheet(application.code)
            differing = [column.value for column, fact in _FACE if fact(now) != fact(application.face)]
            if differing:
                columns = "、".join(differing)
                self._note(row, Code.CHANGED_SINCE, Column.USCC, application=application.code, columns=columns)
            else:
                self._note(row, Code.ALREADY_TAKEN, Column.USCC, application=application.code)

    def _note(self, row: int, code: Code, column: Column, *, words: str = "", **facts: Any) -> None:
        finding = find(code, row=row, column=column.value, words=words, **facts)
        if finding not in self._extra[row]:
            self._extra[row].append(finding)


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Values by key, both in the order of their coming."""
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
