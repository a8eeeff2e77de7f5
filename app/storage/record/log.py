"""The record's chain of acts: ``head = SHA-256(previous head ‖ line)``, numbered from 1."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.ids import Sha256
from app.packages.log_chain import START, ChainHead
from app.storage.record.bulk import Row, table_of
from app.storage.record.tables import LogRow

_START: Final = Sha256(START)


@dataclass(frozen=True, slots=True)
class LogHead:
    """A place in the chain: the number of the last line and the digest that stands for all lines up to it."""

    number: int = 0
    head: Sha256 = _START


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as it is stored."""

    number: int
    line: bytes
    head: Sha256


class LogRepository:
    """Lines are only ever added."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: LogHead | None = None
        self._pending: list[Row] = []

    def head(self) -> LogHead:
        """Where the chain ends now, lines that are not written yet included."""
        if self._last is not None:
            return self._last
        row = self._session.execute(
            select(LogRow.number, LogRow.head).order_by(LogRow.number.desc()).limit(1)
        ).one_or_none()
        return LogHead(row.number, Sha256(row.head)) if row else LogHead()

    def add(self, line: bytes) -> LogHead:
        """Chain *line* to the last one; only within a writing unit of work, where nobody else can.

        Lines reach the table at :meth:`flush`, many at once.
        """
        if self._last is None:
            self._last = self.head()
        last = ChainHead(self._last.number, self._last.head).after(line)
        self._last = LogHead(last.index, Sha256(last.head))
        self._pending.append({"number": self._last.number, "line": line, "head": self._last.head})
        return self._last

    def flush(self) -> None:
        """Write what was added."""
        if self._pending:
            self._session.execute(insert(table_of(LogRow)), self._pending)
            self._pending = []

    def head_at(self, number: int) -> LogHead | None:
        """The chain as it was after line *number*; ``None`` if there is no such line."""
        if number == 0:
            return LogHead()
        head = self._session.execute(select(LogRow.head).where(LogRow.number == number)).scalar_one_or_none()
        return LogHead(number, Sha256(head)) if head is not None else None

    def lines(
        self, *, before: int | None = None, limit: int | None = None, newest_first: bool = False
    ) -> Iterator[LogLine]:
        """The lines in order, or the newest first."""
        query = select(LogRow.number, LogRow.line, LogRow.head)
        query = query.order_by(LogRow.number.desc() if newest_first else LogRow.number)
        if before is not None:
            query = query.where(LogRow.number < before)
        if limit is not None:
            query = query.limit(limit)
        for row in self._session.execute(query, execution_options={"yield_per": 500}):
            yield LogLine(row.number, row.line, Sha256(row.head))
