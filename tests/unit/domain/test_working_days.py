from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.working_days import CalendarUnknownError, HolidayNotice, NoticeInvalidError, Period, WorkingDays


def day(text: str) -> date:
    return date.fromisoformat(text)


def notice_of_2027(**changed: object) -> HolidayNotice:
    values = {
        "year": 2027,
        "number": "示例〔2026〕1号",
        "days_off": frozenset({day("2027-01-01"), day("2027-01-02"), day("2027-01-03")}),
        "days_worked": frozenset({day("2026-12-27")}),
    } | changed
    return HolidayNotice(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("published_on", "first_on", "last_on"),
    [
        ("2025-07-01", "2025-07-02", "2025-07-22"),
        ("2025-09-12", "2025-09-15", "2025-10-10"),  # 28 September is worked, 1 to 8 October are off
        ("2025-12-12", "2025-12-15", "2026-01-05"),  # across two years' notices; Sunday 4 January is worked
        ("2026-02-13", "2026-02-14", "2026-03-12"),  # day 1 is a working Saturday
        ("2026-04-30", "2026-05-06", "2026-05-25"),  # Labour Day; 9 May is worked
        ("2026-11-24", "2026-11-25", "2026-12-15"),
    ],
)
def test_fifteen_working_days_are_counted_as_offices_count_them(published_on: str, first_on: str, last_on: str) -> None:
    assert WorkingDays().period_after(day(published_on)) == Period(day(first_on), day(last_on), 15)


def test_counting_stops_where_the_calendar_ends() -> None:
    with pytest.raises(CalendarUnknownError) as caught:
        WorkingDays().period_after(day("2026-12-11"))
    assert caught.value.facts == {"year": 2027}


def test_the_last_days_of_december_are_provisional_until_the_next_notice_is_there() -> None:
    period = WorkingDays().period_after(day("2026-12-10"))
    assert period == Period(day("2026-12-11"), day("2026-12-31"), 15, is_provisional=True)
    final = WorkingDays([notice_of_2027()]).period_after(day("2026-12-10"))
    assert final == Period(day("2026-12-11"), day("2026-12-30"), 15)  # Sunday 27 December is worked


def test_an_imported_notice_lets_counting_go_on() -> None:
    calendar = WorkingDays([notice_of_2027()])
    assert calendar.knows(2027)
    assert not calendar.knows(2028)
    assert calendar.period_after(day("2026-12-25"), days=5).last_on == day("2026-12-31")
    assert calendar.period_after(day("2026-12-31"), days=1).first_on == day("2027-01-04")
    assert calendar.is_working_day(day("2027-03-01"))
    assert not calendar.is_working_day(day("2027-03-06"))


def test_an_imported_notice_is_trusted_more_than_the_library() -> None:
    odd = HolidayNotice(2026, "示例", frozenset({day("2026-06-03")}), frozenset({day("2026-06-06")}))
    calendar = WorkingDays([odd])
    assert not calendar.is_working_day(day("2026-06-03"))
    assert calendar.is_working_day(day("2026-06-06"))


@pytest.mark.parametrize(
    "changed",
    [
        {"days_off": frozenset()},
        {"days_off": frozenset({date(2026, 12, 31)})},
        {"days_off": frozenset({date(2027, 1, 1), date(2028, 1, 1)})},
        {"days_off": frozenset({date(2027, 1, 1), date(2026, 12, 1)})},
        {"days_worked": frozenset({date(2027, 1, 4)})},  # a Monday is worked anyway
        {"days_worked": frozenset({date(2027, 1, 2)})},  # off and worked
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(NoticeInvalidError):
        notice_of_2027(**changed)


def test_no_days_are_no_period() -> None:
    with pytest.raises(ValueError, match="one day"):
        WorkingDays().period_after(day("2026-03-02"), days=0)


@given(st.dates(date(2024, 1, 1), date(2026, 9, 1)), st.integers(1, 40))
def test_a_period_has_its_days_and_begins_and_ends_on_working_days(published_on: date, days: int) -> None:
    calendar = WorkingDays()
    period = calendar.period_after(published_on, days=days)
    length = (period.last_on - published_on).days
    worked = [d for n in range(1, length + 1) if calendar.is_working_day(d := published_on + timedelta(days=n))]
    assert worked[0] == period.first_on
    assert worked[-1] == period.last_on
    assert len(worked) == days
