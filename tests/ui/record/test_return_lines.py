"""Sent, returned, in the record: where one review is, and why."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, ExpertCode, ReviewId, Sha256
from app.domain.onsite.returned import SignedBy
from app.domain.outcome import Outcome
from app.domain.results import ExpertStatus, ReturnLine
from app.domain.tray import TrayEntry
from ui.record.return_lines import Where, rows_of, where_state

NOW = datetime(2026, 12, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def line(status: ExpertStatus = ExpertStatus.MISSING, *, number: int = 1, **changes: object) -> ReturnLine:
    values: dict[str, object] = {
        "expert": ExpertCode("E0001"), "expert_name": "示例", "application": ApplicationCode(f"2026-{number:04d}"),
        "review": ReviewId(f"r{number}"), "sent_at": NOW - 9 * DAY, "deadline_at": NOW + DAY, "declared": None,
        "revision": None, "sealed_at": None, "imported_at": None, "status": status, **changes,
    }  # fmt: skip
    return ReturnLine(**values)  # type: ignore[arg-type]


def held(number: int = 1) -> TrayEntry:
    return TrayEntry(
        sha256=Sha256("a" * 64), package_sha256=None, package_code="", file_name="x.youpin", size=1,
        outcome=Outcome.LATE, arrived_at=NOW, expert=ExpertCode("E0001"), device=None,
        applications=(ApplicationCode(f"2026-{number:04d}"),), is_kept=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "where"),
    [
        (line(), Where.OUTSIDE),
        (line(declared=Declared.NONE), Where.OUTSIDE),
        (line(sent_at=None), Where.TO_SEND),
        (line(deadline_at=NOW - DAY), Where.OVERDUE),
        (line(sent_at=None, is_leaderless=True), Where.LEADERLESS),
        (line(is_leaderless=True), Where.LEADERLESS),
        (line(ExpertStatus.SEALED), Where.IN_RECORD),
        (line(ExpertStatus.RECUSED), Where.EXCUSED),
        (line(ExpertStatus.ABSTAINED), Where.EXCUSED),
    ],
)
def test_every_line_has_a_place_and_says_why_nothing_is_there(one: ReturnLine, where: Where) -> None:
    (row,) = rows_of([one], [], {}, now=NOW)
    assert row.where is where
    assert bool(row.reason) is (where is not Where.IN_RECORD)
    assert where_state(where).word


def test_member_of_a_visit_is_in_the_record_with_the_leader_and_the_signature_is_told() -> None:
    (row,) = rows_of([line(ExpertStatus.WITH_LEADER, signed=SignedBy.MISSING)], [], {}, now=NOW)
    assert row.where is Where.IN_RECORD
    assert "signature missing" in row.reason


def test_review_on_a_lost_computer_is_not_with_the_expert() -> None:
    lost = frozenset({ExpertCode("E0001")})
    rows = rows_of([line(), line(ExpertStatus.SEALED, number=2)], [], {}, now=NOW, without_device=lost)
    assert [row.where for row in rows] == [Where.STRANDED, Where.IN_RECORD]
    assert "enrol a new one" in rows[0].reason


def test_held_review_is_in_the_tray_with_the_sentence_of_its_outcome() -> None:
    (row,) = rows_of([line(deadline_at=NOW - DAY)], [held()], {Outcome.LATE: "It came late."}, now=NOW)
    assert (row.where, row.reason) == (Where.HELD, "It came late.")


def test_what_somebody_has_to_look_at_stands_first() -> None:
    lines = [line(ExpertStatus.SEALED, number=1), line(number=2, deadline_at=NOW - DAY), line(number=3)]
    rows = rows_of(lines, [held(3)], {Outcome.LATE: "Late."}, now=NOW)
    assert [row.where for row in rows] == [Where.HELD, Where.OVERDUE, Where.IN_RECORD]
