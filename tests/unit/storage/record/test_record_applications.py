"""The list of applications as the store gives it, on both engines."""

import pytest
from sqlalchemy import text

from tests.support.record_world import RecordWorld


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", ["2026-0001", "2026-0002"]),
        ("-0002", ["2026-0002"]),
        ("企业2", ["2026-0002"]),
        ("示例产品", ["2026-0001", "2026-0002"]),
        ("没有这一家", []),
        ("%", []),
        ("_", []),
    ],
)
def test_list_holds_what_contains_the_words_as_they_are(any_world: RecordWorld, typed: str, numbers: list[str]) -> None:
    any_world.apply(2)
    listed = any_world.record.applications.list(typed)
    assert [entry.application for entry in listed] == numbers
    assert any_world.record.applications.list(typed, limit=10) == listed
    assert any_world.record.applications.list(typed, limit=1) == listed[:1]


@pytest.mark.parametrize("typed", ["91210000ma9x", "91210000MA9X", "Ma9x"])
def test_upper_and_lower_case_are_the_same(any_world: RecordWorld, typed: str) -> None:
    any_world.apply(2)
    with any_world.record._context.store.engine.begin() as connection:
        connection.execute(text("UPDATE application SET uscc = '91210000MA9X000001' WHERE number = 2"))
    for limit in (None, 5):
        assert [line.application for line in any_world.record.applications.list(typed, limit=limit)] == ["2026-0002"]


def test_documents_are_counted_for_the_lines_shown(any_world: RecordWorld) -> None:
    any_world.apply(2)
    (line,) = any_world.record.applications.list(limit=1)
    detail = any_world.record.applications.detail(line.application)
    assert (line.documents, line.bytes) == (len(detail.documents), sum(one.size for one in detail.documents))
