"""A test fails on any warning in the log that it did not announce: silence is part of the contract."""

import logging
import re
from collections.abc import Iterator

import pytest


class ExpectedLogs(logging.Handler):
    """Collects what is logged at WARNING and above, and knows which of it was announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._announced: list[tuple[str, re.Pattern[str]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def allow(self, logger: str, pattern: str = "") -> None:
        """Records of *logger* and of those below it whose text contains *pattern* may appear in this test."""
        self._announced.append((logger, re.compile(pattern)))

    def unexpected(self) -> list[logging.LogRecord]:
        """What nobody announced, in order."""
        return [record for record in self.records if not self._is_announced(record)]

    def _is_announced(self, record: logging.LogRecord) -> bool:
        return any(
            (record.name == logger or record.name.startswith(f"{logger}.")) and pattern.search(record.getMessage())
            for logger, pattern in self._announced
        )


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[ExpectedLogs]:
    """Every test has it; one that expects a warning asks for it by name and calls ``allow``."""
    guard = ExpectedLogs()
    root = logging.getLogger()
    root.addHandler(guard)
    yield guard
    root.removeHandler(guard)
    if surprises := guard.unexpected():
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in surprises]
        pytest.fail("unexpected in the log:\n  " + "\n  ".join(lines), pytrace=False)
